"""What the parts of an item, their columns and the states of a revision are called on the catalogue's pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, "str | Promise"]

SECTIONS: Words = {
    "subjects": _("Who may apply"),
    "procedure": _("Procedure"),
    "basis": _("Basis in law"),
    "conditions": _("Conditions"),
    "situations": _("Situations"),
    "materials": _("Materials"),
    "fields": _("Fields of the form"),
    "steps": _("Steps"),
    "limits": _("Limits and clock"),
    "fee": _("Fee"),
    "result": _("Result and delivery"),
    "deciding": _("How the deciding place is found"),
    "presence": _("Law that wants somebody to come"),
    "where": _("Where, and whom to ask"),
    "copy_sheet": _("Copy sheet"),
    "receiving": _("Receiving rules"),
    "documents": _("Texts of documents"),
    "sources": _("Sources"),
    "cites": _("What rests on which source"),
}
"""The sections of the editor, in its order."""

PARTS: Words = {
    **SECTIONS,
    "receiving_rules": _("Receiving rules"),
    "clock": _("Limits and clock"),
    "postage": _("Result and delivery"),
    "trips": _("Limits and clock"),
    "instant": _("Limits and clock"),
    "joint": SECTIONS["procedure"],
    **dict.fromkeys(("decided_by", "decided_level", "decided_where"), SECTIONS["deciding"]),
    **dict.fromkeys(("received_where", "review", "contact", "rules_signed_off"), SECTIONS["where"]),
}
"""The sections under which differences are told."""

COLUMNS: Words = {
    "": _("Text"),
    "code": _("Code"),
    "law": _("Law (code)"),
    "title": _("Heading"),
    "article": _("Article"),
    "says": _("What it says"),
    "ask": _("Question"),
    "answers": _("Answers, a line each: code | Chinese | English"),
    "options": _("Options, a line each: code | Chinese | English"),
    "name": _("What it is called"),
    "label": _("Label"),
    "type": _("Kind"),
    "required": _("Required"),
    "form": _("Form"),
    "copies": _("Number of copies"),
    "keep": _("What becomes of it"),
    "standard": _("What makes it right"),
    "sample": _("What a right one looks like"),
    "issuer": _("Issued by"),
    "when": _("Only if"),
    "fetchable": _("The window can fetch it"),
    "promise_allowed": _("A written promise is enough"),
    "missable": _("Can be brought later"),
    "library": _("From the library"),
    "by": _("By whom"),
    "days": _("Days"),
    "publisher": _("Publisher"),
    "date": _("Date"),
    "where": _("Where found"),
    "trust": _("How well it was read"),
    "limits.promised.days": _("Promised limit"),
    "limits.promised.unit": _("Promised limit counts"),
    "limits.statutory.days": _("Limit by law"),
    "limits.statutory.unit": _("Limit by law counts"),
    "limits.notice": _("Days for the one notice, if fewer than the procedure's"),
    "clock.notice_from": _("The one notice counts from"),
    "clock.limit_from": _("The limit counts from"),
    "trips": _("How often people have to come"),
    "instant": _("Settled in one visit"),
    "fee.amount_cny": _("Amount in yuan"),
    "fee.says": _("Fee in words"),
    "result.name": _("Name of the result"),
    "result.kind": _("Kind of result"),
    "result.deliver": _("Ways of delivery"),
    "result.validity": _("How long it is valid"),
    "postage.payer": _("Who pays the postage"),
    "postage.says": _("Postage in words"),
    "decided_by": _("Decided by (function)"),
    "decided_level": _("Decided at"),
    "subjects": _("Who may apply"),
    "procedure.code": _("Procedure that applies"),
    "joint": _("Several bodies handle it as one"),
    "presence.law": _("Law (code)"),
    "presence.title": _("Heading"),
    "presence.article": _("Article"),
    "presence.says": _("What it says"),
    "from": _("What of the case goes into it"),
    "copy_sheet.fields": _("Fields of the other system"),
    "copy_sheet.system": _("Name of the other system"),
    "decided_where.key": _("Place that counts"),
    "decided_where.ask": _("Question that finds the deciding place"),
    "received_where": _("Received in"),
    "review": _("Review"),
    "contact.section": _("Section to ask"),
    "contact.phone": _("Phone"),
    "rules_signed_off.by": _("Rules signed off by"),
    "rules_signed_off.on": _("Rules signed off on"),
}

PROCEDURE: Words = {
    "name": _("What it is called"),
    "says": _("What it says"),
    "licence": _("It is a licence"),
    "notice_days": _("Days for the one notice"),
    "deemed_acceptance": _("Silence counts as acceptance"),
    "supplement_days": _("Days to bring what is missing"),
    "limit_days": _("Days for the decision"),
    "extension.days": _("Days by which it can be extended"),
    "extension.approver": _("Who approves an extension"),
    "joint": _("Limit where several bodies handle it as one"),
    "first_level_review_days": _("Days for the first review"),
    "deliver_days": _("Days for the delivery"),
    "unit": _("counted in"),
    "inspection": _("Inspection"),
    "outcomes": _("Possible outcomes"),
    "pause_grounds": _("Grounds on which time is not counted"),
    "pause_notice": _("Notice that time is not counted"),
    "remedies": _("Remedies"),
    "basis": _("Basis in law"),
    "sources": _("Sources"),
    "cites": _("What rests on which source"),
    "illustrative": _("Values that are illustrative"),
}
"""The parts of a procedure."""

CONSEQUENCES = (
    "licence",
    "notice_days",
    "deemed_acceptance",
    "supplement_days",
    "limit_days",
    "extension",
    "joint",
    "deliver_days",
    "unit",
    "pause_grounds",
)
"""What is told besides its name where another procedure applies: what a case, its clocks and its applicant notice."""

ASPECTS: Words = {
    **COLUMNS,
    "deliver": _("Ways of delivery"),
    "validity": _("How long it is valid"),
    "unit": _("counted in"),
    "amount_cny": _("Amount in yuan"),
    "payer": _("Who pays the postage"),
    "notice": _("Days for the one notice, if fewer than the procedure's"),
    "notice_from": _("The one notice counts from"),
    "limit_from": _("The limit counts from"),
    "section": _("Section to ask"),
    "phone": _("Phone"),
    "promised": _("Promised limit"),
    "statutory": _("Limit by law"),
    "on": _("Day"),
    "kind": _("Kind"),
    "system": _("Name of the other system"),
    "fields": _("Fields of the other system"),
    "extension_days": _("Days by which it can be extended"),
    "approver": _("Who approves an extension"),
}
"""How the property that changed is called, by the last word of its path."""

CHOICES: Words = {
    "original": _("Original"),
    "copy": _("Copy"),
    "original-and-copy": _("Original and copy"),
    "electronic": _("Electronic file"),
    "return-original": _("the original is given back at once"),
    "archive-original-by-post": _("the original goes to the deciding place by post"),
    "archive-scan": _("only the pictures are kept"),
    "text": pgettext_lazy("kind of field", "Text"),
    "choice": pgettext_lazy("kind of field", "Choice"),
    "date": pgettext_lazy("kind of field", "Day"),
    "number": pgettext_lazy("kind of field", "Number"),
    "receiving": _("The receiving place"),
    "deciding": _("The deciding place"),
    "working": _("working days"),
    "calendar": _("calendar days"),
    "receipt": _("the receipt"),
    "taking-over": _("taking over"),
    "acceptance": _("acceptance"),
    "post": _("By post"),
    "window": _("At a window"),
    "province": _("Province"),
    "city": _("City"),
    "county": _("County or district"),
    "town": _("Town or street"),
    "none": _("no second person"),
    "second-person": _("a second person reviews"),
    "F": _("read in full"),
    "P": _("read in an excerpt"),
    "R": _("recalled, not read again"),
    "person": _("A person"),
    "company": _("A company or organisation"),
    "body-head": _("the head of the deciding body"),
    "government-head": _("the head of the government"),
    "true": _("yes"),
    "false": _("no"),
}

SOURCES: Words = {
    "applicant.name": _("Name of the applicant"),
    "applicant.id_number": _("Number of the applicant"),
    "applicant.phone": _("Telephone of the applicant"),
    "applicant.address": _("Address of the applicant"),
    "case.reference": _("Reference of the case"),
    "case.received_on": _("Day of receipt"),
}
"""What of a case goes into another system."""

AS_TODAY = _("%(name)s (as the data say it today)")

STATES: dict[str, tuple[str | Promise, str]] = {
    "draft": (_("Draft"), "grey"),
    "review": (_("In review"), "amber"),
    "returned": (_("Sent back"), "red"),
    "withdrawn": (pgettext_lazy("a revision", "Withdrawn"), "line"),
    "published": (_("Published"), "green"),
    "scheduled": (_("Scheduled"), "blue"),
    "in-force": (_("In force"), "green"),
    "ended": (_("No longer in force"), "line"),
    "recalled": (_("Recalled before its day"), "line"),
    "suspended": (_("Suspended"), "amber"),
}
"""States of revisions, drafts and items, with the colour of their tag."""

CHANGES: Words = {
    "suspend": _("Suspend"),
    "resume": pgettext_lazy("an item", "Resume"),
    "end": pgettext_lazy("an item", "End"),
    "split": _("Split into others"),
    "merge": _("Merge into another"),
    "recall": _("Recall before its day"),
    "revision": _("Revision"),
}

KINDS: Words = {
    "added": _("New"),
    "removed": _("Dropped"),
    "changed": _("Changed"),
    "moved": _("In another order"),
}

FAULTS: Words = {
    "when": _("It is asked for by an answer that the situation “%(situation)s” does not have."),
    "catch-all": _(
        "This names no paper. Say exactly what is wanted: lines such as “other materials” are not allowed."
    ),
    "source": _("Sources are cited that are not there: %(keys)s."),
    "promise": _("It promises %(promised)s days where the law gives %(law)s."),
    "presence": _("It demands presence without citing the article that does, and what it says."),
    "twice": _("Two have the same code."),
    "nothing": _("Nothing stands here yet."),
    "unsaid": _("Its name, its standard or its sample is missing."),
    "no-options": _("It needs answers to choose from."),
    "procedure-type": _("“%(name)s” does not apply to items of this type."),
    "procedure-law": _(
        "“%(name)s” applies only to items that rest on its law, and the basis names none of it."
    ),
    "joint-unknown": _("It is handled by several bodies as one, which its procedure does not know."),
    "joint-limit": _(
        "Where several bodies handle it as one, the procedure gives the limit: leave that by law empty."
    ),
    "copy-sheet": _("A copy sheet needs the name of the other system and at least one field."),
    "copy-field": _(
        "Row %(row)s (%(label)s): its label is missing, or what goes into it is not there any more."
    ),
    "one-language": _("It is said in one language only."),
    "broken": _("An element is missing or has the wrong shape: %(what)s."),
}

INSTRUCTIONS: Words = {"rules": _("Implementing rules"), "service": _("Service standard")}

CHINESE, ENGLISH = _("Chinese"), _("English")
