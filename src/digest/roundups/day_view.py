"""A day of a round-up: its line in the list of days, and its papers."""

from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property

from digest.config import Config
from digest.digests import Day
from digest.labels import Labels
from digest.models import CoveredPaper, Status, in_language
from digest.posts import post_path
from digest.posts.addresses import day_url
from digest.posts.escaping import link, markdown
from digest.posts.paper_view import PaperView, github_stars
from digest.roundups.directions import directions_of
from digest.roundups.gather import first_edition


@dataclass(frozen=True)
class Pick:
    """A paper with a card, and where it stood on its day."""

    day: "DayView"
    view: PaperView

    @property
    def covered(self) -> CoveredPaper:
        return self.view.covered

    @property
    def id(self) -> str:
        return self.covered.paper.id

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Its place among must-reads of several days: by its place on its own, then by upvotes on Hugging Face."""
        return self.view.number, -(self.covered.assessment.signals.upvotes or 0), str(self.day.day.date), self.id

    @property
    def name(self) -> str:
        """What it is called in passing, as plain text."""
        return self.view.name

    @property
    def line(self) -> str:
        """The paper in a line: name, direction, day, code, TL;DR."""
        label, paper = self.day.label, self.covered.paper
        stars = github_stars(paper) if paper.stars else ""
        facts = [" / ".join(map(markdown, directions_of(self.covered))), self.day.short]
        facts += [link(label("post.code"), paper.links.code) + stars] if paper.links.code else []
        about = label("post.parentheses", text=label("post.comma").join(filter(None, facts)))
        tldr = self.view.said(self.view.card.meta.tldr)
        return f"**{self.view.short}**{about}" + (label("post.colon") + tldr if tldr else "")


@dataclass(frozen=True)
class DayView:
    """One day with a record. Its properties are Markdown; an empty one means that there is nothing to say."""

    day: Day
    config: Config
    label: Labels

    @property
    def edition(self) -> str | None:
        return first_edition(self.day)

    @property
    def status(self) -> Status:
        return self.day.digest.status

    @property
    def listed(self) -> int:
        """How many papers the edition's listings of that very day had."""
        if self.edition is None or self.status != "announced":
            return 0
        return self.day.digest.editions[self.edition].counts.listed

    @cached_property
    def picks(self) -> list[Pick]:
        """The edition's papers with a card, numbered from 1."""
        ids = self.day.digest.editions[self.edition].picked if self.edition else ()
        found = [p for i in ids if (p := self.day.digest.paper(i)) and p.cards]
        return [Pick(self, self.paper(covered, number)) for number, covered in enumerate(found, 1)]

    def paper(self, covered: CoveredPaper, number: int = 0) -> PaperView:
        return PaperView(
            number=number,
            covered=covered,
            corrections=(),
            told="",
            config=self.config,
            label=self.label,
            date=str(self.day.date),
        )

    @property
    def url(self) -> str:
        """The page of the day, in this language or else in the blog's own; empty where it has none."""
        if self.edition is None:
            return ""
        for language in (self.label.language, self.config.site.language):
            name = post_path(self.config, self.day.date, self.edition, language).name
            if any(post.rpartition("/")[2] == name for post in self.day.digest.posts):
                return day_url(self.config, self.day.date, self.edition, language)
        return ""

    @property
    def short(self) -> str:
        """The day of the month, linked."""
        return self._linked(self.label("roundup.short", date=self.day.date))

    @property
    def line(self) -> str:
        """Date and weekday, linked, and what the day was about, or why it has nothing to tell."""
        date = self._linked(day_name(self.day.date, self.label))
        return date + self.label("post.colon") + self._told + "".join(self._reservations)

    def _linked(self, text: str) -> str:
        return f"[{markdown(text)}]({self.url})" if self.url else markdown(text)

    @property
    def is_silent(self) -> bool:
        """Whether it is a quiet day that has nothing to tell, not even papers of an earlier one."""
        return self.status == "quiet" and self.day.digest.listed_on == self.day.date

    @property
    def _told(self) -> str:
        if self.is_silent or self.status in ("stale", "failed"):
            return self.label(f"roundup.status.{self.status}")
        seen = in_language(self.day.digest.editions[self.edition].overview, self.label.language) if self.edition else None
        return markdown(seen.headline) if self.picks and seen and seen.headline else self.label("roundup.status.no_picks")

    @property
    def _reservations(self) -> list[str]:
        """What the line of an announced day must not pass over: papers of another day, sources that were not read."""
        digest = self.day.digest
        told = [self.label("roundup.previous", date=digest.listed_on)] if digest.listed_on != digest.date else []
        lacking = any(source.status in ("stale", "failed") for source in digest.sources)
        told += [self.label("roundup.partly")] if self.status == "announced" and lacking else []
        told += [self.label("status.provisional")] if self.status == "announced" and digest.provisional else []
        return [self.label("post.parentheses", text=text) for text in told]


def day_name(date: Date, label: Labels) -> str:
    """A day in the list of days: `02-16 Mon`."""
    return label("roundup.day", date=date, weekday=label.raw("weekdays")[date.weekday()])
