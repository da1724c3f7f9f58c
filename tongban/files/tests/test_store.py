import errno
import hashlib
import os
import resource
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tongban.files.models import FolderStore
from tongban.files.tests import make
from tongban.lib.personal import Unreadable
from tongban.lib.refusals import Invalid, Missing

CONTENT = b"the copy of a paper" * 1000
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "files", "a key")


def lying(store: FolderStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def in_a_child(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own and return its exit code."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_what_was_put_is_there_under_its_hash(store):
    store.put(SHA, CONTENT)

    assert store.get(SHA) == CONTENT
    assert lying(store) == [store.root / SHA[:2] / SHA[2:4] / SHA]


def test_only_the_owner_may_look_and_sees_nothing_readable(store):
    store.put(SHA, CONTENT)
    (path,) = lying(store)

    assert path.stat().st_mode & 0o777 == 0o600
    assert {
        folder.stat().st_mode & 0o777 for folder in path.parents if store.root in (folder, *folder.parents)
    } == {0o700}
    assert b"paper" not in path.read_bytes()


def test_the_same_bytes_are_kept_once_and_never_written_over(store):
    store.put(SHA, CONTENT)
    first = lying(store)[0].stat()
    store.put(SHA, CONTENT)

    (path,) = lying(store)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


@pytest.mark.parametrize(
    "name", ["", "x", "../" * 21 + "x", "/etc/passwd", SHA.upper(), SHA + "\n", SHA[:-1], "f" * 64]
)
def test_nothing_lies_under_another_name(store, name):
    with pytest.raises(Missing):
        store.get(name)


@pytest.mark.parametrize("spot", [0, 1, 6, 20, -1])
def test_altered_bytes_are_noticed_and_mended_when_they_come_again(store, spot):
    store.put(SHA, CONTENT)
    (path,) = lying(store)
    altered = bytearray(path.read_bytes())
    altered[spot] ^= 1
    path.write_bytes(altered)

    with pytest.raises(Unreadable):
        store.get(SHA)

    store.put(SHA, CONTENT)
    assert store.get(SHA) == CONTENT


def test_one_file_cannot_be_put_in_the_place_of_another(store):
    other = hashlib.sha256(b"other").hexdigest()
    store.put(SHA, CONTENT)
    store.put(other, b"other")
    store._path(SHA).write_bytes(store._path(other).read_bytes())

    with pytest.raises(Unreadable):
        store.get(SHA)


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(store):
    store.put(SHA, CONTENT)

    assert FolderStore(store.root, "a newer key, a key").get(SHA) == CONTENT
    with pytest.raises(Unreadable):
        FolderStore(store.root, "another key").get(SHA)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage.full"),
        (errno.EDQUOT, "storage.full"),
        (errno.EFBIG, "storage.full"),
        (errno.EIO, "storage.failed"),
        (errno.EROFS, "storage.failed"),
    ],
)
def test_a_disk_that_fails_half_way_keeps_nothing(store, number, code):
    def fail(file, content):
        os.write(file, content[: len(content) // 2])
        raise OSError(number, os.strerror(number))

    with pytest.raises(Invalid) as refused:
        FolderStore(store.root, "a key", write=fail).put(SHA, CONTENT)

    assert (refused.value.code, refused.value.field) == (code, "file")
    assert lying(store) == []


def test_a_disk_that_is_really_full_keeps_nothing(store):
    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            store.put(SHA, CONTENT)
        except Invalid as refused:
            os._exit(0 if refused.code == "storage.full" else 1)

    assert in_a_child(fill) == 0
    assert lying(store) == []


def test_a_folder_that_cannot_be_made_is_a_refusal_too(tmp_path):
    (tmp_path / "files").write_text("in the way")

    with pytest.raises(Invalid) as refused:
        FolderStore(tmp_path / "files", "a key").put(SHA, CONTENT)

    assert refused.value.code == "storage.failed"


def test_a_process_killed_before_the_name_is_given_leaves_nothing_to_be_seen(store):
    def die(file, content):
        os.write(file, content)
        os._exit(0)

    assert in_a_child(lambda: FolderStore(store.root, "a key", write=die).put(SHA, CONTENT)) == 0
    with pytest.raises(Missing):
        store.get(SHA)

    (draft,) = lying(store)
    begun = make.NOON.timestamp()
    os.utime(draft, (begun, begun))
    assert store.sweep(make.NOON) == 0
    assert store.sweep(make.NOON + timedelta(seconds=1)) == 1
    assert lying(store) == []


def test_sweeping_leaves_alone_what_is_kept(store):
    store.put(SHA, CONTENT)

    assert store.sweep(make.NOON + timedelta(days=9999)) == 0
    assert store.get(SHA) == CONTENT
