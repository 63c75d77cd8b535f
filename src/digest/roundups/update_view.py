"""A paper with a new version, as the template sees it: from which to which, and what its card says otherwise."""

from dataclasses import dataclass
from functools import cached_property

from digest.config import Config
from digest.labels import Labels
from digest.models import Claim, CoveredPaper
from digest.posts.addresses import page_link
from digest.roundups.changes import Change, Comparison, compare_cards
from digest.roundups.day_view import DayView
from digest.roundups.gather import Update

SHOWN = 6
"""Differences that are told of one paper."""


@dataclass(frozen=True)
class UpdateView:
    """One paper with a new version. Its properties are Markdown; an empty one means that there is nothing to say."""

    update: Update
    config: Config
    label: Labels

    @property
    def day(self) -> DayView:
        return DayView(self.update.day, self.config, self.label)

    @cached_property
    def _comparison(self) -> Comparison | None:
        old, new = self.update.old, self.update.new
        return compare_cards(old, new, self.label.language) if old and new else None

    @property
    def line(self) -> str:
        """The paper, its versions, the day, and what became of its card."""
        update = self.update
        shown = update.new or update.old
        assert shown  # gather leaves out what has neither
        name = page_link(self.config, update.id, shown.name_in(self.label.language))
        versions = f"v{update.first} → v{update.last}" if update.first else f"v{update.last}"
        about = self.label("post.parentheses", text=self.day.short)
        return f"**{name}**{self.label('post.colon')}{versions}{about}{self.label('post.comma')}{self._state}"

    @property
    def _state(self) -> str:
        old, new, comparison = self.update.old, self.update.new, self._comparison
        if new is None:
            return self.label("roundup.update.unread")
        if old is None:
            return self.label("roundup.update.read")
        if comparison is None:
            return self.label("roundup.update.not_compared")
        if not comparison.tldr and not comparison.changes:
            return self.label("roundup.update.same")
        read_more = old.reading.source == "abstract" != new.reading.source
        return self.label("roundup.update.read_more" if read_more else "roundup.update.compared")

    @property
    def differences(self) -> list[str]:
        """TL;DR before and after, then numbers, what is new, and what is gone."""
        comparison = self._comparison
        if comparison is None:
            return []
        lines = []
        if comparison.tldr:
            before, after = comparison.tldr
            tellings = (("before", self.update.old, before), ("after", self.update.new, after))
            lines = [self.label(f"roundup.update.tldr_{when}", text=self._said(paper, claim)) for when, paper, claim in tellings]
        lines += [self._change(change) for change in comparison.changes[:SHOWN]]
        more = len(comparison.changes) - SHOWN
        return [*lines, self.label("roundup.update.more", n=more)] if more > 0 else lines

    def _change(self, change: Change) -> str:
        field = self.label.one_of("card", change.field)
        said = {"old": self._said(self.update.old, change.old), "new": self._said(self.update.new, change.new)}
        return self.label(f"roundup.update.{change.kind}", field=field, **said)

    def _said(self, covered: CoveredPaper | None, claim: Claim | None) -> str:
        """A claim with the link to its sentence, in the version that it was read in."""
        return self.day.paper(covered).said(claim) if covered else ""
