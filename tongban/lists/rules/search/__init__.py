"""Search that understands people: pure values, built once for a state of the catalogue and never changed.

`docs` are what is searched, `words` what people say, `index` the two put together; `query` understands what was typed,
`parts` looks it up, `ranking` orders what was found, `reasons` say why,
`substring` is what remains if any of that fails.
"""

from tongban.lists.rules.search.docs import Doc
from tongban.lists.rules.search.index import Index, build
from tongban.lists.rules.search.query import Gazetteer, Query, understand
from tongban.lists.rules.search.ranking import Scored, Standing, rank
from tongban.lists.rules.search.reasons import Because, Reason, why
from tongban.lists.rules.search.substring import plain
from tongban.lists.rules.search.text import LONGEST, normal
from tongban.lists.rules.search.words import Unusable, Words, read

__all__ = [
    "LONGEST",
    "Because",
    "Doc",
    "Gazetteer",
    "Index",
    "Query",
    "Reason",
    "Scored",
    "Standing",
    "Unusable",
    "Words",
    "build",
    "normal",
    "plain",
    "rank",
    "read",
    "understand",
    "why",
]
