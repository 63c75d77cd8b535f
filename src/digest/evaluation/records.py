"""A folder of digest records: how well its cards stand on their sentences, what they hold, what they cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.cards import claims_of
from digest.evaluation.claims import covered_papers, is_cut
from digest.evaluation.figures import figures, values
from digest.models import Advice, Card, CoveredPaper, Language, Model

PARTS = ("meta", "problem", "method", "evidence", "takeaways")


@dataclass(frozen=True)
class CardFigures:
    """Figures of the cards that were filled the same way.

    Attributes:
        filled_by: extractive or model.
        cards: how many; all other counts are of these.
        claims: claims that remain on the cards, edited ones included.
        supported, partly: of them, by the cards' own account.
        removed: claims that the checks took away.
        judged: claims whose quotes are whole, so that their numbers can be looked for.
        unsupported_numbers: numbers of judged claims that stand in none of the claim's quotes and not in the title.
        coverage: field → the share of cards that have it, between 0 and 1.
        tokens: per card, mean over the cards that know it; None where none does.
        cost: likewise, in the endpoint's currency.
    """

    filled_by: str
    cards: int
    claims: int
    supported: int
    partly: int
    removed: int
    judged: int
    unsupported_numbers: int
    coverage: dict[str, float]
    tokens: float | None
    cost: float | None


def evaluate_records(folder: Path) -> list[CardFigures]:
    """The figures of all cards under a folder of records, one entry for each way in which cards were filled.

    Raises:
        RecordError: a record is damaged.
        UsageError: there is no record.
    """
    cards = [(covered, card) for _, covered in covered_papers(folder) for card in covered.cards.values()]
    ways = sorted({card.filled_by for _, card in cards})
    return [_figures(way, [(p, c) for p, c in cards if c.filled_by == way]) for way in ways]


def unsupported_numbers(covered: CoveredPaper, language: Language) -> list[tuple[str, str]]:
    """The numbers of a card's claims that stand neither in the claim's quotes nor in the title: number, claim."""
    return list(_unsupported(covered, covered.cards[language]))


def fields_of(card: Card) -> dict[str, bool]:
    """Every field of a card, dotted as in `problem.core_idea`, and whether the card has it."""
    found: dict[str, bool] = {}
    for part in PARTS:
        found |= dict(_filled(part, getattr(card, part)))
    return found


def _figures(way: str, cards: list[tuple[CoveredPaper, Card]]) -> CardFigures:
    filled = [fields_of(card) for _, card in cards]
    return CardFigures(
        filled_by=way,
        cards=len(cards),
        claims=sum(c.support.claims for _, c in cards),
        supported=sum(c.support.supported for _, c in cards),
        partly=sum(c.support.partly for _, c in cards),
        removed=sum(c.support.removed for _, c in cards),
        judged=sum(1 for p, c in cards for claim in claims_of(c) if _judged(p, claim.evidence)),
        unsupported_numbers=sum(1 for p, c in cards for _ in _unsupported(p, c)),
        coverage={field: sum(f[field] for f in filled) / len(filled) for field in filled[0]},
        tokens=_mean(c.provenance.tokens for _, c in cards),
        cost=_mean(c.provenance.cost for _, c in cards),
    )


def _unsupported(covered: CoveredPaper, card: Card) -> Iterator[tuple[str, str]]:
    for claim in claims_of(card):
        if claim.status == "edited" or not _judged(covered, claim.evidence):
            continue
        known = values(" ".join((covered.paper.title, *(covered.quotes[n].text for n in claim.evidence))))
        yield from ((f"{f.digits}{f.scale}", claim.text) for f in figures(claim.text) if f.value not in known)


def _judged(covered: CoveredPaper, evidence: tuple[int, ...]) -> bool:
    return bool(evidence) and not any(is_cut(covered, number) for number in evidence)


def _filled(name: str, value: object) -> Iterator[tuple[str, bool]]:
    for field in type(value).model_fields if isinstance(value, Model) else ():
        inner = getattr(value, field)
        if isinstance(inner, Model) and not isinstance(inner, Advice) and not hasattr(inner, "evidence"):
            yield from _filled(f"{name}.{field}", inner)
        else:
            yield f"{name}.{field}", bool(inner)


def _mean(numbers: Iterable[float | None]) -> float | None:
    known = [n for n in numbers if n is not None]
    return sum(known) / len(known) if known else None
