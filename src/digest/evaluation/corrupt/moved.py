"""Claims put under another paper."""

import random
import re

from digest.evaluation.claims import Shelf, TrueClaim, whole
from digest.evaluation.figures import figures, values
from digest.evaluation.names import names_in
from digest.models import Document

_WORD = re.compile(r"[a-z]{4,}")
_SHARED = 0.4
"""Two papers of one field share words; above this share of a claim's words it might be true of both."""
_TRIES = 5


def moved(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> tuple[Document, tuple[int, ...]] | None:
    """Another paper, and as many of its sentences, for a claim that says something of its own paper alone.

    Such a claim has a number or a name that the other paper lacks, or (in English) hardly any of its words.
    """
    for _ in range(_TRIES):
        other = others.documents[rng.choice(others.ids)]
        if other is paper or not other.sentences or not _is_foreign(claim, other):
            continue
        known = [s.number for s in other.sentences]
        valid = set(claim.evidence) <= set(known)
        picked = claim.evidence if valid else tuple(sorted(rng.sample(known, min(len(claim.evidence), len(known)))))
        return other, picked
    return None


def _is_foreign(claim: TrueClaim, other: Document) -> bool:
    read = whole(other)
    numbers, names = {f.value for f in figures(claim.text)}, {m[0].lower() for m in names_in(claim.text)}
    if numbers - values(read) or any(name not in read.lower() for name in names):
        return True
    words = set(_WORD.findall(claim.text.lower()))
    return claim.language == "en" and len(words & set(_WORD.findall(read.lower()))) <= _SHARED * len(words)
