"""A paper as its page shows it: looked up, no HTML yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.models import Card, CoveredPaper, Language, Paper
from digest.posts.addresses import sentence_anchor
from digest.site import routes
from digest.site.papers import card as cards

if TYPE_CHECKING:
    from digest.digests import Day


@dataclass(frozen=True)
class Coverage:
    """A paper as one day covers it, in the language that the page prefers.

    Attributes:
        language: of the card's text; a card filled without a model is in the abstract's.
        blurb: the overview's words for it, where it has some, else its TL;DR.
    """

    day: "Day"
    covered: CoveredPaper
    card: Card
    language: Language
    blurb: str = ""

    @classmethod
    def of(cls, day: "Day", covered: CoveredPaper, language: Language) -> "Coverage":
        """A paper as a day covers it, for readers of a language."""
        card = covered.card_in(language)
        return cls(day, covered, card, covered.language_for(language), card.meta.tldr.text if card.meta.tldr else "")

    @classmethod
    def in_day(cls, day: "Day", paper_id: str, language: Language) -> "Coverage":
        """A paper that a day covers, by its id."""
        return cls.of(day, next(covered for covered in day.digest.carded if covered.paper.id == paper_id), language)

    @property
    def paper(self) -> Paper:
        return self.covered.paper

    @property
    def stars(self) -> int:
        return self.covered.assessment.stars

    @property
    def route(self) -> str:
        return routes.paper_route(self.paper.id)

    @property
    def name(self) -> str:
        return self.covered.name_in(self.language)

    @property
    def tldr(self) -> cards.Item | None:
        return cards.item(self.card.meta.tldr) if self.card.meta.tldr else None

    @property
    def sections(self) -> tuple[cards.Section, ...]:
        return cards.sections(self.card)

    @property
    def full_text(self) -> bool:
        return self.covered.reading.source != "abstract"

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.card.meta.directions, *self.card.meta.tags)))

    def anchor(self, number: int) -> str | None:
        """The anchor of a sentence, or None where the record does not have it."""
        known = number in self.covered.quotes
        return sentence_anchor(self.covered, number) if known else None

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(sentence_anchor(self.covered, n) for n in self.covered.quotes)
