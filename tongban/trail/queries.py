"""What the trail can tell."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from tongban.lib.refusals import Missing
from tongban.trail import rules
from tongban.trail.models import Checkpoint, Cursor, Entry, Parked, Tile


@dataclass(frozen=True, slots=True)
class Proof:
    """What anybody needs to check that one entry stands in the log, without seeing another."""

    number: int
    size: int
    leaf: bytes
    path: list[bytes]
    root: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """How far sealing and each follower have come."""

    size: int
    unsealed: int
    cursors: dict[str, int]
    parked: int


def of_case(case: UUID) -> list[Entry]:
    """Return the entries of a case in the order in which they were written."""
    return list(Entry.objects.filter(case=case).order_by("id"))


def count() -> int:
    """Return how many entries there are, sealed or not."""
    return Entry.objects.count()


def size() -> int:
    """Return how many entries are sealed."""
    return Checkpoint.objects.aggregate(size=Max("size"))["size"] or 0


def standing() -> Standing:
    """Return how far sealing and each follower have come."""
    return Standing(
        size=size(),
        unsealed=Entry.objects.filter(number__isnull=True).count(),
        cursors=dict(Cursor.objects.values_list("follower", "number")),
        parked=Parked.objects.count(),
    )


def parked(limit: int = 100) -> list[Parked]:
    """Return the entries on which a follower failed, newest first."""
    return list(Parked.objects.select_related("entry").order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class Audit:
    """What reading the whole log again found: `wrong` names the first thing that doesn't fit, "" if all does."""

    size: int
    wrong: str


def audit() -> Audit:
    """Return whether every sealed entry still hashes to the tree that was built over it.

    Reads all of the log; what was changed behind the product's back shows here, even if the database let it happen.
    """
    tiles: dict[rules.Tile, bytes] = {}
    expected = 0
    for found in Entry.objects.filter(number__isnull=False).order_by("number").iterator(chunk_size=2000):
        expected += 1
        if found.number != expected:
            return Audit(expected - 1, f"number {expected} is missing")
        rules.append(tiles, expected - 1, [rules.leaf(found.sealed())])
    for checkpoint in Checkpoint.objects.filter(size__gt=0).order_by("-size")[:1]:
        if checkpoint.size != expected:
            return Audit(expected, f"the last checkpoint is of {checkpoint.size} entries, found {expected}")
        if rules.root(tiles, expected) != bytes(checkpoint.root):
            return Audit(expected, _first_wrong(tiles))
    return Audit(expected, "")


def _first_wrong(tiles: dict[rules.Tile, bytes]) -> str:
    """Name the first stretch of entries that doesn't hash to what was sealed."""
    for tile in Tile.objects.filter(level=0).order_by("index").iterator():
        if tiles.get((0, tile.index)) != bytes(tile.hashes):
            first = tile.index * rules.SPAN + 1
            return f"entries {first} to {first + rules.SPAN - 1} aren't what was sealed"
    return "the tree's upper part isn't what was sealed"


def proof(entry: UUID) -> Proof:
    """Return the proof that an entry stands in the log as it is now.

    :raises Missing: if there is no such entry or it isn't sealed yet
    """
    found = Entry.objects.filter(pk=entry, number__isnull=False).first()
    checkpoint = Checkpoint.objects.order_by("-size").first()
    if found is None or checkpoint is None or found.number is None:
        raise Missing
    place = found.number - 1
    tiles = tiles_of(rules.tiles_for(place, checkpoint.size))
    return Proof(
        number=found.number,
        size=checkpoint.size,
        leaf=rules.leaf(found.sealed()),
        path=rules.inclusion(tiles, place, checkpoint.size),
        root=bytes(checkpoint.root),
    )


def tiles_of(wanted: set[rules.Tile]) -> dict[rules.Tile, bytes]:
    """Return the tiles that exist of those wanted."""
    levels: dict[int, list[int]] = {}
    for level, index in wanted:
        levels.setdefault(level, []).append(index)
    found: dict[rules.Tile, bytes] = {}
    for level, indexes in levels.items():
        for tile in Tile.objects.filter(level=level, index__in=indexes):
            found[level, tile.index] = bytes(tile.hashes)
    return found
