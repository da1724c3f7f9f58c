"""The process that opens what strangers hand in: it forks once for each file, and the child may do little.

Started by `sandbox` as `python -m tongban.files.rules.keeper`, with the decoders loaded and with none of the
environment (no keys, no address of a database). A child has a limit on memory and processor time, may write
no file and ends with its one answer, so a decoder that is made to crash or swell takes only itself along.
Measured: 3 ms for a fork, 0.1 s once for the start. A new interpreter per file would cost those 0.1 s each
time, and a pool of long-lived workers would let one file see the next.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

from tongban.files.rules.limits import Facts, Limits
from tongban.lib.refusals import Invalid, Missing

_SIZES = struct.Struct(">II")

Answer = tuple[dict[str, Any], bytes]


def send(link: socket.socket, about: dict[str, Any], content: bytes) -> None:
    """Send a small description and the bytes that it describes."""
    words = json.dumps(about).encode()
    link.sendall(_SIZES.pack(len(words), len(content)) + words)
    link.sendall(content)


def receive(link: socket.socket) -> Answer:
    """Return what the other end sent.

    :raises EOFError: if it ended before it had sent everything
    """
    words, content = _SIZES.unpack(_exactly(link, _SIZES.size))
    return json.loads(_exactly(link, words)), _exactly(link, content)


def _exactly(link: socket.socket, size: int) -> bytes:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        got = link.recv_into(view)
        if not got:
            raise EOFError
        view = view[got:]
    return bytes(buffer)


def _image(content: bytes, limits: Limits, about: dict[str, Any]) -> tuple[Facts, bytes]:
    from tongban.files.rules import images

    return images.safe_copy(content, limits)


def _pdf(content: bytes, limits: Limits, about: dict[str, Any]) -> tuple[Facts, bytes]:
    from tongban.files.rules import pdfs

    return pdfs.check(content, limits), b""


def _mark(content: bytes, limits: Limits, about: dict[str, Any]) -> tuple[Facts, bytes]:
    from tongban.files.rules import marks

    pages, marked = marks.marked_pdf(content, tuple(about["lines"]), about["page"])
    return Facts("application/pdf", pages=pages), marked


def _table(content: bytes, limits: Limits, about: dict[str, Any]) -> tuple[Facts, bytes]:
    from tongban.files.rules import tables

    table = tables.read(content, about["sheet"], about["encoding"], about["separator"])
    media: Any = table.media
    return Facts(media, pages=len(table.sheets)), table.packed()


JOBS: dict[str, Callable[[bytes, Limits, dict[str, Any]], tuple[Facts, bytes]]] = {
    "image": _image,
    "pdf": _pdf,
    "mark": _mark,
    "table": _table,
}


def _confine(limits: Limits) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(about: dict[str, Any], content: bytes) -> Answer:
    """Return what the job found, or why it refuses; whatever a decoder trips over is a damaged file."""
    limits = Limits(**about["limits"])
    _confine(limits)
    try:
        facts, made = JOBS[about["job"]](content, limits, about)
    except Invalid as refused:
        return {"code": refused.code, "params": refused.params}, b""
    except Missing:
        return {"missing": True}, b""
    except MemoryError:
        return {"code": "file.bomb", "params": {}}, b""
    except Exception as error:  # decoders raise anything; none of it may reach further than this file
        return {"code": "file.damaged", "params": {}, "error": type(error).__name__}, b""
    return {"facts": asdict(facts)}, made


def _serve(control: socket.socket) -> None:
    """Fork for each connection that is handed over, until the other end is gone."""
    while True:
        _, links, _, _ = socket.recv_fds(control, 1, 1)
        if not links:
            return
        if os.fork() == 0:
            control.close()
            with socket.socket(fileno=links[0]) as link:
                send(link, *_answer(*receive(link)))
            os._exit(0)
        os.close(links[0])


def main() -> None:
    """Serve the control socket that is standard input."""
    # Loaded before the first fork; a child finds them there.
    for decoder in ("images", "pdfs", "marks", "tables"):
        import_module(f"tongban.files.rules.{decoder}")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _serve(socket.socket(fileno=os.dup(sys.stdin.fileno())))


if __name__ == "__main__":
    main()
