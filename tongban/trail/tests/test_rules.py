"""The tree: RFC 6962's own hashes, and proofs that hold for every size."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.trail import rules
from tongban.trail.rules import Tile

# The eight entries of the test tree that certificate transparency's implementations share, and its known roots.
ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def tree(leaves: list[bytes]) -> dict[Tile, bytes]:
    """Return the tiles of a tree."""
    tiles: dict[Tile, bytes] = {}
    rules.append(tiles, 0, leaves)
    return tiles


def naive(leaves: list[bytes]) -> bytes:
    """Return the root as the RFC defines it, without tiles."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return rules.node(naive(leaves[:split]), naive(leaves[split:]))


def some(count: int) -> list[bytes]:
    return [rules.leaf(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_the_known_roots_come_out(size):
    leaves = [rules.leaf(entry) for entry in ENTRIES[:size]]

    assert rules.root(tree(leaves), size).hex() == ROOTS[size]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 513, 1000, 65_536, 65_537, 66_000])
def test_tiles_give_the_same_root_as_the_definition(size):
    leaves = some(size)

    assert rules.root(tree(leaves), size) == naive(leaves)


@given(st.integers(1, 1200), st.data())
def test_every_entry_can_be_proved_from_the_tiles_named(size, data):
    number = data.draw(st.integers(0, size - 1))
    leaves = some(size)
    tiles = tree(leaves)
    named = {tile: tiles[tile] for tile in rules.tiles_for(number, size) if tile in tiles}

    path = rules.inclusion(named, number, size)

    assert rules.verify(leaves[number], number, size, path, rules.root(tiles, size))
    assert not rules.verify(rules.leaf(b"another"), number, size, path, rules.root(tiles, size))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8))
def test_batches_of_any_size_give_the_same_tree(batches):
    leaves, tiles, size = some(sum(batches)), dict[Tile, bytes](), 0
    for batch in batches:
        kept = {tile: tiles[tile] for tile in rules.open_tiles(size)}
        size = rules.append(kept, size, leaves[size : size + batch])
        tiles |= kept

    assert tiles == tree(leaves)


def test_a_proof_for_a_place_beyond_the_tree_fails():
    assert not rules.verify(rules.leaf(b"x"), 5, 5, [], b"")


def test_what_is_sealed_does_not_depend_on_the_order_in_which_it_was_written():
    assert (
        rules.canonical({"b": 1, "a": "申"})
        == rules.canonical({"a": "申", "b": 1})
        == b'{"a":"\xe7\x94\xb3","b":1}'
    )
