import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.files.rules import Limits, sandbox
from tongban.files.tests import make
from tongban.lib.refusals import Invalid

JPEG, PNG, WEBP, PDF = make.image(), make.image("PNG"), make.image("WEBP"), make.pdf(2)


def refusal(job: Callable[[bytes, Limits], object], content: bytes, **limits: int) -> str:
    with pytest.raises(Invalid) as refused:
        job(content, Limits(**limits))
    return refused.value.code


def _keepers() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    return [
        pid
        for pid in map(int, listed.split())
        if b"rules.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def test_it_finds_what_the_check_finds():
    facts, copy = sandbox.image(JPEG, Limits())

    assert (facts.media, facts.width) == ("image/jpeg", 320)
    assert copy.startswith(b"\xff\xd8\xff")
    assert sandbox.pdf(PDF, Limits()).pages == 2


def test_it_refuses_with_the_same_words():
    assert refusal(sandbox.image, make.huge_png()) == "file.too-many-pixels"
    assert refusal(sandbox.pdf, make.pdf(1, make.script)) == "file.pdf-active"


def test_what_takes_too_much_memory_is_a_bomb():
    assert refusal(sandbox.image, make.image("PNG", (4000, 4000)), memory=120 * 1024 * 1024) == "file.bomb"


def test_what_takes_too_much_time_is_a_bomb():
    assert refusal(sandbox.pdf, make.pdf(1, make.tedious), seconds=1) == "file.bomb"


def test_a_list_of_objects_that_swells_takes_only_its_own_process_along():
    assert refusal(sandbox.pdf, make.swelling_object_stream(), memory=400 * 1024 * 1024).startswith("file.")
    assert sandbox.pdf(PDF, Limits()).pages == 2


def test_the_keeper_knows_no_secrets():
    sandbox.pdf(PDF, Limits())

    for keeper in _keepers():
        names = {
            entry.split(b"=")[0]
            for entry in Path(f"/proc/{keeper}/environ").read_bytes().split(b"\0")
            if entry
        }
        assert names <= {b"PYTHONPATH", b"PYTHONUTF8", b"PATH"}


def test_a_keeper_that_was_killed_is_started_again():
    sandbox.pdf(PDF, Limits())
    before = _keepers()
    for keeper in before:
        os.kill(keeper, signal.SIGKILL)

    assert sandbox.pdf(PDF, Limits()).pages == 2
    assert not set(before) & set(_keepers())


def test_many_at_once_each_get_their_own_answer():
    sizes = [(10 + number, 20) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda size: sandbox.image(make.image("PNG", size), Limits())[0].width, sizes))

    assert found == [width for width, _ in sizes]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([JPEG, PNG, WEBP]), st.data())
def test_a_picture_cut_short_is_refused_and_nothing_worse(whole, data):
    # A PNG ends with 12 bytes that say only that it ends.
    cut = whole[: data.draw(st.integers(0, len(whole) - 20))]

    assert refusal(sandbox.image, cut) in {"file.damaged", "file.bomb"}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([JPEG, PNG, WEBP, PDF]), st.data())
def test_a_file_with_wrong_bytes_passes_or_is_refused_and_nothing_worse(whole, data):
    spots = data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=9)
    )
    changed = bytearray(whole)
    for spot, byte in spots:
        changed[spot] = byte
    job = sandbox.pdf if whole is PDF else sandbox.image
    with suppress(Invalid):
        job(bytes(changed), Limits())


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n"]), st.binary(max_size=400))
def test_bytes_that_only_begin_well_are_refused(start, rest):
    job = sandbox.pdf if start.startswith(b"%") else sandbox.image

    assert refusal(job, start + rest).startswith("file.")
