"""Is a statement borne out by the sentences that it cites? By code alone, for cards and for every other model text."""

from digest.checking.base import Complaint, Kind, Verdict

__all__ = ["Complaint", "Kind", "Verdict"]
