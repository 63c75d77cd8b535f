"""What a paper's card says otherwise since its new version was read.

Two cards are compared, not two papers: a model words the same finding differently each time, and picks differently. So
claims are paired first, by what they measure, by the sentence that they quote or by their words; of a pair only the
numbers are compared. What finds no partner is new on the card or no longer on it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digest.cards.paths import claims_at
from digest.checking.quantities import quantities
from digest.checking.text import plain
from digest.models import Card, Claim, CoveredPaper, Language, Result

SAME = 0.6
"""Share of common words (Dice) from which two claims say the same."""
ORDER = ("results", "ablations", "limitations", "contributions", "findings", "cost", "setup", "baselines")
"""Fields whose claims are told as new or gone, the weightiest first. Of the others only other numbers are told."""
_APART = ("meta.tldr", "method.usage")
"""The TL;DR is told whole, and how to use a work is not told by every layout."""
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{4,}|(?=([\u3400-\u9fff]{2}))")

_NAME = re.compile(r"[A-Za-z][\w.+@-]*[A-Z0-9][\w+@-]*", re.ASCII)


@dataclass(frozen=True)
class Change:
    """One difference. `field` is the last part of the claim's path: `results`."""

    kind: Literal["numbers", "new", "gone"]
    field: str
    old: Claim | None = None
    new: Claim | None = None


@dataclass(frozen=True)
class Comparison:
    """Two cards of a paper in one language.

    Attributes:
        tldr: before and after, where they differ in words.
    """

    tldr: tuple[Claim, Claim] | None
    changes: tuple[Change, ...]


def compare_cards(old: CoveredPaper, new: CoveredPaper, language: Language) -> Comparison | None:
    """What the new card says otherwise.

    Returns:
        None where the two cannot be compared: no common language, or one quotes and the other was written by a model.
    """
    common = next((name for name in (language, *new.cards) if name in old.cards and name in new.cards), None)
    if common is None or old.cards[common].filled_by != new.cards[common].filled_by:
        return None
    before, after = old.cards[common].meta.tldr, new.cards[common].meta.tldr
    differ = before and after and _folded(before.text) != _folded(after.text)
    found = _changes(_by_field(old, old.cards[common]), _by_field(new, new.cards[common]))
    return Comparison(tldr=(before, after) if before and after and differ else None, changes=tuple(found))


@dataclass(frozen=True)
class _Said:
    """A claim with what it is recognised by."""

    claim: Claim
    sentences: frozenset[str]

    @property
    def measures(self) -> tuple[str, str] | None:
        claim = self.claim
        if isinstance(claim, Result) and claim.dataset and claim.metric:
            return _folded(claim.dataset), _folded(claim.metric)
        return None

    def likeness(self, other: "_Said") -> float:
        """From 0 to 2: above 1 where both measure the same or quote the same sentence, else the share of common words.

        Two results on different data sets have all words in common but one: where each has a name that the other lacks,
        they are two.
        """
        alike = _dice(_words(self.claim.text), _words(other.claim.text))
        if self.sentences & other.sentences:
            return alike + 1
        if self.measures and other.measures:
            return alike + 1 if self.measures == other.measures else 0.0
        mine, others = _names(self.claim.text), _names(other.claim.text)
        return alike if mine <= others or others <= mine else 0.0


def _by_field(covered: CoveredPaper, card: Card) -> dict[str, list[_Said]]:
    found: dict[str, list[_Said]] = {}
    for path, claim in claims_at(card):
        if path.startswith(_APART):
            continue
        field = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
        quoted = frozenset(_folded(covered.quotes[n].text) for n in claim.evidence if n in covered.quotes)
        found.setdefault(field, []).append(_Said(claim, quoted))
    return found


def _changes(old: dict[str, list[_Said]], new: dict[str, list[_Said]]) -> list[Change]:
    fields = sorted({*old, *new}, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    numbers, fresh, gone = [], [], []
    for field in fields:
        pairs, left_old, left_new = _paired(old.get(field, []), new.get(field, []))
        numbers += [Change("numbers", field, a.claim, b.claim) for a, b in pairs if _numbers(a.claim) != _numbers(b.claim)]
        if field in ORDER:
            fresh += [Change("new", field, new=said.claim) for said in left_new]
            gone += [Change("gone", field, old=said.claim) for said in left_old]
    return [*numbers, *fresh, *gone]


def _paired(old: Sequence[_Said], new: Sequence[_Said]) -> tuple[list[tuple[_Said, _Said]], list[_Said], list[_Said]]:
    """Claims that say the same, the likest first, each once; and what is left of both."""
    likest = sorted(((a.likeness(b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new)), reverse=True)
    partners: dict[int, int] = {}
    for likeness, i, j in likest:
        if likeness >= SAME and -i not in partners and -j not in partners.values():
            partners[-i] = -j
    pairs = [(old[i], new[j]) for i, j in sorted(partners.items(), key=lambda pair: pair[1])]
    left_new = [said for j, said in enumerate(new) if j not in partners.values()]
    return pairs, [said for i, said in enumerate(old) if i not in partners], left_new


def _numbers(claim: Claim) -> frozenset[tuple[float, str]]:
    """The numbers of a claim that count something."""
    counted = [q for q in quantities(plain(claim.text)) if not (q.named or q.loose or q.label)]
    return frozenset(q.readings[0] for q in counted)


def _names(text: str) -> frozenset[str]:
    """Words that are names by their letters: GSM8K, ImageNet, Qwen2.5."""
    return frozenset(word.lower() for word in _NAME.findall(text))


def _words(text: str) -> Counter[str]:
    """Words in Latin letters, without the short ones that any two sentences share, and pairs of Chinese characters."""
    return Counter(match[1] or match[0].lower() for match in _WORD.finditer(text))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".。")
