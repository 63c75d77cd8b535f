"""A post as a layout sees it: one edition of a day in one language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from digest.config import Config, EditionConfig
from digest.digests.edits import Day
from digest.labels import Labels
from digest.models import CoveredPaper, Edition, Language, Mention, Overview, SourceStatus
from digest.posts.addresses import page_link
from digest.posts.escaping import link, markdown
from digest.posts.paper_view import PaperView
from digest.posts.sources_view import short_names, source_line, source_names, troubles

DIRECTIONS = 5
"""Directions that the preview names."""


@dataclass(frozen=True)
class PostView:
    """All that a layout may show. Texts are Markdown; an empty one means that there is nothing to say."""

    day: Day
    edition: Edition
    settings: EditionConfig
    config: Config
    label: Labels

    @cached_property
    def papers(self) -> list[PaperView]:
        """The edition's papers that have a card, numbered from 1 without a gap."""
        covered = [c for i in self.edition.picked if (c := self.day.digest.paper(i)) and c.cards]
        return [self._paper(number, paper) for number, paper in enumerate(covered, 1)]

    def _paper(self, number: int, covered: CoveredPaper) -> PaperView:
        told = tuple(markdown(self._words(c.text)) for c in self.day.corrections_of(covered.paper.id))
        return PaperView(number, covered, told, self.config, self.label, str(self.day.date))

    def _words(self, by_language: Mapping[Language, str]) -> str:
        """A text in the post's language, else in the one there is."""
        return by_language.get(self.label.language) or next(iter(by_language.values()), "")

    # --- the day at a glance ---

    @property
    def overview(self) -> Overview:
        found = self.edition.overview
        return found.get(self.label.language) or next(iter(found.values()), Overview(headline=""))

    @property
    def intro(self) -> str:
        """The editor's opening words: Markdown, left as it is."""
        return self.day.intro.get(self.label.language, "").strip()

    @property
    def signature(self) -> str:
        return markdown(self.settings.signature)

    @property
    def directions(self) -> list[str]:
        """What the papers are about, the commonest first: their cards' directions, else the interests that they met."""
        named = commonest(d for paper in self.papers for d in paper.card.meta.directions)
        return named or commonest(d for paper in self.papers for d in paper.covered.assessment.signals.interests)

    @property
    def picked(self) -> str:
        """How many papers out of how many, and what they are about."""
        text = self.label(
            "post.picked" if self.papers else "post.picked_none",
            sources=self.label("post.and").join(short_names(s.name for s in self.sources)),
            listed=self.edition.counts.listed,
            picked=len(self.papers),
        )
        if self.directions:
            names = self.label("post.list").join(map(markdown, self.directions[:DIRECTIONS]))
            text += self.label("post.covering", directions=names)
        return text + self.label("post.stop")

    @property
    def must_reads(self) -> list[str]:
        """The papers of three stars, each with a sentence."""
        return [self._blurb(paper) for paper in self.papers if paper.covered.assessment.stars == 3]

    def _blurb(self, paper: PaperView) -> str:
        tldr = paper.card.meta.tldr
        told = next((h.text for h in self.overview.highlights if h.paper == paper.paper.id), "")
        text = markdown(told) if told and not (tldr and told == tldr.text) else paper.said(tldr)
        return f"**{paper.short}**" + (self.label("post.colon") + text if text else "")

    @property
    def notices(self) -> list[str]:
        """What a reader must know about the day before anything else."""
        digest = self.day.digest
        previous = [self.label("post.previous", date=digest.listed_on)] if digest.listed_on != digest.date else []
        unfinished = [self.label("status.provisional")] if digest.provisional else []
        return [line + self.label("post.stop") for line in [*previous, *troubles(self.sources, self.label), *unfinished]]

    # --- sources and the rest of the list ---

    @property
    def sources(self) -> list[SourceStatus]:
        """The listings that this edition draws on."""
        return [s for s in self.day.digest.sources if s.name in self.edition.sources]

    @property
    def source_names(self) -> str:
        return markdown(" + ".join(source_names([(s.name, s.listing) for s in self.sources], self.label)))

    @property
    def source_lines(self) -> list[str]:
        return [source_line(source, self.day.date, self.label) for source in self.sources]

    @property
    def usage(self) -> str:
        """What the cards of the day cost; nothing where no model was asked."""
        usage = self.day.digest.usage
        if not usage.calls:
            return ""
        known = usage.tokens is not None
        tokens = self.label("post.tokens", n=f"{usage.tokens:,}") if known else self.label("post.tokens_unknown")
        cost = self.label("post.cost_unknown")
        if usage.cost is not None:
            cost = self.label("post.cost", cost=f"{usage.cost:.4g}", currency=usage.currency or "").strip()
        return self.label("post.comma").join([self.label("post.calls", n=usage.calls), tokens, cost])

    @property
    def checked(self) -> str:
        """How many claims of the post were held against their sentences, and what became of them."""
        supports = [paper.card.support for paper in self.papers]
        removed, partly = sum(s.removed for s in supports), sum(s.partly for s in supports)
        checked = sum(s.claims for s in supports) + removed
        if not checked:
            return ""
        parts = [self.label("card.checked", n=checked, removed=removed)]
        parts += [self.label("card.partly", n=partly)] if partly else []
        return self.label("post.comma").join(parts)

    @property
    def also(self) -> list[str]:
        """Papers without a card, a line each: title, category, code, and why they are worth a look."""
        return [self._also(mention) for i in self.edition.also if (mention := self._mention(i))]

    def _also(self, mention: Mention) -> str:
        facts = [markdown(mention.primary_category)] if mention.primary_category else []
        facts += [link(self.label("post.code"), mention.code)] if mention.code else []
        about = self.label("post.parentheses", text=self.label("post.comma").join(facts)) if facts else ""
        reason = markdown(self._words(mention.reason))
        return link(mention.title, mention.link) + about + (self.label("post.colon") + reason if reason else "")

    def _mention(self, paper_id: str) -> Mention | None:
        """A paper of the list; one that has a card in another edition of the day stands among the papers."""
        if mention := self.day.digest.mentions.get(paper_id):
            return mention
        covered = self.day.digest.paper(paper_id)
        if covered is None:
            return None
        separator, reasons = self.label("reason.separator"), covered.assessment.reasons
        return Mention.of(covered.paper, "also", {language: separator.join(texts) for language, texts in reasons.items()})

    @property
    def repeated(self) -> list[str]:
        """Listed papers that had their card on an earlier day, with that day."""
        mentions = [m for i in self.edition.repeated if (m := self.day.digest.mentions.get(i))]
        return [self._repeated(mention) for mention in mentions]

    def _repeated(self, mention: Mention) -> str:
        when = self.label("post.parentheses", text=mention.first) if mention.first else ""
        return page_link(self.config, mention.id, mention.title) + when


def commonest(names: Iterable[str]) -> list[str]:
    """Different names by how often they occur, in the order of their first occurrence where that is the same."""
    return [name for name, _ in Counter(names).most_common()]
