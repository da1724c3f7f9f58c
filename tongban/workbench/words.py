"""The workbench's wording of every refusal that a room below can raise: what happened, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tongban.design import refusals
from tongban.lib.refusals import Refused
from tongban.workbench import implementation_words, list_words, refusals_catalogue

_SAID: dict[str, str | Promise] = {
    # Signing in
    "sign-in.wrong": _("User name and password do not fit together. Check both and try again."),
    "sign-in.no-post": _("This account has no post today. Ask whoever leads your hall or office."),
    "query.too-often": _("Too many attempts. It is open again at %(until)s."),
    # Drafts and receiving
    "draft.received": _("This draft was received already. Look for the case among those on the way."),
    "draft.saved-elsewhere": _("This draft was saved in another window at %(at)s. Load the page again."),
    "draft.subject": _("Choose whether a person or a company applies."),
    "draft.place": _("Choose the place that decides."),
    "draft.situation": _("Answer this question: it decides which materials are needed."),
    "draft.number-of-other-subject": _("This kind of number does not fit who applies: a company has a credit code."),
    "draft.field": _("This has to be filled in."),
    "draft.option": _("Choose one of the answers."),
    "draft.material": _("Say what was done about this material."),
    "draft.material-unknown": _("This material is not asked for any more. Load the page again."),
    "draft.way-not-open": _("The rule does not allow this for the material. Choose another."),
    "draft.missing-reason": _("Say why the material is missing: the notice will quote it."),
    "draft.no-pages": _("Photograph or upload at least one page."),
    "draft.page-unknown": _("A page of “%(material)s” is none that was handed in here. Photograph or upload it again."),
    "draft.delivery": _("Choose how the result is to be delivered."),
    "draft.address": _("Give the address to which the result is sent."),
    "route.nobody": _("No body decides this item for the place chosen. Choose another place, or record it as"
                      " something that could not be done."),
    # Who applies
    "party.number-kind": _("Choose the kind of number."),
    "party.missing": _("This has to be filled in."),
    "party.wrong-resident": _("The identity number is not right: 18 characters, the last one checks the others."
                              " Compare it with the card."),
    "party.wrong-credit-code": _("The credit code is not right: 18 characters, the last one checks the others."
                                 " Compare it with the licence."),
    "party.wrong-passport": _("The passport number is too short or too long."),
    "party.wrong-other": _("The number is too short or too long."),
    "party.phone": _("The phone number needs at least seven digits."),
    "party.authority": _("Choose what lets the agent act for the applicant."),
    # Text
    "text.too-long": _("This is %(length)s characters long; at most %(limit)s fit."),
    "text.unreadable": _("This holds characters that no document can show. Type it again."),
    "words.missing": _("This has to be filled in."),
    # Steps of a part
    "part.moved-on": _("Meanwhile somebody took another step (%(step)s, %(at)s). Look at the case as it stands now."),
    "part.wrong-step": _("This step does not begin where the case stands (%(state)s). Look at it again."),
    "part.not-held": _("Take the case over first: it is still held elsewhere."),
    "part.on-its-way": _("The case is on its way to another place. Wait until it is taken over, or recall it."),
    "part.review-first": _("A second person has to review the case before it is decided."),
    "part.no-review": _("This item needs no review by a second person."),
    "part.not-instant": _("This item is not settled in one visit."),
    "part.not-extendable": _("The procedure of this item knows no extension."),
    "part.extended-once": _("The limit was extended once already; it cannot be extended again."),
    "part.limit-over": _("The limit ended on %(until)s: it can be extended only before it ends. Decide the case now."),
    "part.proposed": _("An extension was proposed already and waits for approval."),
    "part.no-proposal": _("Nobody proposed an extension."),
    "part.second-person": _("A second person has to do this, not the one who did the step before."),
    "part.ended": _("The case has ended (%(state)s); it cannot be handed on any more."),
    "part.not-deemed": _("The procedure of this item knows no acceptance by silence."),
    "part.silent": _(
        "The time for telling the applicant ended on %(until)s: by law the application counts as accepted from its"
        " receipt. Tongban records that by itself within a minute. Load the page again then."
    ),
    "part.not-overdue": _("The days for the one notice are not over yet."),
    "pause.ground": _("Choose one of the grounds that the procedure names."),
    "notice.second": _("The one notice was given already. Only what is new or was put right wrongly can be asked for."),
    "defects.none": _("Name at least one thing that has to be put right."),
    "defects.unknown": _("Choose a material or a field of this item, and what is wrong with it."),
    "supplement.nothing": _("Say what was brought."),
    "supplement.partial": _("Not all that is lacking was brought. Read what is missing, then decide whether to go on."),
    "competent.missing": _("Name the body that is competent."),
    "competent.both": _("Choose the competent body from the list or type its name: not both."),
    # Custody
    "custody.offered-already": _("The case is offered already. Recall it before offering it to somebody else."),
    "custody.to-oneself": _("The case is held here already."),
    "custody.no-offer": _("Nothing is offered any more: it was taken over, returned or recalled meanwhile."),
    # Delivery, second system, obstacles
    "delivery.way": _("Choose one of the ways of delivery that the item knows."),
    "delivery.waybill": _("Give the carrier's waybill number."),
    "delivery.file-unknown": _("This file is none that was handed in here. Upload the result again."),
    "delivery.window": _("Choose the window at which the result is collected."),
    "copying.no-system": _("This item has no second system that is fed by hand."),
    "copying.done-already": _("The case was copied into that system already."),
    "obstacle.cause": _("Choose what was in the way."),
    "slip.not-taken": _("Nobody has taken this over yet: there is no slip of it."),
    "urging.body": _("Choose a body that has to do with the case."),
    "urging.day": _("Choose a day from today on, at most 30 days ahead."),
    "urging.open": _("This body was urged already and has not answered yet."),
    "urging.answered": _("This was answered already."),
    "obstacle.answered": _("This was answered already."),
    # Files (see `_PLAIN` for the words put in)
    "file.empty": _("The file is empty. Choose it again, or scan the page again."),
    "file.too-large": _("The file is larger than %(limit)s MB. Scan it again at a lower resolution, or split it."),
    "file.kind-not-allowed": _("This is %(found)s. Only JPEG, PNG and WebP pictures and PDF files can be taken in."),
    "file.not-what-it-says": _("The file says it is %(said)s, but its content is %(found)s. Choose the right file."),
    "file.damaged": _("The file is damaged or incomplete. Save or scan it again; a PDF can be printed to a new PDF."),
    "file.too-many-pixels": _("The picture has too many pixels. Scan it again at 300 dpi."),
    "file.pdf-active": _("The PDF contains %(found)s, which could act by itself. Print it to a new PDF and hand that"
                         " in."),
    "file.pdf-attachment": _("The PDF carries another file inside it: %(found)s. Only data may be attached (XML, CSV,"
                             " JSON, plain text). Print it to a new PDF and hand that in."),
    "file.attachment-too-large": _("Data attached to the PDF is larger than %(limit)s MB. Print it to a new PDF and"
                                   " hand that in."),
    "file.pdf-encrypted": _("The PDF is encrypted. Remove the password or protection and try again."),
    "file.bomb": _("Opening this file takes too much memory or time, so it can't be taken in. Scan the paper again."),
    "file.too-many-pages": _("The PDF has %(pages)s pages; at most %(limit)s can be taken in at once. Split it."),
    "storage.full": _("There is no room left to store files. Nothing was lost; tell the operator and try again."),
    "storage.failed": _("The file could not be stored. Nothing else was lost; try again, and tell the operator if it"
                        " happens again."),
    # Reference data and accounts
    "revision.published": _("A published revision is never changed. Publish a new one."),
    "calendar.year-settled": _("The calendar of %(year)s is settled already."),
    "post.ends-before-it-begins": _("The post would end before it begins."),
    "post.role-unknown": _("Choose one of the roles that a post can have."),
    "post.window-closed": _("This window is closed. Choose another."),
    "account.username-malformed": _("A user name has small letters, digits, dots and hyphens only."),
    "account.username-taken": _("This user name is taken."),
    "account.name-blank": _("Give the person's name."),
    "account.password-weak": _("The password is too short or too common."),
    "load.csv-malformed": _("%(file)s, row %(row)s: this is no well-formed CSV."),
    "load.cells-too-many": _("Row %(row)s has more cells than the %(columns)s of the head."),
    "load.column-missing": _("A column is missing in %(file)s."),
    "load.column-twice": _("A column stands twice in %(file)s."),
    "load.file-unreadable": _("%(file)s can't be read."),
    "load.encoding-unknown": _("%(file)s is neither UTF-8 nor GB 18030."),
    **implementation_words.SAID,
    **list_words.REFUSALS,
    **refusals_catalogue.SAID,
}  # fmt: skip

_PICTURE, _PDF, _ARCHIVE = _("a picture"), _("a PDF"), _("a compressed archive")
_ACTIVE, _MEDIA, _PAGE = _("a script or an automatic action"), _("embedded media"), _("a web page or XML")
_OTHER_PICTURE, _INSIDE = _("a picture of another kind"), _("another file inside it")
_KINDS: dict[str, str | Promise] = {
    **dict.fromkeys(("jpeg", "png", "webp"), _PICTURE),
    **dict.fromkeys(("zip", "archive"), _ARCHIVE),
    **dict.fromkeys(("html", "xml"), _PAGE),
    **dict.fromkeys(("gif", "tiff", "bmp"), _OTHER_PICTURE),
    **dict.fromkeys(("embedded-file", "fileattachment"), _INSIDE),
    **dict.fromkeys(("richmedia", "3d", "screen", "movie", "sound", "rendition", "richmediaexecute"), _MEDIA),
    **dict.fromkeys(
        ("open-action", "javascript", "automatic-action", "importdata", "submitform", "resetform", "gotoe",
         "gotor", "goto3dview", "hide"),
        _ACTIVE,
    ),
    "pdf": _PDF,
    "empty": _("an empty file"),
    "office": _("an Office document"),
    "office-macro": _("an Office document with macros"),
    "ofd": _("an OFD document"),
    "executable": _("a program"),
    "script": _("a script"),
    "svg": _("a drawing (SVG)"),
    "heic": _("an HEIC picture (set the phone to “most compatible”)"),
    "animation": _("a moving picture"),
    "video": _("a video"),
    "text": _("plain text"),
    "launch": _("a command that starts a program"),
    "xfa": _("a dynamic form (XFA)"),
}  # fmt: skip

STATES: dict[str, str | Promise] = {
    "received": _("received"),
    "supplementing": _("waits for what is missing"),
    "accepted": _("accepted"),
    "paused": _("clock stopped"),
    "reviewed": _("reviewed"),
    "granted": _("granted"),
    "rejected": _("rejected"),
    "made": _("result made"),
    "not-needed": _("no licence needed"),
    "not-accepted": _("not accepted"),
    "sent": _("result sent"),
    "closed": _("closed"),
    "withdrawn": _("withdrawn"),
    "lapsed": _("lapsed"),
}
"""How a part's state is called."""

DONE: dict[str, str | Promise] = {
    "receive": _("received"),
    "offer": _("offered"),
    "take-over": _("taken over"),
    "return": _("returned"),
    "decline": _("declined"),
    "recall": _("recalled"),
    "accept": _("accepted"),
    "deem": _("deemed accepted"),
    "correct": _("corrected on the spot"),
    "ask": _("notice of what is missing given"),
    "complete": _("what was missing brought"),
    "dismiss": _("no licence needed"),
    "refuse": _("not accepted"),
    "pause": _("clock stopped"),
    "resume": _("clock resumed"),
    "propose": _("extension proposed"),
    "extend": _("limit extended"),
    "review": _("reviewed"),
    "grant": _("granted"),
    "reject": _("rejected"),
    "make": _("result made"),
    "send": _("result sent"),
    "close": _("closed"),
    "withdraw": _("withdrawn"),
    "lapse": _("lapsed"),
    "settle": _("settled in one visit"),
    "copied": _("copied into the second system"),
    "obstruct": _("recorded as something that could not be done"),
    "renew-code": _("new query code given"),
    "urge": _("urged by a supervisor"),
    "answer-urging": _("supervisor answered"),
}
"""How a step that was taken is called."""


FORMS: dict[str, str | Promise] = {
    "original": _("Original"),
    "copy": _("Copy"),
    "original-and-copy": _("Original and copy"),
    "electronic": _("Electronic file"),
}
"""In which form a material is wanted."""

KEPT: dict[str, str | Promise] = {
    "return-original": _("the original is given back at once"),
    "archive-original-by-post": _("the original goes to the deciding place by post"),
    "archive-scan": _("only the pictures are kept"),
}
"""What becomes of a material."""


def teach() -> None:
    """Teach the design room all of these words."""
    refusals.teach(_SAID)


def codes() -> frozenset[str]:
    """Return the codes that have words."""
    return frozenset(_SAID)


def say(refused: Refused) -> str:
    """Return a refusal in words, with days, sizes and names in it as people write them."""
    return refusals.say(plain(refused))


def plain(refused: Refused) -> Refused:
    """Return the refusal with its params as people write them: fit for the page that answers it."""
    shown = {name: _shown(name, value) for name, value in refused.params.items()}
    if refused.code in {"file.too-large", "file.attachment-too-large"}:
        shown["limit"] = int(str(refused.params["limit"])) // 1_048_576
    return Refused(refused.code, **shown)


def _moment(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return date_format(value, pgettext("a day on a mark", "j M Y"))
    if not isinstance(value, datetime):
        return str(value)
    return timezone.localtime(value).strftime("%H:%M")


def _kind(value: object) -> str:
    return str(_KINDS.get(str(value)) or _("a file of an unknown kind"))


_PLAIN: dict[str, Callable[[object], str]] = {
    "at": _moment,
    "until": _moment,
    "found": _kind,
    "said": _kind,
    "step": lambda value: str(DONE.get(str(value), value)),
    "state": lambda value: str(STATES.get(str(value), value)),
}


def _shown(name: str, value: object) -> object:
    plain = _PLAIN.get(name)
    return plain(value) if plain else value
