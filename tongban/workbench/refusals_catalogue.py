"""The wording of what the catalogue refuses."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: dict[str, str | Promise] = {
    # Drafts of revisions
    "proposal.moved-on": _("Meanwhile somebody took another step with it. Look at it as it stands now."),
    "proposal.saved-elsewhere": _("Saved by %(who)s meanwhile, at %(at)s. Load the page again and compare."),
    "proposal.second-person": _("Whoever wrote it does not approve it: a second person of the department has to."),
    "proposal.incomplete": _("Something still has to be put right: %(count)s. The draft's page lists it."),
    "proposal.unchanged": _("It says the same as the revision before it."),
    "proposal.outdated": _("Revision %(number)s was published meanwhile. The draft has to be compared with it first."),
    "proposal.day": _("Give the day from which it holds."),
    "proposal.day-past": _("Nothing holds from a day that is past. Choose today or later."),
    "proposal.day-before": _("The revision before it holds from %(day)s. Choose that day or a later one."),
    # An item's standing
    "change.kind": _("Choose what is to happen to the item."),
    "change.successors": _("Choose the items that people go to instead: for a split at least two, for a merger one."),
    "change.successor-unknown": _("One of the items chosen is not there any more."),
    "change.one-of-them": _("Nothing was proposed, because of “%(item)s”: %(why)s"),
    "change.one-stands": _("None was approved, because of “%(item)s”: %(why)s"),
    "change.until": _("It has to open again after the day on which it stops."),
    "change.ended": _("There is no such item any more, from %(day)s on."),
    "change.suspended-already": _(
        "A suspension of the item holds or is to come already. It can be made longer from its last day on."
    ),
    "recall.begun": _("It holds since %(day)s: what held stays as it was."),
    "recall.not-newest": _("Something was decided after it. Recall that first."),
    "recall.waits": _("Its recall is proposed already."),
    "change.not-suspended": _("The item is not suspended on that day."),
    "item.suspended": _("This item is suspended until further notice and can't be received: %(because)s"),
    "item.suspended-until": _("This item is suspended and can't be received before %(day)s: %(because)s"),
    "item.ended": _("There is no such item any more: %(because)s"),
    # The editor and the library
    "editor.catch-all": _("Say exactly which paper is wanted: lines such as “other materials” are not allowed."),
    "editor.code": _("A code has letters, digits, dots and hyphens only, at most 60."),
    "editor.number": _("Give a whole number of at most %(most)s."),
    "editor.choice": _("Choose one of the answers."),
    "editor.day": _("Give a day such as 2026-07-01."),
    "editor.option": _("A line is code | Chinese | English. This one isn't: %(line)s"),
    "editor.subjects": _("Choose who may apply: at least one."),
    "editor.procedure-type": _("“%(name)s” does not apply to items of this type (%(type)s)."),
    "editor.procedure-law": _("“%(name)s” applies only to items that rest on its law. Name that law in the basis"
                               " first."),
    "editor.joint-unknown": _("“%(name)s” does not know that several bodies handle a matter as one."),
    "editor.joint-limit": _("Where several bodies handle it as one, the procedure gives the limit. Empty the limit"
                            " by law under “Limits and clock” first."),
    "editor.limit-joint": _("Several bodies handle it as one, so the procedure gives the limit by law. Leave this"
                            " empty."),
    "editor.copy-system": _("Give the name of the system that is fed by hand."),
    "editor.copy-label": _("Give the field's label as the other system has it."),
    "editor.copy-source": _("Choose what of the case goes into this field."),
    "editor.copy-source-gone": _("The form has no such field any more (%(source)s). Choose another."),
    "standard.nothing-to-draft": _("There is no item for which a draft could be begun: none says something else, or"
                                   " each has an open draft or another keeper."),
    "standard.saved-elsewhere": _("Somebody else saved this material meanwhile. Load the page again."),
    # Going over to a newer revision
    "rebase.newest": _("The case runs under the newest revision that is in force."),
    "rebase.decided": _("The case is decided; the decision stands on the revision that it names."),
    "rebase.longer": _("The newer revision would take longer than the applicant was told. The day that was"
                       " told stands."),
    "rebase.asks-more": _("The newer revision asks for more than the applicant was told. What was told stands, so"
                          " the case keeps its revision."),
    "rebase.unanswered": _("The newer revision asks a question that was not answered yet."),
    "rebase.other-body": _("Under the newer revision another body decides. The case keeps its revision."),
}  # fmt: skip
