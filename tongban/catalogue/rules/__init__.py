"""What an item demands, as typed values; see `revision` for the whole and `when` for what applies to one case."""

from tongban.catalogue.rules.elements import (
    Basis,
    Broken,
    CopyField,
    CopySheet,
    Field,
    Limit,
    Material,
    Option,
    Rule,
    Situation,
    Source,
    Step,
)
from tongban.catalogue.rules.procedure import Extension, Ground, Joint, Procedure, Remedies
from tongban.catalogue.rules.revision import parse
from tongban.catalogue.rules.when import Answers, applies, asked

__all__ = [
    "Answers",
    "Basis",
    "Broken",
    "CopyField",
    "CopySheet",
    "Extension",
    "Field",
    "Ground",
    "Joint",
    "Limit",
    "Material",
    "Option",
    "Procedure",
    "Remedies",
    "Rule",
    "Situation",
    "Source",
    "Step",
    "applies",
    "asked",
    "parse",
]
