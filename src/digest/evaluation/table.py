"""Figures as plain tables, and as what goes into JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from digest.evaluation.measure import Measurement, Outcome, Share
from digest.evaluation.records import CardFigures
from digest.models import Language

_LANGUAGES: tuple[Language | None, ...] = (None, "zh", "en")
_NAMES = {None: "all", "zh": "zh", "en": "en"}


def of_checker(found: Measurement) -> Iterator[str]:
    """A line a kind of corruption: how many, how many were caught, in all and by language; true claims first."""
    yield _line("", *(_NAMES[language] for language in _LANGUAGES))
    yield _line("true claims flagged", *(_share(found.false_alarms(language)) for language in _LANGUAGES))
    yield ""
    yield _line("corruptions caught", *(_share(found.caught(language=language)) for language in _LANGUAGES))
    for group, kinds in _groups(found):
        yield _line(group, *(_share(found.caught(group, language=language)) for language in _LANGUAGES))
        for kind in kinds if kinds != [group] else ():
            yield _line(f"  {kind}", *(_share(found.caught(group, kind, language)) for language in _LANGUAGES))


def of_outcomes(found: Measurement) -> Iterator[str]:
    """The false alarms and the misses, for reading."""
    for outcome in (o for o in found.true if o.flagged):
        yield f"FALSE ALARM {outcome.paper} {_complaints(outcome)}\n    {outcome.text}"
    for outcome in (o for o in found.corrupted if not o.flagged):
        yield f"MISS {outcome.paper} {outcome.group}: {outcome.kind}\n    {outcome.text}\n    was: {outcome.claim}"


def of_cards(found: Sequence[CardFigures]) -> Iterator[str]:
    """A block for each way in which cards were filled."""
    for way in found:
        yield f"{way.filled_by}: {way.cards} cards"
        total = way.claims + way.removed
        for name, count in (("supported", way.supported), ("partly", way.partly), ("removed", way.removed)):
            yield f"  {name:<30}{count:>6} of {total} claims  {_percent(count, total)}"
        per_card = f"{way.unsupported_numbers / way.cards:>6.2f} in {way.judged} claims with whole quotes"
        yield f"  {'unsupported numbers per card':<30}{per_card}"
        yield f"  {'tokens per card':<30}{'unknown' if way.tokens is None else f'{way.tokens:>6.0f}'}"
        yield f"  {'cost per card':<30}{'unknown' if way.cost is None else f'{way.cost:.5f}'}"
        yield "  cards that have"
        yield from (f"    {field:<28}{share:>6.0%}" for field, share in way.coverage.items() if share)


def as_json(found: Measurement, *, show: bool = False) -> dict[str, Any]:
    """The same figures for machines; with `show`, the false alarms and misses too."""
    result: dict[str, Any] = {
        "true_claims_flagged": {_NAMES[lang]: _share_json(found.false_alarms(lang)) for lang in _LANGUAGES},
        "corruptions_caught": {
            "all": {_NAMES[lang]: _share_json(found.caught(language=lang)) for lang in _LANGUAGES},
            **{
                group: {
                    **{_NAMES[lang]: _share_json(found.caught(group, language=lang)) for lang in _LANGUAGES},
                    "kinds": {k: _share_json(found.caught(group, k)) for k in kinds},
                }
                for group, kinds in _groups(found)
            },
        },
    }
    if show:
        result["false_alarms"] = [asdict(o) for o in found.true if o.flagged]
        result["misses"] = [asdict(o) for o in found.corrupted if not o.flagged]
    return result


def _groups(found: Measurement) -> Iterator[tuple[str, list[str]]]:
    order = ["numbers", "names"]
    groups = sorted({g for g, _ in found.kinds}, key=lambda g: (order.index(g) if g in order else len(order), g))
    for group in groups:
        yield group, [kind for g, kind in found.kinds if g == group]


def _share(share: Share) -> str:
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{share.hits}/{share.of} {100 * share.hits / share.of:.1f}% [{100 * low:.1f}-{100 * high:.1f}]"


def _share_json(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"hits": share.hits, "of": share.of, "share": share.value, "low": round(low, 4), "high": round(high, 4)}


def _line(name: str, *cells: str) -> str:
    return f"{name:<22}" + "".join(f"{cell:<34}" for cell in cells).rstrip()


def _complaints(outcome: Outcome) -> str:
    return ", ".join(f"{c.kind} {c.what}".strip() for c in outcome.verdict.complaints)


def _percent(part: int, total: int) -> str:
    return f"{part / total:.1%}" if total else "-"
