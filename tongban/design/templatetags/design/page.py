"""What a page's frame needs: addresses of files, of scripts and of the first page."""

from __future__ import annotations

from django.template import Library
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = Library()


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file; an error page must not fail because a file isn't listed."""
    try:
        return static(path)
    except ValueError:
        return ""


@register.simple_tag
def script(name: str) -> SafeString:
    """Return the element that loads one of this room's modules, such as `camera`."""
    return format_html('<script type="module" src="{}"></script>', asset(f"design/js/{name}.js"))


@register.simple_tag
def root(path: str = "") -> str:
    """Return an address below the path at which this installation is served."""
    return get_script_prefix() + path
