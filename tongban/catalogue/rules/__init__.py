"""What an item demands, as typed values; see `revision` for the whole and `when` for what applies to one case."""

from tongban.catalogue.rules.checks import Fault
from tongban.catalogue.rules.diff import Difference, compare
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
from tongban.catalogue.rules.proposing import Force, Standing, force
from tongban.catalogue.rules.reduced import Reduced, reduced
from tongban.catalogue.rules.revision import faults, parse, read
from tongban.catalogue.rules.when import Answers, applies, asked

__all__ = [
    "Answers",
    "Basis",
    "Broken",
    "CopyField",
    "CopySheet",
    "Difference",
    "Extension",
    "Fault",
    "Field",
    "Force",
    "Ground",
    "Joint",
    "Limit",
    "Material",
    "Option",
    "Procedure",
    "Reduced",
    "Remedies",
    "Rule",
    "Situation",
    "Source",
    "Standing",
    "Step",
    "applies",
    "asked",
    "compare",
    "faults",
    "force",
    "parse",
    "read",
    "reduced",
]
