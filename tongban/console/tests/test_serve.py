"""Serving everything from one command: it comes up, goes on after the death of a part, and ends wholly."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tongban.console import serve, web
from tongban.console.children import Child
from tongban.console.environment import ROOT
from tongban.console.postgres.cluster import home_of
from tongban.console.postgres.home import is_locked
from tongban.console.postgres.runner import choose


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serving(tmp_path, port):
    """Return a function that starts Tongban with an empty folder or the one it left."""
    started: list[Any] = []

    def start():
        surroundings = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "PORT": str(port)}
        command = [sys.executable, "-m", "tongban", "serve", "--workers", "1"]
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        started.append(process)
        said = ""
        while "Serving since" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        return process, said

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
    wait_until(lambda: not is_locked(home_of(tmp_path, choose()).keeper))


def wait_until(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_comes_up_ends_at_ctrl_c_and_comes_up_again_after_the_worst(serving, port, tmp_path):
    first, said = serving()
    assert re.search(
        r"Creating the database.*Starting the database.*database up to date.*words", said, re.DOTALL
    )
    assert f"Tongban is at http://localhost:{port}/" in said
    assert answers(port)
    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 0
    assert not answers(port)
    assert not is_locked(home_of(tmp_path, choose()).keeper)

    second, said = serving()
    assert "Creating the database" not in said
    second.send_signal(signal.SIGKILL)
    second.wait()
    wait_until(lambda: not answers(port))

    third, _ = serving()
    web_process = children_of(third.pid)[-2]
    os.kill(web_process, signal.SIGKILL)
    wait_until(lambda: answers(port) and web_process not in children_of(third.pid))


def test_a_port_that_is_taken_is_said_before_anything_is_begun(port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(serve.Stopped, match=f"port {port} .* choose another: PORT={port + 1}"):
            serve.serve("127.0.0.1", port, workers=1, demo=False)


def test_a_process_that_dies_young_again_and_again_is_given_up(capfd):
    child = Child("odd", ["no-such-command"])
    child.start()
    for _ in range(5):
        wait_until(lambda: not child.is_running())
        serve._revive([child])
    wait_until(lambda: not child.is_running())
    with pytest.raises(serve.Stopped, match="the odd process keeps dying"):
        serve._revive([child])
    child.stop()


@pytest.mark.parametrize(
    ("prefix", "path", "inner"),
    [
        ("/", "/desk/", "/desk/"),
        ("/tongban/", "/tongban/desk/", "/desk/"),
        ("/tongban/", "/desk/", "/desk/"),
        ("/tongban/", "/tongban", "/"),
        ("/tongban/", "/tongbanana/", "/tongbanana/"),
    ],
)
def test_below_a_prefix_it_does_not_matter_whether_the_proxy_takes_it_away(prefix, path, inner):
    application = web.under(prefix, lambda environ, _: [environ["PATH_INFO"].encode()])

    assert application({"PATH_INFO": path}, lambda *_: None) == [inner.encode()]


def test_the_web_process_of_a_bench_ends_with_it(tmp_path):
    # A bench that is killed has no time to say goodbye to what it measures.
    program = (
        "import django, sys, time; from pathlib import Path; django.setup()\n"
        "from tongban.console.bench import web\n"
        "with web.serving(Path(sys.argv[1])) as port: print(port, flush=True); time.sleep(60)"
    )
    surroundings = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tongban.settings"}
    command = [sys.executable, "-c", program, str(tmp_path / "web.log")]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True) as bench:
        assert bench.stdout
        port = int(bench.stdout.readline())
        assert listens(port)
        bench.kill()
    wait_until(lambda: not listens(port))


def listens(port):
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
