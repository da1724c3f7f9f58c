"""The parts of an item as its editor takes them apart: which columns each row has, read from what was typed.

A section is one object, or rows that can be added, removed and moved. What a row holds besides its columns stays.
"""

from tongban.catalogue.rules.sections.crossing import checked
from tongban.catalogue.rules.sections.reading import HEAD, head_of, put, read, rows_of
from tongban.catalogue.rules.sections.shape import Read, Section
from tongban.catalogue.rules.sections.table import FORMS, KEEPS, SECTIONS, section

__all__ = [
    "FORMS",
    "HEAD",
    "KEEPS",
    "SECTIONS",
    "Read",
    "Section",
    "checked",
    "head_of",
    "put",
    "read",
    "rows_of",
    "section",
]
