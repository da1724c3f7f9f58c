"""The question where an item can be handled, and what of the map the answer needs."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.lib.texts import Text
from tongban.lists.rules.where import Facts
from tongban.places.rules import Level


@dataclass(frozen=True, slots=True)
class Asked:
    """The question with its facts."""

    facts: Facts
    here: str
    power: str

    @property
    def ours(self) -> bool:
        """Whether the person is at one of our places."""
        return self.here in self.facts.directory.places

    @property
    def we_decide(self) -> bool:
        """Whether the power lies at one of our places."""
        return self.power in self.facts.directory.places

    @property
    def line(self) -> set[str]:
        """The person's region and all to which it belongs; of a place outside, as its code tells."""
        return self.above(self.here)

    def above(self, code: str) -> set[str]:
        """Return the region and all to which it belongs; of a place outside, as its code tells."""
        if code in self.facts.directory.places:
            return {place.code for place in self.facts.directory.line(code)}
        return {code, f"{code[:4]}00", f"{code[:2]}0000"} if code.isdecimal() and len(code) == 6 else {code}

    @property
    def home(self) -> set[str]:
        """The person's region and the county in which it lies."""
        directory = self.facts.directory
        return {
            place.code for place in directory.line(self.here) if place.level in {Level.TOWN, Level.COUNTY}
        } | {self.here}

    def city(self, code: str) -> str:
        """Return the city to which a region of ours belongs; itself for the province."""
        found = (place.code for place in self.facts.directory.line(code) if place.level == Level.CITY)
        return next(found, code)

    def name_of(self, code: str) -> Text:
        """Return the name of a region of ours, or of an agreement's party."""
        if code in self.facts.directory.places:
            return self.facts.directory.region(code).name
        return next(
            (pact.their_name for pact in self.facts.pacts if pact.theirs in self.above(code)), Text("")
        )
