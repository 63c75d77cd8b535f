"""Stage 1: where papers come from.

`collect` reads the listings of a day from all sources at once and keeps what is complete; `merge` and `enrich` make one
candidate per paper of them.
"""

from digest.sources.arxiv import Arxiv
from digest.sources.base import Source
from digest.sources.collect import Collected, Mode, collect, earlier_ids, end_of, would_ask
from digest.sources.huggingface import HuggingFace
from digest.sources.lookup import PaperLookup, StarLookup
from digest.sources.merge import enrich, merge

__all__ = [
    "Arxiv",
    "Collected",
    "HuggingFace",
    "Mode",
    "PaperLookup",
    "Source",
    "StarLookup",
    "collect",
    "earlier_ids",
    "end_of",
    "enrich",
    "merge",
    "would_ask",
]
