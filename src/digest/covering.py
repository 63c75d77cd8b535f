"""From picks to covered papers: each is read and carded once, by the model where one is configured.

Texts are fetched one after the other, as arXiv asks; what has been read is with the model already while the next text
is on its way. Whatever fails there, the paper gets its extractive card, which says so.
"""

import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from digest.cards import extract_card, fill_card, quotes_of, translate_card
from digest.desk import Desk
from digest.errors import DigestError
from digest.llm import FailureReason, ModelError
from digest.models import Assessment, Candidate, Card, CoveredPaper, Document, Language, Paper, Signals
from digest.reading import read_abstract
from digest.selection import Ranked, worded
from digest.tools import Tools, Words

PREPRINT = "arXiv preprint"

Cards = dict[Language, Card]


@dataclass(frozen=True)
class Pick:
    """A paper that gets a card, and its recommendation: 3 must read, 2 worth reading, 1 good to know."""

    ranked: Ranked
    stars: int

    @property
    def id(self) -> str:
        return self.ranked.id


@dataclass(frozen=True)
class Covered:
    """What became of the picks.

    Attributes:
        papers: by id, in the picks' order.
        failures: papers without a card that the model should have made, and why.
        notes: for the run report, a line each.
    """

    papers: Mapping[str, CoveredPaper]
    failures: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Made:
    """A paper's cards by the model, what they are based on, and why those in other languages are missing."""

    read: Document
    cards: Cards
    untranslated: Mapping[Language, ModelError]


@dataclass(frozen=True)
class _Running:
    """A pick that the model is at work on.

    Attributes:
        read: what it was given; None where it is not asked any more.
        notes: on the reading.
    """

    pick: Pick
    read: Document | None
    future: "Future[_Made]"
    notes: tuple[str, ...] = ()


def cover(picks: Sequence[Pick], tools: Tools, desk: Desk | None) -> Covered:
    """Read the picks and fill their cards, in every language that a model is asked for.

    Raises:
        DigestError: a prompt of the blog's own fails.
    """
    if desk is None or tools.endpoint is None:
        return Covered({pick.id: _extractive(pick, tools) for pick in picks})
    _restart_arxiv(len(picks), tools)
    running = [_started(pick, tools, desk, tools.endpoint.closed) for pick in picks]
    papers: dict[str, CoveredPaper] = {}
    failures: dict[str, str] = {}
    notes = [note for one in running for note in one.notes]
    for one in running:
        papers[one.pick.id], lost = _outcome(one, tools)
        if not lost:
            continue
        failures[one.pick.id] = lost[0].reason
        notes += map(str, lost)
        if lost[0].reason == "unsupported":  # its answers were valid: they would come again for ever
            tools.endpoint.forget(one.pick.id)
    return Covered(papers, failures, tuple(notes))


def _started(pick: Pick, tools: Tools, desk: Desk, closed: FailureReason | None) -> _Running:
    if closed:  # a text that no model will see need not be asked for
        return _Running(pick, None, _failed(closed, pick, "no further call is made in this run"))
    try:
        document, notes = tools.texts.read(pick.ranked.candidate)
    except Exception as bug:
        return _Running(pick, None, _failed("internal", pick, _place(bug)))
    return _Running(pick, document, desk.pool.submit(_by_model, document, pick, desk), notes)


def _outcome(running: _Running, tools: Tools) -> tuple[CoveredPaper, list[ModelError]]:
    """The paper with its cards, and why the model has not made them all. Raises DigestError for a broken prompt."""
    pick, read = running.pick, running.read
    try:
        made = running.future.result()
    except ModelError as error:
        return _extractive(pick, tools, error.reason, read), [error]
    except DigestError:
        raise
    except Exception as bug:  # a text that our own code trips over costs a card, not the night
        return _extractive(pick, tools, "internal", read), [ModelError("internal", where=pick.id, why=_place(bug))]
    return _covered(pick, made.read, made.cards, tools.words), list(made.untranslated.values())


def _failed(reason: FailureReason, pick: Pick, why: str) -> "Future[_Made]":
    future: Future[_Made] = Future()
    future.set_exception(ModelError(reason, where=pick.id, why=why))
    return future


def _place(bug: Exception) -> str:
    """A bug and where it is, on one line: what a report of it needs."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"please report this: {bug!r} in {Path(frame.filename).name}:{frame.lineno}"


def _restart_arxiv(papers: int, tools: Tools) -> None:
    """The time for the texts. Our own spacing is no fault of arXiv's: a page and a PDF are asked for at most."""
    patience = 2 * papers * tools.config.sources.arxiv.interval
    tools.upstreams["arxiv"].restart_deadline(tools.config.http.source_deadline + patience)


def _by_model(document: Document, pick: Pick, desk: Desk) -> _Made:
    """A paper's cards: one written from the text, the others translated from it. Raises ModelError."""
    directions, tags = pick.ranked.card_directions[:2], _tags(pick.ranked)
    filled = fill_card(document, desk.model, desk.cards[desk.language], directions=directions, tags=tags)
    cards: Cards = {desk.language: filled.card}
    untranslated: dict[Language, ModelError] = {}
    for language in (other for other in desk.cards if other != desk.language):
        try:
            cards[language] = translate_card(filled.card, document, desk.model, desk.cards[language]).card
        except ModelError as error:
            untranslated[language] = error
    return _Made(document, cards, untranslated)


def _extractive(pick: Pick, tools: Tools, reason: str | None = None, read: Document | None = None) -> CoveredPaper:
    """A paper with the card that its abstract's own sentences make.

    Args:
        reason: why the model's is missing, where one was wanted.
        read: what the model was to see; what a reader should know of it is told all the same.
    """
    document = read_abstract(pick.ranked.candidate)
    if read is not None:
        flags = tuple(sorted({*document.reading.flags, *read.reading.flags}))
        document = document.model_copy(update={"reading": document.reading.model_copy(update={"flags": flags})})
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
