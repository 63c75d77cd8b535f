"""Is a statement borne out by the sentences that it cites? By code alone, for cards and for every other model text."""

from digest.checking.base import Complaint, Kind, Verdict
from digest.checking.check import check_advice, check_claim, check_statement, check_text
from digest.checking.conflicts import conflicts
from digest.checking.ground import Ground

__all__ = [
    "Complaint",
    "Ground",
    "Kind",
    "Verdict",
    "check_advice",
    "check_claim",
    "check_statement",
    "check_text",
    "conflicts",
]
