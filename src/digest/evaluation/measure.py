"""What the checker says of true claims and of corrupted ones, counted."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from digest.checking import Ground, Verdict, check_statement
from digest.evaluation.claims import Shelf, TrueClaim
from digest.evaluation.corrupt import Corrupted, corruptions
from digest.models import Document, Language

Check = Callable[[str, Sequence[int], Document], Verdict]
"""Text, numbers of the cited sentences, paper: what the checker says."""
_Z = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Share:
    """So many out of so many, with the 95 % interval of the true share after Wilson (1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends, between 0 and 1; everything is possible where nothing was seen."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.hits / self.of
        middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Outcome:
    """One text and what the checker said of it.

    Attributes:
        group, kind: of the corruption; `true` and the claim's part for a claim as it was.
        text: what was checked; `claim` is the true one that it was made of.
    """

    group: str
    kind: str
    language: Language
    paper: str
    text: str
    claim: str
    verdict: Verdict

    @property
    def flagged(self) -> bool:
        """Whether the checker did anything but pass it; `partly` is marked on the page and counts as flagged."""
        return self.verdict.status != "supported"


@dataclass(frozen=True)
class Measurement:
    """All that was checked.

    Attributes:
        true: the true claims; the flagged ones are false alarms.
        corrupted: what was made of those that passed; the unflagged ones are misses. Corruptions of a claim that the
            checker flags anyway would be "caught" for another reason, so they are not counted.
    """

    true: tuple[Outcome, ...]
    corrupted: tuple[Outcome, ...]

    def false_alarms(self, language: Language | None = None) -> Share:
        """The share of true claims that were flagged, of all or of one language."""
        return _flagged(self.true, None, None, language)

    def caught(self, group: str | None = None, kind: str | None = None, language: Language | None = None) -> Share:
        """The share of corruptions that were flagged, of all or of a group, kind or language."""
        return _flagged(self.corrupted, group, kind, language)

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The groups and kinds of corruptions, in the order in which they were met."""
        return tuple(dict.fromkeys((o.group, o.kind) for o in self.corrupted))


def measure(claims: Iterable[TrueClaim], shelf: Shelf, *, seed: int = 0, check: Check | None = None) -> Measurement:
    """Check claims as they are, and everything wrong that can be made of those that pass.

    Args:
        claims: true of their papers, which all stand on the shelf.
        seed: of the corruptions.
        check: in place of the program's own checker.
    """
    judge = check or _Checker()
    true, corrupted = [], []
    for claim in claims:
        verdict = judge(claim.text, claim.evidence, shelf.documents[claim.paper])
        seen = Outcome("true", claim.kind, claim.language, claim.paper, claim.text, claim.text, verdict)
        true.append(seen)
        if not seen.flagged:
            corrupted += [_outcome(wrong, judge) for wrong in corruptions(claim, shelf, seed)]
    return Measurement(tuple(true), tuple(corrupted))


class _Checker:
    """The program's checker; what it prepares of a paper is prepared once."""

    def __init__(self) -> None:
        self._grounds: dict[str, Ground] = {}

    def __call__(self, text: str, evidence: Sequence[int], document: Document) -> Verdict:
        paper = document.paper.id
        if paper not in self._grounds:
            self._grounds[paper] = Ground.of(document)
        return check_statement(text, tuple(evidence), self._grounds[paper])


def _outcome(wrong: Corrupted, judge: Check) -> Outcome:
    verdict = judge(wrong.text, wrong.evidence, wrong.document)
    claim = wrong.claim
    return Outcome(wrong.group, wrong.kind, claim.language, wrong.document.paper.id, wrong.text, claim.text, verdict)


def _flagged(outcomes: Iterable[Outcome], group: str | None, kind: str | None, language: Language | None) -> Share:
    chosen = [o for o in outcomes if group in (None, o.group) and kind in (None, o.kind) and language in (None, o.language)]
    return Share(sum(o.flagged for o in chosen), len(chosen))
