"""Numbers changed."""

import random
import re
from collections.abc import Callable
from decimal import Decimal

from digest.evaluation.claims import Shelf, TrueClaim, cited
from digest.evaluation.figures import CHINESE, WORDS, Figure, figures, numeral_value, numerals, value_of, values
from digest.models import Document

_RANGE = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<low>\d+(?:\.\d+)?)(?P<sign>\s?\\?%?\s?(?:--?|–|—|~|～|至|到| to )\s?)"
    r"(?P<high>\d+(?:\.\d+)?)(?![\d.]*[A-Za-z]?-?[A-Z])"
)
_NEXT_SCALE = {
    "k": "M",
    "K": "M",
    "M": "B",
    "B": "M",
    "T": "B",
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
    "千": "万",
    "万": "亿",
    "亿": "万",
    "万亿": "亿",
}
_ABSOLUTE = re.compile(r"absolute|points?\b|\bpp\b|\dpp|p\.p|个?百分点|\+", re.IGNORECASE)
_NOT_IN_PERCENT = re.compile(
    r"latency|\btime\b|tokens?\b|parameters?\b|memory|cost|perplexity|RMSE|FLOPs|compute|energy|throughput|bandwidth|regret|relative"
    r"|squared error|prediction error|similarity|usage|footprint|storage",
    re.IGNORECASE,
)
_IN_PERCENT = re.compile(
    r"accura|success|recall|precision|\bF1|\brates?\b|scores?\b|mAP|AUC|pass@|coverage|performance|distribution", re.IGNORECASE
)
"""Of latency a change of 20 % is never one of 20 points. Of accuracy nobody can tell: authors write either for the other."""
_CLAUSE = re.compile(r"[,;，；]\s|\band\b|\bwhile\b|\balongside\b")
_CHANGE_BEFORE = re.compile(
    r"(?:\bby|as much as|up to|(?:reduction|increase|decrease|improvement|saving|drop)s? of"
    r"|提升|提高|降低|减少|下降|增加|增大|缩短|削减|高|低|多|少)了?\s?(?:约|近|逾|最多|up to|about|over|roughly|nearly)?\s?$"
)
_CHANGE_BEHIND = re.compile(
    r"\s?(?:lower|higher|fewer|less|more|faster|reduction|improvement|increase|decrease|gain|drop)", re.IGNORECASE
)
_PERCENT = re.compile(r"\s?(?:\\?%|％)")
_POINTS = re.compile(r"\s?(?:percentage points?|points|个?百分点)")


def digit_changed(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """One digit of one number becomes another: 83.85 → 83.15."""

    def change(figure: Figure) -> str:
        place = rng.choice([i for i, c in enumerate(figure.digits) if c.isdigit()])
        lowest = "1" if place == 0 else "0"
        digit = rng.choice([d for d in "0123456789" if d >= lowest and d != figure.digits[place]])
        return figure.digits[:place] + digit + figure.digits[place + 1 :]

    return _one_changed(claim, paper, rng, change)


def decimal_moved(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """The decimal point moves by one place: 7.13 → 71.3 or 0.713."""

    def change(figure: Figure) -> str | None:
        if "." not in figure.digits:
            return None
        value = Decimal(figure.digits.replace(",", ""))
        return _plain(value * 10 if rng.random() < 0.5 else value / 10)

    return _one_changed(claim, paper, rng, change)


def tenfold(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A whole number gets another nought: 34 → 340."""

    def change(figure: Figure) -> str | None:
        if "." in figure.digits or figure.value == 0:
            return None
        return f"{int(figure.digits.replace(',', '')) * 10:{',' if ',' in figure.digits else ''}}"

    return _one_changed(claim, paper, rng, change)


def scale_changed(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """Another magnitude behind the number: 1.5B → 1.5M, 15 亿 → 15 万, million → billion."""
    known = values(cited(paper, claim.evidence))
    for figure in _shuffled(claim.text, rng):
        other = _NEXT_SCALE.get(figure.scale)
        if other and value_of(figure.digits, other) not in known:
            at = claim.text.index(figure.scale, figure.end)
            return claim.text[:at] + other + claim.text[at + len(figure.scale) :]
    return None


def points_for_percent(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """Per cent of a change become percentage points, or the other way, where the sentence leaves no doubt which it means."""
    sentences = cited(paper, claim.evidence)
    for figure in _shuffled(claim.text, rng):
        at = re.search(rf"(?<![\d.]){re.escape(figure.digits)}(?!\d|\.\d)", sentences)
        if at is None:
            continue
        percent, points = _PERCENT.match(claim.text, figure.end), _POINTS.match(claim.text, figure.end)
        if percent and _PERCENT.match(sentences, at.end()) and _relative(claim.text, figure, percent.end(), sentences, at):
            unit = " 个百分点" if claim.language == "zh" else " percentage points"
            return claim.text[: figure.end] + unit + claim.text[percent.end() :]
        said = re.match(r"\s?(?:percentage )?(?:points|pp|p\.p)", sentences[at.end() :])
        if points and said and "%" not in sentences and _CHANGE_BEFORE.search(claim.text[: figure.start]):
            return f"{claim.text[: figure.end]}%{claim.text[points.end() :]}"
    return None


def _relative(text: str, figure: Figure, end: int, sentences: str, at: re.Match[str]) -> bool:
    """Whether a percentage is a change of something that is not measured in per cent."""
    changed = _CHANGE_BEFORE.search(text[: figure.start]) or _CHANGE_BEHIND.match(text, end)
    starts = [m.end() for m in _CLAUSE.finditer(sentences, 0, at.start())]
    following = _CLAUSE.search(sentences, at.end())
    clause = sentences[starts[-1] if starts else 0 : following.start() if following else None]
    return bool(changed and _NOT_IN_PERCENT.search(clause)) and not (_IN_PERCENT.search(clause) or _ABSOLUTE.search(clause))


def range_end_changed(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """One end of a range: 30–50 % → 30–60 %."""
    match = _RANGE.search(claim.text)
    if match is None:
        return None
    low, high = Decimal(match["low"]), Decimal(match["high"])
    end, value = rng.choice([("low", low - (high - low) / 2), ("high", high + (high - low) / 2)])
    if high <= low or value <= 0 or value.normalize() in values(cited(paper, claim.evidence)):
        return None
    return claim.text[: match.start(end)] + _plain(value) + claim.text[match.end(end) :]


def numeral_changed(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A number in words that counts something: three baselines → five baselines, 三种 → 四种."""
    known = values(cited(paper, claim.evidence))
    found = list(numerals(claim.text))
    rng.shuffle(found)
    for match in found:
        chinese, value = match[0] in "两" + CHINESE, numeral_value(match[0])
        options = [n for n in range(2, 11) if n != value and Decimal(n).normalize() not in known]
        if options:
            new = rng.choice(options)
            word = CHINESE[new].replace("二", "两") if chinese else WORDS[new]
            return claim.text[: match.start()] + (word.title() if match[0][0].isupper() else word) + claim.text[match.end() :]
    return None


def numbers_exchanged(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """Two numbers of the claim change places. Each stands in the sentence; only their roles are wrong."""
    found = list(figures(claim.text))
    pairs = [(a, b) for a in found for b in found if a.start < b.start and a.value != b.value and not (a.scale or b.scale)]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    text = claim.text
    return text[: a.start] + b.digits + text[a.end : b.start] + a.digits + text[b.end :]


# --- helpers -------------------------------------------------------------------------------------


def _one_changed(claim: TrueClaim, paper: Document, rng: random.Random, change: Callable[[Figure], str | None]) -> str | None:
    """The claim with the first number, in random order, that `change` makes a value that the sentences do not have."""
    known = values(cited(paper, claim.evidence))
    for figure in _shuffled(claim.text, rng):
        new = change(figure)
        if new is not None and not {value_of(new), value_of(new, figure.scale)} & known:
            return claim.text[: figure.start] + new + claim.text[figure.end :]
    return None


def _shuffled(text: str, rng: random.Random) -> list[Figure]:
    found = list(figures(text))
    rng.shuffle(found)
    return found


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
