"""The sentences that a card's claims cite: the only text of a paper that content/ keeps."""

from digest.cards.paths import claims_of
from digest.models import Card, Document, Quote

CAP = 300
"""Characters of a sentence that are kept."""


def quotes_of(document: Document, *cards: Card) -> dict[int, Quote]:
    """The cited sentences by number, each cut at 300 characters."""
    cited = {number for card in cards for claim in claims_of(card) for number in claim.evidence}
    return {
        s.number: Quote(text=_cut(s.text), section=s.section, anchor=s.anchor) for s in document.sentences if s.number in cited
    }


def _cut(text: str) -> str:
    return text if len(text) <= CAP else text[: CAP - 1].rstrip() + "…"
