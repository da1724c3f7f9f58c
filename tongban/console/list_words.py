"""Why a list isn't taken in, in the words of the command line: what is wrong, and which option helps."""

from __future__ import annotations

from collections.abc import Mapping

WORDS = {
    "list.has-errors": "{rows} rows have errors; nothing was imported. Mend them, or add --leave-out-errors",
    "list.nothing-left": "every row has an error; nothing was imported. Mend the list first",
    "list.column-missing": "no column was recognised for: {fields}. Say which holds it with --map FIELD=HEAD,"
    " or in which row the heads stand with --head",
    "list.column-twice": "column {column} was taken for two fields. Say which holds what with --map FIELD=HEAD",
    "list.profile": "there is no such validator. Choose one with --validator: exchange, gb39554, old10 or local",
    "list.origin-taken": "another body keeps the lists of this source",
    "list.origin": "say where the list comes from with --source",
    "list.head": "row {row} holds no heads. Say which row does with --head",
    "list.head-twice": "these heads stand more than once in row {row}: {heads}. Name them apart in the list",
    "list.no-rows": "there are heads in row {row} and nothing below them",
    "table.empty": "there is nothing in this file",
    "table.encoding": "the text is neither UTF-8, UTF-16 nor GB 18030. Save the list as CSV UTF-8",
    "table.nul": "line {row} holds NUL bytes, so this is no text. Save the list anew",
    "table.csv-broken": "record {row} has a quotation mark that isn't closed. Save the list anew",
    "table.damaged": "the workbook is damaged or incomplete. Open it, save it again as .xlsx, and take that",
    "table.old": "an old kind of workbook. Save it as .xlsx",
    "table.encrypted": "the workbook is protected by a password. Save it without one",
    "table.no-sheet": "there is no sheet {sheet!r}, or none that can be seen",
    "table.sheet-hidden": "the sheet {sheet!r} is hidden. Show it, or name another one with --sheet",
    "table.too-large": "the file is larger than {limit} MB",
}


def worded(code: str, values: Mapping[str, object]) -> str:
    """Return a refusal in words, with its code; nothing if it has none here."""
    text = WORDS.get(code)
    return f"{text.format(**values)} ({code})" if text else ""
