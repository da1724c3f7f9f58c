"""The mail server of the settings: what its address means, and a mail as a server gets it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ImproperlyConfigured

from tongban.notices.models import Notice
from tongban.notices.tests import make
from tongban.settings import mail


def test_a_server_is_spoken_to_in_secret_unless_it_is_said_otherwise():
    plain = mail("smtp://localhost:25?tls=0")
    assert (plain["EMAIL_USE_TLS"], plain["EMAIL_USE_SSL"], plain["EMAIL_PORT"]) == (False, False, 25)
    usual = mail("smtp://a%40b:p%3Aw@mail.example")
    assert (usual["EMAIL_USE_TLS"], usual["EMAIL_PORT"]) == (True, 587)
    assert (usual["EMAIL_HOST_USER"], usual["EMAIL_HOST_PASSWORD"]) == ("a@b", "p:w")
    secret = mail("smtps://mail.example")
    assert (secret["EMAIL_USE_SSL"], secret["EMAIL_USE_TLS"], secret["EMAIL_PORT"]) == (True, False, 465)
    assert (
        mail("file:/srv/a%20b")["EMAIL_FILE_PATH"]
        == mail("file:///srv/a%20b")["EMAIL_FILE_PATH"]
        == "/srv/a b"
    )


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "file://", "smtp:mail"])
def test_what_is_no_address_of_a_server_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured):
        mail(url)


@contextmanager
def server(got: list[str]) -> Iterator[int]:
    """Have a mail server that takes everything, one connection after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, got), daemon=True).start()
        yield listening.getsockname()[1]


def _serve(listening: socket.socket, got: list[str]) -> None:
    with listening.accept()[0] as connection, connection.makefile("rwb") as stream:

        def say(line: bytes) -> None:
            stream.write(line + b"\r\n")
            stream.flush()

        say(b"220 here")
        while line := stream.readline():
            got.append(line.decode())
            if line.upper().startswith(b"QUIT"):
                say(b"221 bye")
                break
            if line.upper().startswith(b"DATA"):
                say(b"354 go on")
                while (line := stream.readline()) != b".\r\n":
                    got.append(line.decode())
            say(b"250 ok")


def test_a_real_server_gets_one_recipient_and_a_mail_that_can_be_read(world, settings):
    got: list[str] = []
    with server(got) as port:
        for name, value in mail(f"smtp://127.0.0.1:{port}?tls=0").items():
            setattr(settings, name, value)
        make.ask()
        assert make.post() == 1

    assert got[-1].upper().startswith("QUIT")
    commands = [line.split(":")[0].upper() for line in got]
    assert commands.count("RCPT TO") == 1
    start = next(index for index, line in enumerate(got) if line.upper().startswith("DATA"))
    text = message_from_bytes("".join(got[start + 1 : -1]).encode(), policy=default)
    assert text["To"] == make.WHO
    assert text["Message-ID"] == f"<{Notice.objects.get().id}@tongban.example>"
    assert str(text["From"]) == "通办 <notices@tongban.example>"
    assert "居民身份证换领" in text.get_content()
    assert Notice.objects.get().sent_at
