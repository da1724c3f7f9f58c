from io import BytesIO

import pytest
from PIL import Image, ImageCms

from tongban.files.rules import Facts, Limits
from tongban.files.rules.images import safe_copy
from tongban.files.tests import make
from tongban.lib.refusals import Invalid

LIMITS = Limits()


@pytest.fixture(autouse=True)
def pillow(monkeypatch):
    """Leave Pillow's own limit as it was: in the product each check has a process of its own."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def copied(content: bytes, limits: Limits = LIMITS) -> tuple[Facts, Image.Image]:
    facts, copy = safe_copy(content, limits)
    return facts, Image.open(BytesIO(copy))


def test_where_a_picture_was_taken_is_gone_and_it_stands_upright():
    handed_in = make.located(orientation=6)
    assert Image.open(BytesIO(handed_in)).getexif().get_ifd(0x8825)

    facts, copy = copied(handed_in)

    assert (facts.width, facts.height) == copy.size == (200, 320)
    assert not copy.getexif()
    assert not copy.info.keys() & {"exif", "comment", "icc_profile", "xmp"}


def test_nothing_written_in_the_metadata_is_in_the_copy():
    _, copy = safe_copy(make.located(), LIMITS)

    assert b"MAKER-OF-PHONES" not in copy
    assert b"SECRET-COMMENT" not in copy
    assert b"Exif" not in copy


def test_a_picture_of_900_million_dots_is_refused_before_it_is_unpacked():
    with pytest.raises(Invalid) as refused:
        safe_copy(make.huge_png(), LIMITS)

    assert refused.value.code == "file.too-many-pixels"


@pytest.mark.parametrize("size", [(301, 200), (200, 301), (401, 1)])
def test_pixels_and_sides_have_a_limit(size):
    limits = Limits(max_pixels=60_000, max_side=400)

    with pytest.raises(Invalid) as refused:
        safe_copy(make.image("PNG", size), limits)

    assert refused.value.code == "file.too-many-pixels"
    assert refused.value.params["limit"] == 60_000


def test_the_largest_picture_allowed_passes():
    assert copied(make.image("PNG", (300, 200)), Limits(max_pixels=60_000))[0].width == 300


def test_an_animation_is_refused_since_only_one_picture_of_it_would_be_seen():
    with pytest.raises(Invalid) as refused:
        safe_copy(make.animated(), LIMITS)

    assert refused.value.params == {"found": "animation"}


@pytest.mark.parametrize(
    ("kind", "mode", "media", "kept"),
    [
        ("JPEG", "RGB", "image/jpeg", "RGB"),
        ("JPEG", "L", "image/jpeg", "L"),
        ("JPEG", "CMYK", "image/jpeg", "RGB"),
        ("PNG", "RGB", "image/png", "RGB"),
        ("PNG", "1", "image/png", "1"),
        ("PNG", "P", "image/png", "RGB"),
        ("PNG", "LA", "image/png", "RGB"),
        ("WEBP", "RGB", "image/jpeg", "RGB"),
    ],
)
def test_every_kind_of_picture_becomes_a_plain_jpeg_or_png(kind, mode, media, kept):
    facts, copy = copied(make.image(kind, mode=mode))

    assert (facts.media, copy.mode, Image.MIME[copy.format or ""]) == (media, kept, media)


def test_what_can_be_seen_through_stays_so():
    out = BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 60)).save(out, "WEBP", lossless=True)

    facts, copy = copied(out.getvalue())

    assert facts.media == "image/png"
    assert copy.getpixel((4, 4)) == (255, 0, 0, 60)


def test_sixteen_bits_of_grey_keep_their_brightness():
    out = BytesIO()
    Image.new("I;16", (9, 9), 40_000).save(out, "PNG")

    assert copied(out.getvalue())[1].getpixel((4, 4)) == 40_000 // 256


def test_a_colour_profile_is_applied_and_a_broken_one_ignored():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for bytes_of_profile in (profile, b"broken" * 40):
        assert "icc_profile" not in copied(make.image(icc_profile=bytes_of_profile))[1].info


def test_the_limit_on_pixels_is_gone_again_afterwards():
    before = Image.MAX_IMAGE_PIXELS
    copied(make.image("PNG", (300, 200)), Limits(max_pixels=60_000))
    assert before == Image.MAX_IMAGE_PIXELS
