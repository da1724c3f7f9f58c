"""Signs of halls: true sizes, letters that can be read from five metres, a code that leads to the hall."""

from __future__ import annotations

import io
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageFont

from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.papers import queries, rules
from tongban.papers.rules import signs

DAY = date(2026, 11, 26)
ADDRESS = "https://tongban.example/halls/360702-hall/"
PLACE = rules.Place(
    Text("赣州市章贡区政务服务大厅", "Zhanggong District Government Service Hall"),
    ADDRESS,
    "08",
    "Mo-Fr 09:00-12:00,13:30-17:00; PH off; Tu[1] 10:00-11:00",
    True,
)
MM = 72 / 25.4


def size(pdf: bytes) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        box = [float(each) / MM for each in opened.pages[0].mediabox]
        assert len(opened.pages) == 1
    return round(box[2], 1), round(box[3], 1)


@pytest.mark.parametrize("kind", rules.sign_kinds())
def test_a_sign_has_its_true_size_on_one_page_and_can_be_archived(kind):
    sign = rules.sign_kinds()[kind]
    plain, cut = (queries.sign(kind, PLACE, DAY, cut=cut) for cut in (False, True))

    assert size(plain) == (sign.width, sign.height)
    assert size(cut) == (sign.width + 22, sign.height + 22)
    with pikepdf.open(io.BytesIO(plain)) as opened:
        assert opened.open_metadata()["pdfaid:part"] == "2"
    assert plain == queries.sign(kind, PLACE, DAY)


@pytest.mark.parametrize("kind", rules.sign_kinds())
def test_what_is_read_from_afar_is_high_enough(kind):
    han, latin = rules.legible()
    sign = rules.sign_kinds()[kind]

    assert sign.han_mm >= han
    assert sign.latin_mm >= latin


@lru_cache(maxsize=1)
def face() -> ImageFont.FreeTypeFont:
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    folder = Path(str(spec.origin)).parent
    return ImageFont.truetype(str(next(folder.rglob("NotoSansSC-Regular.otf"))), 1000)


def test_the_heights_are_those_of_the_face_that_is_printed():
    def height(mark: str) -> float:
        box = face().getbbox(mark)
        return (box[3] - box[1]) / 1000

    assert min(height(mark) for mark in "异地通办专窗") >= signs.HAN_HEIGHT
    assert height("H") == pytest.approx(signs.CAPITAL_HEIGHT, abs=0.002)


@pytest.mark.parametrize(
    ("kind", "taken", "said"),
    [("plate", 198, "title"), ("door", 60, "short"), ("floor", 140, "short"), ("poster", 72, "title")],
)
def test_words_read_from_afar_fit_without_being_made_smaller(kind, taken, said):
    sign, words = rules.sign_kinds()[kind], queries.sign_data(kind, PLACE, DAY)[said]

    assert face().getlength(words["zh"]) / 1000 * sign.han <= sign.width - taken
    assert face().getlength(words["en"]) / 1000 * sign.latin <= sign.width - taken


@pytest.mark.parametrize("kind", rules.sign_kinds())
def test_the_code_leads_to_the_hall(kind):
    picture = Image.open(io.BytesIO(queries.sign(kind, PLACE, DAY, "png"))).convert("L")

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_sign_as_svg_is_well_formed_and_as_large():
    root = ET.fromstring(queries.sign("door", PLACE, DAY, "svg"))

    assert float(root.get("width", "").removesuffix("pt")) / MM == pytest.approx(420, abs=0.1)


def test_hours_are_said_in_words_and_unforeseen_ones_stay():
    data = queries.sign_data("poster", PLACE, DAY)

    assert data["hours"] == ["周一至周五 09:00–12:00, 13:30–17:00", "法定节假日休息", "Tu[1] 10:00–11:00"]
    assert data["title"]["en"]


def test_a_hall_without_a_number_or_an_english_name_still_gets_its_plate():
    assert queries.sign("plate", rules.Place(Text("甲大厅"), ADDRESS), DAY).startswith(b"%PDF")


def test_an_unknown_sign_is_missing():
    with pytest.raises(Missing):
        queries.sign("banner", PLACE, DAY)
