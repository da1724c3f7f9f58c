"""Personal data at rest: the one type through which names, numbers, phones and addresses go.

Encrypted with AES-256-GCM, found by a keyed hash, masked where lists show them (个人信息保护法 Art. 51).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

_VERSION = b"\x01"
_NONCE = 12
_KEY_ID = 4

Json = Mapping[str, Any] | list[Any] | str | None


class Unreadable(Exception):
    """Stored personal data can't be read: it was altered, or DATA_KEY isn't the key it was written with."""


def derive(purpose: str, secret: str) -> bytes:
    """Return a 32-byte key for one purpose, so that no key serves two (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())


@lru_cache(maxsize=8)
def _ring(secrets: str) -> dict[bytes, AESGCM]:
    """Return the ciphers by key id; the first named in DATA_KEY writes, the others still read."""
    ring = {}
    for secret in secrets.split(","):
        key = derive("personal/1", secret.strip())
        ring[hashlib.sha256(key).digest()[:_KEY_ID]] = AESGCM(key)
    return ring


@lru_cache(maxsize=8)
def _finder(secrets: str) -> bytes:
    # Found by the last key: it must not change when a newer one is put in front.
    return derive("find/1", secrets.rsplit(",", maxsplit=1)[-1].strip())


def seal(value: Json, context: str) -> bytes:
    """Return the value encrypted and bound to `context`, so that it can't be moved to another column."""
    key_id, cipher = next(iter(_ring(settings.DATA_KEY).items()))
    nonce = os.urandom(_NONCE)
    return _VERSION + key_id + nonce + cipher.encrypt(nonce, _written(value), context.encode())


def _written(value: Json) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        # Half a character, as a broken client may send it, is shown as a question mark instead of breaking the page.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def unseal(sealed: bytes, context: str) -> Any:
    """Return what was sealed.

    :raises Unreadable: if it was altered or sealed with a key that isn't in DATA_KEY
    """
    key_id, rest = sealed[1 : 1 + _KEY_ID], sealed[1 + _KEY_ID :]
    cipher = _ring(settings.DATA_KEY).get(key_id)
    if cipher is None or sealed[:1] != _VERSION:
        raise Unreadable(context)
    try:
        return orjson.loads(cipher.decrypt(rest[:_NONCE], rest[_NONCE:], context.encode()))
    except InvalidTag as error:
        raise Unreadable(context) from error


def found_by(kind: str, value: str) -> bytes:
    """Return the keyed hash by which a value is found without being readable (HMAC-SHA-256, 32 bytes)."""
    text = f"{kind}\x00{value.strip().upper()}".encode(errors="replace")
    return hmac.digest(_finder(settings.DATA_KEY), text, "sha256")


class PersonalField(models.BinaryField):  # type: ignore[type-arg]  # its Python value is JSON, not bytes
    """A column of personal JSON: readable only with DATA_KEY, never comparable in a query."""

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Any:
        """Return what was sealed."""
        return None if value is None else unseal(bytes(value), self._context())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the value sealed."""
        sealed = None if value is None else seal(value, self._context())
        return super().get_db_prep_value(sealed, connection, prepared)

    def to_python(self, value: Any) -> Any:
        """Return the value: it's plain on this side."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse: a dump would hold what may not be read."""
        raise TypeError("personal data isn't serialised")


class HashField(models.BinaryField):  # type: ignore[type-arg]  # see above
    """A column of keyed hashes, 32 bytes each, made by `found_by`."""

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> bytes | None:
        """Return the hash as bytes that can be compared."""
        return None if value is None else bytes(value)


def mask_name(name: str) -> str:
    """Return the name with all but its first character hidden: 申请人甲 as 申***."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_number(number: str) -> str:
    """Return an identity number or credit code with its middle hidden."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:] if len(number) > 8 else "*" * len(number)


def mask_phone(phone: str) -> str:
    """Return a phone number with its middle hidden."""
    return phone[:3] + "****" + phone[-4:] if len(phone) > 7 else "*" * len(phone)
