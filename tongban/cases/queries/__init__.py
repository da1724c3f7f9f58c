"""What can be asked about cases, each answer loaded whole."""

from tongban.cases.queries.desk import Desk, Row, desk, search
from tongban.cases.queries.desk_lines import TABS
from tongban.cases.queries.drafts import draft, drafts
from tongban.cases.queries.file import CaseFile, Enclosed, Happened, Waiting, load
from tongban.cases.queries.lacking import Incomplete, incomplete
from tongban.cases.queries.obstacles import obstacle, obstacles
from tongban.cases.queries.running import Begun, Preview, Running, begun, preview, running
from tongban.cases.queries.tracking import Tracked, opened, proved, track
from tongban.cases.queries.watch import may_urge, urgings_about

__all__ = [
    "TABS",
    "Begun",
    "CaseFile",
    "Desk",
    "Enclosed",
    "Happened",
    "Incomplete",
    "Preview",
    "Row",
    "Running",
    "Tracked",
    "Waiting",
    "begun",
    "desk",
    "draft",
    "drafts",
    "incomplete",
    "load",
    "may_urge",
    "obstacle",
    "obstacles",
    "opened",
    "preview",
    "proved",
    "running",
    "search",
    "track",
    "urgings_about",
]  # fmt: skip
