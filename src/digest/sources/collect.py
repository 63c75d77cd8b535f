"""The listings of a day from all sources, each kept once it is complete."""

from collections.abc import Iterator, Sequence
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
    growing = any(k.listing.status == "announced" and not _is_final(k.listing.source, k.read_at, day) for k in kept)
    return Collected(
        listings=tuple(k.listing for k in kept),
        provisional=growing or clock.now < end_of(day),
        notes=tuple(note for k in kept for note in k.listing.notes),
    )


def would_ask(day: date, sources: Sequence[Source], cache: Cache, clock: Clock) -> bool:
    """Whether collecting a day makes a request: something is missing, or has grown since it was read."""
    times = ((source.name, _read_at(cache, source.name, name, day)) for source in sources for name in source.listings)
    return any(read_at is None or not _is_good(source, read_at, day, clock, "normal") for source, read_at in times)


def earlier_ids(cache: Cache, name: str, day: date) -> Iterator[tuple[date, frozenset[str]]]:
    """The new papers of an arXiv category's listings of the week before a day, as far as they are kept; newest first."""
    for n in range(1, 8):
        kept = _load(cache, "arxiv", name, day - timedelta(days=n))
        if kept and kept.listing.entries:
            yield day - timedelta(days=n), frozenset(e.paper.id for e in kept.listing.entries if e.announce_type == "new")


def _of_source(day: date, source: Source, cache: Cache, clock: Clock, mode: Mode) -> list[Kept]:
    kept = {name: k for name in source.listings if (k := _load(cache, source.name, name, day))}
    wanted = [n for n in source.listings if n not in kept or not _is_good(source.name, kept[n].read_at, day, clock, mode)]
    if wanted:
        for listing in source.read(day, wanted):
            before = kept.get(listing.name)
            if listing.status in ("announced", "quiet"):
                kept[listing.name] = Kept(listing, clock.now)
                _save(cache, day, kept[listing.name])
            elif before is None:
                kept[listing.name] = Kept(listing, clock.now)
            else:
                kept[listing.name] = _as_before(before, listing)
    return [kept[name] for name in source.listings]


def _as_before(before: Kept, failed: Listing) -> Kept:
    """What was read earlier, with a note on why it is not newer."""
    note = f"{failed.source} {failed.name}: as read at {before.read_at:%Y-%m-%d %H:%M} UTC; now: {failed.error}"
    return Kept(before.listing.model_copy(update={"notes": (note,)}), before.read_at)


def _is_final(source: str, read_at: datetime, day: date) -> bool:
    """Whether an upstream's listing of a day will not change any more.

    An arXiv batch is final when it is out; a Hugging Face list when its day has ended in UTC.
    """
    return source == "arxiv" or read_at >= end_of(day)


def _is_good(source: str, read_at: datetime, day: date, clock: Clock, mode: Mode) -> bool:
    """Whether a listing that was read then need not be read now."""
    if mode == "refresh":
        return False
    is_recent = clock.now < end_of(day) and abs(clock.now - read_at) < GROWS_FOR
    return mode == "cached" or _is_final(source, read_at, day) or is_recent


# The time stands on a line before the listing, so that it can be read without the listing.


def _read_at(cache: Cache, source: str, name: str, day: date) -> datetime | None:
    text = cache.get("listing", f"{source}/{name}/{day}")
    try:
        return datetime.fromisoformat(text.split("\n", 1)[0]) if text else None
    except ValueError:  # written by another version of ours
        return None


def _load(cache: Cache, source: str, name: str, day: date) -> Kept | None:
    text = cache.get("listing", f"{source}/{name}/{day}")
    if text is None:
        return None
    read_at, _, listing = text.partition("\n")
    try:
        return Kept(Listing.model_validate_json(listing), datetime.fromisoformat(read_at))
    except ValueError:  # written by another version of ours
        return None


def _save(cache: Cache, day: date, kept: Kept) -> None:
    key = f"{kept.listing.source}/{kept.listing.name}/{day}"
    cache.put("listing", key, f"{kept.read_at.isoformat()}\n{kept.listing.model_dump_json()}")
