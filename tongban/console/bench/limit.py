"""The limit: the rows that an action writes, written by one prepared statement from a bare driver.

One data-modifying statement; a function in the database would be one round trip, too, and wasn't compared. Values are
made before the clock starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from tongban.cases.rules.reference import new_reference
from tongban.console.bench.samples import Row, Sample, columns
from tongban.lib.ids import new_id

Values = list[str | list[str | None] | None]
Tables = Mapping[str, Sequence[Row]]

_FEW = 3
_NEVER_CHANGED = {"id", "case_id", "decider_id", "prefecture", "practice", "received_on"}
_ANSWER = ("id", "state", "answered_at", "answered_by", "reason")
SERIAL = re.compile(r"\d+(?=\D*$)")
"""The serial in a document's number: its last digits."""


@dataclass(frozen=True, slots=True)
class Target:
    """A part to which a step is done."""

    part: str
    case: str
    offer: str
    decider: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a step writes: the verb of its act, whether it issues a document, whether it answers the offer."""

    verb: str
    paper: bool = True
    answers: bool = False


TAKE_OVER, ACCEPT, GRANT = Step("take-over", paper=False, answers=True), Step("accept"), Step("grant")


def _source(kinds: Mapping[str, str], rows: int) -> str:
    """Return the rows as a table `r`: a few as single values, more as an array per column."""
    names = ", ".join(f'"{name}"' for name in kinds)
    if rows > _FEW:
        arrays = ", ".join(f"%s::{kind}[]" for kind in kinds.values())
        return f"unnest({arrays}) AS r({names})"
    one = f"({', '.join(f'%s::{kind}' for kind in kinds.values())})"
    return f"(VALUES {', '.join([one] * rows)}) AS r({names})"


def _flat(kinds: Iterable[str], rows: Sequence[Row]) -> Values:
    """Return the values in the order in which `_source` takes them."""
    if len(rows) > _FEW:
        return [[row[name] for row in rows] for name in kinds]
    return [row[name] for row in rows for name in kinds]


def _insert(table: str, rows: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns(table))
    return f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {_source(columns(table), rows)}'  # noqa: S608


def filing(sample: Sample) -> str:
    """Return the statement that writes all rows of a case as it was received."""
    parts = [
        f"w{index} AS ({_insert(table, len(rows))})"
        for index, (table, rows) in enumerate(sample.tables.items())
        if rows
    ]
    return f"WITH {', '.join(parts)} SELECT 1"


def filings(sample: Sample) -> Iterator[Values]:
    """Yield the values of ever new cases like the sample."""
    known = [row["id"] for rows in sample.tables.values() for row in rows]
    case = sample.tables["cases_case"][0]
    form = [value for table, rows in sample.tables.items() if rows for value in _flat(columns(table), rows)]
    for _ in count():
        new: dict[str, str] = {each: str(new_id()) for each in known if each}
        new[str(case["reference"])] = new_reference(sample.scene.window.region, timezone.localdate())
        put = _renewer(new)
        yield [[put(each) for each in value] if isinstance(value, list) else put(value) for value in form]


def _renewer(new: Mapping[str, str]) -> Callable[[str | None], str | None]:
    """Return a function that puts new ids for old ones, wherever in a text they stand."""
    pattern = re.compile("|".join(map(re.escape, new)))
    return lambda text: text and pattern.sub(lambda found: new[found.group()], text)


def step(how: Step, parts: int) -> str:
    """Return the statement that locks parts and does one step to each."""
    which = "= %s::uuid" if parts == 1 else "= ANY(%s::uuid[]) ORDER BY id"
    clauses = [f"locked AS MATERIALIZED (SELECT id FROM cases_part WHERE id {which} FOR UPDATE)"]  # noqa: S608
    if how.paper:
        clauses += [f"numbered AS ({_NUMBER})", f"paper AS ({_paper(parts)})"]
    if how.answers:
        clauses.append(f"transfer AS ({_update('cases_transfer', _answer(), parts)})")
    clauses += [
        f"part AS ({_update('cases_part', _changing(), parts)} AND t.id IN ({_LOCKED}) RETURNING 1)",
        f"act AS ({_insert('cases_act', parts)})",
        f"entry AS ({_insert('trail_entry', parts)})",
    ]
    return f"WITH {', '.join(clauses)} SELECT count(*) FROM part"  # noqa: S608


_LOCKED = "SELECT id FROM locked"
_NUMBER = """
    INSERT INTO papers_counter AS c (body, kind, year, practice, last)
    SELECT %s::text, %s::text, %s::int, false, count(*) FROM locked
    ON CONFLICT (body, kind, year, practice) DO UPDATE SET last = c.last + EXCLUDED.last RETURNING last
"""


def _paper(rows: int) -> str:
    """Return the insert of documents, whose numbers are made of the serials that `numbered` took."""
    names = ", ".join(f'"{name}"' for name in columns("papers_paper"))
    serial = "replace(r.number, '#', lpad((numbered.last - r.nth)::text, 5, '0'))"
    taken = names.replace('"number"', serial)
    source = _source({**columns("papers_paper"), "nth": "integer"}, rows)
    return f"INSERT INTO papers_paper ({names}) SELECT {taken} FROM {source}, numbered"  # noqa: S608


def _update(table: str, kinds: Mapping[str, str], rows: int) -> str:
    sets = ", ".join(f'"{name}" = r."{name}"' for name in kinds if name != "id")
    return f'UPDATE "{table}" AS t SET {sets} FROM {_source(kinds, rows)} WHERE t.id = r.id'  # noqa: S608


def _changing() -> dict[str, str]:
    kinds = columns("cases_part")
    return {name: kind for name, kind in kinds.items() if name == "id" or name not in _NEVER_CHANGED}


def _answer() -> dict[str, str]:
    return {name: columns("cases_transfer")[name] for name in _ANSWER}


def steps(how: Step, sample: Sample, targets: Sequence[Target]) -> Values:
    """Return the values of the step done to these parts, which are all one body's, as it was done to the sample."""
    done = [_done(how, sample, target) for target in sorted(targets, key=lambda each: each.part)]
    values: Values = [done[0]["cases_part"][0]["id"] if len(done) == 1 else [each.part for each in targets]]
    if how.paper:
        papers = [{**row, "nth": str(nth)} for nth, each in enumerate(done) for row in each["papers_paper"]]
        first = papers[0]
        values += [first["body"], first["kind"], (first["issued_on"] or "")[:4]]
        values += _flat([*columns("papers_paper"), "nth"], papers)
    if how.answers:
        values += _flat(_answer(), [row for each in done for row in each["cases_transfer"]])
    values += _flat(_changing(), [row for each in done for row in each["cases_part"]])
    for table in ("cases_act", "trail_entry"):
        values += _flat(columns(table), [row for each in done for row in each[table]])
    return values


def _done(how: Step, sample: Sample, target: Target) -> Tables:
    """Return the rows of the step as they'd be for another part."""
    tables = sample.tables
    (act,) = (row for row in tables["cases_act"] if row["verb"] == how.verb)
    part = tables["cases_part"][0]
    new = {part["id"]: target.part, part["case_id"]: target.case, act["id"]: str(new_id())}
    kept = {"cases_part": [part], "cases_act": [act]}
    kept["trail_entry"] = [row for row in tables["trail_entry"] if row["id"] == act["id"]]
    if how.paper:
        (paper,) = (row for row in tables["papers_paper"] if row["id"] == act["paper"])
        new[paper["id"]] = str(new_id())
        kept["papers_paper"] = [{**paper, "number": SERIAL.sub("#", paper["number"] or "")}]
    if how.answers:
        new[tables["cases_transfer"][0]["id"]] = target.offer
        kept["cases_transfer"] = [tables["cases_transfer"][0]]
    put = _renewer({old: fresh for old, fresh in new.items() if old})
    return {
        table: [{name: put(value) for name, value in row.items()} for row in rows]
        for table, rows in kept.items()
    }


_SHOWN = (
    "p.id, p.case_id, c.reference, c.revision_id, c.applicant, p.state, p.due_on, p.due_kind, p.provisional,"
    " p.received_on, c.body_id, p.holder_id, p.decider_id, p.offered_to_id, p.practice, p.version, p.rank_on"
)
_OF_PART = (
    "p.id, p.case_id, p.state, p.due_on, p.due_kind, p.provisional, p.received_on, p.holder_id, p.decider_id,"
    " p.offered_to_id, p.practice, p.version, p.rank_on"
)
_LIVE = "NOT p.practice AND p.state NOT IN ('closed', 'withdrawn', 'lapsed')"
_COUNTED = (
    "p.offered_to_id = ANY(%(bodies)s) AND NOT p.practice AND p.offered_to_id IS NOT NULL",
    f"p.holder_id = ANY(%(bodies)s) AND {_LIVE}",
    f"p.holder_id = ANY(%(bodies)s) AND {_LIVE} AND p.state IN ('supplementing', 'paused')",
    f"p.holder_id = ANY(%(bodies)s) AND {_LIVE} AND p.state = 'accepted'",
)


def desk(bodies: int) -> str:
    """Return the statement that reads a desk's page: its 26 first rows, and the counts of its lists.

    :param bodies: for how many the desk is; each is a branch, so that the server keeps the plan
    """
    counts = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM cases_part p WHERE {each} LIMIT 100) x) AS n{index}"  # noqa: S608
        for index, each in enumerate(_COUNTED)
    )
    lists = " UNION ALL ".join(
        f"(SELECT {_OF_PART} FROM cases_part p WHERE p.holder_id = %(body{index})s AND {_LIVE}"  # noqa: S608
        " ORDER BY p.rank_on, p.id LIMIT 26)"
        for index in range(bodies)
    )
    return (
        f"SELECT {_SHOWN}, n.* FROM (SELECT {counts}) n,"  # noqa: S608
        f" (SELECT * FROM ({lists}) f ORDER BY rank_on, id LIMIT 26) p"
        " JOIN cases_case c ON c.id = p.case_id ORDER BY p.rank_on, p.id"
    )
