"""What a round-up tells, read from records and edits: its days, the periods before, and papers with a new version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from digest import digests
from digest.config import Config
from digest.digests import Day
from digest.models import CoveredPaper
from digest.roundups.periods import Period


@dataclass(frozen=True)
class Update:
    """A paper with a card, of which a new version was listed in the period.

    Attributes:
        first, last: the version that its card described, None where unknown, and the newest one.
        day: where the newest was listed.
        old: with its card as it was before.
        new: with the card of a newer version, where one was made.
    """

    id: str
    first: int | None
    last: int
    day: Day
    old: CoveredPaper | None
    new: CoveredPaper | None


@dataclass(frozen=True)
class Roundup:
    """All that a round-up tells, in no language yet.

    Attributes:
        days: with a record, edits applied, oldest first.
        before: the cards of the periods compared with, the newest period first.
        is_running: it was made before the period was over.
    """

    period: Period
    days: tuple[Day, ...]
    before: tuple[tuple[CoveredPaper, ...], ...]
    updates: tuple[Update, ...]
    is_running: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was announced: then there is nothing to round up."""
        return all(day.digest.status != "announced" for day in self.days)


def gather(config: Config, period: Period, today: Date) -> Roundup:
    """Read what a round-up tells. `today` matters only as long as the period is running.

    Raises:
        RecordError, EditsError: a record of the period or of those before, or its edits, cannot be read.
    """
    days = _days(config, period)
    empty = all(day.digest.status != "announced" for day in days)
    return Roundup(
        period=period,
        days=days,
        before=() if empty else tuple(cards(_days(config, earlier)) for earlier in period.compared),
        updates=() if empty else tuple(_updates(config, days)),
        is_running=not period.is_over(today),
    )


def first_edition(day: Day) -> str | None:
    """The edition of a day that a round-up tells of. A day as it is shown has them in the config's order."""
    return next(iter(day.digest.editions), None)


def cards(days: Iterable[Day]) -> tuple[CoveredPaper, ...]:
    """The papers with a card in the first edition of some days, each once, in the order of days and editions."""
    found: dict[str, CoveredPaper] = {}
    for day in days:
        name = first_edition(day)
        for paper_id in day.digest.editions[name].picked if name else ():
            covered = day.digest.paper(paper_id)
            if covered and covered.cards:
                found.setdefault(paper_id, covered)
    return tuple(found.values())


def _days(config: Config, period: Period) -> tuple[Day, ...]:
    return tuple(day for date in period.days if (day := digests.load_day(config, date)) is not None)


def _updates(config: Config, days: Sequence[Day]) -> list[Update]:
    """Papers with a new version, in the order in which it was listed; none that the editor has taken out."""
    listed: dict[str, list[tuple[Day, int | None, int]]] = {}
    for day in days:
        dropped = digests.edits_of(config, day.date).drop
        for update in day.digest.updated:
            if update.id not in dropped:
                listed.setdefault(update.id, []).append((day, update.from_, update.to))
    old = _earlier_cards(config, {paper_id: found[0][0].date for paper_id, found in listed.items()})
    made = [_update(paper_id, found, old.get(paper_id), days) for paper_id, found in listed.items()]
    return [update for update in made if update.old or update.new]


def _update(
    paper_id: str, listed: Sequence[tuple[Day, int | None, int]], old: CoveredPaper | None, days: Sequence[Day]
) -> Update:
    first, last = listed[0][1], max(to for _, _, to in listed)
    since = listed[0][0].date
    day = next(day for day, _, to in listed if to == last)
    carded = [p for day in days if day.date >= since for p in day.digest.carded if p.paper.id == paper_id]
    newer = [p for p in carded if p.cards and (p.reading.version or 0) > (first or 0)]
    return Update(paper_id, first, last, day, old, newer[-1] if newer else None)


def _earlier_cards(config: Config, wanted: Mapping[str, Date]) -> dict[str, CoveredPaper]:
    """The card that each paper had before a date, looked for backwards: most updates are a few weeks younger than the card."""
    found: dict[str, CoveredPaper] = {}
    records = config.path("records")
    for date in reversed(digests.days(records) if wanted else []):
        left = [paper_id for paper_id, before in wanted.items() if paper_id not in found and date < before]
        if found.keys() == wanted.keys():
            break
        if not left or not _names_one(digests.record_path(records, date).read_bytes(), left):
            continue
        day = digests.load_day(config, date)
        shown = {p.paper.id: p for p in day.digest.carded if p.cards} if day else {}
        found |= {paper_id: shown[paper_id] for paper_id in left if paper_id in shown}
    return found


def _names_one(record: bytes, ids: Iterable[str]) -> bool:
    """Whether the text of a record has one of the ids: reading years of them as text takes no time."""
    return any(f'"{paper_id}"'.encode() in record for paper_id in ids)
