"""What a run did: the exit status, and the report that is printed with --json and kept in the state folder."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from digest import __version__
from digest.models import Digest
from digest.store import write_atomic

DONE, DEGRADED, NOTHING, USAGE, AGAIN = 0, 1, 2, 3, 75
KEPT = 60
"""Reports kept in the state folder."""


@dataclass(frozen=True)
class DayReport:
    """What became of one date.

    Attributes:
        exit_status: of this date alone: 0 done or quiet, 1 degraded, 2 nothing published, 3 its edits are wrong, 75 later.
        built: False for a day that was complete already.
        unfilled: why papers have no card by the model that was asked for one, with how many.
        kept: posts left alone because they were edited by hand.
        notes: what a person may want to know, a line each.
    """

    date: str
    status: str
    exit_status: int
    built: bool = True
    provisional: bool = False
    sources: tuple[dict[str, Any], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    unfilled: dict[str, int] = field(default_factory=dict)
    posts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None


@dataclass
class RunReport:
    """What a run did, in all.

    Attributes:
        requests: to each upstream, with retries and seconds waited.
        model: calls of this run, those among them that were lost, and seconds waited; None where none is configured.
    """

    started: datetime
    days: list[DayReport] = field(default_factory=list)
    requests: dict[str, dict[str, Any]] = field(default_factory=dict)
    model: dict[str, Any] | None = None
    site: dict[str, Any] | None = None
    seconds: float = 0.0
    error: str | None = None
    exit_status: int = DONE

    def as_json(self) -> str:
        data = asdict(self) | {"started": self.started.isoformat(), "digest_version": __version__}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def keep(self, state: Path) -> None:
        """Write the report into the state folder and let the oldest go. Raises OutputError."""
        folder = state / "runs"
        write_atomic(folder / f"{self.started:%Y%m%dT%H%M%S%f}.json", self.as_json())
        for old in sorted(folder.glob("*.json"))[:-KEPT]:
            old.unlink(missing_ok=True)


def exit_status(days: list[DayReport]) -> int:
    """One exit status for several days.

    What was published decides: degraded if any day of the run was less than it should be. Where nothing was published,
    a failure outweighs a stale upstream.
    """
    statuses = {day.exit_status for day in days}
    if statuses <= {DONE}:
        return DONE
    if statuses & {DONE, DEGRADED} and any(day.status == "announced" for day in days):
        return DEGRADED
    return next(status for status in (USAGE, NOTHING, AGAIN, DEGRADED) if status in statuses)


def day_report(digest: Digest, added: Collection[str] = (), **facts: Any) -> DayReport:
    """The report of a date from its record.

    Args:
        added: ids that the editor adds to the day.
    """
    return DayReport(
        date=str(digest.date),
        status=digest.status,
        exit_status=status_of(digest, added),
        provisional=digest.provisional,
        sources=tuple(source.model_dump(mode="json") for source in digest.sources),
        counts=digest.counts.model_dump(),
        unfilled=dict(sorted(Counter(digest.unfilled(added).values()).items())),
        **facts,
    )


def status_of(digest: Digest, added: Collection[str] = ()) -> int:
    """The exit status that a record stands for."""
    if digest.status in ("stale", "failed"):
        return AGAIN if digest.status == "stale" else NOTHING
    is_whole = all(source.status in ("announced", "quiet") for source in digest.sources)
    return DONE if is_whole and not digest.unfilled(added) else DEGRADED
