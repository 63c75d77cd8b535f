"""What a source is: something that can read its listings of a day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from digest.models import Links, Listing
from digest.paper_id import PaperId

_VENUE = re.compile(
    r"\b(?:accepted|published|appear(?:s|ed|ing)?|presented|to appear)\b[^.;]{0,40}?\b(?:at|in|to|by|for)\s+(?:the\s+)?"
    r"(?P<venue>[A-Z][^.;,()]{2,60}?(?:\s+(?:19|20)\d\d|'\d\d))",
    re.IGNORECASE,
)


class Source(Protocol):
    """Where papers come from.

    Attributes:
        name: `huggingface`, `arxiv`.
        listings: the names of its listings, in the config's order.
    """

    name: str
    listings: tuple[str, ...]

    def read(self, day: date, names: Sequence[str]) -> list[Listing]:
        """Read listings of a day.

        Args:
            day: the listing date.
            names: which listings; a part of `listings`.

        Returns:
            One Listing for each name, in order. What could not be read is `stale` or `failed`, with its error.

        Raises:
            Nothing that an upstream does: its failures are statuses.
        """
        ...


def links_of(paper: PaperId, *, hf: bool = False, code: str | None = None, project: str | None = None) -> Links:
    """The links of a paper, made from its id and from cleaned metadata alone."""
    versioned = f"{paper.id}v{paper.version}" if paper.version else paper.id
    return Links(
        abs=f"https://arxiv.org/abs/{paper.id}",
        pdf=f"https://arxiv.org/pdf/{versioned}",
        html=f"https://arxiv.org/html/{versioned}",
        code=code,
        project=None if project == code else project,
        hf=f"https://huggingface.co/papers/{paper.id}" if hf else None,
    )


def venue_in(comment: str | None) -> str | None:
    """The venue that a comment names ("Accepted at ICLR 2026"), or None."""
    match = _VENUE.search(comment or "")
    return match["venue"].strip() if match else None
