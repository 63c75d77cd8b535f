"""A post as a layout sees it: one edition of a day in one language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import cached_property

from digest.config import Config, EditionConfig
from digest.digests.edits import Day
from digest.labels import Labels
from digest.models import CoveredPaper, Edition, Mention, Overview, SourceStatus, in_language
from digest.posts import usage_view
from digest.posts.escaping import link, markdown
from digest.posts.mention_view import MentionView
from digest.posts.paper_view import PaperView
from digest.posts.sources_view import listing_dates, short_names, source_line, source_names, troubles

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
    draft: bool = False

    @cached_property
    def papers(self) -> list[PaperView]:
        """The edition's papers that have a card, numbered from 1 without a gap."""
        covered = [c for i in self.edition.picked if (c := self.day.digest.paper(i)) and c.cards]
        return [self.paper(number, paper) for number, paper in enumerate(covered, 1)]

    def paper(self, number: int, covered: CoveredPaper) -> PaperView:
        found = self.day.corrections_of(covered.paper.id)
        corrections = tuple(markdown(in_language(c.text, self.label.language) or "") for c in found)
        told = next((h.text for h in self.overview.highlights if h.paper == covered.paper.id), "")
        return PaperView(number, covered, corrections, told, self.config, self.label, str(self.day.date))

    # --- the day at a glance ---

    @property
    def title(self) -> str:
        """The edition's title, as plain text."""
        return self.settings.title_in(self.label.language) or self.config.site.title

    @property
    def date(self) -> str:
        """The date with its weekday, in the form of the language."""
        return spoken_date(self.day.date, self.label)

    @property
    def overview(self) -> Overview:
        return in_language(self.edition.overview, self.label.language) or Overview(headline="")

    @property
    def intro(self) -> str:
        """The editor's opening words: Markdown, left as it is."""
        return self.day.intro.get(self.label.language, "").strip()

    @property
    def signature(self) -> str:
        return markdown(self.settings.signature_in(self.label.language))

    @property
    def directions(self) -> list[str]:
        """What the papers are about, the commonest first: their cards' directions, else the interests that they met."""
        named = commonest(d for paper in self.papers for d in paper.card.meta.directions)
        return named or commonest(d for paper in self.papers for d in paper.covered.assessment.signals.interests)

    @property
    def picked(self) -> str:
        """How many papers out of how many, and what they are about."""
        listed, picked = self.edition.counts.listed, len(self.papers)
        how = "picked_none" if not picked else "picked_all" if picked == listed else "picked"
        text = self.label(
            f"post.{how}",
            sources=self.label("post.and").join(short_names(s.name for s in self.read)),
            listed=listed,
            picked=picked,
        )
        if self.directions:
            names = self.label("post.list").join(map(markdown, self.directions[:DIRECTIONS]))
            text += self.label("post.covering", directions=names)
        return text + self.label("post.stop")

    @property
    def must_reads(self) -> list[PaperView]:
        """The papers of three stars, numbered first."""
        return self._grouped[0]

    @property
    def other_picks(self) -> list[PaperView]:
        """The papers of fewer stars, numbered after the must-reads."""
        return self._grouped[1]

    @cached_property
    def _grouped(self) -> tuple[list[PaperView], list[PaperView]]:
        ordered = sorted(self.papers, key=lambda paper: not paper.is_must_read)
        numbered = [replace(paper, number=number) for number, paper in enumerate(ordered, 1)]
        return [p for p in numbered if p.is_must_read], [p for p in numbered if not p.is_must_read]

    @property
    def notices(self) -> list[str]:
        """What a reader must know about the day before anything else."""
        digest = self.day.digest
        previous = [self.label("post.previous", date=digest.listed_on)] if digest.listed_on != digest.date else []
        unfinished = [self.label("status.provisional")] if digest.provisional else []
        return [line + self.label("post.stop") for line in [*previous, *troubles(self.sources, self.label), *unfinished]]

    # --- sources, counts and costs ---

    @property
    def sources(self) -> list[SourceStatus]:
        """The listings that this edition draws on."""
        return [s for s in self.day.digest.sources if s.name in self.edition.sources]

    @property
    def read(self) -> list[SourceStatus]:
        """Those of them that its papers come from; on a quiet day that shows an earlier one's papers, all."""
        announced = [source for source in self.sources if source.status == "announced"]
        return announced or self.sources

    @property
    def source_names(self) -> str:
        return markdown(" + ".join(source_names([(s.name, s.listing) for s in self.read], self.label)))

    @property
    def source_lines(self) -> list[str]:
        return [source_line(source, self.day.date, self.label) for source in self.sources]

    @property
    def listing_dates(self) -> str:
        """The sources, each with the date that its list bears."""
        return listing_dates(self.read, self.day.digest.listed_on, self.label)

    @property
    def source_urls(self) -> list[str]:
        """The listings with their addresses to be seen."""
        return [self._source_url(source) for source in self.sources]

    def _source_url(self, source: SourceStatus) -> str:
        (name,) = source_names([(source.name, source.listing)], self.label)
        return markdown(name) + self.label("post.colon") + link(source.url, source.url)

    @property
    def listings(self) -> list[str]:
        """What was scanned, in short: `Hugging Face`, `cs.AI`."""
        names = {s.listing if s.name == "arxiv" else "".join(short_names([s.name])): None for s in self.read}
        return [markdown(name) for name in names]

    @property
    def noted(self) -> int:
        """How many papers the post tells of: those with a card and those with a line."""
        return len(self.papers) + len(self.also)

    @property
    def counts(self) -> str:
        """How many papers this edition looked at, and what became of them."""
        counts = self.edition.counts
        always = {"listed": counts.listed, "scanned": counts.scanned, "picked": len(self.papers)}
        some = {"also": len(self.also), "excluded": len(self.excluded), "repeated": len(self.repeated)}
        shown = always | {name: n for name, n in some.items() if n}
        return self.label("post.comma").join(self.label(f"post.count.{name}", n=n) for name, n in shown.items())

    @property
    def tokens(self) -> str:
        """Tokens that the day took; empty where no model was asked."""
        usage = self.day.digest.usage
        return usage_view.tokens(usage, self.label) if usage.calls else ""

    @property
    def cost(self) -> str:
        return usage_view.cost(self.day.digest.usage, self.label)

    @property
    def usage(self) -> str:
        """What the cards of the day cost; empty where no model was asked."""
        return usage_view.usage_line(self.day.digest.usage, self.label)

    @property
    def checked(self) -> str:
        """How many claims of the post were held against their sentences, and what became of them."""
        supports = [paper.card.support for paper in self.papers]
        checked, removed = sum(s.checked for s in supports), sum(s.removed for s in supports)
        partly = sum(s.partly for s in supports)
        if not checked:
            return ""
        parts = [self.label("card.checked", n=checked, removed=removed)]
        parts += [self.label("card.partly", n=partly)] if partly else []
        return self.label("post.comma").join(parts)

    # --- the rest of the list ---

    @cached_property
    def also(self) -> list[MentionView]:
        """Papers without a card that are worth a look, numbered after the papers."""
        return self._mentions(self.edition.also, len(self.papers))

    @cached_property
    def repeated(self) -> list[MentionView]:
        """Listed papers that had their card on an earlier day."""
        return self._mentions(self.edition.repeated)

    @cached_property
    def excluded(self) -> list[MentionView]:
        """Papers that were looked at and left out, with the reason."""
        found = self._mentions(self.edition.excluded)
        elsewhere = {self.label.language: self.label("reason.other_edition")}
        return [
            view
            if view.mention.why == "excluded"
            else replace(view, mention=view.mention.model_copy(update={"reason": elsewhere}))
            for view in found
        ]

    def _mentions(self, ids: Iterable[str], before: int = 0) -> list[MentionView]:
        found = [mention for i in ids if (mention := self._mention(i))]
        return [MentionView(number, mention, self.config, self.label) for number, mention in enumerate(found, before + 1)]

    def _mention(self, paper_id: str) -> Mention | None:
        """A paper of the list; one that has a card in another edition of the day stands among the papers."""
        if mention := self.day.digest.mentions.get(paper_id):
            return mention
        covered = self.day.digest.paper(paper_id)
        if covered is None:
            return None
        separator, reasons = self.label("reason.separator"), covered.assessment.reasons
        return Mention.of(covered.paper, "also", {language: separator.join(texts) for language, texts in reasons.items()})


def spoken_date(date: Date, label: Labels) -> str:
    """A date with its weekday, `2026-02-18 周三` or `Wednesday, 18 February 2026`."""
    return label(
        "post.date",
        date=date,
        year=date.year,
        month=date.month,
        day=date.day,
        month_name=label.raw("month_names")[date.month - 1],
        weekday=label.raw("weekdays")[date.weekday()],
        weekday_name=label.raw("weekday_names")[date.weekday()],
    )


def commonest(names: Iterable[str]) -> list[str]:
    """Different names by how often they occur, in the order of their first occurrence where that is the same."""
    return [name for name, _ in Counter(names).most_common()]
