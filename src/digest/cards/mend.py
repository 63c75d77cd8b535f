"""The one repair turn: claims that the checks refuse are said anew by the model, checked again, and else removed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, create_model

from digest.cards.answers import C
from digest.cards.check import Refused, check_at
from digest.cards.compose import CITED, CLAIM
from digest.cards.paths import map_claims
from digest.cards.prompts import CardPrompts, line, numbered, schema_hint
from digest.cards.texts import fault, plain
from digest.checking import Ground
from digest.llm import Model, ModelError, Question
from digest.models import Card, Claim, Document, Sentence, TokenUsage

MOST = 30
"""Claims in one repair; what is beyond them is removed."""
SHORT = 20
"""A document of so few sentences is shown whole."""
_PLACES = 3
"""Sentences that are shown for a number that stands elsewhere, and for a claim that cites none."""
_SHOWN = 60
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TERM = re.compile(r"[A-Za-z][\w-]{2,}")


@dataclass(frozen=True)
class Mended:
    """A card whose claims all hold.

    Attributes:
        removed: how many claims it lost.
    """

    card: Card
    removed: int
    usage: TokenUsage


def mend(
    card: Card, problems: Sequence[Refused], document: Document, ground: Ground, model: Model, prompts: CardPrompts
) -> Mended:
    """Have the refused claims said anew, in one call, and remove what still does not hold.

    A repair that fails costs the refused claims, never the card.
    """
    if not problems:
        return Mended(card, 0, TokenUsage())
    try:
        said, usage = _ask(problems[:MOST], document, model, prompts)
    except ModelError as error:
        said, usage = {}, error.usage
    refused = {problem.path for problem in problems}
    checked = {path: check_at(path, claim, ground, prompts.language) for path, claim in said.items()}
    kept = {path: claim for path, (claim, problem) in checked.items() if problem is None}
    card = map_claims(card, lambda path, claim: kept.get(path) if path in refused else claim)
    return Mended(card, len(refused) - len(kept), usage)


def _ask(
    problems: Sequence[Refused], document: Document, model: Model, prompts: CardPrompts
) -> tuple[dict[str, Claim], TokenUsage]:
    """What the model makes of the refused claims, by path. Raises ModelError."""
    keys = {f"r{n}": problem for n, problem in enumerate(problems, 1)}
    shape = repair_shape(len(keys))
    claims = [{"key": key, "text": line(p.claim.text), "problem": p} for key, p in keys.items()]
    user = prompts.repair.user(id=document.paper.id, claims=claims, sentences=numbered(_shown(problems, document)))
    answer = model.ask(
        Question(
            purpose="repair",
            about=document.paper.id,
            system=prompts.repair.system(schema=schema_hint(shape)),
            user=user,
            shape=shape,
        )
    )
    return {p.path: claim for key, p in keys.items() if (claim := _anew(p.claim, getattr(answer.value, key)))}, answer.usage


def repair_shape(count: int) -> type[BaseModel]:
    """An answer with a claim, or null, under each of `r1`, `r2` …: none can be forgotten or mixed up."""
    fields = {f"r{n}": (C | None, None) for n in range(1, count + 1)}
    return create_model("Repair", **fields)  # type: ignore[call-overload, no-any-return]


def _anew(claim: Claim, said: C | None) -> Claim | None:
    text = plain(said.text, CLAIM) if said else ""
    if said is None or fault(text) in ("placeholder", "garbled"):
        return None
    return claim.model_copy(update={"text": text, "evidence": tuple(dict.fromkeys(said.evidence))[:CITED]})


# --- what the model is shown ---------------------------------------------------------------------


def _shown(problems: Sequence[Refused], document: Document) -> list[Sentence]:
    """The sentences that the claims cite, and those in which their numbers stand; a short document whole."""
    if len(document.sentences) <= SHORT:
        return list(document.sentences)
    wanted = {number for problem in problems for number in _near(problem, document.sentences)}
    return [sentence for sentence in document.sentences if sentence.number in wanted][:_SHOWN]


def _near(problem: Refused, sentences: Sequence[Sentence]) -> set[int]:
    cited = set(problem.claim.evidence) & {sentence.number for sentence in sentences}
    figures = [figure for c in problem.complaints if c.kind == "number" for figure in _FIGURE.findall(c.what)]
    if not cited:
        figures += [*_FIGURE.findall(problem.claim.text), *_TERM.findall(problem.claim.text)]
    return cited | set(_first_with(figures, sentences))


def _first_with(terms: Iterable[str], sentences: Sequence[Sentence]) -> list[int]:
    """The numbers of the first sentences that hold a term, rare terms first."""
    places = [
        [sentence.number for sentence in sentences if re.search(rf"(?<![\w.]){re.escape(term)}(?![\w])", sentence.text)]
        for term in dict.fromkeys(terms)
    ]
    ordered = sorted(filter(None, places), key=len)
    return list(dict.fromkeys(number for row in ordered for number in row))[:_PLACES]
