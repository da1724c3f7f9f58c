"""Structured logs without personal data: what happened, where in the code, never what somebody typed."""

from __future__ import annotations

import logging
import logging.config
import re
import time
import traceback
from collections.abc import Callable, MutableMapping
from secrets import token_hex
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

Event = MutableMapping[str, Any]
Respond = Callable[[HttpRequest], HttpResponse]

# What should never get here all the same: identity and credit numbers, telephone numbers.
_PERSONAL = re.compile(r"(?<!\w)(?:\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-Z]{10}|1[3-9]\d{9})(?!\w)")
_PLACE = re.compile(r"Traceback[^\n]*|\n *File ")
_QUIET = {"django.request": "ERROR", "django.server": "ERROR", "pikepdf": "WARNING", "fontTools": "WARNING"}
_FRAMES = 12
_FAILURE = 400
access = structlog.stdlib.get_logger("tongban.access")


def configure(style: str) -> None:
    """Send every log line to standard error, as JSON or, with the style `console`, for people to read."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(settings(style))


def settings(style: str) -> dict[str, Any]:
    """Return the configuration by which lines of libraries look like our own."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [structlog.stdlib.ExtraAdder(), *_SHARED],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structured": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        # A refused request is in the access log; only failures are worth a second line.
        "loggers": {name: {"level": level} for name, level in _QUIET.items()},
    }


def _in_our_words(_logger: Any, _name: str, event: Event) -> Event:
    """Say ourselves what others would quote: the path of a request holds ids, the text of an error anything."""
    event.pop("request", None)
    if event.get("logger") == "django.request":
        event.pop("status_code", None)
        event["event"] = "request failed"
    elif str(event.get("logger")).startswith("django.security"):
        # Its sentences quote addresses and headers; what kind of no it was is the logger's last name.
        event.pop("status_code", None)
        event["event"], event["kind"] = "request refused", event["logger"].rpartition(".")[2]
    elif "Traceback" in event["event"]:
        head, *_, last = _PLACE.split(event["event"])
        event["event"], event["at"] = head.strip(), [last.splitlines()[0]]
        event["error"] = last.strip().splitlines()[-1].partition(":")[0]
    return event


def _failure_without_words(_logger: Any, _name: str, event: Event) -> Event:
    """Replace an exception by its type and place: its message may quote what somebody typed, or a row."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if not isinstance(error, BaseException):
        return event
    event["error"] = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__ or error
    if diagnosis := getattr(cause, "diag", None):
        event["sqlstate"], event["constraint"] = diagnosis.sqlstate, diagnosis.constraint_name
    return event


def _masked(_logger: Any, _name: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _PERSONAL.sub("…", value)
    return event


def access_log(respond: Respond) -> Respond:
    """Log every request by the name and pattern of its route, never by its path or query."""

    def logged(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=token_hex(8)):
            response = respond(request)
            _log(request, response, time.perf_counter() - began)
        return response

    return logged


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    if response.status_code < _FAILURE and (match is None or match.app_name == "console"):
        # Static files, and machines that ask every few seconds whether all is well: only a no is news.
        return
    access.info(
        "request",
        method=request.method if request.method in _METHODS else "other",
        route=match.view_name if match else "",
        pattern=match.route if match else "",
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _in_our_words,
    _failure_without_words,
    _masked,
]
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
