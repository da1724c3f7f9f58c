"""Flow charts made of an item's steps: who does what after what, drawn as SVG and told as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

LANE, BOX, GAP, HEAD, PAD, SIZE = 224, 188, 30, 40, 12, 15
LINE = SIZE * 1.4
_WIDE = 0x2E80
"""From here on characters are as wide as they are high."""


@dataclass(frozen=True, slots=True)
class Node:
    """One box: in which lane and row it stands, what it says and how long it takes at most."""

    key: str
    kind: str
    lane: int
    row: int
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another, with a word where there is a choice."""

    start: str
    end: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A lane for each place, the boxes in the order in which they come, and the arrows between them."""

    title: str
    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def told(self) -> list[str]:
        """Return the same in words, a line for each box."""
        return [
            f"{self.lanes[node.lane]}: {node.text}" + (f" ({node.detail})" if node.detail else "")
            for node in self.nodes
        ]

    def node(self, key: str) -> Node:
        """Return the box with that key."""
        return next(node for node in self.nodes if node.key == key)


@dataclass(frozen=True, slots=True)
class Missing:
    """What happens when something is missing: the question, its two answers, and what the applicant does then."""

    ask: str
    yes: str
    no: str
    then: str


def chart(
    title: str, lanes: Sequence[str], steps: Sequence[tuple[int, str, str]], missing: Missing | None
) -> Chart:
    """Return the chart of steps (lane, text, detail), the question put after the second of them.

    The first step is the applicant's, the second takes in what they bring: what is missing leads back there.
    """
    nodes, arrows, row = [], [], 0
    last, label = "", ""
    for index, (lane, text, detail) in enumerate(steps):
        kind = "start" if not index else "end" if index == len(steps) - 1 else "step"
        nodes.append(Node(f"s{index}", kind, lane, row, text, detail))
        if last:
            arrows.append(Arrow(last, f"s{index}", label))
        last, label, row = f"s{index}", "", row + 1
        if missing and index == 1:
            nodes += [
                Node("ask", "choice", lane, row, missing.ask),
                Node("then", "step", 0, row, missing.then),
            ]
            arrows += [
                Arrow("s1", "ask"),
                Arrow("ask", "then", missing.no),
                Arrow("then", "s1"),
            ]
            last, label, row = "ask", missing.yes, row + 1
    return Chart(title, tuple(lanes), tuple(nodes), tuple(arrows))


def size(drawn: Chart) -> tuple[float, float]:
    """Return how wide and how high the chart is drawn."""
    heights, tops = _rows(drawn)
    return LANE * len(drawn.lanes), tops[-1] + heights[-1] + GAP


def _rows(drawn: Chart) -> tuple[list[float], list[float]]:
    """Return how high each row is, and where it begins."""
    last = max(node.row for node in drawn.nodes)
    heights = [max(_height(node) for node in drawn.nodes if node.row == row) for row in range(last + 1)]
    return heights, [HEAD + GAP + sum(heights[:row]) + GAP * row for row in range(len(heights))]


def svg(drawn: Chart) -> str:
    """Return the chart as SVG: plain shapes and words, coloured by classes where a style sheet knows them."""
    (heights, tops), (width, height) = _rows(drawn), size(drawn)
    boxes = {node.key: _Box(node, tops[node.row], heights[node.row]) for node in drawn.nodes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height:g}" role="img" '
        f'font-family="Noto Sans SC, Noto Sans CJK SC, sans-serif" font-size="{SIZE}">',
        f"<title>{escape(drawn.title)}</title>",
        *_lanes(drawn, height),
        *(_arrow(boxes[arrow.start], boxes[arrow.end], arrow.label) for arrow in drawn.arrows),
        *(box.drawn() for box in boxes.values()),
        "</svg>",
    ]
    return "".join(parts)


def _lanes(drawn: Chart, height: float) -> Iterator[str]:
    for index, name in enumerate(drawn.lanes):
        x = index * LANE
        yield (
            f'<rect class="chart__lane" x="{x + 4}" y="0" width="{LANE - 8}" height="{height:g}" rx="6" '
            f'fill="{"#f1f4f8" if index % 2 else "#f8f9fb"}"/>'
            f'<text class="chart__place" x="{x + LANE / 2:g}" y="26" text-anchor="middle" font-weight="700" '
            f'fill="#12335f">{escape(name)}</text>'
        )


@dataclass(frozen=True, slots=True)
class _Box:
    """A box with its place on the drawing."""

    node: Node
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.node.lane * LANE + LANE / 2

    @property
    def centre(self) -> float:
        return self.top + self.height / 2

    @property
    def left(self) -> float:
        return self.middle - BOX / 2

    def drawn(self) -> str:
        lines = wrapped(self.node.text, BOX - 2 * PAD)
        small = wrapped(self.node.detail, BOX - 2 * PAD) if self.node.detail else []
        y = self.centre - LINE * (len(lines) + len(small)) / 2 + SIZE
        words = "".join(
            f'<text class="{"chart__more" if index >= len(lines) else "chart__text"}" x="{self.middle:g}" '
            f'y="{y + LINE * index:g}" text-anchor="middle" fill="{"#4a5966" if index >= len(lines) else "#16222d"}">'
            f"{escape(line)}</text>"
            for index, line in enumerate((*lines, *small))
        )
        return f'<g class="chart__node chart__node--{self.node.kind}">{self._shape()}{words}</g>'

    def _shape(self) -> str:
        look = 'fill="#ffffff" stroke="#1a4787" stroke-width="1.5"'
        if self.node.kind == "choice":
            points = (
                (self.middle, self.top),
                (self.left + BOX, self.centre),
                (self.middle, self.top + self.height),
                (self.left, self.centre),
            )
            return f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" {look}/>'
        rounded = self.height / 2 if self.node.kind in {"start", "end"} else 5
        return (
            f'<rect x="{self.left:g}" y="{self.top:g}" width="{BOX}" height="{self.height:g}" '
            f'rx="{min(rounded, 26):g}" {look}/>'
        )


def _arrow(start: _Box, end: _Box, label: str) -> str:
    """Return a line of straight pieces with its head: down to a later row, across in the same one, or back up."""
    if start.node.row == end.node.row:
        path, turned = [(start.left, start.centre), (end.left + BOX, end.centre)], 180
    elif start.node.row > end.node.row:
        path, turned = [(start.middle, start.top), (start.middle, end.centre), (end.left, end.centre)], 0
    else:
        low, high = start.top + start.height, end.top
        half = high - GAP / 2
        path, turned = [(start.middle, low), (start.middle, half), (end.middle, half), (end.middle, high)], 90
    x, y = path[-1]
    points = " ".join(f"{a:g},{b:g}" for a, b in path)
    return (
        f'<polyline class="chart__line" points="{points}" fill="none" stroke="#4a5966" stroke-width="1.5"/>'
        f'<polygon class="chart__head" points="0,0 -9,-5 -9,5" transform="translate({x:g} {y:g}) rotate({turned})" '
        f'fill="#4a5966"/>{_label(path, label)}'
    )


def _label(path: Sequence[tuple[float, float]], label: str) -> str:
    if not label:
        return ""
    (x1, y1), (x2, y2) = next(pair for pair in pairwise(path) if pair[0] != pair[1])
    x, y = ((x1 + x2) / 2, y1 - 5) if y1 == y2 else (x1 + 8, y1 + SIZE)
    anchor = "middle" if y1 == y2 else "start"
    return (
        f'<text class="chart__more" x="{x:g}" y="{y:g}" font-size="{SIZE - 3}" text-anchor="{anchor}" '
        f'fill="#4a5966">{escape(label)}</text>'
    )


def _height(node: Node) -> float:
    lines = len(wrapped(node.text, BOX - 2 * PAD)) + (
        len(wrapped(node.detail, BOX - 2 * PAD)) if node.detail else 0
    )
    return LINE * lines + PAD * (4 if node.kind == "choice" else 1.6)


def wide(text: str) -> float:
    """Return about how wide a text is in the chart."""
    return sum(SIZE if ord(mark) >= _WIDE else SIZE * 0.56 for mark in text)


def wrapped(text: str, width: float, measure: Callable[[str], float] = wide) -> list[str]:
    """Return the text in lines that fit: broken between words, or anywhere in Chinese."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and measure(lines[-1] + piece.rstrip()) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """Yield what must not be broken: words with what follows them, or single characters with their punctuation."""
    word = ""
    for mark in text:
        if ord(mark) >= _WIDE and mark not in "，。；：、？！）”":
            if word:
                yield word
            word = mark
        elif word and ord(word[-1]) >= _WIDE and ord(mark) < _WIDE:
            yield word
            word = mark
        else:
            word += mark
            if mark == " ":
                yield word
                word = ""
    if word:
        yield word
