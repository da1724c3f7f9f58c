from functools import partial

import pytest
from pikepdf import Array, String

from tongban.files.rules import Facts, Limits
from tongban.files.rules.pdfs import check
from tongban.files.tests import make
from tongban.lib.refusals import Invalid


def refusal(content: bytes, **limits: int) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        check(content, Limits(**limits))
    return refused.value.code, str(refused.value.params.get("found"))


def test_a_plain_pdf_passes():
    assert check(make.pdf(3), Limits()) == Facts("application/pdf", pages=3)


def test_opening_on_a_page_and_a_font_with_a_suspicious_name_are_harmless():
    assert check(make.pdf(2, make.goes_to_a_page), Limits()).pages == 2


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (make.script, "open-action"),
        (make.named_script, "script javascript"),
        (make.script_of_a_button, "javascript"),
        (make.launch, "launch"),
        (make.automatic, "automatic-action"),
        (make.opens_a_link, "open-action"),
        (make.paper_clip, "fileattachment"),
        (make.rich_media, "richmedia"),
        (make.xfa, "xfa"),
    ],
)
@pytest.mark.parametrize("write", [partial(make.pdf, 1), make.packed_pdf], ids=["plain", "packed"])
def test_whatever_acts_or_carries_is_refused_also_inside_packed_objects(change, found, write):
    code, told = refusal(write(change))

    assert code == "file.pdf-active"
    assert told in found.split()


WRITE = pytest.mark.parametrize("write", [partial(make.pdf, 1), make.packed_pdf], ids=["plain", "packed"])


@WRITE
@pytest.mark.parametrize("name", ["invoice.xml", "发票.XBRL", "rows.csv", "data.json", "note.txt"])
def test_data_may_be_attached_as_an_electronic_invoice_does(write, name):
    assert check(write(make.carrying(name)), Limits()).pages == 1


def bad(name: str, content: bytes):
    return make.carrying(name, content)


@WRITE
@pytest.mark.parametrize(
    ("change", "found"),
    [
        (make.embedded, "embedded-file"),
        (make.portfolio, "embedded-file"),
        (bad("invoice.xml", b"MZ" + bytes(60)), "executable"),
        (bad("invoice.xml", b"\x7fELF" + bytes(60)), "executable"),
        (bad("invoice.xml", b"#!/bin/sh\nrm -r /"), "script"),
        (bad("invoice.xml", make.pdf()), "pdf"),
        (bad("invoice.xml", make.zip_bomb()), "zip"),
        (bad("invoice.xml", b"<html><script>alert(1)</script>"), "html"),
        (bad("invoice.xml", b"<svg onload='alert(1)'/>"), "svg"),
        (bad("invoice.xml", make.INVOICE + bytes(9)), "embedded-file"),
        (
            bad("invoice.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            "embedded-file",
        ),
        (bad("invoice.xml.bat", b"del *.*"), "embedded-file"),
        (bad("invoice.js", b"alert(1)"), "embedded-file"),
        (bad("invoice", make.INVOICE), "embedded-file"),
    ],
)
def test_nothing_else_may_be(change, found, write):
    assert refusal(write(change)) == ("file.pdf-attachment", found)


def test_one_name_that_says_otherwise_is_enough():
    def change(made):
        make.carrying()(made)
        made.attachments["invoice.xml"].obj.F = String("invoice.exe")

    assert refusal(make.pdf(1, change)) == ("file.pdf-attachment", "embedded-file")


def test_attached_data_has_a_limit_in_size_and_in_number():
    small = make.carrying(content=make.INVOICE + b" " * 1000)
    assert check(make.pdf(1, small), Limits(max_attachment=2000)).pages == 1
    assert refusal(make.pdf(1, small), max_attachment=1000)[0] == "file.attachment-too-large"

    def several(made):
        for number in range(3):
            made.attachments[f"{number}.xml"] = make.INVOICE

    assert check(make.pdf(1, several), Limits(max_attachments=3)).pages == 1
    assert refusal(make.pdf(1, several), max_attachments=2)[0] == "file.bomb"


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused_with_and_without_a_password(user):
    assert refusal(make.encrypted_pdf(user))[0] == "file.pdf-encrypted"


def test_pages_have_a_limit():
    assert refusal(make.pdf(4), max_pages=3)[0] == "file.too-many-pages"
    assert refusal(make.pdf(0))[0] == "file.damaged"


def test_a_stream_that_swells_is_a_bomb():
    content = make.pdf(1, make.swelling())

    assert len(content) < 1024 * 1024
    assert refusal(content)[0] == "file.bomb"


def test_many_streams_that_swell_a_little_are_a_bomb_together():
    def several(made):
        made.Root.Kept = made.make_indirect(Array())
        for _ in range(3):
            make.swelling(2 * 1024 * 1024)(made)
            made.Root.Kept.append(made.Root.Extra)

    content, limits = make.pdf(1, several), {"max_stream": 3 * 1024 * 1024}
    assert check(content, Limits(**limits)).pages == 1
    assert refusal(content, **limits, max_unpacked=5 * 1024 * 1024)[0] == "file.bomb"


def test_a_stream_packed_twice_is_a_bomb():
    assert refusal(make.twice_packed())[0] == "file.bomb"


def test_objects_have_a_limit():
    assert refusal(make.pdf(5), max_objects=8)[0] == "file.bomb"
