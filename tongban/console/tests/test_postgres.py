"""The embedded server: created, shared, killed, found again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tongban.console.postgres import keeper
from tongban.console.postgres.cluster import SETTINGS, home_of, running
from tongban.console.postgres.home import Failed, Home, is_locked, own_folder
from tongban.console.postgres.runner import SHARED, choose

ROOT = Path(__file__).resolve().parents[3]
SMALL = {**SETTINGS, "shared_buffers": "16MB"}
KEEP_A_SERVER = """
import sys, time
from pathlib import Path
from tongban.console.postgres.cluster import running
with running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def nothing_left(tmp_path):
    """Take away what had to lie outside of the test's folder."""
    before = set(SHARED.glob("data-*"))
    yield
    for left in set(SHARED.glob("data-*")) - before:
        if left == home(tmp_path).folder:
            shutil.rmtree(left)


def use(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def elsewhere(folder):
    """Return another process that uses the server, and the address it was given."""
    command = [sys.executable, "-c", KEEP_A_SERVER, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, process.stdout.readline().strip()


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def wait_until(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def home(folder):
    """Return where the server of a folder is: where root needs another account, that may not get to the folder."""
    return home_of(folder, choose())


def postmaster(folder):
    return int(home(folder).pid_file.read_text().split()[0])


def stat(process):
    """Return the state of a process and its parent's number."""
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[:2]


def parent_of(process):
    return int(stat(process)[1])


def test_it_is_created_once_and_the_second_start_finds_what_was_written(tmp_path):
    said: list[str] = []
    with running(tmp_path, said.append, settings=SMALL) as url:
        use(url, "CREATE TABLE t AS SELECT 7 AS n")

    assert not keeper.processes_in(home(tmp_path).data)
    with running(tmp_path, said.append, settings=SMALL) as url:
        assert use(url, "SELECT n FROM t") == 7
    assert said.count("Creating the database server's files") == 1


def test_it_keeps_its_promises_about_the_disk_and_knows_chinese(tmp_path):
    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT current_setting('fsync')") == "on"
        assert use(url, "SELECT current_setting('data_checksums')") == "on"
        assert use(url, "SELECT current_setting('listen_addresses')") == ""
        assert not use(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        use(url, "CREATE EXTENSION pg_trgm")
        assert len(use(url, "SELECT show_trgm('不动产登记')")) == 6


def test_two_folders_are_two_servers_and_one_folder_is_one(tmp_path):
    with running(tmp_path / "a", settings=SMALL) as a, running(tmp_path / "b", settings=SMALL) as b:
        use(a, "CREATE TABLE only_here (n int)")
        assert use(b, "SELECT to_regclass('only_here')") is None
        process, again = elsewhere(tmp_path / "a")
        assert again == a
        kill(process)
        assert use(a, "SELECT 1") == 1


def test_when_its_only_user_is_killed_it_shuts_itself_down_and_starts_again(tmp_path):
    process, url = elsewhere(tmp_path)
    use(url, "CREATE TABLE t AS SELECT 7 AS n")
    kill(process)

    wait_until(lambda: not is_locked(home(tmp_path).keeper))
    assert "database system is shut down" in home(tmp_path).log_tail()
    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT n FROM t") == 7


def test_a_start_right_after_the_kill_waits_for_the_old_server_instead_of_failing(tmp_path):
    for n in range(3):
        process, url = elsewhere(tmp_path)
        use(url, f"CREATE TABLE t{n} ()")
        kill(process)

    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT count(*) FROM pg_tables WHERE tablename LIKE 't_'") == 3


def test_a_killed_server_comes_back_with_what_was_committed(tmp_path):
    with running(tmp_path, settings=SMALL) as url:
        use(url, "CREATE TABLE t AS SELECT 7 AS n")
        first = postmaster(tmp_path)
        os.kill(first, signal.SIGKILL)

        wait_until(lambda: home(tmp_path).pid_file.exists() and postmaster(tmp_path) != first)
        wait_until(lambda: answers(url))
        assert use(url, "SELECT n FROM t") == 7


def answers(url):
    try:
        return use(url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_when_keeper_and_user_are_both_killed_the_next_start_takes_over(tmp_path):
    process, url = elsewhere(tmp_path)
    use(url, "CREATE TABLE t AS SELECT 7 AS n")
    server = postmaster(tmp_path)
    os.kill(parent_of(server), signal.SIGKILL)
    kill(process)

    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT n FROM t") == 7
        assert postmaster(tmp_path) != server


def test_a_keeper_that_no_longer_does_anything_is_not_relied_on(tmp_path):
    process, _ = elsewhere(tmp_path)
    server = postmaster(tmp_path)
    # Under load a killed process holds its locks for a while yet; this one does so for a second.
    parent = parent_of(server)
    os.kill(parent, signal.SIGSTOP)
    wait_until(lambda: stat(parent)[0] == "T")
    kill(process)
    threading.Timer(1.0, os.kill, (parent, signal.SIGKILL)).start()

    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT 1") == 1
        assert postmaster(tmp_path) != server


def test_a_pid_file_that_names_somebody_else_does_not_stop_the_start(tmp_path):
    with running(tmp_path, settings=SMALL):
        left = home(tmp_path).pid_file.read_text()
    lines = left.splitlines()
    lines[0] = str(os.getpid())
    home(tmp_path).pid_file.write_text("\n".join(lines) + "\n")

    with running(tmp_path, settings=SMALL) as url:
        assert use(url, "SELECT 1") == 1


def test_a_long_path_still_gets_a_socket(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    with running(deep, settings=SMALL) as url:
        assert use(url, "SELECT 1") == 1
    home(deep).socket_folder().rmdir()


def test_a_server_that_can_not_start_says_why(tmp_path):
    with (
        pytest.raises(Failed, match="unrecognized configuration parameter"),
        running(tmp_path, settings={"no_such_setting": "1"}),
    ):
        pass


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "postgres").symlink_to("/etc")

    with pytest.raises(Failed, match="belongs to somebody else"):
        own_folder(tmp_path / "postgres", os.geteuid())


def test_where_user_namespaces_are_forbidden_root_runs_it_as_nobody(monkeypatch):
    folder = Path(tempfile.mkdtemp(prefix="tongban-"))
    folder.chmod(0o755)
    (folder / "bin").mkdir()
    (folder / "bin" / "test").symlink_to("/usr/bin/test")
    monkeypatch.setenv("PATH", str(folder / "bin"))

    process, url = elsewhere(folder / "data")
    use(url, "SELECT 1")
    owner = Home(folder / "data" / "postgres").data.stat().st_uid
    kill(process)
    wait_until(lambda: not is_locked(Home(folder / "data" / "postgres").keeper))
    shutil.rmtree(folder)

    assert owner == (os.geteuid() or 65534)
