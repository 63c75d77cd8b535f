"""True claims made wrong, one small way at a time.

A corruption takes the claim, its paper, the other papers and a random generator, and gives the wrong text, or None where
the claim offers nothing to corrupt. One that happens to be true is none: whether the new number or name stands in the
sentence is asked of `figures` and plain string search, not of the checker. The same seed gives the same corruptions.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from digest.evaluation.claims import Shelf, TrueClaim
from digest.evaluation.corrupt import names, numbers, wording
from digest.evaluation.corrupt.moved import moved
from digest.models import Document

Corrupt = Callable[[TrueClaim, Document, Shelf, random.Random], str | None]

NUMBERS: Mapping[str, Corrupt] = {
    "digit": numbers.digit_changed,
    "decimal point": numbers.decimal_moved,
    "tenfold": numbers.tenfold,
    "scale": numbers.scale_changed,
    "percent/points": numbers.points_for_percent,
    "range": numbers.range_end_changed,
    "numeral": numbers.numeral_changed,
}
"""Changed numbers."""
NAMES: Mapping[str, Corrupt] = {
    "model": names.model_swapped,
    "dataset": names.dataset_swapped,
    "method": names.method_swapped,
}
"""Swapped names."""
OTHERS: Mapping[str, Corrupt] = {
    "version": names.version_changed,
    "acronym": names.acronym_misspelt,
    "negation": wording.negation_flipped,
    "direction": wording.direction_flipped,
    "first": wording.first_added,
    "state of the art": wording.best_added,
    "open source": wording.open_added,
    "numbers exchanged": numbers.numbers_exchanged,
}
"""The rest, a group each."""


@dataclass(frozen=True)
class Corrupted:
    """What the checker gets in place of a true claim.

    Attributes:
        group: `numbers` or `names`; the others are a group each.
        kind: which corruption.
    """

    group: str
    kind: str
    claim: TrueClaim
    text: str
    document: Document
    evidence: tuple[int, ...]


def corruptions(claim: TrueClaim, shelf: Shelf, seed: int = 0) -> Iterator[Corrupted]:
    """Everything that can be made wrong about one claim, each kind once.

    The generator of each is seeded by the claim and the kind: one more claim or kind leaves the others as they were.
    """
    document = shelf.documents[claim.paper]
    named = [("numbers", k, f) for k, f in NUMBERS.items()] + [("names", k, f) for k, f in NAMES.items()]
    for group, kind, corrupt in (*named, *((k, k, f) for k, f in OTHERS.items())):
        text = corrupt(claim, document, shelf, random.Random(f"{seed} {kind} {claim.paper} {claim.text}"))
        if text is not None and text != claim.text:
            yield Corrupted(group, kind, claim, text, document, claim.evidence)
    elsewhere = moved(claim, document, shelf, random.Random(f"{seed} moved {claim.paper} {claim.text}"))
    if elsewhere is not None:
        yield Corrupted("moved", "moved", claim, claim.text, *elsewhere)
