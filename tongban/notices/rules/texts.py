"""What the mails say, in the language of whoever asked; nothing of a person, and the item in the body only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and text of a mail."""

    subject: str
    body: str


def confirm_letter(item: str, here: str, power: str, link: str, days: int) -> Letter:
    """Return the mail that asks whether it was really the owner of the address who asked."""
    return Letter(
        _("Please confirm: shall we tell you when it opens?"),
        _lines(
            _("Hello,"),
            _("Somebody, we hope it was you, asked us to write to this address once, when this opens:"),
            _wanted(item, here, power),
            _("If it was you, open this page and press the button there:"),
            link,
            _("With the same page you can stop it at any time. Keep this mail until then."),
            _(
                "If it was not you, do nothing. You get no further mail, and after %(days)d days the address is erased."
            )
            % {"days": days},
            _automatic(),
        ),
    )


def open_letter(item: str, ways: Iterable[tuple[str, str]], link: str) -> Letter:
    """Return the mail that tells that it has opened.

    :param ways: where it's handed in and where it's decided, for each of the ways to name
    """
    named = [
        _("Handed in at %(here)s, decided at %(power)s") % {"here": here, "power": power}
        for here, power in ways
    ]
    return Letter(
        _("It has opened: what you asked us about"),
        _lines(
            _("Hello,"),
            _("You asked us to tell you when this opens. It is open now:"),
            "\n".join([f"  {item}", *(f"  {each}" for each in named)]),
            _("It counts as open since an application, or a rehearsal of both places, has gone all the way."),
            _("What to bring, how long it takes and what it costs:"),
            link,
            _("This was the only mail. Your address is erased with it; for anything else please ask anew."),
            _automatic(),
        ),
    )


def gone_letter(item: str, since: str, because: str, instead: Iterable[tuple[str, str]], link: str) -> Letter:
    """Return the mail that tells that there is no such item any more: it will not open.

    :param instead: the items that people go to instead, each with its address
    """
    others = [f"  {name}\n  {address}" for name, address in instead]
    told: tuple[str, ...]
    if others:
        told = (
            _("What you can apply for instead:"),
            "\n".join(others),
            _(
                "It is another service, so your wish was not passed on. On its page you can ask anew to be told."
            ),
        )
    else:
        told = (_("No other service takes its place. What was published of it:"), link)
    return Letter(
        _("It will not open: what you asked us about is no longer offered"),
        _lines(
            _("Hello,"),
            _("You asked us to tell you when this opens. It is no longer offered since %(day)s:")
            % {"day": since},
            f"  {item}",
            *([because] if because else []),
            *told,
            _("This was the only mail. Your address is erased with it; for anything else please ask anew."),
            _automatic(),
        ),
    )


def _wanted(item: str, here: str, power: str) -> str:
    lines = [f"  {item}"]
    if here:
        lines.append("  " + _("Handed in at: %(place)s") % {"place": here})
    if power:
        lines.append("  " + _("Decided at: %(place)s") % {"place": power})
    return "\n".join(lines)


def _automatic() -> str:
    return _(
        "This mail was written by a machine. Nobody will ever ask you for a password or for money by it."
    )


def _lines(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"
