import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.files.rules import claimed, sniff
from tongban.files.tests import make

ALLOWED = [
    (make.image("JPEG"), "jpeg"),
    (make.image("PNG"), "png"),
    (make.image("WEBP"), "webp"),
    (make.pdf(), "pdf"),
]
REFUSED = [
    (b"", "empty"),
    (make.archive("a.txt"), "zip"),
    (make.archive("[Content_Types].xml", "word/document.xml"), "office"),
    (make.archive("[Content_Types].xml", "word/vbaProject.bin"), "office-macro"),
    (make.archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
    (make.archive("META-INF/MANIFEST.MF"), "executable"),
    (b"MZ\x90\x00\x03" + bytes(60), "executable"),
    (b"\x7fELF\x02\x01\x01", "executable"),
    (b"#!/bin/sh\nrm -rf /", "script"),
    (b"<?php echo 1;", "script"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "office"),
    (b"{\\rtf1", "office"),
    (b" \n<!DOCTYPE html><title>x", "html"),
    ("<html><script>x</script>".encode("utf-16"), "html"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    (b"\xef\xbb\xbf<svg onload='x'/>", "svg"),
    (b'<?xml version="1.0"?><a/>', "xml"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
    (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "video"),
    (b"GIF89a\x01\x00\x01\x00", "gif"),
    (b"II*\x00" + bytes(20), "tiff"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    ("申请人甲".encode(), "text"),
    (b"\x00\x01\x02\x03", "unknown"),
]


@pytest.mark.parametrize(("content", "name"), ALLOWED)
def test_pictures_and_pdfs_are_taken_in(content, name):
    assert sniff(content).name == name
    assert sniff(content).allowed


@pytest.mark.parametrize(("content", "name"), REFUSED, ids=[name for _, name in REFUSED])
def test_everything_else_is_refused_by_the_name_of_its_kind(content, name):
    assert sniff(content).name == name
    assert not sniff(content).allowed


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(content):
    assert sniff(content).name


@pytest.mark.parametrize(
    ("name", "media", "said"),
    [
        ("扫描.JPG", "image/jpeg; charset=x", ["jpeg", "jpeg"]),
        ("a.pdf", "application/octet-stream", ["pdf"]),
        ("a.b.exe", "", ["executable"]),
        ("no-suffix", "", []),
        ("../../.png", "", []),
        ("\x00\u202egnp.exe", "IMAGE/PNG", ["executable", "png"]),
    ],
)
def test_names_and_types_only_claim(name, media, said):
    assert [kind.name for kind in claimed(name, media)] == said
