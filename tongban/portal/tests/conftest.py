"""A case with its receipt, and a browser that has opened it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tongban.cases import actions
from tongban.cases.actions import Received
from tongban.cases.models import Part
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk


@pytest.fixture
def world(db: None) -> None:
    make.data()


@pytest.fixture
def listed(world: None) -> None:
    make.lists()


@pytest.fixture
def window(world: None) -> Clerk:
    return make.clerk("360111-service-centre", "receive")


@pytest.fixture
def officer(world: None) -> Clerk:
    return make.clerk("360702-police", "handle")


def receive(window: Clerk) -> Received:
    """Return a case received just now, with its query code in clear."""
    at = timezone.now()
    draft = actions.start(
        catalogue.in_force(make.RENEW, at.date()), by=window, at=at, data=make.typed(make.RENEW)
    )
    return actions.receive(draft.id, by=window, at=at)


@pytest.fixture
def receipt(window: Clerk) -> Received:
    return receive(window)


@pytest.fixture
def part(receipt: Received) -> Part:
    return make.part_of(receipt.case)


def enter(client: Client, receipt: Received) -> Client:
    """Open the case as its applicant does."""
    client.post("/follow/", {"case": receipt.reference, "code": receipt.code})
    return client


@pytest.fixture
def reader(client: Client, receipt: Received) -> Client:
    return enter(client, receipt)


@pytest.fixture
def closed(part: Part, officer: Clerk) -> Part:
    """A case that went all its way, by post."""
    at = timezone.now()
    actions.take_over(part.id, by=officer, at=at)
    actions.accept(part.id, by=officer, at=at)
    actions.grant(part.id, by=officer, at=at)
    actions.make(part.id, "证〔2026〕1号", by=officer, at=at)
    actions.send(part.id, "post", by=officer, at=at, carrier="EMS", waybill="E000001CN")
    actions.close(part.id, "本人签收", by=officer, at=at)
    return make.again(part)
