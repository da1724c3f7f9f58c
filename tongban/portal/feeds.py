"""Feeds of changes: of all items, of one item, and of one item at one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

MOST = 100


@dataclass(frozen=True, slots=True)
class News:
    """One thing that changed: what, since when, and where it stands for good."""

    title: str
    says: str
    on: date
    address: str


def atom(title: str, address: str, here: str, language: str, news: Sequence[News]) -> bytes:
    """Return the feed, the newest first.

    :param address: the page that the feed is about
    :param here: where the feed itself is
    """
    feed = Atom1Feed(
        title=title,
        link=address,
        description="",
        feed_url=here,
        feed_guid=here,
        language="en" if language == "en" else "zh-Hans",
        author_name=_("Tongban"),
    )
    for each in news[:MOST]:
        at = timezone.make_aware(datetime.combine(each.on, time()))
        feed.add_item(
            title=each.title,
            link=each.address,
            description=each.says,
            unique_id=each.address,
            updateddate=at,
            pubdate=at,
        )
    return feed.writeString("utf-8").encode()
