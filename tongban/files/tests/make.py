"""Files for tests, made in memory: good ones, and every bad one that somebody will hand in."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def image(kind="JPEG", size=(320, 200), mode="RGB", **how) -> bytes:
    picture = Image.linear_gradient("L").resize(size).convert(mode)
    return _saved(picture, kind, **how)


def located(orientation=6) -> bytes:
    """A phone's picture: taken in Ganzhou, held upright, with a comment and the phone's name in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MAKER-OF-PHONES"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 51.0, 0.0), 3: "E", 4: (114.0, 56.0, 0.0)})
    return image(exif=exif, comment=b"SECRET-COMMENT")


def animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    return _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def _saved(picture: Image.Image, kind: str, **how) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def huge_png(width=30_000, height=30_000) -> bytes:
    """A real picture of 900 million black dots in 110 kB."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_pdf(change: Callable[[Pdf], object]) -> bytes:
    """A PDF whose objects lie in a compressed stream, where no search in the bytes finds them."""
    return pdf(1, change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf(pages=1, change: Callable[[Pdf], object] = lambda pdf: None, **how) -> bytes:
    with Pdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.obj.Contents = made.make_stream(b"0 0 0 rg 100 100 200 300 re f")
        change(made)
        out = BytesIO()
        made.save(out, deterministic_id="encryption" not in how, **how)
    return out.getvalue()


def encrypted_pdf(user="") -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def _action(kind: str, **more) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def script(made: Pdf) -> None:
    made.Root.OpenAction = _action("JavaScript", JS=String("app.alert(1)"))


def named_script(made: Pdf) -> None:
    names = Array([String("a"), made.make_indirect(_action("JavaScript", JS=String("app.alert(1)")))])
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


def script_of_a_button(made: Pdf) -> None:
    button = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=String("https://a")),
    )
    button.A.Next = Array([Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)"))])
    made.pages[0].obj.Annots = Array([button])


def launch(made: Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=_action("Launch", F=String("cmd"))
    )
    made.pages[0].obj.Annots = Array([made.make_indirect(link)])


def automatic(made: Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=_action("URI", URI=String("https://example.test/")))


def opens_a_link(made: Pdf) -> None:
    made.Root.OpenAction = _action("URI", URI=String("https://example.test/"))


def embedded(made: Pdf) -> None:
    made.attachments["a.exe"] = b"MZ"


INVOICE = '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice><Seller>示例公司</Seller></Invoice>'.encode()


def carrying(name: str = "invoice.xml", content: bytes = INVOICE) -> Callable[[Pdf], None]:
    """Return what attaches data to a PDF as PDF/A-3 does: in the list of files, and associated with the document."""

    def change(made: Pdf) -> None:
        made.attachments[name] = content
        spec = made.attachments[name].obj
        spec.AFRelationship = Name.Source
        made.Root.AF = Array([spec])
        made.pages[0].obj.AF = Array([spec])

    return change


def portfolio(made: Pdf) -> None:
    carrying()(made)
    made.Root.Collection = Dictionary(Type=Name.Collection)


def paper_clip(made: Pdf) -> None:
    carrying()(made)
    spec = made.attachments["invoice.xml"].obj
    clip = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
    made.pages[0].obj.Annots = Array([clip])


def rich_media(made: Pdf) -> None:
    made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])])


def xfa(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array(), XFA=made.make_stream(b"<xdp:xdp/>"))


def goes_to_a_page(made: Pdf) -> None:
    """Harmless: it opens on its first page, and has a font that happens to be called AA."""
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    made.pages[0].obj.Resources = Dictionary(Font=Dictionary(AA=font, EF=font, JS=font))


def swelling(size=300 * 1024 * 1024) -> Callable[[Pdf], None]:
    """One stream that unpacks to `size` zeros."""

    def change(made: Pdf) -> None:
        packer, block = zlib.compressobj(9), bytes(1024 * 1024)
        packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
        made.Root.Extra = made.make_indirect(pikepdf.Stream(made, packed, Filter=Name.FlateDecode))

    return change


def twice_packed() -> bytes:
    def change(made: Pdf) -> None:
        packed = zlib.compress(zlib.compress(bytes(1024)))
        made.Root.Extra = pikepdf.Stream(made, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))

    return pdf(1, change, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def tedious(made: Pdf) -> None:
    """Two million empty lists in one."""
    made.Root.Extra = pikepdf.Object.parse(b"[" + b"[]" * 2_000_000 + b"]")


def swelling_object_stream() -> bytes:
    """A file whose very list of objects unpacks to half a gigabyte."""
    packer, block = zlib.compressobj(9), b" " * (1024 * 1024)
    packed = b"".join(packer.compress(block) for _ in range(512)) + packer.flush()
    body = b"%PDF-1.5\n"
    stream = b"1 0 obj <</Type/ObjStm/N 2/First 20/Filter/FlateDecode/Length %d>> stream\n" % len(packed)
    at = len(body) + len(stream) + len(packed) + len(b"\nendstream endobj\n")
    # Object 2 (the catalogue) lies in stream 1; object 3 is this table.
    table = b"".join(struct.pack(">BIH", *row) for row in ((0, 0, 0), (1, 9, 0), (2, 1, 0), (1, at, 0)))
    words = b"3 0 obj <</Type/XRef/Size 4/W[1 4 2]/Root 2 0 R/Length %d>> stream\n" % len(table)
    end = b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % at
    return body + stream + packed + b"\nendstream endobj\n" + words + table + end


def archive(*names: str, content=b"x") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    return archive("a", "b", content=bytes(50 * 1024 * 1024))
