"""What was urged, in the words of the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from tongban.lib.actors import Clerk
from tongban.places.rules import Directory
from tongban.workbench.views.desk_rows import urged_mark


@dataclass(frozen=True, slots=True)
class Urged:
    """One urging: who has to do what by when, who asked, and the answer; with what was typed if that was wrong."""

    id: UUID
    body: str
    text: str
    who: str
    at: datetime
    due_on: date
    mark: SafeString
    ours: bool
    about: UUID | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    error: str
    error_id: str
    typed: str


def urgings(
    rows: Iterable[Any],
    by: Clerk,
    *,
    directory: Directory,
    names: Mapping[str, str],
    today: date,
    typed: Mapping[str, Any] | None = None,
) -> list[Urged]:
    """Return the urgings in words.

    :param typed: an answer that has to be put right: `urging_id`, `urging_error`, `urging_text`
    """
    wrong = typed or {}
    return [
        _urged(
            row,
            wrong if row.id == wrong.get("urging_id") else {},
            body=str(directory.body(row.body_id).name),
            who=" · ".join(filter(None, (names.get(row.by, ""), str(directory.body(row.by_body_id).name)))),
            mark=urged_mark(row.due_on, today),
            ours=row.part_id is not None and row.body_id in by.bodies and not by.practice,
            answered_by=names.get(row.answered_by, ""),
        )
        for row in rows
    ]


def _urged(row: Any, wrong: Mapping[str, Any], **said: Any) -> Urged:
    return Urged(
        id=row.id,
        text=row.words["text"],
        at=row.at,
        due_on=row.due_on,
        about=row.obstacle_id,
        answer=(row.answer or {}).get("text", ""),
        answered_at=row.answered_at,
        error=wrong.get("urging_error", ""),
        error_id=f"answer-{row.id}-error",
        typed=wrong.get("urging_text", ""),
        **said,
    )
