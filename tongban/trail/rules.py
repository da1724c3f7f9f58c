"""The Merkle tree over sealed entries (RFC 6962 §2.1), kept as tiles of 256 hashes.

Pure: tiles come in as a mapping and go out as one. A tile `(level, index)` holds up to 256 hashes of 32 bytes; the
hashes of level 0 are the leaves, those of level n + 1 the roots of full tiles of level n.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

SPAN = 256
_SIZE = 32

Tile = tuple[int, int]
Tiles = Mapping[Tile, bytes]


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Return the bytes that are sealed: sorted keys, no blanks, UTF-8 (RFC 8785 for texts and whole numbers)."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf(entry: bytes) -> bytes:
    """Return the hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash that joins two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(tiles: MutableMapping[Tile, bytes], size: int, leaves: Iterable[bytes]) -> int:
    """Add leaves after the first `size`, changing `tiles`, and return the new size.

    `tiles` must hold the last, partly filled tile of every level.
    """
    for digest in leaves:
        _place(tiles, 0, size, digest)
        size += 1
    return size


def _place(tiles: MutableMapping[Tile, bytes], level: int, position: int, digest: bytes) -> None:
    index, offset = divmod(position, SPAN)
    tile = tiles.get((level, index), b"")[: offset * _SIZE] + digest
    tiles[level, index] = tile
    if offset == SPAN - 1:
        _place(tiles, level + 1, index, _root_of(_split(tile)))


def open_tiles(size: int) -> list[Tile]:
    """Return the partly filled tile of every level of a tree of `size` leaves: what `append` needs."""
    found, level = [], 0
    while size:
        if size % SPAN:
            found.append((level, size // SPAN))
        size //= SPAN
        level += 1
    return found


def root(tiles: Tiles, size: int) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _hash(tiles, 0, size) if size else hashlib.sha256(b"").digest()


def inclusion(tiles: Tiles, number: int, size: int) -> list[bytes]:
    """Return the audit path that proves leaf `number` (from 0) to be in the tree of `size` leaves."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _half(end - start)
        if number < middle:
            path.append(_hash(tiles, middle, end))
            end = middle
        else:
            path.append(_hash(tiles, start, middle))
            start = middle
    return path[::-1]


def verify(digest: bytes, number: int, size: int, path: list[bytes], expected: bytes) -> bool:
    """Return whether the audit path leads from the leaf to the root (RFC 9162 §2.1.3.2)."""
    if number >= size:
        return False
    place, last = number, size - 1
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            digest = node(step, digest)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            digest = node(digest, step)
        place, last = place >> 1, last >> 1
    return last == 0 and digest == expected


def tiles_for(number: int, size: int) -> set[Tile]:
    """Return the tiles that `inclusion` reads: those beside the leaf's way up and along the right edge."""
    wanted: set[Tile] = set()
    level, place, last = 0, number, size
    while last:
        wanted |= {(level, place // SPAN), (level, last // SPAN), (level, max(last - 1, 0) // SPAN)}
        place, last, level = place // SPAN, last // SPAN, level + 1
    return wanted


def _half(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _hash(tiles: Tiles, start: int, end: int) -> bytes:
    """Return the hash of leaves start..end, from the highest level at which tiles hold it."""
    count = end - start
    level = 0
    while count >= SPAN and count % SPAN == 0 and start % SPAN == 0:
        start, end, count, level = start // SPAN, end // SPAN, count // SPAN, level + 1
    if count == 1:
        return _at(tiles, level, start)
    if start // SPAN == (end - 1) // SPAN:
        return _root_of([_at(tiles, level, place) for place in range(start, end)])
    middle = start + _half(count)
    scale = SPAN**level
    return node(_hash(tiles, start * scale, middle * scale), _hash(tiles, middle * scale, end * scale))


def _at(tiles: Tiles, level: int, place: int) -> bytes:
    index, offset = divmod(place, SPAN)
    return tiles[level, index][offset * _SIZE : (offset + 1) * _SIZE]


def _split(tile: bytes) -> list[bytes]:
    return [tile[at : at + _SIZE] for at in range(0, len(tile), _SIZE)]


def _root_of(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    middle = _half(len(hashes))
    return node(_root_of(hashes[:middle]), _root_of(hashes[middle:]))
