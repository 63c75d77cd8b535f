"""The record of a day."""

import re
from collections.abc import Collection
from datetime import date as Date

from pydantic import ConfigDict, Field

from digest.models.base import Language, Model, Role, Stars, Status, Via
from digest.models.cards import Card
from digest.models.documents import Quote, Reading
from digest.models.papers import Paper
from digest.models.usage import TokenUsage

SCHEMA = 1
"""Version of the digest record's format."""

_SUBTITLE = re.compile(r": |：")


class Signals(Model):
    upvotes: int | None = None
    stars: int | None = None
    code: bool = False
    listed_by: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()


class Scores(Model):
    relevance: float
    novelty: float
    significance: float


class Assessment(Model):
    """Why a paper stands where it stands."""

    rank: int
    stars: Stars
    signals: Signals
    scores: Scores | None = None
    reasons: dict[Language, tuple[str, ...]] = {}


class CoveredPaper(Model):
    """A paper of the record, with all that is shown of it."""

    paper: Paper
    assessment: Assessment
    reading: Reading
    quotes: dict[int, Quote] = {}
    cards: dict[Language, Card]

    @property
    def by_model(self) -> bool:
        return any(card.filled_by == "model" for card in self.cards.values())

    def language_for(self, language: Language) -> Language:
        """The language of the card that is shown to readers of a language: theirs, else the one there is.

        An extractive card speaks the paper's language. The paper must have a card.
        """
        return language if language in self.cards else next(iter(self.cards))

    def card_in(self, language: Language) -> Card:
        """The card that is shown to readers of a language. The paper must have one."""
        return self.cards[self.language_for(language)]

    def name_in(self, language: Language) -> str:
        """What the paper is called in passing: its card's short name, else its title up to a colon (not one of a formula)."""
        title = self.paper.title
        head = _SUBTITLE.split(title, maxsplit=1)[0].strip()
        return self.card_in(language).meta.short_name or (head if head and head.count("$") % 2 == 0 else title)

    def lacks(self, languages: Collection[str]) -> str | None:
        """Why it has not all the cards that a model should have made: a card's reason, `untranslated`, or None."""
        reason = next((card.reason for card in self.cards.values() if card.reason), None)
        return reason or ("untranslated" if self.by_model and set(languages) - set(self.cards) else None)


class Mention(Model):
    """A paper that has no card that day, and why."""

    id: str
    title: str
    link: str
    primary_category: str | None = None
    code: str | None = None
    reason: dict[Language, str] = {}
    why: Role
    first: Date | None = None

    @classmethod
    def of(cls, paper: Paper, why: Role, reason: dict[Language, str], first: Date | None = None) -> "Mention":
        """The mention of a paper, its facts taken from the metadata."""
        facts = paper.model_dump(include={"id", "title", "primary_category"})
        return cls(**facts, link=paper.links.abs, code=paper.links.code, reason=reason, why=why, first=first)


class SourceStatus(Model):
    """One listing of the day, as the record keeps it."""

    name: str
    listing: str
    url: str
    via: Via | None = None
    date: Date | None = None
    entries: int = 0
    status: Status
    error: str | None = None


class Counts(Model):
    listed: int = 0
    unique: int = 0
    repeated: int = 0
    scanned: int = 0
    picked: int = 0
    also: int = 0
    excluded: int = 0
    failed: int = 0


class EditionCounts(Model):
    listed: int = 0
    scanned: int = 0
    picked: int = 0
    also: int = 0
    excluded: int = 0


class Highlight(Model):
    paper: str
    text: str


class Trend(Model):
    name: str
    text: str
    papers: tuple[str, ...]


class Overview(Model):
    headline: str
    highlights: tuple[Highlight, ...] = ()
    trends: tuple[Trend, ...] = ()


class Edition(Model):
    """One post of the day: which of the day's papers it shows, in which order."""

    layout: str
    sources: tuple[str, ...]
    counts: EditionCounts
    picked: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    overview: dict[Language, Overview] = {}


class UpdatedPaper(Model):
    """A new version of a paper that has a card."""

    id: str
    from_: int | None = Field(default=None, alias="from")
    to: int

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Provenance(Model):
    digest_version: str
    prompts: dict[str, str] = {}


class Digest(Model):
    """The record of one listing date: the hinge between what costs and what can be made again.

    Attributes:
        papers: the union of the editions' picks, each once.
        updated: new versions, among the day's listings, of papers that have a card.
        recarded: those of them whose new version was read and carded. No edition shows them; their pages do.
    """

    record_schema: int = Field(default=SCHEMA, alias="schema")
    date: Date
    status: Status
    provisional: bool = False
    listed_on: Date
    revised: tuple[Date, ...] = ()
    sources: tuple[SourceStatus, ...] = ()
    counts: Counts = Field(default_factory=Counts)
    papers: tuple[CoveredPaper, ...] = ()
    mentions: dict[str, Mention] = {}
    updated: tuple[UpdatedPaper, ...] = ()
    recarded: tuple[CoveredPaper, ...] = ()
    editions: dict[str, Edition] = {}
    usage: TokenUsage = Field(default_factory=TokenUsage)
    provenance: Provenance
    posts: dict[str, str] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def carded(self) -> tuple[CoveredPaper, ...]:
        """All papers with a card: picks, and older papers whose new version was carded."""
        return (*self.papers, *self.recarded)

    @property
    def languages(self) -> frozenset[Language]:
        """The languages that the day was made in."""
        return frozenset(language for edition in self.editions.values() for language in edition.overview)

    def unfilled(self, added: Collection[str] = ()) -> dict[str, str]:
        """Papers that are shown without a card that a model should have made, and new versions without theirs: why, by id.

        Args:
            added: ids that the editor adds; what no edition shows and nobody adds, nobody misses.
        """
        shown = {i for edition in self.editions.values() for i in edition.picked} | set(added)
        found = {p.paper.id: p.lacks(self.languages) for p in self.papers if p.paper.id in shown}
        if self.usage.calls:  # a model was asked about this day; without one, new versions are only noted
            found |= {u.id: "new_version" for u in self.updated} | {p.paper.id: p.lacks(self.languages) for p in self.recarded}
        return {i: why for i, why in found.items() if why}

    def paper(self, paper_id: str) -> CoveredPaper | None:
        """The covered paper with that id, or None."""
        return next((p for p in self.papers if p.paper.id == paper_id), None)
