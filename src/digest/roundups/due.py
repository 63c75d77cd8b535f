"""Which round-ups a build writes: of periods that have come to their end, and of those whose days have changed since."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date as Date

from digest import digests
from digest.config import Config
from digest.digests.edits import edits_file
from digest.errors import DigestError, EditsError, RecordError
from digest.models import Digest
from digest.roundups.files import roundup_path, written_periods
from digest.roundups.periods import DAY, Period
from digest.store import Cache, looks

_KIND = "roundups"


@dataclass(frozen=True)
class Failed:
    """A round-up that could not be made."""

    name: str
    error: DigestError


def write_due(
    config: Config,
    today: Date,
    cache: Cache,
    *,
    look_back: int,
    built: Collection[Date],
    is_settled: Callable[[Digest], bool],
    say: Callable[[str], None],
) -> list[Failed]:
    """Write what is due, the oldest first.

    A period's turn comes when it is over and its days need nothing more. Whether a day of it, or of the periods that it is
    compared with, has changed since is seen by the sizes and times of its files, without reading them.

    Args:
        look_back: days within which builds complete a day; what is older has been given up.
        built: days that this run has built.
        is_settled: whether a day needs nothing more.

    Returns:
        What failed.
    """
    failed = []
    try:
        due = sorted(_due(config, today, look_back, built), key=lambda period: (period.last, period.kind))
    except DigestError as error:  # the list of written ones cannot be read
        return [Failed("round-ups", error)]
    for period in due:
        try:
            _write(config, period, today, cache, today - look_back * DAY, is_settled, say)
        except DigestError as error:
            say(str(error))
            failed.append(Failed(period.name, error))
    return failed


def _due(config: Config, today: Date, look_back: int, built: Collection[Date]) -> set[Period]:
    """The periods of which a round-up may be due, all of them over."""
    found: set[Period] = set()
    for kind in config.roundups:
        period = Period.of(kind, today).previous
        found.add(period)
        while (period := period.previous).last >= today - look_back * DAY:
            found.add(period)
    written = written_periods(config) if built else set()
    ours = {p for p in written if p.kind in config.roundups and p.is_over(today)}
    return found | {p for p in ours if any(p.compared[-1].first <= day <= p.last for day in built)}


def _write(
    config: Config,
    period: Period,
    today: Date,
    cache: Cache,
    horizon: Date,
    is_settled: Callable[[Digest], bool],
    say: Callable[[str], None],
) -> None:
    if _looks(config, period) == cache.get(_KIND, period.name):
        return
    if waits_for := next(_unsettled(config, period, horizon, is_settled), None):
        say(f"{period.name}: the round-up waits until {waits_for} is complete")
        return
    from digest.roundups.write import told, write_roundup  # a night with nothing to do needs no template and no card

    for line in told(write_roundup(config, period, today)):
        say(line)
    cache.put(_KIND, period.name, _looks(config, period))


def _unsettled(config: Config, period: Period, horizon: Date, is_settled: Callable[[Digest], bool]) -> Iterator[Date]:
    """Days that a later build will complete. One that cannot be read keeps the round-up waiting for a person."""
    for day in period.days:
        if day < horizon:
            continue
        try:
            digest = digests.read(config.path("records"), day)
            if digest is not None and not is_settled(digest):
                yield day
        except (RecordError, EditsError):
            yield day


def _looks(config: Config, period: Period) -> str:
    """The state of all that a round-up is made from, and of its files."""
    records, edits = config.path("records"), config.path("edits")
    days = [day for one in (*reversed(period.compared), period) for day in one.days]
    files = [file for day in days for file in (digests.record_path(records, day), edits_file(edits, day))]
    files += [roundup_path(config, period, language) for language in config.languages]
    return hashlib.sha256("".join(f"{file.name} {looks(file)}\n" for file in files).encode()).hexdigest()
