"""The workbench's wording of what can be wrong with a local list, a workbook or a package: what it is, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: dict[str, str | Promise] = {
    "table.empty": _("There is nothing in this file. Choose the list again."),
    "table.too-large": _("The file is larger than %(limit)s MB. Take out pictures and unused sheets, or split it."),
    "table.kind": _("This is neither CSV nor an Excel workbook (.xlsx). Save the list as one of the two."),
    "table.old": _("This is a workbook of the old kind (.xls), whatever its name. Open it and save it as .xlsx."),
    "table.encrypted": _("The workbook is encrypted. Remove the password and save it again."),
    "table.macros": _("The workbook contains macros. Save it as .xlsx without macros."),
    "table.external": _("The workbook draws on other files or carries them. Break the links, take the objects out, and"
                        " save it again."),
    "table.damaged": _("The workbook is damaged or incomplete. Open it, save it again as .xlsx, and upload that."),
    "table.bomb": _("Unpacking this file takes far more room or time than a list needs. Copy the list to a new"
                    " workbook."),
    "table.encoding": _("The text is neither UTF-8, UTF-16 nor GB 18030. Save the list as CSV UTF-8."),
    "table.nul": _("Line %(row)s holds NUL bytes, so this is no text. Export the list again."),
    "table.csv-broken": _("Record %(row)s has a quotation mark that is not closed, or text after a closing one. Put"
                          " it right there."),
    "table.no-sheet": _("There is no sheet %(sheet)s that can be seen."),
    "table.sheet-hidden": _("The sheet %(sheet)s is hidden. Unhide it in the workbook if it is meant."),
    "table.too-many-rows": _("The table has more than %(limit)s rows. Delete what stands far below the list, or split"
                             " it."),
    "table.too-many-columns": _("Row %(row)s reaches to column %(columns)s; at most %(limit)s are read. Delete what"
                                " stands far to the right."),
    "table.cell-too-long": _("The cell in row %(row)s, column %(column)s has more than %(limit)s characters. Shorten"
                             " it."),
    "list.head": _("There is nothing in row %(row)s. Say in which row the heads of the columns stand."),
    "list.no-rows": _("Below row %(row)s there is nothing: the list has heads only."),
    "list.head-twice": _("In row %(row)s these heads stand more than once: %(heads)s. Give each column its own."),
    "list.profile": _("Choose the validator for the codes of this source."),
    "list.origin": _("Say where the list comes from."),
    "list.origin-taken": _("Another body keeps the lists of this source. Name your own."),
    "list.column-missing": _("Choose the column that holds this: no row can be read without it."),
    "list.column-gone": _("There is no column %(column)s any more. Choose again."),
    "list.column-twice": _("This column was chosen for two things. Choose another."),
    "list.field-unknown": _("The catalogue does not know these: %(fields)s."),
    "list.has-errors": _("%(rows)s rows have errors. Mend the list and upload it again, or choose to leave them out."),
    "list.nothing-left": _("Every row has an error, so nothing is left to import. Mend the list and upload it again."),
    "list.moved-on": _("The list stands elsewhere by now. Look at it again."),
    "list.failed": _("The list could not be worked off. Nothing was imported; try again, and tell the operator if it"
                     " happens again."),
    "package.broken": _("This is no package: it is not JSON. Export it again."),
    "package.format": _("The package has the format “%(given)s”; this installation knows “%(known)s”. Export it from"
                        " an installation of the same version."),
    "package.incomplete": _("The package is incomplete (%(where)s). Export it again."),
    "package.altered": _("The package was altered after it was made: its hash does not fit. Export it again."),
    "package.revision-changed": _("%(key)s is published here and says something else. A published revision is never"
                                  " changed; publish a new one there."),
    "package.item-changed": _("%(item)s differs here in its %(what)s. Somebody has to decide which is right; nothing"
                              " was taken in."),
    "package.revision-unreadable": _("%(key)s cannot be read here. Nothing was taken in."),
}  # fmt: skip
