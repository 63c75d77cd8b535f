"""A card by a model: asked for, checked against its sentences, mended once, and what does not hold removed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.cards.answers import CardAnswer
from digest.cards.asides import settle
from digest.cards.check import check_card
from digest.cards.complaints import complaints
from digest.cards.compose import compose
from digest.cards.mend import mend
from digest.cards.paths import claims_at, map_claims
from digest.cards.prompts import CardPrompts, line, numbered, schema_hint
from digest.checking import Ground, conflicts
from digest.llm import Answer, Model, ModelError, Question
from digest.models import Card, CardProvenance, Claim, Document, Support, TokenUsage
from digest.reading import without_orders

MAX_TOKENS = 6000
"""Of the answer: about 40 claims with their evidence, in Chinese."""
_TITLE_CAP = 250
_WORST = {"supported": 0, "edited": 0, "partly": 1, "unsupported": 2}
_INSTEAD_OF_TLDR = ("problem.core_idea", "problem.contributions[0]", "problem.findings[0]", "evidence.results[0]")


@dataclass(frozen=True)
class Filled:
    """A card, and what it cost."""

    card: Card
    usage: TokenUsage


def fill_card(
    document: Document, model: Model, prompts: CardPrompts, *, directions: Sequence[str] = (), tags: Sequence[str] = ()
) -> Filled:
    """The card of a paper, in the language of the prompts. Every claim in it is supported, or partly so.

    Args:
        document: what was read, as numbered sentences.
        directions: labels from outside, at most two.
        tags: likewise, they go before the model's own.

    Raises:
        ModelError: no usable answer, or no claim is left after the checks; with what the attempts cost.
    """
    language, ground = prompts.language, Ground.of(document)
    answer = ask_for_card(document, model, prompts)
    card = compose(answer.value, language, CardProvenance(provider="openai", model=model.name, prompt=prompts.card.hash))
    card, problems = check_card(card, ground, language)
    mended = mend(card, problems, document, ground, model, prompts)
    usage = TokenUsage.total([answer.usage, mended.usage])
    card, contradicting = without_conflicts(without_repetitions(mended.card))
    card = with_tldr(settle(card, document, ground, language, directions=directions, tags=tags))
    return Filled(accounted(card, mended.removed + contradicting, usage, about=document.paper.id), usage)


def ask_for_card(document: Document, model: Model, prompts: CardPrompts) -> Answer[CardAnswer]:
    """One call, or two where the first answer is in another language or about another paper. Raises ModelError."""
    paper = document.paper
    return model.ask(
        Question(
            purpose="card",
            about=paper.id,
            system=prompts.card.system(schema=schema_hint(CardAnswer)),
            user=prompts.card.user(
                id=paper.id, title=line(without_orders(paper.title))[:_TITLE_CAP], sentences=numbered(document.sentences)
            ),
            shape=CardAnswer,
            max_tokens=MAX_TOKENS,
            complaints=lambda answer: tuple(complaints(answer, document, prompts.language)),
        )
    )


def without_repetitions(card: Card) -> Card:
    """The card with no text twice in one list."""
    seen: set[tuple[str, str]] = set()

    def first(path: str, claim: Claim) -> Claim | None:
        key = (path.partition("[")[0], claim.text)
        is_new = key not in seen
        seen.add(key)
        return claim if is_new else None

    return map_claims(card, first)


def without_conflicts(card: Card) -> tuple[Card, int]:
    """The card without claims that tell another claim's fact with another number; how many these are.

    Of two, the one that stands less well goes; else the later one.
    """
    places = list(claims_at(card))
    gone: set[str] = set()
    for i, j, _ in conflicts([claim.text for _, claim in places]):
        pair = sorted((places[i], places[j]), key=lambda place: _WORST[place[1].status])
        if not gone & {path for path, _ in pair}:
            gone.add(pair[1][0])
    return map_claims(card, lambda path, claim: None if path in gone else claim), len(gone)


def with_tldr(card: Card) -> Card:
    """The card with a TL;DR: if its own was removed, the first claim that can stand for it moves there."""
    if card.meta.tldr is not None:
        return card
    claims = dict(claims_at(card))
    path = next((path for path in _INSTEAD_OF_TLDR if path in claims), None)
    if path is None:
        return card
    found = claims[path]
    card = map_claims(card, lambda place, claim: None if place == path else claim)
    tldr = Claim(text=found.text, evidence=found.evidence, status=found.status)
    return card.model_copy(update={"meta": card.meta.model_copy(update={"tldr": tldr})})


def accounted(card: Card, removed: int, usage: TokenUsage, *, about: str) -> Card:
    """The card with what it rests on and what it cost. Raises ModelError: no claim is left."""
    counts = Counter(claim.status for _, claim in claims_at(card))
    total = sum(counts.values())
    if not total:
        raise ModelError("unsupported", where=about, why=f"none of {removed} claims is borne out by its sentences", usage=usage)
    support = Support(claims=total, supported=counts["supported"], partly=counts["partly"], removed=removed)
    provenance = card.provenance.model_copy(update={"tokens": usage.tokens, "cost": usage.cost})
    return card.model_copy(update={"support": support, "provenance": provenance})
