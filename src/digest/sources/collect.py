"""The listings of a day from all sources, each kept once it is complete."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from digest.clock import Clock
from digest.models import Listing
from digest.sources.base import Source
from digest.store import Cache

Mode = Literal["normal", "cached", "refresh"]
"""`cached`: no request at all; `refresh`: ask again even for what is complete."""

GROWS_FOR = timedelta(hours=1)
"""A growing list that was read less than this ago is not read again."""


@dataclass(frozen=True)
class Kept:
    """A listing and when it was read."""

    listing: Listing
    read_at: datetime

    def is_final(self, day: date) -> bool:
        """Whether the upstream's listing of that day will not change any more.

        An arXiv batch is final when it is out; a Hugging Face list when its day has ended in UTC.
        """
        return self.listing.source == "arxiv" or self.read_at >= end_of(day)


@dataclass(frozen=True)
class Collected:
    """All listings of a day, in the config's order.

    Attributes:
        provisional: one of them was read while it could still grow, or the day has not ended.
        notes: what a run report should mention.
    """

    listings: tuple[Listing, ...]
    provisional: bool
    notes: tuple[str, ...] = ()


def end_of(day: date) -> datetime:
    """The first moment after a day in UTC."""
    return datetime.combine(day + timedelta(days=1), time(0), UTC)


def collect(day: date, sources: Sequence[Source], cache: Cache, clock: Clock, mode: Mode = "normal") -> Collected:
    """Read the listings of a day.

    Args:
        day: the listing date.
        sources: asked side by side, each in a thread of its own.
        cache: holds the listings of earlier runs; complete ones are not asked for again.
        mode: see `Mode`. What cannot be read anew is served as it was read before.
    """
    with ThreadPoolExecutor(max_workers=max(1, len(sources))) as pool:
        kept = [k for each in pool.map(lambda s: _of_source(day, s, cache, clock, mode), sources) for k in each]
    growing = any(k.listing.status == "announced" and not k.is_final(day) for k in kept)
    return Collected(
        listings=tuple(k.listing for k in kept),
        provisional=growing or clock.now < end_of(day),
        notes=tuple(note for k in kept for note in k.listing.notes),
    )


def would_ask(day: date, sources: Sequence[Source], cache: Cache, clock: Clock) -> bool:
    """Whether collecting a day makes a request: something is missing, or has grown since it was read."""
    return any(
        not _is_good(_load(cache, source, name, day), day, clock, "normal") for source in sources for name in source.listings
    )


def _of_source(day: date, source: Source, cache: Cache, clock: Clock, mode: Mode) -> list[Kept]:
    kept = {name: k for name in source.listings if (k := _load(cache, source, name, day))}
    wanted = [name for name in source.listings if not _is_good(kept.get(name), day, clock, mode)]
    if wanted and mode == "cached":
        return [kept.get(name) or Kept(_uncached(source, name, day), clock.now) for name in source.listings]
    if wanted:
        for listing in source.read(day, wanted):
            before = kept.get(listing.name)
            if listing.status in ("announced", "quiet"):
                kept[listing.name] = Kept(listing, clock.now)
                _save(cache, day, kept[listing.name])
            elif before is None or before.listing.status != "announced":
                kept[listing.name] = Kept(listing, clock.now)
            else:
                note = f"{source.name} {listing.name}: served as read at {before.read_at:%Y-%m-%d %H:%M} UTC: {listing.error}"
                kept[listing.name] = Kept(before.listing.model_copy(update={"notes": (note,)}), before.read_at)
    return [kept[name] for name in source.listings]


def _is_good(kept: Kept | None, day: date, clock: Clock, mode: Mode) -> bool:
    if kept is None or mode == "refresh":
        return False
    return mode == "cached" or kept.is_final(day) or (clock.now < end_of(day) and abs(clock.now - kept.read_at) < GROWS_FOR)


def _uncached(source: Source, name: str, day: date) -> Listing:
    error = f"the cache has no listing of {day}, and no request may be made"
    return Listing(source=source.name, name=name, url="", status="failed", error=error)


def _load(cache: Cache, source: Source, name: str, day: date) -> Kept | None:
    text = cache.get("listing", f"{source.name}/{name}/{day}")
    if text is None:
        return None
    try:
        data = json.loads(text)
        return Kept(Listing.model_validate(data["listing"]), datetime.fromisoformat(data["read_at"]))
    except (ValueError, KeyError):  # written by another version of ours
        return None


def _save(cache: Cache, day: date, kept: Kept) -> None:
    key = f"{kept.listing.source}/{kept.listing.name}/{day}"
    read_at = json.dumps(kept.read_at.isoformat())
    cache.put("listing", key, f'{{"read_at": {read_at}, "listing": {kept.listing.model_dump_json()}}}')
