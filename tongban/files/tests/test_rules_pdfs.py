from functools import partial

import pytest
from pikepdf import Array

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
        (make.embedded, "embedded-file"),
        (make.rich_media, "richmedia"),
        (make.xfa, "xfa"),
    ],
)
@pytest.mark.parametrize("write", [partial(make.pdf, 1), make.packed_pdf], ids=["plain", "packed"])
def test_whatever_acts_or_carries_is_refused_also_inside_packed_objects(change, found, write):
    code, told = refusal(write(change))

    assert code == "file.pdf-active"
    assert told in found.split()


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
