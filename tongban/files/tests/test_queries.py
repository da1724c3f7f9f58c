from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageChops

from tongban.files import actions, queries
from tongban.files.rules import marks
from tongban.files.tests import make
from tongban.lib.actors import System
from tongban.lib.personal import Unreadable
from tongban.lib.refusals import Missing

pytestmark = pytest.mark.django_db

PURPOSE, NOTE = "仅供办理食品经营许可使用 · 与原件核对一致", "章贡区政务服务中心 · 2026-11-23"
NOWHERE = "0" * 64


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def put(content) -> str:
    return actions.store(
        BytesIO(content), declared_name="", declared_type="", by=System("test"), at=make.NOON
    ).sha256


def plain(colour, size=(900, 600)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def lightness(picture: Image.Image) -> tuple[int, int]:
    """The darkest and the brightest of it."""
    shades = [shade for shade, count in enumerate(picture.convert("L").histogram()) if count]
    return shades[0], shades[-1]


def seen(sha256, **how) -> Image.Image:
    return Image.open(BytesIO(queries.copy(sha256, purpose=PURPOSE, note=NOTE, **how).content))


def test_what_is_known_of_a_file_and_of_several(django_assert_num_queries):
    one, two = put(make.pdf()), put(make.image())

    with django_assert_num_queries(1):
        assert queries.file(one).pages == 1
    with django_assert_num_queries(1):
        assert queries.files([one, two, NOWHERE]).keys() == {one, two}


@pytest.mark.parametrize(
    "ask", [queries.file, queries.content, lambda sha256: queries.copy(sha256, purpose=PURPOSE)]
)
def test_a_file_that_is_not_there_is_missing(ask):
    with pytest.raises(Missing):
        ask(NOWHERE)


def test_verifying_reads_the_bytes_again(root):
    sha256 = put(make.pdf())
    path = root / sha256[:2] / sha256[2:4] / sha256
    assert queries.verify(sha256)

    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not queries.verify(sha256)
    with pytest.raises(Unreadable):
        queries.content(sha256)

    path.unlink()
    assert not queries.verify(sha256)


@pytest.mark.parametrize("colour", ["white", "black", "gray", "darkred"])
def test_the_watermark_stands_out_on_any_ground_and_no_large_part_is_without_it(colour):
    copy = seen(put(plain(colour))).convert("L")
    ground = Image.new("L", copy.size, Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)))
    difference = ImageChops.difference(copy, ground)

    for left in range(0, 900, 300):
        for top in range(0, 600, 200):
            assert lightness(difference.crop((left, top, left + 300, top + 200)))[1] > 50


def test_what_lies_below_stays_readable():
    copy = seen(put(plain("white"))).convert("L")

    assert sum(copy.histogram()[200:]) > 0.85 * 900 * 600
    assert lightness(copy)[0] > 90


def test_the_copy_differs_by_purpose_and_is_made_once():
    sha256 = put(make.image())
    first = queries.copy(sha256, purpose=PURPOSE, note=NOTE)

    assert queries.copy(sha256, purpose=PURPOSE, note=NOTE) is first
    assert queries.copy(sha256, purpose="仅供办理不动产登记使用", note=NOTE).content != first.content
    assert first.media == "image/jpeg"


def test_a_small_copy_is_small_and_never_larger_than_the_picture():
    sha256 = put(make.image(size=(800, 600)))

    assert seen(sha256, width=200).size == (200, 150)
    assert seen(sha256, width=5000).size == (800, 600)


def test_a_very_large_picture_is_shown_at_a_size_that_is_quick():
    width, height = seen(put(plain("white", (4500, 3000)))).size

    assert width * height <= marks.MAX_PIXELS * 1.001


def test_what_can_be_seen_through_lies_on_white():
    out = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")

    assert lightness(seen(put(out.getvalue())))[1] > 240


def opened(sha256, **how) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(queries.copy(sha256, purpose=PURPOSE, note=NOTE, **how).content))


def test_every_page_of_a_pdf_bears_the_watermark():
    sha256 = put(make.pdf(3))

    copied = opened(sha256)

    assert len(copied.pages) == 3
    for page in copied.pages:
        assert any(form.Subtype == "/Form" for form in page.obj.Resources.XObject.values())
    assert queries.content(sha256) == make.pdf(3)


def test_a_turned_page_is_marked_as_it_is_seen():
    def turn(made):
        made.pages[0].obj.Rotate = 90

    copied = opened(put(make.pdf(1, turn)))

    (form,) = copied.pages[0].obj.Resources.XObject.values()
    assert [float(edge) for edge in form.BBox] == [0, 0, 842, 595]


def test_one_page_of_a_pdf():
    sha256 = put(make.pdf(3))

    assert len(opened(sha256, page=2).pages) == 1
    for nowhere in (0, -1, 4):
        with pytest.raises(Missing):
            opened(sha256, page=nowhere)


@pytest.mark.parametrize("text", ["", "\x00\u202e\n\t", "长" * 100_000, "𠮷䶮 阿卜杜·热依木"])
def test_any_text_makes_a_watermark(text):
    queries.copy(put(make.image()), purpose=text, note=text)
    queries.copy(put(make.pdf()), purpose=text, note=text)


def test_copies_are_forgotten_when_they_take_too_much_room():
    copies = queries._Copies(most=100)
    for number in range(5):
        copies.put((str(number), (), None, None), queries.Rendered(bytes(40), "image/jpeg"))

    assert [copies.get((str(number), (), None, None)) is not None for number in range(5)] == [False] * 3 + [
        True
    ] * 2
