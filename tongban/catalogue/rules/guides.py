"""Guides in three forms, made of an item's rule alone: the same blocks for a page, for paper and for PDF.

Words are data (`data/guides/words.json`), in both languages. Whatever the rule has no source for is marked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.catalogue.rules.charts import Chart, Missing, chart
from tongban.catalogue.rules.elements import Material, Rule
from tongban.catalogue.rules.proposing import Standing
from tongban.catalogue.rules.wording import GUIDES, Form, Speaker

TEMPLATE = GUIDES / "guide.typ"
Block = Mapping[str, Any]
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Guide:
    """One form of an item's guide in one language, as blocks of plain data in their order."""

    form: Form
    language: str
    title: str
    form_name: str
    lead: str
    blocks: tuple[Block, ...]
    chart: Chart
    foot: str


def forms(rule: Rule, modes: Collection[str]) -> tuple[Form, ...]:
    """Return the forms that an item has.

    :param modes: how the lists say it is handled: online, counter, window or joint
    """
    has = {
        Form.ONLINE: "online" in modes,
        Form.WINDOW: bool(rule.received_where) or bool({"counter", "window"} & set(modes)),
        Form.SEVERAL: "joint" in modes,
    }
    return tuple(form for form in Form if has[form])


def guide(
    rule: Rule,
    form: Form,
    language: str,
    *,
    number: int,
    since: date,
    on: date,
    illustrative: bool,
    stands: Standing | None = None,
) -> Guide:
    """Return one form of the guide.

    :param number: the number of the revision
    :param on: the day on which it is made
    :param stands: how the item stands on that day; a guide to one that is suspended says so first
    """
    say = Speaker(rule, language)
    drawn = _chart(say, form)
    return Guide(
        form=form,
        language=language,
        title=say.text(rule.name),
        form_name=say("forms", form),
        lead=say("leads", form),
        blocks=tuple(_blocks(say, form, drawn, illustrative=illustrative, stands=stands)),
        chart=drawn,
        foot=say("foot", n=number, since=since.isoformat(), on=on.isoformat()),
    )


def _chart(say: Speaker, form: Form) -> Chart:
    rule = say.rule
    lanes = list(dict.fromkeys([say("chart", "you"), *(say.place(step, form) for step in rule.steps)]))
    steps = [
        (0, say("chart", "prepare", n=len(rule.materials)), ""),
        *((lanes.index(say.place(step, form)), say.text(step.name), say.days(step)) for step in rule.steps),
        (0, say("chart", "result", name=say.text(rule.result_name)), _ways(say)),
    ]
    missing = None
    if not rule.instant:
        then = say("chart", "supplement", n=rule.procedure.supplement_days)
        missing = Missing(say("chart", "complete"), say("chart", "yes"), say("chart", "no"), then)
    name = f"{say.text(rule.name)} · {say('forms', form)}"
    return chart(say("chart", "title", name=name), lanes, steps, missing)


def _ways(say: Speaker) -> str:
    return (", " if say.language == "en" else "、").join(say("ways", way) for way in say.rule.deliver)


def _blocks(
    say: Speaker, form: Form, drawn: Chart, *, illustrative: bool, stands: Standing | None
) -> Sequence[Block]:
    rule = say.rule
    notes = [
        _suspended(say, stands) if stands and stands.state == "suspended" else None,
        _block("notice", say("illustrative_title"), text=say("illustrative_says")) if illustrative else None,
        _block("notice", "", text=say("online_note")) if form is Form.ONLINE else None,
    ]
    said = [
        _block("facts", say("heads", "short"), rows=_facts(say, form)),
        _list(say("heads", "who"), [say.text(each) for each in rule.conditions], say.mark("conditions")),
        _block("facts", say("heads", "case"), rows=_situations(say)),
        _block("materials", say("heads", "bring"), rows=[_material(say, each) for each in rule.materials]),
        _block("chart", say("heads", "chart"), title=drawn.title),
        _list(say("heads", "steps"), drawn.told(), say.mark("steps"), ordered=True),
        _list(
            say("heads", "looks"),
            [say.text(each) for each in rule.receiving_rules],
            say.mark("receiving_rules"),
        ),
        _list(say("heads", "service"), _service(say), say.mark("procedure")),
        _list(say("heads", "remedies"), [say.text(rule.procedure.remedies.says)], say.mark("procedure")),
        _list(say("heads", "basis"), _basis(say), say.mark("basis")),
        _list(say("heads", "sources"), _sources(say), "", ordered=True),
    ]
    return [block for block in (*notes, *said) if block and _full(block)]


def _suspended(say: Speaker, stands: Standing) -> Block:
    until = say("suspended_until", day=stands.until.isoformat()) if stands.until else ""
    text = " ".join(filter(None, (say.text(stands.because), until)))
    return _block("notice", say("suspended_title"), text=text)


def _block(kind: str, head: str, **rest: Any) -> Block:
    return {"kind": kind, "head": head, **rest}


def _list(head: str, items: list[str], mark: str, *, ordered: bool = False) -> Block:
    return _block("list", head, items=[item for item in items if item], mark=mark, ordered=ordered)


def _full(block: Block) -> bool:
    return bool(block.get("rows", block.get("items", True)))


def _facts(say: Speaker, form: Form) -> list[dict[str, str]]:
    rule = say.rule
    contact = " ".join(filter(None, (say.text(rule.contact), rule.contact_phone)))
    rows = [
        ("where", say("where", form), say.mark("received_where")),
        (
            "decides",
            f"{say('levels', rule.decided_level)}. {say.text(rule.decided_ask)}"
            if say.language == "en"
            else f"{say('levels', rule.decided_level)}。{say.text(rule.decided_ask)}",
            say.mark("decided_where"),
        ),
        ("promised", say.limit(rule.promised), say.mark("limits.promised")),
        ("statutory", say.limit(rule.statutory), say.mark("limits.statutory") if rule.statutory else ""),
        ("fee", say.text(rule.fee_says), say.mark("fee")),
        ("result", say.text(rule.result_name), say.mark("result.name")),
        ("deliver", _ways(say) + (f" · {say.text(rule.postage)}" if rule.postage else ""), ""),
        ("contact", contact, say.mark("contact") if contact else ""),
        ("department", say.text(rule.department), ""),
        ("code", rule.code, ""),
    ]
    return [_row(say("facts", key), text, mark) for key, text, mark in rows if text]


def _row(label: str, text: str, mark: str = "") -> dict[str, str]:
    return {"label": label, "text": text, "mark": mark}


def _situations(say: Speaker) -> list[dict[str, str]]:
    return [
        _row(say.text(each.ask), " · ".join(say.text(answer.label) for answer in each.answers))
        for each in say.rule.situations
    ]


def _material(say: Speaker, material: Material) -> dict[str, Any]:
    path = f"materials.{material.code}"
    notes = {
        "optional": not material.required,
        "fetchable": material.fetchable,
        "promise": material.promise_allowed,
        "missable": material.missable,
    }
    shape = say("shapes", material.form)
    copies = " " + say("material", "copies", n=material.copies) if material.copies else ""
    return {
        "name": say.text(material.name),
        "mark": say.mark(path),
        "when": [f"{say('material', 'only')} {when}" for when in conditions(say, material)],
        "shape": shape + copies,
        "notes": [say("material", key) for key, on in notes.items() if on],
        "keep": say("keeps", material.keep),
        "details": [
            _row(say("material", key), say.text(text), mark)
            for key, text, mark in (
                ("standard", material.standard, say.mark(f"{path}.standard")),
                ("sample", material.sample, ""),
                ("issuer", material.issuer, ""),
            )
            if text
        ],
    }


def conditions(say: Speaker, material: Material) -> list[str]:
    """Return in which situations a material is asked for, a line each."""
    known = {each.code: each for each in say.rule.situations}
    return [
        say.text(known[code].ask)
        + " "
        + " / ".join(say.text(option.label) for option in known[code].answers if option.code in wanted)
        for code, wanted in material.when.items()
    ]


def _service(say: Speaker) -> list[str]:
    rule, procedure = say.rule, say.rule.procedure
    lines = [
        ("notice", rule.notice_days),
        ("deemed", procedure.deemed),
        ("supplement", procedure.supplement_days),
        ("decide", rule.promised.days),
        ("extend", rule.extension.days),
        ("deliver", procedure.deliver_days),
        ("free", True),
    ]
    limit = say.limit(rule.promised)
    return [say("service", key, n=value, limit=limit) for key, value in lines if value]


def _basis(say: Speaker) -> list[str]:
    return [
        f"{each.title}{each.article}" + (f" — {say.text(each.says)}" if each.says else "")
        for each in say.rule.basis
    ]


def _sources(say: Speaker) -> list[str]:
    return [
        " · ".join(filter(None, (each.title, each.publisher, each.date, say("trust", each.trust))))
        for each in say.rule.sources.values()
    ]
