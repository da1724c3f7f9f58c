"""What can be asked about cases, each answer loaded whole."""

from tongban.cases.queries.desk import TABS, Desk, Row, desk, search
from tongban.cases.queries.drafts import draft, drafts
from tongban.cases.queries.file import CaseFile, Enclosed, Happened, Waiting, load
from tongban.cases.queries.obstacles import obstacle, obstacles
from tongban.cases.queries.tracking import Tracked, opened, proved, track
from tongban.cases.queries.watch import may_urge, urgings_about

__all__ = [
    "TABS", "CaseFile", "Desk", "Enclosed", "Happened", "Row", "Tracked", "Waiting", "desk", "draft", "drafts", "load",
    "may_urge", "obstacle", "obstacles", "opened", "proved", "search", "track", "urgings_about",
]  # fmt: skip
