"""What can be computed about the look: contrast, equal dark blocks, weight, no words in scripts."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static" / "design"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK_BY_DEVICE, DARK_BY_CHOICE = (
    dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block))
    for block in (
        TOKENS[: TOKENS.index("@media (prefers-color-scheme")],
        TOKENS[TOKENS.index("@media (prefers-color-scheme") : TOKENS.index(':root[data-theme="dark"]')],
        TOKENS[TOKENS.index(':root[data-theme="dark"]') :],
    )
)
GROUNDS = ("paper", "ground", "sunken")
TEXT = [
    *((text, ground) for text in ("ink", "ink-soft", "link", "link-visited", "bad") for ground in GROUNDS),
    *((text, "paper") for text in ("brand", "brand-deep", "good", "warn", "calm")),
    *((f"{tone}", f"{tone}-wash") for tone in ("good", "warn", "bad", "calm", "brand")),
    *((text, f"{tone}-wash") for text in ("ink", "ink-soft", "link", "brand-deep") for tone in ("brand",)),
    *(("ink", f"{tone}-wash") for tone in ("good", "warn", "bad")),
    ("warn", "sunken"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-bad", "bad"),
    ("on-bad", "bad-deep"),
]
SHAPES = [
    *((shape, ground) for shape in ("edge", "focus", "brand") for ground in GROUNDS),
    ("focus", "focus-gap"),
    ("edge", "brand-wash"),
    ("focus", "brand-wash"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_by_four_and_a_half_to_one(colours, text, ground):
    assert contrast(colours[f"--{text}"], colours[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_and_focus_stand_out_by_three_to_one(colours, shape, ground):
    assert contrast(colours[f"--{shape}"], colours[f"--{ground}"]) >= 3


def test_dark_is_the_same_whether_chosen_or_inherited_from_the_device():
    assert DARK_BY_DEVICE == DARK_BY_CHOICE
    assert DARK_BY_CHOICE.keys() == LIGHT.keys()


def test_pages_stay_light():
    styles = sum(path.stat().st_size for path in STATIC.glob("*.css"))
    heaviest = max(path.stat().st_size for path in (STATIC / "js").glob("*.js"))

    assert styles <= 60_000
    assert heaviest <= 12_000


def test_only_the_tokens_name_colours():
    """But for the sheet, which is paper in any light, and the camera's frame, which lies on a picture."""
    rules = re.findall(
        r"^[^\n{]*\{[^}]*#[0-9a-f]{3,6}", (STATIC / "components.css").read_text(), re.MULTILINE
    )

    assert all(rule.startswith((".sheet", ".camera", ".qr")) for rule in rules)


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_hold_no_words_and_no_unsafe_ways(path):
    script = path.read_text(encoding="utf-8")

    assert script.isascii() or not re.search("[一-鿿]", script)
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|setAttribute\(\"style\"", script)


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    room = STATIC.parent.parent
    named = {
        name
        for path in [*room.rglob("*.html"), *room.rglob("*.py")]
        for name in re.findall(r'icon(?:_name)?[ =(]"([\w-]+)"', path.read_text(encoding="utf-8"))
    }

    assert named <= drawn
