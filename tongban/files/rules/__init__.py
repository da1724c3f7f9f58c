"""What may come in, how large it may be, and the words with which the gate says no."""

from __future__ import annotations

from tongban.files.rules.kinds import Kind, claimed, sniff
from tongban.files.rules.limits import CODES, Facts, Limits, refuse

__all__ = ["CODES", "Facts", "Kind", "Limits", "claimed", "refuse", "sniff"]
