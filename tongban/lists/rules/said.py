"""Why an item was found, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.lib.texts import Text
from tongban.lists.rules.search import Because, Reason


def said(reason: Reason, name: Text) -> str:
    """Return a reason in the language of the page; `name` is that of the item."""
    values = {"said": reason.said, "means": reason.means or str(name)}
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
