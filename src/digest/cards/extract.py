"""A card without a model: the abstract's own sentences, each under the part whose role it plays.

Every claim is one sentence of the document, word for word but for its closing stop, and cites that sentence. No
sentence is used twice.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from digest.cards._cues import Traits, traits
from digest.cards.paths import claims_of
from digest.cards.roles import Slots, choose
from digest.cards.texts import without_stop
from digest.checking.languages import in_chinese
from digest.models import (
    Card,
    CardProvenance,
    Claim,
    Document,
    Evidence,
    Language,
    Meta,
    Method,
    NamedClaim,
    Problem,
    Result,
    Sentence,
    Support,
)

C = TypeVar("C", bound=Claim)

MOST_GAPS, MOST_STEPS, MOST_RESULTS = 2, 3, 3
"""A card is shorter than its abstract."""

_TITLE_NAME = re.compile(r"(?P<name>[^:：]{2,30}?)\s*[:：]\s*\S")
_PROPOSED = r"\b(?:propos(?:e|es|ing)|presents?|introduc(?:e|es|ing)|develops?|call(?:ed)?|named|dubbed|termed)(?: it)?\s+"
_NAME = r"(?P<name>[A-Z][\w+]*(?:[-.][\w+]+)*)"
_PROPOSED_NAME = re.compile(
    rf"{_PROPOSED}(?:\\\w+{{)?{_NAME}(?=}}?(?:[,.:;]|\s*$|\s+(?:\(|--|—|an?|the|to|which|that)(?:\s|\w)))"
)
_PROPOSED_INITIALS = re.compile(rf"{_PROPOSED}(?:an? |the )?(?P<words>[^,.;:()]{{5,90}}?)[~ ]\({_NAME}\)")
_FIELD = frozenset("AI ML RL LLM LLMs VLM VLMs MLLM MLLMs GNN CNN RAG NLP SGD".split())
"""Names of fields, not of one paper's work."""
_REPORTED = re.compile(
    r"\b(?:results|findings|experiments|evaluations?|interviews|empirically)\b"
    r"|\b(?:we|analys[ei]s) (?:\w+ )?(?:show|f[io]u?nd|observe|demonstrate)",
    re.IGNORECASE,
)
_HOPE = re.compile(
    r"\bwe (?:\w+ )?(?:believe|hope|release|open-source)\b|^this (?:work|paper) (?:reflects|releases|provides)"
    r"|\bopen-source[d.]?$",
    re.IGNORECASE,
)


def extract_card(document: Document, *, directions: Sequence[str] = (), tags: Sequence[str] = ()) -> tuple[Language, Card]:
    """The card that a document's own sentences make, and the language it is in.

    Args:
        document: an abstract as numbered sentences; without sentences the card has no claims.
        directions: labels for the card, at most two.
        tags: labels for the card, at most six.
    """
    texts = [sentence.text for sentence in document.sentences]
    slots = choose(texts)
    tldr = _first(_claims(document.sentences, None, Claim, [slots.tldr]))
    name = short_name(document.paper.title, texts)
    meta = Meta(tldr=tldr, short_name=name, tags=tuple(tags), directions=tuple(directions))
    problem, method, evidence = _parts(document.sentences, slots)
    claims = sum(1 for part in (meta, problem, method, evidence) for _ in claims_of(part))
    card = Card(
        meta=meta,
        problem=problem,
        method=method,
        evidence=evidence,
        filled_by="extractive",
        support=Support(claims=claims, supported=claims),
        provenance=CardProvenance(provider="extractive"),
    )
    return _language("".join(texts)), card


def _parts(sentences: Sequence[Sentence], slots: Slots) -> tuple[Problem, Method, Evidence]:
    """The card's parts below its head. The sentence of the TL;DR is not said again under "core idea"."""
    texts = [sentence.text for sentence in sentences]
    found = traits(texts)
    gaps, background = _gaps_and_background(slots, found)
    steps, told = _steps(slots, texts, found)
    results = _results(slots, told, texts, found)
    claims = partial(_claims, sentences, slots.tldr)
    problem = Problem(
        background=_first(claims(Claim, background)),
        gaps=claims(Claim, gaps),
        core_idea=_first(claims(Claim, [slots.contribution])),
        contributions=claims(NamedClaim, slots.contributions),
    )
    method = Method(pipeline=claims(Claim, steps[:MOST_STEPS]))
    evidence = Evidence(results=claims(Result, results[:MOST_RESULTS]), limitations=claims(Claim, slots.limitations))
    return problem, method, evidence


def _steps(slots: Slots, texts: Sequence[str], found: Sequence[Traits]) -> tuple[list[int], list[int]]:
    """The sentences that say how it is done, and those among them that rather tell how it performed.

    What the model takes for method may be an outcome or what others lack; under "Method" neither makes sense.
    """
    ordered = [i for i in (slots.method, *slots.methods) if i is not None]
    told = [i for i in ordered if not found[i].proposes and (_REPORTED.search(texts[i]) or _only_performs(found[i]))]
    lacking = [i for i in ordered if found[i].gap and not (found[i].itself or found[i].proposes)]
    return [i for i in ordered if i not in told and i not in lacking], told


def _results(slots: Slots, told: Sequence[int], texts: Sequence[str], found: Sequence[Traits]) -> list[int]:
    """The sentences that tell an outcome, those with figures first; hopes and further proposals are none."""
    ordered = [i for i in (slots.evidence, *slots.results, *told) if i is not None]
    shown = [i for i in ordered if not found[i].proposes and not _HOPE.search(texts[i])]
    return sorted(shown, key=lambda i: not found[i].measured)


def _only_performs(trait: Traits) -> bool:
    """Whether a sentence tells of an outcome, not of what the authors did to have it."""
    return trait.outcome and (trait.measured or trait.moral or not trait.itself)


def _gaps_and_background(slots: Slots, found: Sequence[Traits]) -> tuple[list[int], list[int]]:
    """What the paper sets out from: what is missing, and what is merely so.

    The best sentence for "problem" in an abstract that states none describes the method. Here it is left out.
    """
    proposal = slots.tldr if slots.tldr is not None else len(found)
    # The chosen sentence leads, so that the cap never drops it.
    ordered = [i for i in (slots.problem, *slots.background) if i is not None]
    gaps = [i for i in ordered if found[i].gap and not found[i].measured and (i < proposal or not found[i].itself)]
    return gaps[:MOST_GAPS], sorted(i for i in ordered if i < proposal and not found[i].gap)


def _claims(sentences: Sequence[Sentence], tldr: int | None, kind: type[C], indices: Iterable[int | None]) -> tuple[C, ...]:
    """The sentences at these indices as claims, in the abstract's order, without the one that is the TL;DR."""
    chosen = (sentences[i] for i in sorted(i for i in indices if i is not None and i != tldr))
    return tuple(kind(text=without_stop(s.text), evidence=(s.number,)) for s in chosen)


def _first(claims: Sequence[C]) -> C | None:
    return next(iter(claims), None)


def _language(text: str) -> Language:
    return "zh" if in_chinese(text) else "en"


def short_name(title: str, sentences: Sequence[str]) -> str | None:
    """What the paper's subject is called: from "NAME: what it is", else the first coined name that is proposed.

    A coined name has a second capital or a digit (STAPO, FlashAttention, GLM-5); one capitalised word before a title's
    colon is taken as a name too (Hummingbird).
    """
    head = _TITLE_NAME.match(title)
    if head and _is_name(head["name"]):
        return head["name"]
    names = (name for text in sentences for name in _proposed_names(text) if name not in _FIELD)
    return next(names, None)


def _proposed_names(sentence: str) -> Iterator[str]:
    """Coined names right behind a verb of proposal, and initials in brackets behind the words that they stand for."""
    yield from (match["name"] for match in _PROPOSED_NAME.finditer(sentence) if _is_coined(match["name"]))
    for match in _PROPOSED_INITIALS.finditer(sentence):
        if _is_coined(match["name"]) and match["words"].lower().startswith(match["name"][0].lower()):
            yield match["name"]


def _is_name(head: str) -> bool:
    """Whether the words before a title's colon are a name rather than a phrase."""
    parts = head.split()
    return len(parts) == 1 or (len(parts) <= 3 and _is_coined(parts[0]) and all(not p[0].islower() for p in parts))


def _is_coined(word: str) -> bool:
    """Whether a word has a second capital or a digit in one of its parts, and no plain word behind a hyphen."""
    parts = word.split("-")
    marked = any(sum(c.isupper() or c.isdigit() for c in part) > 1 for part in parts) or any(c.isdigit() for c in word)
    return marked and not any(part.islower() for part in parts[1:])
