"""Words of lists, agreements, the register and responsible persons, and how their refusals are said to staff."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

KINDS: Words = {"list": _("Put on the list"), "revise": _("Revise"), "withdraw": _("Withdraw from the list")}
CHANGE_STATES: Words = {
    "proposed": _("Waits for review"),
    "reviewed": _("Waits for publication"),
    "published": _("Published"),
    "returned": _("Given back"),
}
TONES: Mapping[str, str] = {
    "proposed": "amber",
    "reviewed": "blue",
    "published": "green",
    "returned": "red",
    "draft": "amber",
    "signed": "blue",
    "in-force": "green",
    "replaced": "grey",
    "ended": "grey",
    "open": "amber",
    "drafting": "blue",
    "review": "blue",
    "done": "green",
    "confirmed": "green",
    "due": "amber",
    "stale": "red",
}
MODES: Words = {
    "online": _("Online"),
    "window": _("At any window, decided there"),
    "counter": _("Received at a window for another place"),
    "joint": _("Several places together"),
}
DIRECTIONS: Words = {
    "both": _("Both ways"),
    "in": _("We receive for them"),
    "out": _("They receive for us"),
}
SCOPES: Words = {
    "nearby": _("Nearby: the hall of one's own county"),
    "several-points": _("At several points: the city's hall and the zones'"),
    "same-city": _("In the same city: halls of neighbouring counties"),
    "province": _("Anywhere in the province, by the list"),
    "agreement": _("Agreement between two cities"),
    "cooperation": _("Deep cooperation"),
    "nationwide": _("From other provinces, by the list"),
    "online": _("Online"),
}
CLOCKS: Words = {
    "receipt": _("From the receipt at the receiving place"),
    "taking-over": _("From taking over at the deciding place"),
}
PACT_STATES: Words = {
    "draft": _("Draft"),
    "signed": _("Signed, not in force yet"),
    "in-force": _("In force"),
    "replaced": _("Replaced by a newer revision"),
    "ended": _("Ended"),
}
FIELDS: Words = {
    "batch": _("Batch"),
    "unit": _("Responsible unit"),
    "modes": _("Modes"),
    "direction": _("Direction"),
    "deadline": _("Deadline"),
    "timetable": _("Timetable"),
    "roadmap": _("Roadmap"),
    "note": _("Note"),
    "evidence": _("Evidence"),
    "mode_evidence": _("Evidence of the modes"),
    "source": _("Source"),
    "trust": _("Trust in the source"),
}
ACTIONS: Words = {
    "write": _("Write"),
    "amend": _("Amend"),
    "repeal": _("Repeal"),
    "interpret": _("Interpret"),
}
REGISTER_STATES: Words = {
    "open": _("Not begun"),
    "drafting": _("Being drafted"),
    "review": _("Being looked through"),
    "done": _("Settled"),
}
LEVELS: Words = {"province": _("Province"), "city": _("City"), "county": _("County"), "town": _("Town")}
CHARGES: Words = {
    "principal": _("Principal"),
    "deputy": _("Deputy"),
    "lead-section": _("Lead section"),
    "liaison": _("Liaison"),
}
FRESH: Words = {
    "confirmed": _("Confirmed this quarter"),
    "due": _("To be confirmed this quarter"),
    "stale": _("Stale: not confirmed for longer than a quarter"),
}
EVIDENCE: Words = {
    "found": _("Read in the source"),
    "group-found": _("Its group was read in the source"),
    "topic-found": _("Its topic was read in the plan"),
    "derived": _("Follows from the national list"),
    "recalled": _("Recalled, in no source that was read"),
    "flow-found": _("Its way was read in the source"),
    "inferred": _("Inferred"),
}

REFUSALS: Words = {
    "lists.mode-unknown": _("Choose at least one mode."),
    "lists.direction-unknown": _("Choose a direction."),
    "lists.second-person": _("A second person is wanted here: somebody other than who wrote it."),
    "lists.day-past": _("That day is past. What a list said then stays as it was."),
    "lists.listed-already": _("The item stands on this list already. Revise its entry instead."),
    "lists.item-ended": _("There is no such item any more"),
    "lists.not-listed": _("The item does not stand on this list."),
    "lists.day-taken": _("From %(day)s on something is published already. Choose a later day."),
    "lists.outside": _(
        'Every item of this list has to stand on "%(list)s" on the same days, and this one does not.'
        " Put it there first."
    ),
    "lists.inner-stands": _(
        'The item still stands on "%(list)s", whose items all have to stand here. Withdraw it there first.'
    ),
    "lists.change-under-way": _(
        "A change of this entry is under way already. It has to be published or given back."
    ),
    "lists.batch-unknown": _("Choose a batch of this list."),
    "lists.moved-on": _("In the meantime this change has gone on. Look at how it stands now."),
    "agreements.scope-unknown": _("Choose a kind of agreement."),
    "agreements.ended": _("The agreement has ended with %(day)s."),
    "agreements.end-waits": _("An end with %(day)s is proposed already. It has to be signed or dropped."),
    "agreements.no-end-proposed": _("No end is proposed."),
    "agreements.draft-there": _("A draft lies there already. Go on with it."),
    "agreements.ends-before-it-begins": _("The last day lies before the first."),
    "agreements.party-unnamed": _("Each place needs a code and a name, once: look at %(place)s."),
    "agreements.two-sides": _("Name at least one place of ours and one of another province."),
    "agreements.no-items": _("Name at least one item."),
    "agreements.item-unknown": _(
        "There is no such item, its direction is unknown, or it is named twice: %(item)s"
    ),
    "agreements.signed-in-future": _("That day is still to come."),
    "agreements.signed-already": _("These terms are signed and stay as they are. Write a new revision."),
    "agreements.code-malformed": _("A code has letters, digits and hyphens only."),
    "rehearsals.day-to-come": _("That day is still to come."),
    "rehearsals.one-place": _("Both bodies stand in one place. A rehearsal is walked between two."),
    "rehearsals.confirmed-already": _("This rehearsal is confirmed already."),
    "normative.code-malformed": _("A code has letters, digits and hyphens only."),
    "normative.code-taken": _("Another document bears this code."),
    "normative.day-to-come": _("That day is still to come."),
    "normative.settled": _("This document is settled and stays as it is."),
    "normative.moved-on": _("Somebody else has edited it in the meantime. Load the page again."),
    "normative.item-unknown": _("Name at least one item; these are unknown: %(items)s"),
    "normative.word-unknown": _("Choose one of the answers."),
    "responsible.charge-unknown": _("Choose one of the answers."),
    "responsible.unreachable": _("Give a telephone or an address at which the office can be reached."),
    "responsible.nobody-named": _("Your body has named nobody yet. Name somebody first."),
}
