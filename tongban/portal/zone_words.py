"""What lists, scopes and agreements are called, said plainly to the people concerned."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tongban.lib.texts import Text
from tongban.lists.rules.where import Barred, Way

Words = str | Promise

MODES: dict[str, Words] = {
    "online": _("Online"),
    "window": _("At any window, decided there"),
    "counter": _("Received at a window for another place"),
    "joint": _("Several places together"),
    "post": _("By letter"),
    "there": _("At the place that decides"),
}
GROUPS: tuple[tuple[Words, frozenset[str]], ...] = (
    (_("Online"), frozenset({"online"})),
    (_("At a window near you"), frozenset({"window", "counter"})),
    (_("Several places together"), frozenset({"joint"})),
    (_("By letter"), frozenset({"post"})),
    (_("At the place that decides"), frozenset({"there"})),
)
SCOPES: dict[str, Words] = {
    "nearby": _("Nearby: holds for every service"),
    "several-points": _("At several points: holds for every service"),
    "same-city": _("Anywhere in the city: holds for every service"),
    "province": _("It stands on the list for the whole province"),
    "nationwide": _("It stands on the list across provinces"),
    "agreement": _("Agreement between the two cities"),
    "cooperation": _("Cooperation between the two provinces"),
    "post": _("The law lets an application come by letter"),
    "there": _("That place has the power to decide"),
}
BARRED: dict[str, Words] = {
    "item.suspended": _("Suspended: it can't be applied for at present"),
    "item.ended": _("This service is no longer offered under this name"),
    "online.presence": _("Not online: the law wants you to come yourself."),
    "online.not-open": _("Not online yet: nobody has opened it so far, and no law forbids it."),
    "post.presence": _("Not by letter: the law wants you to come yourself."),
    "post.no-law": _(
        "Not by letter: only licences can be applied for so by law. Ask the place that decides."
    ),
    "window.not-listed": _("Not at another city's window: the service isn't on the list for the province."),
    "window.not-listed-nationwide": _(
        "Not from another province: the service isn't on the list across provinces, and no agreement covers it."
    ),
    "window.online-only": _("Not at another window: elsewhere the list opens it online only."),
    "window.direction": _("Not at another window: the list opens it in the other direction only."),
    "window.not-ours": _("Neither place is in this province: ask at one of them."),
}
CHOICES: dict[str, Words] = {
    "theme": _("Theme"),
    "event": _("What happens in life"),
    "subject": _("For whom"),
    "department": _("Department"),
    "mode": _("Mode"),
    "batch": _("Batch"),
    "place": _("Place"),
}
SUBJECTS: dict[str, Words] = {"person": _("For people"), "company": _("For companies")}
DIRECTIONS: dict[str, Words] = {
    "both": _("Both ways"),
    "in": _("We receive for them"),
    "out": _("They receive for us"),
}
ACTIONS: dict[str, Words] = {
    "write": _("Write"),
    "amend": _("Amend"),
    "repeal": _("Repeal"),
    "interpret": _("Interpret"),
}
REGISTER: dict[str, Words] = {
    "open": _("Not begun"),
    "drafting": _("Being drafted"),
    "review": _("Being looked through"),
    "done": _("Settled"),
}


def why(way: Way) -> str:
    """Return what makes a way possible."""
    return str(SCOPES.get(way.scope, _now("It stands on a list")))


def why_not(barred: Barred) -> tuple[Words, Any, str]:
    """Return why a way isn't possible, what the law says, and where."""
    return BARRED[barred.why], barred.name if barred.basis or barred.mode == "any" else "", barred.basis


def zone_says(listed: Any) -> tuple[Text, Text]:
    """Return what a list's zone is called, and what it means for people."""
    return Text.of(listed.says["zone"]), Text.of(listed.says["says"])
