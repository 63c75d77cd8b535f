"""Which of the ranked papers an edition shows, and what becomes of the others. Nothing disappears silently."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.config import Selection
from digest.selection.rank import Ranked, Reason

LATE_PICKS = 2
"""How many papers that were listed late may join a digest beyond its picks."""


@dataclass(frozen=True)
class Choice:
    """What an edition shows of the scanned papers.

    Attributes:
        kept: ids that an earlier build of the day has published, in their order; they stay first.
        picked: get a card now, in this order.
        also: one line each.
        excluded: scanned and not shown, each with the reason.
        failed: would have been picked, but there is no text to make a card from.
    """

    kept: tuple[str, ...]
    picked: tuple[Ranked, ...]
    also: tuple[Ranked, ...]
    excluded: tuple[tuple[Ranked, Reason], ...]
    failed: tuple[Ranked, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All papers with a card, in the edition's order."""
        return (*self.kept, *(r.id for r in self.picked))

    @property
    def scanned(self) -> frozenset[str]:
        """All papers that were looked at."""
        rows = [*self.picked, *self.also, *self.failed, *(r for r, _ in self.excluded)]
        return frozenset((*self.kept, *(r.id for r in rows)))


def choose(
    ranked: Sequence[Ranked],
    selection: Selection,
    *,
    kept: Sequence[str] = (),
    noted: Sequence[str] = (),
    settled: Sequence[str] = (),
) -> Choice:
    """Choose an edition's papers.

    Args:
        ranked: the scanned candidates, best first.
        selection: how many of each.
        kept: ids that an earlier build of the day has published.
        noted: ids that it also noted; they are noted again, and newly listed papers that are not picked join them.
        settled: ids that it scanned and did not show; they are not picked late.
    """
    limit = len(ranked) + len(kept) if selection.pick == "all" else int(selection.pick)
    eligible = [r for r in ranked if r.barred is None and r.has_text]
    room = max(0, (limit + LATE_PICKS if kept else limit) - len(kept))
    picked = [r for r in eligible[:limit] if r.id not in {*kept, *noted, *settled}][:room]
    rest = [r for r in ranked if r.id not in kept and r not in picked]
    failed = [r for r in rest if r.barred is None and not r.has_text]
    also = _noted([r for r in rest if _is_worth_a_line(r, noted)], selection, kept, noted, settled)
    # without its rank: another edition, which looks at other papers, shows the same reason
    excluded = [(r, r.barred or r.aside or Reason("rank")) for r in rest if r not in also and r not in failed]
    return Choice(tuple(kept), tuple(picked), tuple(also), tuple(excluded), tuple(failed))


def _is_worth_a_line(ranked: Ranked, noted: Sequence[str]) -> bool:
    return ranked.barred is None and ranked.has_text and (ranked.aside is None or ranked.id in noted)


def _noted(
    rest: Sequence[Ranked], selection: Selection, kept: Sequence[str], noted: Sequence[str], settled: Sequence[str]
) -> list[Ranked]:
    """The one-line entries: the best of the rest; of a day that was published before, those of then and the newly listed."""
    if not kept:
        return list(rest[: selection.also])
    return [*(r for i in noted for r in rest if r.id == i), *(r for r in rest if r.id not in {*noted, *settled})]
