"""From a model's answer to a card: texts made plain and capped, those that say nothing left out, each in its part."""

from collections.abc import Iterable, Mapping, Sequence

from digest.cards.answers import C, CardAnswer, N, R
from digest.cards.texts import fault, label, plain
from digest.models import (
    Advice,
    Card,
    CardProvenance,
    Claim,
    Evidence,
    Language,
    Meta,
    Method,
    Model,
    NamedClaim,
    Problem,
    Result,
    Takeaways,
    Usage,
)

TLDR, CLAIM, ADVICE, TITLE, NAME, TAG = 200, 300, 200, 200, 60, 40
"""Characters, at most."""
TAGS, AREAS, ADVICES, CITED = 6, 4, 3, 6
"""Items, at most; `CITED` sentences under one claim: who cites everything cites nothing."""
MOST = {
    "background": 1, "gaps": 4, "core_idea": 1, "findings": 4, "contributions": 4,
    "pipeline": 6, "key_designs": 5, "cost": 3,
    "inputs": 3, "outputs": 3, "procedure": 5, "hardware": 3, "resources": 3, "other": 3,
    "setup": 4, "baselines": 4, "results": 8, "ablations": 4, "limitations": 4,
    "insight": 1,
}  # fmt: skip
"""Claims of each field, at most."""


def compose(answer: CardAnswer, language: Language, provenance: CardProvenance) -> Card:
    """The card of an answer, not yet checked."""
    many = {name: _claims(getattr(answer, name), most) for name, most in MOST.items()}
    one = {name: next(iter(many.pop(name)), None) for name in ("background", "core_idea", "insight")}
    found = many | one | {"usage": Usage.model_validate(_of(Usage, many))}
    return Card(
        meta=_meta(answer, language),
        problem=Problem.model_validate(_of(Problem, found)),
        method=Method.model_validate(_of(Method, found)),
        evidence=Evidence.model_validate(_of(Evidence, found)),
        takeaways=Takeaways(
            insight=one["insight"],
            transfers=advice(answer.transfers, language),
            risks=advice(answer.risks, language),
            next_action=next(iter(advice([answer.next_action], language)), None),
        ),
        filled_by="model",
        provenance=provenance,
    )


def advice(texts: Iterable[str], language: Language) -> tuple[Advice, ...]:
    """The editor's advice: a few sentences in the card's language."""
    lines = (plain(text, ADVICE) for text in texts)
    return tuple(Advice(text=text) for text in dict.fromkeys(lines) if text and not fault(text, language))[:ADVICES]


def phrases(texts: Iterable[str], cap: int, most: int) -> tuple[str, ...]:
    """Labels, each once whatever its capitals and blanks."""
    labels = (label(text, cap).lstrip("#").strip() for text in texts)
    return each_once(text for text in labels if text and not fault(text))[:most]


def each_once(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels without those that differ from an earlier one in capitals and blanks at most."""
    found: dict[str, str] = {}
    for text in labels:
        found.setdefault("".join(text.casefold().split()), text)  # a blog's own AI安全 is the model's AI 安全
    return tuple(found.values())


def name_of(text: str) -> str | None:
    """A name, or None where there is none."""
    return next(iter(phrases([text], NAME, 1)), None)


def _of(part: type[Model], found: Mapping[str, object]) -> dict[str, object]:
    """The fields of a part."""
    return {name: found[name] for name in part.model_fields}


def _meta(answer: CardAnswer, language: Language) -> Meta:
    title = plain(answer.title_translated, TITLE)
    return Meta(
        tldr=_claim(answer.tldr, TLDR),
        short_name=name_of(answer.short_name),
        title_translated=None if fault(title, language) else title,
        tags=phrases(answer.tags, TAG, TAGS),
        application_areas=phrases(answer.application_areas, NAME, AREAS),
    )


def _claims(items: Sequence[C], most: int) -> tuple[Claim, ...]:
    """The claims of one field."""
    return tuple(filter(None, (_claim(item, CLAIM) for item in items)))[:most]


def _claim(item: C, cap: int) -> Claim | None:
    """One claim of the kind that its answer has, or None where its text says nothing."""
    text = plain(item.text, cap)
    if fault(text) in ("placeholder", "garbled"):
        return None
    evidence = tuple(dict.fromkeys(item.evidence))[:CITED]
    if isinstance(item, R):
        names = {field: name_of(getattr(item, field)) for field in ("dataset", "metric", "value", "baseline")}
        return Result(text=text, evidence=evidence).model_copy(update=names)
    if isinstance(item, N):
        return NamedClaim(text=text, evidence=evidence, name=name_of(item.name))
    return Claim(text=text, evidence=evidence)
