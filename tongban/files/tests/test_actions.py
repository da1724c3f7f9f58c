import hashlib
import os
import resource
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tongban.files import actions, queries
from tongban.files.models import File
from tongban.files.tests import make
from tongban.files.tests.test_store import in_a_child
from tongban.lib.actors import System
from tongban.lib.refusals import Invalid

pytestmark = pytest.mark.django_db

BY = System("test")


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def put(content: bytes, name: str = "", media: str = "") -> actions.Stored:
    return actions.store(BytesIO(content), declared_name=name, declared_type=media, by=BY, at=make.NOON)


def kept(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_picture_is_kept_as_its_safe_copy_with_the_hash_of_what_was_handed_in():
    handed_in = make.located()

    stored = put(handed_in, "IMG_0001.JPG", "image/jpeg")

    copy = queries.content(stored.sha256)
    assert stored.original_sha256 == sha(handed_in) != stored.sha256 == sha(copy)
    assert (stored.media, stored.width, stored.height, stored.pages) == ("image/jpeg", 200, 320, None)
    assert stored.size == len(copy)
    assert b"MAKER-OF-PHONES" not in copy


def test_a_pdf_is_kept_byte_for_byte():
    handed_in = make.pdf(3)

    stored = put(handed_in, "a.pdf", "application/pdf")

    assert queries.content(stored.sha256) == handed_in
    assert stored.sha256 == stored.original_sha256 == sha(handed_in)
    assert (stored.media, stored.pages) == ("application/pdf", 3)


def test_an_electronic_invoice_keeps_its_data_and_a_copy_to_be_shown_has_none():
    handed_in = make.pdf(2, make.carrying())

    stored = put(handed_in, "invoice.pdf", "application/pdf")

    assert queries.content(stored.sha256) == handed_in
    for page in (None, 1):
        shown = queries.copy(stored.sha256, purpose="仅供示例", page=page).content
        with pikepdf.open(BytesIO(shown)) as pdf:
            assert len(pdf.attachments) == 0
            assert not any("/EF" in each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))


def test_the_same_file_twice_is_one_file(root):
    first, second = put(make.pdf()), put(make.pdf())

    assert first == second
    assert File.objects.count() == len(kept(root)) == 1


def test_keeping_a_file_costs_two_statements(cost):
    assert cost(lambda: put(make.pdf())) == cost(lambda: put(make.pdf())) == 2


def test_it_is_known_who_handed_it_in_and_nobody_else_is(root):
    sha, other = put(make.pdf()).sha256, System("other")

    assert queries.handed_in([sha], BY) == {sha}
    assert queries.handed_in([sha], other) == set()
    actions.store(BytesIO(make.pdf()), declared_name="", declared_type="", by=other, at=make.NOON)
    assert queries.handed_in([sha], other) == {sha}


BAD = {
    "empty": (lambda: b"", "a.pdf", "file.empty"),
    "zip bomb": (make.zip_bomb, "a.zip", "file.kind-not-allowed"),
    "zip bomb in disguise": (make.zip_bomb, "a.jpg", "file.kind-not-allowed"),
    "executable": (lambda: b"MZ" + bytes(200), "a.pdf", "file.kind-not-allowed"),
    "web page": (lambda: b"<html><script>alert(1)</script>", "a.jpg", "file.kind-not-allowed"),
    "drawing": (lambda: b"<svg onload='alert(1)'/>", "a.png", "file.kind-not-allowed"),
    "pdf that says it is a picture": (make.pdf, "a.jpg", "file.not-what-it-says"),
    "picture that says it is a pdf": (make.image, "a.pdf", "file.not-what-it-says"),
    "picture that says it is a program": (make.image, "a.exe", "file.not-what-it-says"),
    "pdf with a script": (lambda: make.pdf(1, make.script), "a.pdf", "file.pdf-active"),
    "pdf with a file in it": (lambda: make.pdf(1, make.embedded), "a.pdf", "file.pdf-attachment"),
    "pdf bomb": (lambda: make.pdf(1, make.swelling()), "a.pdf", "file.bomb"),
    "encrypted pdf": (make.encrypted_pdf, "a.pdf", "file.pdf-encrypted"),
    "pdf cut short": (lambda: make.pdf(3)[:-200], "a.pdf", "file.damaged"),
    "30,000 × 30,000": (make.huge_png, "a.png", "file.too-many-pixels"),
    "picture cut short": (lambda: make.image()[:-50], "a.jpg", "file.damaged"),
}


@pytest.mark.parametrize(("content", "name", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_and_nothing_is_kept(root, content, name, code):
    with pytest.raises(Invalid) as refused:
        put(content(), name)

    assert (refused.value.code, refused.value.field) == (code, "file")
    assert kept(root) == []
    assert not File.objects.exists()


def test_a_picture_may_call_itself_another_kind_of_picture():
    assert put(make.image("PNG"), "a.jpg", "image/jpeg").media == "image/png"


class Endless:
    """A stream that never ends, and knows how much it gave."""

    given = 0

    def read(self, size):
        self.given += size
        return bytes(size)


def test_too_much_is_refused_without_reading_it_all(settings, root):
    settings.FILES_MAX_BYTES = 1024 * 1024
    stream = Endless()

    with pytest.raises(Invalid) as refused:
        actions.store(stream, declared_name="a.pdf", declared_type="", by=BY, at=make.NOON)

    assert refused.value.code == "file.too-large"
    assert refused.value.params["limit"] == 1024 * 1024
    assert stream.given <= 2 * 1024 * 1024
    assert kept(root) == []


def test_the_limit_itself_is_allowed(settings):
    content = make.pdf()
    settings.FILES_MAX_BYTES = len(content)
    assert put(content).size == len(content)

    settings.FILES_MAX_BYTES -= 1
    with pytest.raises(Invalid) as refused:
        put(content)
    assert refused.value.params == {"limit": len(content) - 1, "size": len(content)}


def test_a_full_disk_is_told_and_keeps_nothing(root):
    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
        try:
            put(make.image())
        except Invalid as refused:
            os._exit(0 if refused.code == "storage.full" else 1)

    assert in_a_child(fill) == 0
    assert kept(root) == []


def test_sweeping_removes_only_what_was_begun_more_than_a_day_ago(root):
    put(make.pdf())
    for name, hours in (("old", 25), ("new", 23)):
        draft = root / "drafts" / name
        draft.write_bytes(b"half")
        begun = (make.NOON - timedelta(hours=hours)).timestamp()
        os.utime(draft, (begun, begun))

    assert actions.sweep(make.NOON) == 1
    assert {path.name for path in kept(root)} == {"new", sha(make.pdf())}


@how(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=600), name=st.text(max_size=30), media=st.text(max_size=30))
def test_random_bytes_are_refused_and_nothing_worse(content, name, media):
    with pytest.raises(Invalid):
        put(content, name, media)
