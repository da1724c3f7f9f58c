"""Writes of places: reference data is loaded from files, posts are given and ended."""

from __future__ import annotations

from tongban.places.actions.calendar import load_calendar
from tongban.places.actions.load import load_bodies, load_halls, load_places, load_regions
from tongban.places.actions.posts import appoint, end_post
from tongban.places.actions.responsible import (
    Named,
    confirm_responsible,
    load_responsible,
    may_answer_for,
    name_responsible,
)

__all__ = [
    "Named",
    "appoint",
    "confirm_responsible",
    "end_post",
    "load_bodies",
    "load_calendar",
    "load_halls",
    "load_places",
    "load_regions",
    "load_responsible",
    "may_answer_for",
    "name_responsible",
]
