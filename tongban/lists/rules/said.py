"""Why an item was found, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.lib.texts import Text
from tongban.lists.rules.search import Because, Reason


def said(reason: Reason, name: Text) -> str:
    """Return a reason in the language of the page; `name` is that of the item."""
    means = reason.means
    if reason.because is Because.MEANS and reason.said.isascii() and not means.isascii():
        # Whoever asks in English is told the item's name, not the Chinese word by which it was found.
        means = ""
    values = {"said": reason.said, "means": means or str(name)}
    return _sentence(reason.because) % values


def _sentence(because: Because) -> str:
    sentences = {
        Because.CODE: _("Its code is %(said)s"),
        Because.WORDS: _("Has “%(said)s” in its name"),
        Because.MEANS: _("What you call “%(said)s” is “%(means)s”"),
        Because.ALIAS: _("What you call “%(said)s” is “%(means)s”"),
        Because.SOUNDS: _("“%(said)s” sounds like “%(means)s”"),
        Because.LIKE: _("Like what others call “%(means)s”"),
        Because.SAYS: _("Its guide or its theme speaks of it"),
    }
    return sentences[because]
