"""What crosses the border between two stages: frozen, validated, serialisable.

    Listing of Entries ─► Candidate ─► Document of Sentences ─► Card of Claims ─► Digest (the record)

Names are the field's: a *listing* is one upstream's table of a day, an *entry* one row of it, a *candidate* a paper
after merging, a *card* what we say of it, a *claim* one statement of a card.
"""

from digest.models.base import AnnounceType, ClaimStatus, Flag, Language, Model, Role, Stars, Status, Via, in_language
from digest.models.cards import (
    Advice,
    Card,
    CardProvenance,
    Claim,
    Evidence,
    Meta,
    Method,
    NamedClaim,
    Problem,
    Result,
    Support,
    Takeaways,
    Usage,
)
from digest.models.digests import (
    SCHEMA,
    Assessment,
    Counts,
    CoveredPaper,
    Digest,
    Edition,
    EditionCounts,
    Highlight,
    Mention,
    Overview,
    Provenance,
    Scores,
    Signals,
    SourceStatus,
    Trend,
    UpdatedPaper,
)
from digest.models.documents import Document, Quote, Reading, Sentence
from digest.models.papers import Candidate, Entry, Links, Listing, Paper
from digest.models.usage import TokenUsage

__all__ = [
    "SCHEMA",
    "Advice",
    "AnnounceType",
    "Assessment",
    "Candidate",
    "Card",
    "CardProvenance",
    "Claim",
    "ClaimStatus",
    "Counts",
    "CoveredPaper",
    "Digest",
    "Document",
    "Edition",
    "EditionCounts",
    "Entry",
    "Evidence",
    "Flag",
    "Highlight",
    "Language",
    "Links",
    "Listing",
    "Mention",
    "Meta",
    "Method",
    "Model",
    "NamedClaim",
    "Overview",
    "Paper",
    "Problem",
    "Provenance",
    "Quote",
    "Reading",
    "Result",
    "Role",
    "Scores",
    "Sentence",
    "Signals",
    "SourceStatus",
    "Stars",
    "Status",
    "Support",
    "Takeaways",
    "TokenUsage",
    "Trend",
    "UpdatedPaper",
    "Usage",
    "Via",
    "in_language",
]
