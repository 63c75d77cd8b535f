"""A round-up as its template sees it, in one language. Texts are Markdown; an empty one means that there is nothing to say."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from itertools import groupby

from digest.config import Config, EditionConfig
from digest.labels import Labels
from digest.models import CoveredPaper, TokenUsage, in_language
from digest.posts.addresses import page_link
from digest.posts.escaping import cell, markdown
from digest.posts.usage_view import usage_line
from digest.roundups.day_view import DayView, Pick, day_name
from digest.roundups.directions import Direction, compare
from digest.roundups.gather import Roundup
from digest.roundups.update_view import UpdateView

MUST_READS = 12
"""Must-reads that are told; of the others, how many on which day."""
DIRECTIONS = 10
"""Rows of the table of directions."""
ORGANISATIONS = 5
NAMED = 4
"""Must-reads that the description names."""


@dataclass(frozen=True)
class RoundupView:
    """All that templates/posts/roundup.md.j2 may show."""

    roundup: Roundup
    config: Config
    label: Labels

    @property
    def settings(self) -> EditionConfig:
        """Of the blog's first edition, whose title, category, tags and signature a round-up bears."""
        return self.config.editions[0]

    def word(self, key: str, **values: object) -> str:
        """A label of round-ups that differs between weeks and months."""
        return self.label(f"roundup.{key}.{self.roundup.period.kind}", **values)

    @cached_property
    def recorded(self) -> list[DayView]:
        """The days that have a record, oldest first."""
        return [DayView(day, self.config, self.label) for day in self.roundup.days]

    @cached_property
    def picks(self) -> list[Pick]:
        """The papers with a card, each once, where it came first."""
        found: dict[str, Pick] = {}
        for pick in (pick for day in self.recorded for pick in day.picks):
            found.setdefault(pick.id, pick)
        return list(found.values())

    # --- the period at a glance ---

    @property
    def notices(self) -> list[str]:
        """What a reader must know before anything else."""
        newest = self.recorded[-1].day.date
        return [self.word("running", date=newest)] if self.roundup.is_running else []

    @property
    def counts(self) -> list[str]:
        """Days by status, papers, claims, and what the model took: one sentence each."""
        supports = [pick.view.card.support for pick in self.picks]
        removed = sum(support.removed for support in supports)
        checked = sum(support.checked for support in supports)
        listed = sum(day.listed for day in self.recorded)
        usage = usage_line(TokenUsage.total(day.day.digest.usage for day in self.recorded), self.label)
        return [
            self._days_by_status,
            self.label("roundup.papers", listed=f"{listed:,}", picked=f"{len(self.picks):,}"),
            *([self.label("roundup.claims", n=f"{checked:,}", removed=f"{removed:,}")] if checked else []),
            *([self.label("roundup.usage", usage=usage)] if usage else []),
        ]

    @property
    def _days_by_status(self) -> str:
        statuses = Counter[str](day.status for day in self.recorded)
        statuses["missing"] = len(self.missing)
        known = [self.label(f"roundup.days.{name}", n=statuses[name]) for name in _STATUSES if statuses[name]]
        return self.label("roundup.days.all", days=self.label("post.comma").join(known))

    # --- must-reads ---

    @cached_property
    def _must_reads(self) -> list[Pick]:
        """By their place on their day, then by upvotes: what was first on its day comes before any second."""
        return sorted((pick for pick in self.picks if pick.view.is_must_read), key=lambda pick: pick.order)

    @property
    def must_reads(self) -> list[str]:
        return [pick.line for pick in self._must_reads[:MUST_READS]]

    @property
    def more_must_reads(self) -> str:
        """How many more there are, by day."""
        rest = Counter(pick.day.day.date for pick in self._must_reads[MUST_READS:])
        days = [self.label("roundup.on_day", day=day.short, n=rest[day.day.date]) for day in self.recorded if rest[day.day.date]]
        return self.label("roundup.more", n=rest.total(), days=self.label("post.list").join(days)) if rest else ""

    # --- directions ---

    @cached_property
    def _directions(self) -> list[Direction]:
        return compare([pick.covered for pick in self.picks], self.roundup.before)

    @property
    def is_compared(self) -> bool:
        """Whether there is a period before to compare with."""
        return any(self.roundup.before)

    @property
    def direction_heads(self) -> list[str]:
        """The heads of the table of directions."""
        heads = [self.label("roundup.direction"), self.word("this")]
        periods = sum(map(bool, self.roundup.before))
        return [*heads, self.word("before", n=periods), self.label("roundup.change")] if periods else heads

    @property
    def direction_rows(self) -> list[list[str]]:
        """The rows of that table: those with a change are never left out."""
        shown = [one for n, one in enumerate(self._directions) if n < DIRECTIONS or one.trend in ("up", "down")]
        return [self._direction(one) for one in shown]

    def _direction(self, one: Direction) -> list[str]:
        row = [cell(one.name), self._share(str(one.papers), one.papers, one.cards)]
        if not self.is_compared:
            return row
        mean = math.floor(10 * one.mean_before + 0.5) / 10
        return [*row, self._share(f"{mean:.1f}", one.papers_before, one.cards_before), self.label(f"roundup.trend.{one.trend}")]

    def _share(self, shown: str, papers: int, cards: int) -> str:
        return self.label("roundup.share", n=shown, share=f"{percent(papers, cards)}%")

    @property
    def direction_note(self) -> str:
        """What is compared with what, and what the signs mean."""
        before = sum(map(len, self.roundup.before))
        return self.word("shares", cards=len(self.picks), before=before) if self.is_compared else ""

    @property
    def organisations(self) -> str:
        """Organisations with several papers, as far as listings name one at all."""
        named = [pick.covered.paper.organisation for pick in self.picks]
        counts = Counter(name for name in named if name)
        several = [(name, n) for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n > 1]
        shown = [self.label("roundup.organisation", name=markdown(name), n=n) for name, n in several[:ORGANISATIONS]]
        listed = self.label("post.list").join(shown)
        return self.label("roundup.organisations", listed=listed, n=counts.total()) if shown else ""

    # --- papers that changed ---

    @property
    def updates(self) -> list[UpdateView]:
        return [UpdateView(update, self.config, self.label) for update in self.roundup.updates]

    @property
    def corrections(self) -> list[str]:
        """What the editor corrected on the days of the period."""
        return [line for day in self.recorded for line in self._corrected(day)]

    def _corrected(self, day: DayView) -> Iterator[str]:
        names = {covered.paper.id: day.paper(covered).name for covered in day.day.digest.carded}
        for correction in day.day.corrections:
            if correction.id in names:
                paper = page_link(self.config, correction.id, names[correction.id])
                text = markdown(in_language(correction.text, self.label.language) or "")
                yield self.label("roundup.corrected", paper=paper, day=day.short, text=text)

    # --- days ---

    @cached_property
    def _by_date(self) -> dict[Date, DayView]:
        return {day.day.date: day for day in self.recorded}

    @property
    def _dates(self) -> list[Date]:
        """The days of the period; not those that are still to come."""
        end = max(self._by_date) if self.roundup.is_running else self.roundup.period.last
        return [date for date in self.roundup.period.days if date <= end]

    @property
    def missing(self) -> list[Date]:
        """Days of the period without a record."""
        return [date for date in self._dates if date not in self._by_date]

    @property
    def days(self) -> list[str]:
        """A line for each day; days in a row that have nothing to tell, for the same reason, share one."""
        lines = []
        for silence, dates in groupby(self._dates, self._silence):
            run = list(dates)
            lines += [self._silent(run, silence)] if silence else [self._by_date[date].line for date in run]
        return lines

    def _silence(self, date: Date) -> str:
        """Why a day has nothing to tell: `missing` or `quiet`; empty for any other day."""
        day = self._by_date.get(date)
        return "missing" if day is None else "quiet" if day.is_silent else ""

    def _silent(self, dates: list[Date], why: str) -> str:
        first, last = (self.label("roundup.short", date=date) for date in (dates[0], dates[-1]))
        shown = self.label("roundup.range", first=first, last=last) if len(dates) > 1 else day_name(dates[0], self.label)
        return shown + self.label("post.colon") + self.label(f"roundup.status.{why}")

    @property
    def signature(self) -> str:
        return markdown(self.settings.signature_in(self.label.language))

    # --- front matter, as plain text ---

    @property
    def title(self) -> str:
        period = self.roundup.period
        dates = {key: self.label("roundup.short", date=day) for key, day in (("first", period.first), ("last", period.last))}
        name = self.settings.title_in(self.label.language) or self.config.site.title
        return self.word("title", title=name, year=period.year, number=period.number, **dates)

    @property
    def description(self) -> str:
        """The first must-reads by name, and counts."""
        days = sum(day.status == "announced" for day in self.recorded)
        counted = self.label("roundup.counted", days=days, picked=len(self.picks))
        if not self._must_reads:
            return counted
        names = self.label("overview.separator").join(pick.name for pick in self._must_reads[:NAMED])
        key = "roundup.named_more" if len(self._must_reads) > NAMED else "roundup.named"
        return self.label(key, names=names, n=len(self._must_reads), counted=counted)

    @property
    def directions(self) -> list[str]:
        """By name, the commonest first."""
        return [one.name for one in self._directions if one.papers]

    @property
    def papers(self) -> list[CoveredPaper]:
        return [pick.covered for pick in self.picks]


_STATUSES = ("announced", "quiet", "stale", "failed", "missing")


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves up, as readers round; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0
