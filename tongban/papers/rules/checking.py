"""How a document is named to whoever checks it: by its number as people type it or a short name, and a check code."""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import orjson

from tongban.lib import codes

_NAME = 22
_BRACKETS = str.maketrans({"(": "\uff08", ")": "\uff09", **dict.fromkeys("[{\u3010\u3014", "\u3014")})
_CLOSING = str.maketrans(dict.fromkeys("]}\u3011\u3015", "\u3015"))


def check_code(content_sha256: str) -> str:
    """Return the first 65 bits of a content's hash, in groups that can be read aloud.

    The content holds random salt, so that nobody knows the code who hasn't seen the document.
    """
    return codes.write(int(content_sha256, 16) >> (256 - codes.BITS))


def short_name(paper: UUID) -> str:
    """Return a document's id in 22 characters: what a code to scan has room for."""
    return urlsafe_b64encode(paper.bytes).decode().rstrip("=")


def read_short_name(typed: str) -> UUID | None:
    """Return the id that a short name stands for, or nothing if it is none."""
    if len(typed) != _NAME or not typed.isascii():
        return None
    try:
        return UUID(bytes=urlsafe_b64decode(f"{typed}=="))
    except ValueError:
        return None


def read_number(typed: str) -> str:
    """Return a typed number as documents print it: its brackets as they stand there, without blanks."""
    plain = "".join(
        mark for mark in unicodedata.normalize("NFKC", typed) if mark.isprintable() and mark != " "
    )
    return plain.translate(_BRACKETS).translate(_CLOSING)


def content_hash(words: object) -> str:
    """Return the hash of what a document says, in the one form in which it's written for that."""
    return hashlib.sha256(orjson.dumps(words, option=orjson.OPT_SORT_KEYS)).hexdigest()
