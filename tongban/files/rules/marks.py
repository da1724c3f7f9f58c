"""The watermark: for what, where and when a copy was made, across the whole of it.

One tile of text, dark with a light edge on paper and the other way round on black, lies like bricks over an
image or over every page of a PDF: no useful part is without it, and nothing below it becomes unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Page, Pdf, Stream
from PIL import Image, ImageDraw, ImageFont

from tongban.files.rules import attachments
from tongban.lib.refusals import Missing

_ANGLE = 30
_WRAP = 24
_LONGEST = 96
_Colour = tuple[int, int, int, int]
# Ink and its edge, for what is bright below and for what is dark.
_ON_BRIGHT: tuple[_Colour, _Colour] = (50, 50, 50, 105), (255, 255, 255, 90)
_ON_DARK: tuple[_Colour, _Colour] = (235, 235, 235, 105), (0, 0, 0, 90)
# Noto Sans CJK SC in the collection, and the weight that stays legible when half transparent.
_FACE, _WEIGHT = 2, 500
# A copy is for looking at: what is larger is made smaller, so that any copy is quick.
MAX_PIXELS = 12_000_000
_PDF_SIZE = 44


def lines(*texts: str) -> tuple[str, ...]:
    """Return the lines of a watermark: printable, of bearable length, wrapped."""
    printable = ["".join(char for char in text if char.isprintable())[:_LONGEST] for text in texts]
    return tuple(text[at : at + _WRAP] for text in printable for at in range(0, len(text), _WRAP))


def marked_image(content: bytes, text: tuple[str, ...], width: int | None) -> bytes:
    """Return a JPEG of the stored image with the watermark, no wider than `width`."""
    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
        copy = _on_paper(_fitted(image, width))
    size = max(11, round(max(copy.size) / 52))
    shades = [_tile(text, size, colours) for colours in (_ON_DARK, _ON_BRIGHT)]
    wide, high = shades[0].size
    below = copy.resize((max(1, copy.width // 16), max(1, copy.height // 16)), reducing_gap=1.0).convert("L")
    for left, top in _bricks(copy.width, copy.height, wide, high):
        tile = shades[_bright(below, left, top, wide, high)]
        copy.paste(tile, (left, top), tile)
    out = BytesIO()
    copy.save(out, "JPEG", quality=85)
    return out.getvalue()


def marked_pdf(content: bytes, text: tuple[str, ...], page: int | None) -> tuple[int, bytes]:
    """Return how many pages there are, and a PDF of all or of one (counted from 1) with the watermark.

    :raises Missing: if there is no such page
    """
    with (
        pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf,
        Pdf.new() as ink,
    ):
        count = len(pdf.pages)
        if page is not None:
            _keep_only(pdf, page)
        _flatten(pdf)
        attachments.leave_out(pdf.Root, [leaf.obj for leaf in pdf.pages])
        sheets: dict[tuple[int, int], Page] = {}
        tile = _tile_stream(ink, text)
        for leaf in pdf.pages:
            size = _visible(leaf)
            sheets[size] = sheets.get(size) or _sheet(ink, tile, *size)
            leaf.add_overlay(sheets[size], None)
        out = BytesIO()
        pdf.save(out)
        return count, out.getvalue()


def _fitted(image: Image.Image, width: int | None) -> Image.Image:
    """Return the image small enough to show; a JPEG is then unpacked at a fraction of its size."""
    share = min(1.0, (MAX_PIXELS / (image.width * image.height)) ** 0.5, (width or image.width) / image.width)
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    if size == image.size:
        return image
    image.draft(None, size)
    return image.convert("L" if image.mode == "1" else image.mode).resize(
        size, Image.Resampling.BICUBIC, reducing_gap=2
    )


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, (0, 0), image)
    return paper


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    found = find_spec("manimgx_fonts_cjk")
    assert found is not None
    assert found.origin is not None
    font = ImageFont.truetype(Path(found.origin).with_name("NotoSansCJK-VF.otf.ttc"), size, index=_FACE)
    font.set_variation_by_axes([_WEIGHT])
    return font


@lru_cache(maxsize=32)
def _tile(text: tuple[str, ...], size: int, colours: tuple[_Colour, _Colour]) -> Image.Image:
    """Return the text once, slanted, with as much room around it as the pattern leaves."""
    font, block, edge = _font(size), "\n".join(text), max(1, size // 18)
    ink, rim = colours
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox(
        (0, 0), block, font, align="center", spacing=size // 2, stroke_width=edge
    )
    flat = Image.new(
        "RGBA", (round(right - left) + 2 * size, round(bottom - top) + 2 * size), (255, 255, 255, 0)
    )
    draw, spot = ImageDraw.Draw(flat), (size - left, size - top)
    draw.multiline_text(spot, block, rim, font, None, size // 2, "center", stroke_width=edge)
    draw.multiline_text(spot, block, ink, font, None, size // 2, "center")
    return flat.rotate(_ANGLE, Image.Resampling.BICUBIC, expand=True)


def _bright(below: Image.Image, left: int, top: int, wide: int, high: int) -> bool:
    """Return whether what lies below a tile is bright, told from the image at a sixteenth of its size."""
    right, bottom = min(below.width, (left + wide) // 16 + 1), min(below.height, (top + high) // 16 + 1)
    box = max(0, left // 16), max(0, top // 16), right, bottom
    return below.resize((1, 1), Image.Resampling.BOX, box).getpixel((0, 0)) > 110  # type: ignore[operator]  # one band


def _bricks(width: int, height: int, tile_width: int, tile_height: int) -> Iterator[tuple[int, int]]:
    """Yield where tiles lie: slanted text leaves two corners empty, so rows reach into each other."""
    step = max(1, round(tile_height * 0.62))
    for row, top in enumerate(range(-tile_height // 3, height, step)):
        for left in range(-(row % 2) * tile_width // 2 - tile_width // 6, width, tile_width):
            yield left, top


def _keep_only(pdf: Pdf, page: int) -> None:
    if not 1 <= page <= len(pdf.pages):
        raise Missing
    del pdf.pages[page:]
    del pdf.pages[: page - 1]


def _flatten(pdf: Pdf) -> None:
    """Make stamps and filled fields part of the page, so that they lie below the watermark."""
    pdf.flatten_annotations("all")
    if Name.AcroForm in pdf.Root:
        del pdf.Root.AcroForm


def _visible(page: Page) -> tuple[int, int]:
    """Return the size of the page as it is seen, turned as it is turned."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width, height = round(abs(right - left)), round(abs(top - bottom))
    turned = int(page.obj.get(Name.Rotate, 0)) % 180 != 0
    return (height, width) if turned else (width, height)


def _tile_stream(pdf: Pdf, text: tuple[str, ...]) -> tuple[Stream, int, int]:
    tile = _tile(text, _PDF_SIZE, _ON_BRIGHT)
    size = {"Type": Name.XObject, "Subtype": Name.Image, "Width": tile.width, "Height": tile.height}
    mask = Stream(pdf, tile.getchannel("A").tobytes(), ColorSpace=Name.DeviceGray, BitsPerComponent=8, **size)
    ink = tile.convert("RGB").tobytes()
    picture = Stream(pdf, ink, ColorSpace=Name.DeviceRGB, BitsPerComponent=8, SMask=mask, **size)
    return picture, tile.width, tile.height


def _sheet(pdf: Pdf, tile: tuple[Stream, int, int], width: int, height: int) -> Page:
    """Return a page of this size with nothing but the watermark on it."""
    picture, tile_width, tile_height = tile
    scale = max(width, height) / 60 / _PDF_SIZE
    wide, high = max(1, round(tile_width * scale)), max(1, round(tile_height * scale))
    drawn = "".join(
        f"q {wide} 0 0 {high} {left} {height - top - high} cm /W Do Q\n"
        for left, top in _bricks(width, height, wide, high)
    )
    page = pdf.add_blank_page(page_size=(max(width, 3), max(height, 3)))
    page.obj.Resources = Dictionary(XObject=Dictionary(W=picture))
    page.obj.Contents = pdf.make_stream(drawn.encode())
    return page
