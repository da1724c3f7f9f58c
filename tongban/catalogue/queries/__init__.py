"""What the catalogue can tell."""

from tongban.catalogue.queries.guides import (
    guide,
    guide_chart,
    guide_forms,
    guide_pdf,
    modes,
    printed_guide,
)
from tongban.catalogue.queries.items import (
    Edition,
    Found,
    counts,
    edition,
    in_force,
    item_names,
    search,
    themes,
)
from tongban.catalogue.queries.library import (
    Shelved,
    Told,
    Touched,
    instructions,
    items_to_choose,
    shelf,
    standard,
    standards,
    touched,
)
from tongban.catalogue.queries.proposals import Draft, Waiting, proposal, waiting
from tongban.catalogue.queries.published import Change, Entry, changed, editions, everything
from tongban.catalogue.queries.revisions import (
    Account,
    Changed,
    Side,
    account,
    require_open,
    standing,
    stopped_sql,
    successors,
)
from tongban.catalogue.queries.searchable import Searchable, searchable, searchable_version_sql
from tongban.catalogue.rules.guides import Guide
from tongban.catalogue.rules.wording import Form

__all__ = [
    "Account",
    "Change",
    "Changed",
    "Draft",
    "Edition",
    "Entry",
    "Form",
    "Found",
    "Guide",
    "Searchable",
    "Shelved",
    "Side",
    "Told",
    "Touched",
    "Waiting",
    "account",
    "changed",
    "counts",
    "edition",
    "editions",
    "everything",
    "guide",
    "guide_chart",
    "guide_forms",
    "guide_pdf",
    "in_force",
    "instructions",
    "item_names",
    "items_to_choose",
    "modes",
    "printed_guide",
    "proposal",
    "require_open",
    "search",
    "searchable",
    "searchable_version_sql",
    "shelf",
    "standard",
    "standards",
    "standing",
    "stopped_sql",
    "successors",
    "themes",
    "touched",
    "waiting",
]
