"""Sending the mails that are owed: at least once, each under an id of its own that never changes."""

from __future__ import annotations

import logging
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import formats, timezone, translation

from tongban.catalogue import queries as catalogue
from tongban.notices.actions._ending import end
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import (
    CLAIMED,
    LAST,
    LIMITS,
    Kind,
    Letter,
    State,
    confirm_letter,
    gone_letter,
    open_letter,
    wait,
)
from tongban.places import queries as places

log = logging.getLogger(__name__)


def send_next(at: datetime) -> bool:
    """Send the mail that is due longest, and return whether there was one; one that fails is tried again later.

    It's claimed first, so that nobody else sends it meanwhile and no row is held while a server is slow. Who dies
    between sending and marking leaves it owed: once the claim is over, it goes out again under the same Message-ID.
    """
    notice = _claim(at)
    if notice is None:
        return False
    try:
        _mail(notice).send()
    except Exception as error:
        # The text of an error of a mail server quotes the address: its class is all that is kept or logged.
        _put_off(notice, type(error).__name__, at)
    else:
        _mark(notice, at)
    return True


@transaction.atomic
def _claim(at: datetime) -> Notice | None:
    due = Notice.objects.filter(sent_at__isnull=True, next_try_at__lte=at).select_related("watcher")
    held = due.select_for_update(skip_locked=True, of=("self",))
    notice = held.order_by("next_try_at", "id").first()
    if notice is not None:
        notice.tries += 1
        notice.next_try_at = at + CLAIMED
        notice.save(update_fields=["tries", "next_try_at"])
    return notice


def _mail(notice: Notice) -> EmailMessage:
    watcher = notice.watcher
    with translation.override(watcher.language):
        letter = _letter(notice)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[watcher.contact["address"]],
        reply_to=[settings.EMAIL_REPLY_TO] if settings.EMAIL_REPLY_TO else None,
        headers={
            "Message-ID": f"<{notice.id}@{sender.rpartition('@')[2] or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _letter(notice: Notice) -> Letter:
    watcher = notice.watcher
    item = str(catalogue.item_names({watcher.item_id})[watcher.item_id])
    if notice.kind == Kind.OPEN:
        ways = [(_place(here), _place(power)) for here, power in notice.says["ways"]]
        return open_letter(item, ways, watcher.pages["item"])
    if notice.kind == Kind.GONE:
        return _gone(item, notice)
    link = f"{watcher.pages['watch']}{watcher.contact['code']}/"
    return confirm_letter(item, _place(watcher.here), _place(watcher.power), link, LIMITS.unconfirmed.days)


def _gone(item: str, notice: Notice) -> Letter:
    """Return the mail of an item that ended, and of what there is instead."""
    watcher = notice.watcher
    stands = catalogue.standing(watcher.item_id, timezone.localdate(notice.owed_at))
    page = watcher.pages["item"]
    instead = [
        (str(name), page.replace(f"/{watcher.item_id}/", f"/{code}/"))
        for code, name in catalogue.successors(watcher.item_id)
    ]
    since = formats.date_format(stands.since, "DATE_FORMAT") if stands.since else ""
    return gone_letter(item, since, str(stands.because), instead, page)


def _place(code: str) -> str:
    return str(places.region(code).name) if code else ""


@transaction.atomic
def _mark(notice: Notice, at: datetime) -> None:
    # The watcher first, as whoever stops or erases one does.
    watcher = Watcher.objects.select_for_update().filter(pk=notice.watcher_id).first()
    if watcher is None or not Notice.objects.filter(pk=notice.pk).update(sent_at=at, error=""):
        return
    if notice.kind in LAST:
        end(watcher, State.TOLD, at)
    elif watcher.contact:
        # The link is in the owner's hands now: from here on its hash is enough.
        watcher.contact = {"address": watcher.contact["address"]}
        watcher.save(update_fields=["contact"])


def _put_off(notice: Notice, error: str, at: datetime) -> None:
    Notice.objects.filter(pk=notice.pk).update(next_try_at=at + wait(notice.tries), error=error)
    log.warning("mail not sent", extra={"notice": str(notice.id), "error": error, "tries": notice.tries})
