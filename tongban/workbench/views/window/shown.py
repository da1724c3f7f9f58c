"""What the draft's page shows, put together before the database is shut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.urls import reverse

from tongban.cases.rules import enclosures, intake
from tongban.cases.rules.enclosures import Enclosed, How, Trust
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition
from tongban.catalogue.rules import Material, Source, asked
from tongban.files import queries as files
from tongban.places import queries as places
from tongban.places.rules import Directory, Office, Place
from tongban.workbench import words
from tongban.workbench.forms import DraftForm, flat, lacking
from tongban.workbench.forms.put import PARTY
from tongban.workbench.views.window.keeping import Draft


@dataclass(frozen=True, slots=True)
class Asked:
    """One material on the page: what it must fulfil, what was done about it, its pages."""

    material: Material
    how: BoundField
    reason: BoundField
    applies: bool
    trust: Trust
    pages: list[dict[str, str]]
    sources: tuple[Source, ...]
    upload: str
    name: str
    form: Any
    kept: Any
    promised: bool


@dataclass(frozen=True, slots=True)
class Deciding:
    """The place chosen, the body found for it, and by which revision of its rules it's received."""

    edition: Edition
    place: Place | None
    office: Office | None
    signed_on: date | None

    @property
    def name(self) -> str:
        """Return how the place is called; nothing for none."""
        return str(self.place.name) if self.place else ""

    @classmethod
    def of(cls, edition: Edition, directory: Directory, place: str) -> Deciding:
        """Return what is found for a place; nothing for none."""
        signed = edition.rule.signed_off_on
        return cls(
            edition=edition,
            place=directory.places.get(place),
            office=decides(directory, edition, place),
            signed_on=date.fromisoformat(signed) if signed else None,
        )


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is still lacking: where it is on the page, and what it's called."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the draft's page."""

    draft: Draft
    edition: Edition
    form: DraftForm
    situations: list[BoundField]
    applicant: list[BoundField]
    agent: list[BoundField]
    has_agent: bool
    fields: list[BoundField]
    way: BoundField
    address: BoundField
    materials: list[Asked]
    deciding: Deciding
    lacking: list[Lack]
    unscanned: list[Lack]


def shown(
    draft: Draft,
    directory: Directory,
    *,
    token: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Shown:
    """Return the page of a draft.

    :param typed: what was typed but could not be kept, shown instead of what is kept
    :param errors: what is wrong in words, by field; None while it's still being written
    """
    data, edition = draft.data or {}, catalogue.edition(draft.revision_id)
    rule = edition.rule
    form = DraftForm(rule, {**flat(data), **(typed or {})}, errors)
    asked_for = materials(draft, form, token, documents(data))
    return Shown(
        draft=draft,
        edition=edition,
        form=form,
        situations=[form[f"answers.{each.code}"] for each in rule.situations],
        applicant=[form[f"applicant.{name}"] for name in PARTY],
        agent=[form[f"agent.{name}"] for name in (*PARTY, "authority")],
        has_agent=bool(data.get("agent")) or intake.acts_for(data.get("answers") or {}),
        fields=[form[f"fields.{each.code}"] for each in rule.fields],
        way=form["wish.way"],
        address=form["wish.address"],
        materials=asked_for,
        deciding=Deciding.of(edition, directory, data.get("place", "")),
        lacking=lacks(form, data, edition),
        unscanned=unscanned(form, asked_for),
    )


def decides(directory: Directory, edition: Edition, place: str) -> Office | None:
    """Return the body that decides the item for a place, if one does."""
    if place not in directory.places:
        return None
    return directory.body_for(edition.rule.decided_by, edition.rule.decided_level, place)


def lacks(form: DraftForm, data: Mapping[str, Any], edition: Edition) -> list[Lack]:
    """Return what is still lacking, in the order of the page."""
    found, order = lacking(data, edition.rule), {name: at for at, name in enumerate(form.fields)}
    return [
        Lack(target(form, name), str(form[name].label) if name in form.fields else words.say(found[name]))
        for name in sorted(found, key=lambda name: order.get(name, len(order)))
    ]


def unscanned(form: DraftForm, materials: list[Asked]) -> list[Lack]:
    """Return the materials of which a picture is kept, but that were only looked at: nobody else sees them."""
    return [
        Lack(target(form, f"enclosed.{each.material.code}"), str(each.material.name))
        for each in materials
        if each.applies and enclosures.unscanned(each.material, str(each.how.value() or ""), len(each.pages))
    ]


def target(form: DraftForm, name: str) -> str:
    """Return the id of the control that stands for a field."""
    if name == "place":
        return "place-words"
    if name not in form.fields:
        return "main"
    identifier = form[name].auto_id
    return f"{identifier}_0" if form[name].use_fieldset else identifier


def materials(
    draft: Draft, form: DraftForm, token: str = "", pdfs: frozenset[str] = frozenset()
) -> list[Asked]:
    """Return every material of the rule; those that these answers don't ask for are there but hidden."""
    data, rule = draft.data or {}, catalogue.edition(draft.revision_id).rule
    wanted = {material.code for material in asked(rule, data.get("answers") or {})}
    found = []
    for material in rule.materials:
        kept = (data.get("enclosed") or {}).get(material.code) or {}
        upload = reverse("workbench:upload", args=[draft.id, material.code])
        found.append(
            Asked(
                material=material,
                how=form[f"enclosed.{material.code}"],
                reason=form[f"enclosed.{material.code}.reason"],
                applies=material.code in wanted,
                trust=trust_of(material, kept.get("how", "")),
                pages=[page(draft, material.code, sha, token, sha in pdfs) for sha in kept.get("pages", ())],
                sources=rule.cited(f"materials.{material.code}"),
                upload=f"{upload}?page={token}",
                name=f"pages.{material.code}",
                form=words.FORMS[material.form],
                kept=words.KEPT[material.keep],
                promised=material.promise_allowed or material.missable,
            )
        )
    return found


def documents(data: Mapping[str, Any]) -> frozenset[str]:
    """Return which of a draft's pages are PDFs, which no list can show in small."""
    kept = (data.get("enclosed") or {}).values()
    hashes = {sha for each in kept for sha in each.get("pages", ())}
    known = files.files(hashes) if hashes else {}
    return frozenset(sha for sha, file in known.items() if file.media == "application/pdf")


def trust_of(material: Material, how: str) -> Trust:
    """Return the trust level of what was done about a material; none where nothing was."""
    return enclosures.trust(Enclosed(material.code, How(how)), material) if how else Trust.NONE


def page(draft: Draft, code: str, sha: str, token: str = "", pdf: bool = False) -> dict[str, str]:
    """Return a page as the camera's list shows it."""
    url = reverse("workbench:draft-page", args=[draft.id, code, sha])
    small = static("workbench/pdf.svg") if pdf else f"{url}?width=240"
    remove = reverse("workbench:remove-page", args=[draft.id, code, sha])
    return {"id": sha, "url": small, "whole": url, "title": "", "remove": f"{remove}?page={token}"}


def directory() -> Directory:
    """Return the places and bodies in force."""
    return places.directory_now()
