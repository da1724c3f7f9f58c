"""What machines ask a process: are you alive, and can you serve."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Migrations are never taken back under a running process: once applied, it needn't look again.
_known: Final = {"migrated": False}


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Answer that the process handles requests, whatever else works."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database can be reached and is as new as the code, else 503 and what is wrong."""
    problem = _problem()
    if problem:
        return JsonResponse({"status": "not ready", "problem": problem}, status=503)
    return JsonResponse({"status": "ready"})


def _problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "" if _migrated() else "migrations"
    except DatabaseError:
        return "database"


def _migrated() -> bool:
    if not _known["migrated"]:
        executor = MigrationExecutor(connection)
        _known["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known["migrated"]
