"""The leanest thing that can sign in: one kept connection, cookies, forms. A client that costs next to nothing."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from tongban.console.bench.stage import PASSWORD

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE)
_MUCH = 1 << 16
SIGN_IN = "/desk/sign-in"


class Unexpected(Exception):
    """The server answered something else than what was to come."""


class Browser:
    """One connection to the server, with its cookies."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = f"localhost:{port}"
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, post: UUID) -> None:
        """Sign in as somebody who has several posts, at one of them."""
        self.get(SIGN_IN)
        self.post(SIGN_IN, {"username": username, "password": PASSWORD}, expected=302)
        self.get(f"{SIGN_IN}/post")
        self.post(f"{SIGN_IN}/post", {"post": str(post)}, expected=302)

    def get(self, path: str, expected: int = 200) -> bytes:
        """Return the page.

        :raises Unexpected: if there is another status
        """
        return self._send(self.head("GET", path) + b"\r\n", expected)

    def post(self, path: str, form: Mapping[str, str], expected: int) -> bytes:
        """Send a form with its CSRF token, and return the answer.

        :raises Unexpected: if there is another status
        """
        return self._send(self.form(path, form), expected)

    def form(self, path: str, form: Mapping[str, str]) -> bytes:
        """Return a form as it goes over the wire."""
        body = urlencode({**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}).encode()
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
        return self.head("POST", path) + kind + b"Content-Length: %d\r\n\r\n" % len(body) + body

    def head(self, method: str, path: str) -> bytes:
        """Return a request's first lines."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: identity\r\n"
        return f"{said}Cookie: {cookies}\r\n".encode()

    def _send(self, request: bytes, expected: int) -> bytes:
        self.socket.sendall(request)
        got = self.socket.recv(_MUCH)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, size = got[:end], _LENGTH.search(got, 0, end)
        if int(head[9:12]) != expected or size is None:
            raise Unexpected(f"{request.split(b' HTTP', 1)[0].decode()}: {head[9:15].decode()}")
        body = bytearray(got[end + 4 :])
        while len(body) < int(size[1]):
            body += self._more()
        self.cookies |= {name.decode(): value.decode() for name, value in _COOKIE.findall(head)}
        return bytes(body)

    def _more(self) -> bytes:
        got = self.socket.recv(_MUCH)
        if not got:
            raise Unexpected("the server closed the connection")
        return got
