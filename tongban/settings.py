"""All settings, read from the environment through three helpers that fail loudly on a bad value."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool) -> bool:
    """Return a yes or no of the environment.

    :raises ImproperlyConfigured: if it is neither
    """
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; say 1 or 0")
    return value in {"1", "yes", "true"} if value else default


def env_int(name: str, default: int) -> int:
    """Return a whole number of the environment.

    :raises ImproperlyConfigured: if it isn't one
    """
    value = os.environ.get(name, "")
    if value and not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; a whole number is wanted")
    return int(value) if value else default


def env_secret(name: str) -> str:
    """Return a secret: from the environment, else from a file in DATA_DIR that is made on first use.

    The file is readable by its owner only. Losing the one behind DATA_KEY loses every personal field.
    """
    if value := os.environ.get(name):
        return value
    path = DATA_DIR / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _create(path: Path, text: str) -> None:
    """Put the file in place whole, so that two processes starting together end up with the same secret."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
SECRET_KEY = env_secret("SECRET_KEY")
DATA_KEY = env_secret("DATA_KEY")
DEBUG = env_bool("DEBUG", False)
DEMO = env_bool("DEMO", False)
PORT = env_int("PORT", 8000)

# A proxy in front names the hosts it serves; alone, only this machine is served.
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]
if env_bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
HTTPS = env_bool("HTTPS", False)

# The path below which everything is served, such as `/tongban/`; always begins and ends with a slash.
URL_PREFIX = "/" + os.environ.get("URL_PREFIX", "").strip("/") + "/" if os.environ.get("URL_PREFIX") else "/"
if URL_PREFIX != "/":
    FORCE_SCRIPT_NAME = URL_PREFIX.rstrip("/")

INSTALLED_APPS = [
    "tongban.trail",
    "tongban.design",
    "tongban.files",
    "tongban.papers",
    "tongban.people",
    "tongban.places",
    "tongban.catalogue",
    "tongban.lists",
    "tongban.cases",
    "tongban.feedback",
    "tongban.notices",
    "tongban.portal",
    "tongban.workbench",
    "tongban.api",
    "tongban.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "tongban.console.logs.access_log",
    "tongban.lib.typed.without_nul",
    "tongban.portal.kept.keep",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tongban.design.refusals.answer_refusals",
]
ROOT_URLCONF = "tongban.urls"
WSGI_APPLICATION = "tongban.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongban.design.context.preferences",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Return Django's settings for a `postgresql://` address.

    :raises ImproperlyConfigured: if it's an address of something else
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "tongban",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Unset, a query planned for one place would be planned anew for each; statements here are few and stable.
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 3 if env_bool("PREPARE", True) else None,
        },
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///tongban"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "workbench:sign-in"
# Memory-hard, and a tenth of the wait at nine o'clock, when everybody signs in at once.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Cookies belong to the path prefix, so that two installations behind one host name keep apart.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = URL_PREFIX

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Public pages: for how long they may be kept, in the process and elsewhere; 0 keeps none.
PAGES_KEPT_SECONDS = env_int("PAGES_KEPT_SECONDS", 60)
# The hosts that may show the embeddable pages in a frame, such as `https://app.example`; none by default.
EMBED_ANCESTORS = os.environ.get("EMBED_ANCESTORS", "").split()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = f"{URL_PREFIX}static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
FILES_MAX_BYTES = env_int("FILES_MAX_BYTES", 20 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = ["tongban.lib.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    6000  # the form of an item with 300 fields, each in both languages, is one page
)
FILES_ROOT = DATA_DIR / "files"


def mail(url: str) -> dict[str, object]:
    """Return Django's settings for the server of an address: `smtps://`, `smtp://` with STARTTLS, or `file:/folder`.

    :raises ImproperlyConfigured: if it's an address of something else
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or file:/")
    secret = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secret else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secret,
        # In clear only to a server on this machine, and only if that is said.
        "EMAIL_USE_TLS": not secret and parts.query != "tls=0",
    }


# Mails to those who asked to be told; without a server none of it is offered. The demonstration writes them to files.
EMAIL_URL = os.environ.get("EMAIL_URL", "") or (f"file://{quote(str(DATA_DIR / 'mails'))}" if DEMO else "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "") or (f"http://localhost:{PORT}/" if DEMO else "")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "") or ("tongban@localhost" if DEMO else "")
EMAIL_REPLY_TO = os.environ.get("EMAIL_REPLY_TO", "")
EMAIL_TIMEOUT = env_int("EMAIL_TIMEOUT", 20)
if EMAIL_URL:
    globals().update(mail(EMAIL_URL))
    if not (PUBLIC_URL and DEFAULT_FROM_EMAIL):
        raise ImproperlyConfigured("with EMAIL_URL, EMAIL_FROM and PUBLIC_URL have to be given, too")

LOG_FORMAT = os.environ.get("LOG_FORMAT", "json")
LOGGING_CONFIG = None
