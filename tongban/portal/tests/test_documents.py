"""Documents and the result want a second proof."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image

from tongban.cases import actions
from tongban.cases.tests import make
from tongban.files import actions as files

LAST = make.NUMBER[-4:]


def prove(client, last=LAST):
    return client.post("/follow/case/proof/", {"last": last})


@pytest.fixture
def stored(settings, tmp_path, officer):
    settings.FILES_ROOT = tmp_path / "files"
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#8899aa").save(picture, "PNG")
    picture.seek(0)
    found = files.store(
        picture, declared_name="result.png", declared_type="image/png", by=officer, at=timezone.now()
    )
    return found.sha256


def test_without_the_second_proof_a_document_leads_back(reader):
    answer = reader.get("/follow/case/documents/1.pdf")

    assert answer["Location"] == "/follow/case/#documents"
    assert "documents/1.pdf" not in reader.get("/follow/case/").content.decode()


def test_the_last_four_characters_open_the_documents(reader):
    assert prove(reader)["Location"] == "/follow/case/#documents"
    assert "documents/1.pdf" in reader.get("/follow/case/").content.decode()

    answer = reader.get("/follow/case/documents/1.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("last", ["0000", "", "12345", "ab\x00c"])
def test_anything_else_does_not(reader, last):
    assert prove(reader, last).status_code == 422

    assert reader.get("/follow/case/documents/1.pdf").status_code == 302


def test_guessing_the_second_proof_ends_after_ten_tries(reader):
    for _ in range(10):
        assert prove(reader, "0000").status_code == 422

    assert prove(reader).status_code == 429


@pytest.mark.parametrize("place", ["0", "2", "999999999999"])
def test_a_document_that_is_not_there_is_missing(reader, place):
    prove(reader)

    assert reader.get(f"/follow/case/documents/{place}.pdf").status_code == 404


def test_opening_another_case_wants_the_proof_anew(reader, receipt):
    prove(reader)
    reader.post("/follow/", {"case": receipt.reference, "code": receipt.code})

    assert reader.get("/follow/case/documents/1.pdf").status_code == 302


def test_an_electronic_result_is_handed_out_once_it_was_sent(reader, part, officer, stored):
    at = timezone.now()
    actions.take_over(part.id, by=officer, at=at)
    actions.accept(part.id, by=officer, at=at)
    actions.grant(part.id, by=officer, at=at)
    actions.make(part.id, "证〔2026〕1号", by=officer, at=at, file=stored)
    prove(reader)
    assert reader.get("/follow/case/result/").status_code == 404

    actions.send(part.id, "electronic", by=officer, at=at)

    answer = reader.get("/follow/case/result/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    assert answer["Cache-Control"] == "no-store"


def test_without_a_result_there_is_none(reader):
    prove(reader)

    assert reader.get("/follow/case/result/").status_code == 404


def test_a_form_that_only_takes_leads_back_when_read(reader):
    assert reader.get("/follow/case/proof/")["Location"] == "/follow/case/"
    assert reader.get("/follow/case/rating/")["Location"] == "/follow/case/"
