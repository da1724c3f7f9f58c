"""What the rules call states, steps and limits, said plainly to the people concerned."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongban.cases.rules.clock import Kind
from tongban.cases.rules.lifecycle import State
from tongban.lib.workdays import Kind as DayKind
from tongban.places.rules import Level

Words = str | Promise


class Told(NamedTuple):
    """What is the matter, what comes next, and how grave it is: a level of the design's notices."""

    headline: Words
    then: Words
    tone: str = "info"


ON_ITS_WAY = Told(
    _("Your papers are on their way to the place that decides"),
    _("That place looks at them as soon as it has taken them over. The limit below runs all the same."),
)
STATES = {
    State.RECEIVED: Told(
        _("Your papers are being looked through"),
        _(
            "Received is not yet accepted. By the day below you hear that your application is accepted,"
            " or at once of everything that is missing."
        ),
    ),
    State.SUPPLEMENTING: Told(
        _("Something is missing: it is your turn"),
        _(
            "The supplement notice below lists everything, once and for all. Bring it to the window that"
            " received your papers or to the place that decides."
        ),
        "warning",
    ),
    State.ACCEPTED: Told(
        _("Accepted: your application is being worked on"),
        _("You need do nothing. By the day below it is decided."),
    ),
    State.PAUSED: Told(
        _("The clock stands still"),
        _("The notice below says for which reason. Time goes on as soon as that is settled."),
        "warning",
    ),
    State.REVIEWED: Told(
        _("Accepted: about to be decided"),
        _("You need do nothing. By the day below it is decided."),
    ),
    State.GRANTED: Told(
        _("Granted: your result is being made"),
        _("It is then delivered the way you chose."),
        "success",
    ),
    State.MADE: Told(
        _("Granted: your result is ready"), _("It is now delivered the way you chose."), "success"
    ),
    State.REJECTED: Told(
        _("Your application was not granted"),
        _("The decision below gives the reasons and says what you can do against it, and until when."),
        "warning",
    ),
    State.NOT_NEEDED: Told(
        _("You need not apply for this"),
        _("The notice below says why. You can use it wherever somebody asks."),
    ),
    State.NOT_ACCEPTED: Told(
        _("This place has no power to decide it"),
        _("The decision below names the body that has, and what you can do against the decision."),
        "warning",
    ),
    State.SENT: Told(
        _("Your result is on its way to you"), _("Below you see how and where it arrives."), "success"
    ),
    State.WITHDRAWN: Told(
        _("Withdrawn, as you wished"), _("Nothing more happens. You can apply again at any time.")
    ),
    State.LAPSED: Told(
        _("Closed, since what was missing did not come in time"),
        _("Nothing is held against you. You can apply again at any time."),
        "warning",
    ),
    State.CLOSED: Told(_("Finished"), _("The documents stay here for you."), "success"),
}
CLOSED = {
    "granted": Told(
        _("Finished: granted, and delivered to you"), _("The documents stay here for you."), "success"
    ),
    "rejected": Told(
        _("Finished: not granted"),
        _("The decision below gives the reasons and says what you can do against it, and until when."),
        "warning",
    ),
    "not-needed": Told(
        _("Finished: you need not apply for this"), _("The notice below says why."), "success"
    ),
    "not-accepted": Told(
        _("Finished: this place has no power to decide it"),
        _("The decision below names the body that has, and what you can do against the decision."),
        "warning",
    ),
}

VERBS: dict[str, Words] = {
    "receive": _("Your papers were received"),
    "offer": _("Handed on, to be taken over"),
    "take-over": _("Papers taken over"),
    "return": _("Papers sent back, so that something is put right"),
    "decline": _("Papers sent back, since they belong elsewhere"),
    "recall": _("Papers called back before they were taken over"),
    "correct": _("Put right on the spot"),
    "ask": _("You were asked for what is missing"),
    "complete": _("What was missing has come in"),
    "accept": _("Accepted as an application"),
    "deem": _("Counts as accepted, since nothing was said in time"),
    "dismiss": _("Told that no application is needed"),
    "refuse": _("Not accepted: another body has the power"),
    "pause": _("Clock stopped"),
    "resume": _("Clock runs again"),
    "extend": _("Limit extended, with approval"),
    "grant": _("Application granted"),
    "reject": _("Application not granted"),
    "make": _("Result made"),
    "send": _("Result sent"),
    "close": _("Delivered, and closed"),
    "settle": _("Settled in one visit"),
    "withdraw": _("Application withdrawn"),
    "lapse": _("Closed, since nothing came in"),
}
ANY_STEP = _("A step was taken")

LIMITS: dict[Kind, Words] = {
    Kind.NOTICE: _("Accepted, or told what is missing"),
    Kind.NOTICE_HERE: _("The same, counted from the day on which the deciding place had the papers"),
    Kind.SUPPLEMENT: _("For you to bring what is missing"),
    Kind.PROMISED: _("Decided, as promised"),
    Kind.STATUTORY: _("Decided, at the latest by law"),
    Kind.DELIVER: _("Delivered to you"),
}
NEXT: dict[Kind, Words] = {
    Kind.NOTICE: _("Acceptance, or a list of what is missing"),
    Kind.NOTICE_HERE: _("Acceptance, or a list of what is missing"),
    Kind.SUPPLEMENT: _("You bring what is missing"),
    Kind.PROMISED: _("Decision on the application"),
    Kind.STATUTORY: _("Decision on the application"),
    Kind.DELIVER: _("The result reaches you"),
}
DAYS: dict[DayKind, Words] = {
    DayKind.START: _("The day on which it begins does not count"),
    DayKind.WORKING: _("Working days"),
    DayKind.MAKE_UP: _("Weekend worked to make up: counts"),
    DayKind.WEEKEND: _("Weekend: does not count"),
    DayKind.HOLIDAY: _("Holiday: does not count"),
    DayKind.PAUSE: _("The clock stood still"),
    DayKind.CALENDAR: _("Calendar days"),
}
WAYS: dict[str, Words] = {
    "post": _("By post"),
    "window": _("At a window"),
    "electronic": _("On this page"),
}

LEVELS: dict[str, Words] = {
    Level.PROVINCE: _("by the province"),
    Level.CITY: _("by the city"),
    Level.COUNTY: _("by the county or district"),
    Level.TOWN: _("by the town or street office"),
}
FORMS: dict[str, Words] = {
    "original": _("Original"),
    "copy": _("Copy of it"),
    "original-and-copy": _("Original and copy"),
    "electronic": _("Digital file"),
}
KEEPS: dict[str, Words] = {
    "return-original": _("You get the original back at once."),
    "archive-original-by-post": _("The original goes to the place that decides."),
    "archive-scan": _("Only a picture is kept."),
}
SIDES: dict[str, Words] = {"receiving": _("At the hall near you"), "deciding": _("At the place that decides")}
TRUST: dict[str, Words] = {
    "F": _("read in full"),
    "P": _("read in an excerpt"),
    "R": _("recalled, not read again"),
}

FORMS_OF_GUIDES: dict[str, tuple[Words, Words, Words]] = {
    "online": (
        _("Online"),
        _(
            "The list says so. Tongban itself does not take applications online yet: the guide names the steps."
        ),
        _("Not on the list of what is done online."),
    ),
    "window": (
        _("Through a window near you"),
        _("Any hall of the province takes your papers in and hands them on."),
        _("No hall takes this in for another place."),
    ),
    "several": (
        _("Several places together"),
        _("You hand in once; each place does its part; you get one answer."),
        _("One place decides, so nothing has to be joined."),
    ),
}
SIGNS: dict[str, Words] = {
    "plate": _("Window plate"),
    "door": _("Door sign"),
    "floor": _("Floor sticker"),
    "poster": _("Poster"),
}

REFUSALS: dict[str, Words] = {
    "query.too-often": _("There were too many wrong tries. For the safety of the case, wait a little."),
    "notices.address": _("This is no e-mail address. It looks like name@example.cn."),
    "notices.address-international": _(
        "Not every mail server takes an address with other than Latin letters. Give one that has only those."
    ),
    "notices.place": _("Choose a place of the list."),
    "notices.open-already": _("It is open there already."),
    "notices.ended": _("This service is no longer offered under this name"),
    "notices.not-offered": _("This installation sends no mails."),
    "rating.too-early": _("A case can be rated once it is finished."),
    "rating.given": _("You have rated this case already; the first rating stands."),
    "rating.level": _("Choose one of the five levels."),
    "text.too-long": _("That is too long: at most %(limit)d characters."),
    "text.unreadable": _("Something in the text cannot be shown. Leave it out and send it again."),
}

STANDING: dict[str, Words] = {
    "suspend": _("%(name)s: suspended"),
    "resume": _("%(name)s: it can be applied for again"),
    "end": _("%(name)s: no longer offered"),
    "split": _("%(name)s: no longer offered, others took its place"),
    "merge": _("%(name)s: no longer offered, another took its place"),
}
