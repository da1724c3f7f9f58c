"""The five levels of a rating (好差评, 国办发〔2019〕51号)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tongban.lib.refusals import Invalid

WORDS_LIMIT = 1000


class Level(TextChoices):
    """How satisfied somebody is, by name: other systems count up or down from five, and each border maps it."""

    VERY_SATISFIED = "very-satisfied", _("Very satisfied")
    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY_SATISFIED = "fairly-satisfied", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")
    VERY_DISSATISFIED = "very-dissatisfied", _("Very dissatisfied")


BAD = frozenset({Level.DISSATISFIED, Level.VERY_DISSATISFIED})
"""The levels that somebody has to answer for (差评)."""


def read(level: str) -> Level:
    """Return the level of that name; there is none that counts as given when nothing was said.

    :raises Invalid: if there is no such level
    """
    try:
        return Level(level)
    except ValueError:
        raise Invalid("rating.level", field="level") from None
