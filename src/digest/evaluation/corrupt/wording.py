"""Negations and comparisons turned round, superlatives added."""

import random
import re

from digest.evaluation.claims import Shelf, TrueClaim, whole
from digest.models import Document

_NEGATIONS = {
    "en": (
        (r"\b(do|does|did|can|could|is|are|was|were|has|have|will|should)(?: not|n't)\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\bwithout\b", "with"),
        (r"\bwith no\b", "with"),
        (r"\b(can|is|are|was|were|has|have|will|does|do)\b", r"\1 not"),
    ),
    "zh": (
        ("无需|不需要|不必|不用", "需要"),
        ("没有", "有"),
        ("并不能|不能|无法", "能够"),
        ("尚未|未能|未", "已"),
        ("不会", "会"),
        ("可以|能够", "不能"),
        ("(?<!也)(?<!还)(?<!都)是(?!否|针|在)", "不是"),
    ),
}
"""What says no, and what says yes instead; the last ones the other way."""
_DIRECTIONS = {
    "en": (
        ("outperform", "underperform"),
        ("increase", "decrease"),
        ("improve", "degrade"),
        ("higher", "lower"),
        ("larger", "smaller"),
        ("better", "worse"),
        ("faster", "slower"),
        ("more", "less"),
        ("rise", "fall"),
        ("above", "below"),
        ("reduce", "raise"),
        ("surpass", "fall short of"),
    ),
    "zh": (
        ("优于", "不如"),
        ("高于", "低于"),
        ("提升", "下降"),
        ("提高", "降低"),
        ("超过", "不及"),
        ("增加", "减少"),
        ("领先", "落后于"),
        ("加速", "减速"),
        ("缩短", "延长"),
    ),
}
"""A word and its opposite, either way."""
_FIRST = re.compile(
    r"\bfirst\b|pioneer|\bnovel|\bnew\b|unprecedented|never before|\bno (?:prior|previous|existing)", re.IGNORECASE
)
_BEST = re.compile(
    r"state.?of.?the.?art|\bSOTA\b|\bbest\b|outperform|surpass|superior|highest|leading|exceed|record"
    r"|\bbeat",
    re.IGNORECASE,
)
_OPEN = re.compile(r"open[- ]?(?:source|weight|ly)|releas|publicly|available|github|huggingface|\bcode\b", re.IGNORECASE)


def negation_flipped(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A negation goes, or where there is none, one comes: "does not prevent" → "does prevent", 无需 → 需要."""
    for pattern, replacement in _NEGATIONS[claim.language]:
        text, count = re.subn(pattern, replacement, claim.text, count=1)
        if count:
            return text
    return None


def direction_flipped(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A comparison turns round: higher → lower, 优于 → 不如."""
    start = r"\b" if claim.language == "en" else ""
    pairs = _DIRECTIONS[claim.language]
    for word, other in (*pairs, *((b, a) for a, b in pairs)):
        text, count = re.subn(start + word, other, claim.text, count=1)
        if count:
            return text
    return None


def first_added(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """The claim becomes a first, in a paper that speaks of nothing new."""
    added = {"en": "For the first time, {}", "zh": "首次实现：{}"}
    return _added(claim, paper, _FIRST, added)


def best_added(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """State of the art, in a paper that claims no advantage at all."""
    added = {"en": "{}, which is state of the art", "zh": "{}，达到 SOTA"}
    return _added(claim, paper, _BEST, added)


def open_added(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """Open source, in a paper that speaks of no release."""
    added = {"en": "{}; it is open source", "zh": "{}，现已开源"}
    return _added(claim, paper, _OPEN, added)


def _added(claim: TrueClaim, paper: Document, said: re.Pattern[str], added: dict[str, str]) -> str | None:
    text = claim.text
    if claim.language == "en" and not added["en"].startswith("{}") and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return None if said.search(whole(paper)) else added[claim.language].format(text)
