"""The sentences that a card's claims cite: the only text of a paper that content/ keeps."""

from collections.abc import Iterator

from digest.models import Card, Claim, Document, Model, Quote

CAP = 300
"""Characters of a sentence that are kept."""


def quotes_of(document: Document, *cards: Card) -> dict[int, Quote]:
    """The cited sentences by number, each cut at 300 characters."""
    cited = {number for card in cards for claim in claims_of(card) for number in claim.evidence}
    return {
        s.number: Quote(text=_cut(s.text), section=s.section, anchor=s.anchor) for s in document.sentences if s.number in cited
    }


def claims_of(part: object) -> Iterator[Claim]:
    """All claims of a card or of a part of one, in the card's order."""
    if isinstance(part, Claim):
        yield part
    elif isinstance(part, Model):
        for name in type(part).model_fields:
            yield from claims_of(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from claims_of(item)


def _cut(text: str) -> str:
    return text if len(text) <= CAP else text[: CAP - 1].rstrip() + "…"
