"""The time. Nothing else in the package reads it; it is passed in at the edge."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from digest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is.

    Attributes:
        now: the present moment, with a time zone of UTC. Fixed for a whole run, so that a run that crosses midnight
            stays with one day.
        monotonic: seconds from an arbitrary start, shared by the processes of a machine; for spacing and deadlines only.
        sleep: waits that many seconds.
    """

    now: datetime
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @property
    def today(self) -> date:
        """The date in UTC."""
        return self.now.date()


def iso_date(text: str) -> date:
    """A date as we write it, `2026-02-18` and nothing else that ISO 8601 allows. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("a date is written 2026-02-18")
    return date.fromisoformat(text)


def system_clock(environ: dict[str, str] | None = None) -> Clock:
    """The machine's clock, or the fixed moment that DIGEST_NOW names (`2026-02-18T09:00:00Z`).

    Raises:
        UsageError: DIGEST_NOW is not an ISO 8601 date and time.
    """
    fixed = (os.environ if environ is None else environ).get("DIGEST_NOW")
    if not fixed:
        return Clock(now=datetime.now(UTC))
    try:
        moment = datetime.fromisoformat(fixed)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{fixed!r} is not a date and time", where="DIGEST_NOW", hint="for example 2026-02-18T09:00:00Z"
        ) from None
    return Clock(now=moment)
