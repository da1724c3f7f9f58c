"""`tongban doctor`: what is fine and what is wrong with this installation, each with what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

_ENOUGH_DISK = 2 * 1024**3
_MAX_DRIFT = timedelta(seconds=2)
_MAILS_LATE = timedelta(hours=1)
_WARN_BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `wrong` if somebody must act."""

    about: str
    says: str
    wrong: bool = False


def examine() -> Iterator[Finding]:
    """Look at one thing after the other; what can't be looked at is itself a finding."""
    for about, look in _LOOKS.items():
        try:
            yield look(about)
        except (DatabaseError, OSError) as error:
            yield Finding(about, f"can't be looked at: {type(error).__name__}", wrong=True)


def _database(about: str) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    return Finding(about, f"PostgreSQL {version}, {size / 1024**2:.0f} MB")


def _durable(about: str) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    wrong = fsync == "off" or commit == "off"
    says = f"fsync is {fsync}, synchronous_commit is {commit}"
    return Finding(about, says + ("; acknowledged acts may be lost: set both to on" if wrong else ""), wrong)


def _migrations(about: str) -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(about, f"{len(missing)} not applied; run `tongban migrate`", wrong=True)
    return Finding(about, "all applied")


def _disk(about: str) -> Finding:
    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder).free
    says = f"{free / 1024**3:.1f} GB free in {folder}"
    return Finding(about, says, wrong=free < _ENOUGH_DISK)


def _clock(about: str) -> Finding:
    """Compare with the database's clock: the same machine's in an embedded one, the only other one we can ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    drift = abs(theirs - datetime.now(UTC))
    zone = f"{timezone.localtime():%Y-%m-%d %H:%M} in {settings.TIME_ZONE}"
    if drift > _MAX_DRIFT:
        return Finding(about, f"{drift.total_seconds():.1f} s off the database's: set it by NTP", wrong=True)
    return Finding(about, zone)


def _calendar(about: str) -> Finding:
    from tongban.places import queries as places

    if not places.calendar_version():
        return Finding(about, "no working days loaded; run `tongban load calendar`", wrong=True)
    settled = places.calendar_now().known_until
    ends_soon = settled - timezone.localdate() < _WARN_BEFORE
    says = f"working days are settled until {settled}"
    return Finding(
        about, says + ("; load the next year: `tongban import calendar FILE`" if ends_soon else ""), ends_soon
    )


def _trail(about: str) -> Finding:
    from tongban.trail import queries as trail

    standing = trail.standing()
    says = f"{standing.size} entries sealed, {standing.unsealed} waiting, {standing.parked} parked"
    return Finding(about, says, wrong=standing.parked > 0)


def _mails(about: str) -> Finding:
    from tongban.notices import queries as notices

    if not notices.offered():
        return Finding(about, "no mail server is named, so nobody is offered to be told; see EMAIL_URL")
    post = notices.post()
    if not post.oldest:
        return Finding(about, "none owed")
    late = timezone.now() - post.oldest > _MAILS_LATE
    says = f"{post.owed} owed, the oldest since {timezone.localtime(post.oldest):%Y-%m-%d %H:%M}"
    why = f"; {post.failing} failed, last with {post.error}: look at the mail server" if post.failing else ""
    return Finding(about, says + (why or ("; is `tongban work` running?" if late else "")), wrong=late)


_LOOKS: dict[str, Callable[[str], Finding]] = {
    "database": _database,
    "durability": _durable,
    "migrations": _migrations,
    "disk": _disk,
    "clock": _clock,
    "calendar": _calendar,
    "trail": _trail,
    "mails": _mails,
}
