"""What the words of the rules are called on the staff's pages: states, verbs, defects, clocks, days and causes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES = {
    "received": _("Received, not yet accepted"),
    "supplementing": _("Waits for what is missing"),
    "accepted": _("Accepted, being examined"),
    "paused": _("Clock stopped"),
    "reviewed": _("Reviewed, ready to decide"),
    "granted": _("Granted, result to be made"),
    "rejected": _("Rejected, to be delivered"),
    "made": _("Result made, to be sent"),
    "not-needed": _("No application needed, to be told"),
    "not-accepted": _("Not accepted, to be told"),
    "sent": _("Sent to the applicant"),
    "closed": _("Closed"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Lapsed: nothing was brought in time"),
}
TONES = {
    **dict.fromkeys(("received", "accepted", "reviewed"), "blue"),
    **dict.fromkeys(("paused", "not-needed", "closed", "withdrawn", "lapsed"), "grey"),
    **dict.fromkeys(("granted", "made", "sent"), "green"),
    **dict.fromkeys(("rejected", "not-accepted"), "red"),
    "supplementing": "amber",
}
"""In which colour a state's word stands; the word alone says it too."""

STEPS = {
    "accept": _("Accept"),
    "correct": _("Corrected on the spot"),
    "ask": _("Ask for what is missing"),
    "complete": _("Take in what was brought"),
    "dismiss": _("No application needed"),
    "refuse": _("Do not accept"),
    "pause": _("Stop the clock"),
    "resume": _("Let the clock run again"),
    "propose": _("Propose an extension"),
    "extend": _("Approve the extension"),
    "review": _("Review"),
    "grant": _("Grant"),
    "reject": _("Reject"),
    "make": _("Result is made"),
    "send": _("Send the result"),
    "close": _("Delivered: close"),
    "withdraw": _("Applicant withdraws"),
    "settle": _("Settle in one visit"),
    "offer": _("Hand over"),
    "take-over": _("Take over"),
    "return": _("Return"),
    "decline": _("Decline custody"),
    "recall": _("Recall"),
    "copied": _("Record the number"),
}
"""What a button says."""

MEANS = {
    "accept": _("The limit begins today. The applicant gets the acceptance notice."),
    "correct": _("A slip that the applicant put right at the counter; noted, nothing else changes."),
    "ask": _("Once, everything, in writing. The clock stops until the applicant has brought it."),
    "complete": _("What the applicant brought is added, and the file goes on to the deciding body."),
    "dismiss": _("The matter needs no application at all. The applicant is told so at once, in writing."),
    "refuse": _(
        "Not within this body's power: a written decision that names the competent body and the remedies."
    ),
    "pause": _("Time isn't counted while a lawful ground lasts. The applicant is told in writing."),
    "resume": _("The due day moves by the working days for which the clock stood. The applicant is told."),
    "propose": _("Asks the head of the body for more time. Nothing changes until it is approved."),
    "extend": _("The limit gets longer, once. The applicant is told why, in writing."),
    "review": _("A second person states what they found. Then it can be decided."),
    "grant": _("The decision for the applicant, in writing. The result is made next."),
    "reject": _("The decision against the applicant, in writing, with reasons and remedies."),
    "make": _("Notes the number of the certificate or permit, with its electronic form if there is one."),
    "send": _("By post, to a window, or electronically."),
    "close": _("The applicant has it: notes how that is known and closes the case."),
    "withdraw": _("At the applicant's wish. The case ends; a new one can be filed at any time."),
    "settle": _("Accepted, granted and handed out in one act, while the applicant waits."),
    "offer": _("Offers the file to another body or section. It stays here until they take it over."),
    "take-over": _("From now on your body holds the file. This is not yet acceptance."),
    "return": _("Something has to be put right first. The giver goes on holding the file."),
    "decline": _(
        "Not for this body. The giver goes on holding the file; this refuses nothing to the applicant."
    ),
    "recall": _("Takes the offer back before it is answered."),
    "copied": _("Notes under which number the case stands in the other system."),
}
"""What a step does and who is told: stands beside its button and on its page."""

HAPPENED = {
    "receive": _("Received at the window"),
    "accept": pgettext_lazy("happened", "Accepted"),
    "deem": _("Deemed accepted, since nothing was told in time"),
    "correct": _("Corrected on the spot"),
    "ask": _("Asked for what is missing"),
    "complete": _("What was missing was brought"),
    "dismiss": _("Told that no application is needed"),
    "refuse": _("Not accepted: outside this body's power"),
    "pause": _("Clock stopped"),
    "resume": _("Clock runs again"),
    "propose": _("Extension proposed"),
    "extend": _("Limit extended"),
    "review": _("Reviewed by a second person"),
    "grant": pgettext_lazy("happened", "Granted"),
    "reject": pgettext_lazy("happened", "Rejected"),
    "make": _("Result made"),
    "send": _("Result sent"),
    "close": _("Delivered and closed"),
    "withdraw": _("Withdrawn by the applicant"),
    "settle": _("Settled in one visit"),
    "lapse": _("Lapsed: nothing was brought in time"),
    "offer": _("Offered to another body"),
    "take-over": _("Taken over"),
    "return": _("Returned to the giver"),
    "decline": _("Custody declined"),
    "recall": _("Offer recalled"),
    "copied": _("Typed into the other system"),
    "obstruct": _("Recorded as something that could not be done"),
    "answer": _("What could not be done was answered"),
    "remind": _("Reminded of an unanswered offer"),
    "escalate": _("Unanswered offer reported upwards"),
    "renew-code": _("New query code given"),
    "urge": _("Urged by a supervisor"),
    "answer-urging": _("The supervisor was answered"),
    "rebase": _("Went over to a newer revision of the rule"),
}
"""What a line of the history says."""

BAD = frozenset({"refuse", "reject", "decline", "return", "lapse", "obstruct", "escalate", "urge"})
"""Lines of the history that stand out, since something went wrong there."""

KEYS = {
    "accept": "a", "ask": "b", "complete": "b", "pause": "p", "resume": "p", "propose": "e", "extend": "e",
    "review": "v", "grant": "g", "settle": "g", "make": "m", "send": "s", "close": "c", "take-over": "t",
    "return": "r", "offer": "o",
}  # fmt: skip
"""The key that presses a step's button; steps that can't be undone have none."""

ICONS = {
    "accept": "stamp", "correct": "edit", "ask": "list", "complete": "plus", "dismiss": "info",
    "refuse": "cross", "pause": "pause", "resume": "clock", "propose": "calendar", "extend": "calendar",
    "review": "people", "grant": "check-circle", "reject": "cross", "make": "seal", "send": "send",
    "close": "check", "withdraw": "return", "settle": "check-circle", "offer": "send",
    "take-over": "take-over", "return": "return", "decline": "cross", "recall": "return", "copied": "check",
}  # fmt: skip

DEFECTS = {
    "missing": _("Missing"),
    "incomplete": _("Incomplete"),
    "illegible": _("Illegible"),
    "expired": _("Expired"),
    "not-original": _("Original not shown"),
    "mismatch": _("Doesn't match the application"),
    "unsigned": _("Signature or seal missing"),
    "wrong-form": _("Wrong form"),
    "field": _("Filled in wrongly"),
}
CLOCKS = {
    "notice": _("One notice, counted from the receipt"),
    "notice-here": _("One notice, counted from taking over here"),
    "supplement": _("For the applicant to bring what is missing"),
    "promised": _("Promised limit"),
    "statutory": _("Statutory limit"),
    "deliver": _("Delivery to the applicant"),
}
DUE = {
    "notice": _("to accept or ask"),
    "notice-here": _("to accept or ask"),
    "supplement": _("for the applicant"),
    "promised": _("to decide"),
    "statutory": _("to decide"),
    "deliver": _("to deliver"),
}
"""What is due on a due day, in a few words: for lists."""

DAYS = {
    "start": _("the day itself isn't counted"),
    "working": _("working days"),
    "make-up": _("worked to make up for a holiday"),
    "weekend": _("weekend"),
    "holiday": _("holiday"),
    "pause": _("clock stopped"),
    "calendar": _("calendar days"),
}
HOW = {
    "seen": _("Original seen"),
    "handed-in": _("Handed in, original not seen"),
    "fetched": _("Fetched from the issuing body"),
    "promised": _("Promised in writing"),
    "missing": _("Missing"),
}
FORMS = {
    "original": _("original"),
    "copy": _("copy"),
    "original-and-copy": _("original and copy"),
    "electronic": _("electronic"),
}
WAYS = {
    "post": _("By post"),
    "window": _("Collected at a window"),
    "electronic": _("Electronically"),
}
OFFERS = {
    "open": _("Waits for an answer"),
    "taken": _("Taken over"),
    "returned": _("Returned"),
    "declined": _("Declined"),
    "recalled": _("Recalled"),
    "withdrawn": _("Ended with the application"),
}
CAUSES = {
    "no-rule": _("No rule says how"),
    "system-down": _("A system doesn't work or won't take it"),
    "rule-conflict": _("Rules contradict each other"),
    "other-place": _("The other place doesn't cooperate"),
    "paper-impossible": _("A paper is asked for that can't be had"),
    "refused-elsewhere": _("Refused elsewhere"),
    "other": _("Another reason"),
}
NUMBERS = {
    "resident": _("Identity number"),
    "credit-code": _("Unified social credit code"),
    "passport": _("Passport"),
    "other": _("Another document"),
}
AUTHORITIES = {
    "letter": _("Letter of authority"),
    "guardian": _("Guardian"),
    "legal-representative": _("Legal representative"),
    "staff": _("Member of staff"),
}
WORDS = {
    "reason": _("Reason"),
    "again": _("Why a second notice"),
    "ground": _("Ground"),
    "expected": _("Time that it takes"),
    "what": _("What was corrected"),
    "opinion": _("Opinion"),
    "competent": _("Competent body"),
    "elsewhere": _("Or a body that isn't in this list"),
    "number": _("Number"),
    "result_number": _("Number of the result"),
    "waybill": _("Waybill"),
    "carrier": _("Carrier"),
    "window": _("Window"),
    "way": _("How it is delivered"),
    "proof": _("How the delivery is known"),
    "text": _("What happened"),
    "urge": _("What is asked for"),
    "answer": _("Answer"),
    "answer_by": _("Answer due by"),
    "to": _("To whom"),
    "file": _("Electronic result (PDF or picture)"),
}
"""Names of the words that belong to a step: labels of its form, and of the history."""

TABS = {
    "incoming": _("Incoming"),
    "in-hand": _("In hand"),
    "review": _("Being examined"),
    "waiting": _("Waiting for others"),
    "sent": _("With other bodies"),
    "closed": _("Closed"),
}
