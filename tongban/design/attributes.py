"""Attributes of HTML elements, written from keyword arguments."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def flat(attributes: dict[str, object]) -> SafeString:
    """Return attributes ready for a tag: `data_copy="x"` as `data-copy="x"`; True stands alone, None vanishes."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}" if value is True else ' {}="{}"', _name(name), value),)
            for name, value in attributes.items()
            if value not in (None, False, "")
        ),
    )


def _name(name: str) -> str:
    return name.strip("_").replace("_", "-")
