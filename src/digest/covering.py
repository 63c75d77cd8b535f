"""From picks to covered papers: each is read and carded once, by the model where one is configured.

Texts are fetched one after the other, as arXiv asks; what has been read is with the model already while the next text
is on its way. Whatever fails there, the paper gets its extractive card, which says so.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date as Date

from digest.cards import extract_card, fill_card, quotes_of, translate_card
from digest.desk import Desk
from digest.llm import ModelError
from digest.models import Assessment, Candidate, Card, CoveredPaper, Digest, Document, Language, Paper, Signals
from digest.reading import read_abstract
from digest.selection import Ranked, worded
from digest.tools import Tools, Words

_log = logging.getLogger(__name__)

PREPRINT = "arXiv preprint"
TRIES = 3
"""Runs in which a card is asked of the model; after that, what it could not do stays as it is."""

Cards = dict[Language, Card]


@dataclass(frozen=True)
class Pick:
    """A paper that gets a card, and its recommendation: 3 must read, 2 worth reading, 1 good to know."""

    ranked: Ranked
    stars: int

    @property
    def id(self) -> str:
        return self.ranked.id


def unfinished(digest: Digest, tools: Tools) -> frozenset[str]:
    """Papers of a day that lack a card which the model should have filled, and are worth another try.

    A budget that is used up is not: more of it is not spent on the same date. `--refresh` tries all again.
    """
    if tools.endpoint is None:
        return frozenset()
    lacking = [p.paper.id for p in digest.papers if _lacks(p, tools.config.languages)]
    if tools.mode == "refresh":
        return frozenset(lacking)
    tries = tools.cache.get_many(_ATTEMPTS, [_attempt(digest.date, i) for i in lacking])
    return frozenset(i for i in lacking if int(tries.get(_attempt(digest.date, i), 0)) < TRIES)


def count_attempts(day: Date, papers: Iterable[CoveredPaper], tools: Tools) -> None:
    """Remember for which papers the model was asked and failed."""
    failed = [_attempt(day, p.paper.id) for p in papers if _lacks(p, tools.config.languages)]
    tries = tools.cache.get_many(_ATTEMPTS, failed)
    tools.cache.put_many(_ATTEMPTS, {key: str(int(tries.get(key, 0)) + 1) for key in failed})


_ATTEMPTS = "attempts"


def _attempt(day: Date, paper_id: str) -> str:
    return f"{day}/{paper_id}"


def _lacks(covered: CoveredPaper, languages: Sequence[Language]) -> bool:
    reasons = {card.reason for card in covered.cards.values()} - {None}
    by_model = any(card.filled_by == "model" for card in covered.cards.values())
    return bool(reasons - {"budget"}) or (by_model and not set(languages) <= set(covered.cards))


@dataclass(frozen=True)
class Covered:
    """What became of the picks.

    Attributes:
        papers: by id, in the picks' order.
        notes: for the run report, a line each.
    """

    papers: Mapping[str, CoveredPaper]
    notes: tuple[str, ...] = ()


def cover(picks: Sequence[Pick], tools: Tools, desk: Desk | None) -> Covered:
    """Read the picks and fill their cards, in every language that a model is asked for."""
    if desk is None:
        return Covered({pick.id: _extractive(pick, tools) for pick in picks})
    notes: list[str] = []
    running: list[tuple[Pick, Document, Future[Cards]]] = []
    _restart_arxiv(len(picks), tools)
    for pick in picks:
        document, told = tools.texts.read(pick.ranked.candidate)
        notes.extend(told)
        running.append((pick, document, desk.pool.submit(_by_model, document, pick, desk)))
    papers: dict[str, CoveredPaper] = {}
    for pick, document, future in running:
        try:
            papers[pick.id] = _covered(pick, document, future.result(), tools.words)
            continue
        except ModelError as caught:
            error = caught
        except Exception as bug:  # a text that our own code trips over costs a card, not the night
            _log.exception("a bug; please report it: the card of %s", pick.id)
            error = ModelError("internal", where=pick.id, why=repr(bug))
        notes.append(f"{pick.id}: extractive card: {error}")
        if error.reason == "unsupported" and tools.endpoint:  # its answers were valid: they would come again for ever
            tools.endpoint.forget(pick.id)
        papers[pick.id] = _extractive(pick, tools, error.reason)
    notes += _untranslated(papers.values(), tools.config.languages)
    return Covered(papers, tuple(notes))


def _restart_arxiv(papers: int, tools: Tools) -> None:
    """The time for the texts. Our own spacing is no fault of arXiv's: a page and a PDF are asked for at most."""
    patience = 2 * papers * tools.config.sources.arxiv.interval
    tools.upstreams["arxiv"].restart_deadline(tools.config.http.source_deadline + patience)


def _by_model(document: Document, pick: Pick, desk: Desk) -> Cards:
    """A paper's cards: one written from the text, the others translated from it. Raises ModelError."""
    own, *others = desk.cards
    filled = fill_card(document, desk.model, desk.cards[own], directions=pick.ranked.card_directions[:2], tags=_tags(pick.ranked))
    cards: Cards = {own: filled.card}
    for language in others:
        try:
            cards[language] = translate_card(filled.card, document, desk.model, desk.cards[language]).card
        except ModelError:
            continue  # the card is there; that a language is missing is told by whoever looks for it
    return cards


def _untranslated(papers: Iterable[CoveredPaper], languages: Sequence[Language]) -> list[str]:
    return [
        f"{p.paper.id}: no card in {language}: its translation failed"
        for p in papers
        for language in languages
        if language not in p.cards and any(card.filled_by == "model" for card in p.cards.values())
    ]


def _extractive(pick: Pick, tools: Tools, reason: str | None = None) -> CoveredPaper:
    """A paper with the card that its abstract's own sentences make."""
    document = read_abstract(pick.ranked.candidate)
    language, card = extract_card(document, directions=pick.ranked.card_directions[:2], tags=_tags(pick.ranked))
    return _covered(pick, document, {language: card.model_copy(update={"reason": reason})}, tools.words)


def _tags(ranked: Ranked) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*ranked.card_directions, *filter(None, [ranked.candidate.paper.primary_category])]))[:6]


def _covered(pick: Pick, document: Document, cards: Cards, words: Words) -> CoveredPaper:
    return CoveredPaper(
        paper=_shown(pick.ranked.candidate, document),
        assessment=_assessment(pick, words),
        reading=document.reading,
        quotes=quotes_of(document, *cards.values()),
        cards=cards,
    )


def _shown(candidate: Candidate, document: Document) -> Paper:
    paper = candidate.paper
    return paper.model_copy(update={"venue": paper.venue or PREPRINT, "version": paper.version or document.reading.version})


def _assessment(pick: Pick, words: Words) -> Assessment:
    ranked, paper = pick.ranked, pick.ranked.candidate.paper
    return Assessment(
        rank=1,  # its place in the record is known when the record is put together
        stars=pick.stars,
        signals=Signals(
            upvotes=paper.upvotes,
            stars=paper.stars,
            code=paper.links.code is not None,
            listed_by=ranked.candidate.listed_by,
            interests=ranked.directions,
        ),
        scores=ranked.scores,
        reasons={language: worded(ranked.reasons[:4], labels) for language, labels in words.items()},
    )
