"""Health, as machines ask for it."""

import pytest
from django.db import OperationalError, connection

from tongban.console import views


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(views, "_known", {"migrated": False})


def test_alive_asks_nobody(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_is_there_and_migrated(client, cost):
    assert client.get("/readyz").status_code == 200
    assert cost(lambda: client.get("/readyz")) == 1


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])

    response = client.get("/readyz")

    assert (response.status_code, response.json()["problem"]) == (503, "migrations")


def test_not_ready_without_the_database_and_says_no_more(client, monkeypatch):
    def away():
        raise OperationalError("password of tongban@10.0.0.1 is wrong")

    monkeypatch.setattr(connection, "cursor", away)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"status": "not ready", "problem": "database"})
