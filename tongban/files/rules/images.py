"""The safe copy of an image: decoded whole, set upright, and written anew without anything but its pixels.

Runs inside the sandbox. Where the picture was taken, with what and when is gone with the rest of the metadata
(个人信息保护法 Art. 6: no more than the purpose needs).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from tongban.files.rules.limits import Facts, Limits, refuse

_FORMATS = ("JPEG", "PNG", "WEBP")
_DEEP = ("I;16", "I;16B", "I;16L", "I", "F")


def safe_copy(data: bytes, limits: Limits) -> tuple[Facts, bytes]:
    """Return what the image is, and the image written anew: a JPEG stays one, what is transparent is a PNG.

    :raises Invalid: if it has too many pixels or more than one picture
    """
    with _pixels_limited(limits):
        kind = _check_header(data, limits)
        with _open(data, limits) as image:
            clean = _plain(_managed(ImageOps.exif_transpose(image)))
    lossy = kind != "PNG" and clean.mode != "RGBA"
    return Facts("image/jpeg" if lossy else "image/png", *clean.size), _encode(clean, lossy)


@contextmanager
def _pixels_limited(limits: Limits) -> Iterator[None]:
    """Have Pillow refuse more pixels than this, and leave it as it was found: its limit is the process's."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _open(data: bytes, limits: Limits) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refuse("file.too-many-pixels", limit=limits.max_pixels, side=limits.max_side) from error


def _check_header(data: bytes, limits: Limits) -> str:
    """Look at what the header promises, and at the checksums, before a single pixel is unpacked."""
    with _open(data, limits) as image:
        width, height = image.size
        if width * height > limits.max_pixels or max(width, height) > limits.max_side:
            raise refuse(
                "file.too-many-pixels",
                width=width,
                height=height,
                limit=limits.max_pixels,
                side=limits.max_side,
            )
        kind = str(image.format)
        # A phone's MPO holds depth or a smaller picture beside the first: one picture to whoever looks.
        if kind != "MPO" and getattr(image, "n_frames", 1) > 1:
            raise refuse("file.kind-not-allowed", found="animation")
        image.verify()
        return kind


def _managed(image: Image.Image) -> Image.Image:
    """Return the image in sRGB, since its colour profile goes with the metadata; a broken one is ignored."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _plain(image: Image.Image) -> Image.Image:
    """Return only the pixels, in one of the four modes that every reader shows: 1, L, RGB, RGBA."""
    if image.has_transparency_data:
        plain = image.convert("RGBA")
        if plain.getchannel("A").getextrema() == (255, 255):
            plain = plain.convert("RGB")
    elif image.mode in _DEEP:
        plain = image.convert("I").point(lambda value: value / 256).convert("L")
    else:
        plain = image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")
    plain.load()
    plain.info.clear()
    return plain


def _encode(image: Image.Image, lossy: bool) -> bytes:
    out = BytesIO()
    if lossy:
        # Full colour resolution: red seals lie on black print.
        image.convert("L" if image.mode == "1" else image.mode).save(out, "JPEG", quality=90, subsampling=0)
    else:
        image.save(out, "PNG", compress_level=4)
    return out.getvalue()
