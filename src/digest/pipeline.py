"""The whole way of a day, from listings to posts. Start reading here.

    sources ─► merge ─► selection ─► reading ─► cards ─► record ─► posts ─► site

Everything left of the record may cost network and is done once; everything right of it is a pure function of content/,
config.yaml and templates/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from digest import digests
from digest.attempts import count, left, wanted
from digest.choosing import Selected, editors_additions, select
from digest.config import Config
from digest.covering import Pick, cover
from digest.desk import Desk, open_desk
from digest.digests.assemble import Findings, assemble, scanned_ids
from digest.errors import NothingBetter
from digest.models import CoveredPaper, Digest, Listing, Status, TokenUsage, in_language
from digest.overviews import overviews
from digest.posts import MadePosts, escape, make_posts, post_path, stands_as_written
from digest.renewing import new_versions, recarded, updates
from digest.report import DayReport, day_report
from digest.selection import places, stars
from digest.sources import Collected, collect, merge
from digest.tools import Tools

EDITORS_STARS = 2
"""The recommendation of a paper that the editor adds; `stars` in the edits changes it."""

STAGES = ("sources", "merge", "selection", "reading", "cards", "record", "posts", "site")
"""In order; each is a folder of the package, merge within sources and record within digests."""


@dataclass(frozen=True)
class Options:
    """How a day is built.

    Attributes:
        anew: fill the cards of published papers again; which papers these are does not change.
        overwrite: replace posts that were edited by hand.
        edition: write the posts of this edition only.
    """

    anew: bool = False
    overwrite: bool = False
    edition: str | None = None


DEFAULTS = Options()


def run_day(day: Date, tools: Tools, options: Options = DEFAULTS) -> DayReport:
    """Build one listing date: its record and its posts.

    Returns:
        The day's report; its `exit_status` tells whether the day was published whole, degraded or not at all.

    Raises:
        DigestError: what is neither an upstream's fault nor a matter of degree: edits, a template, the disk.
    """
    records = tools.config.path("records")
    before = digests.read(records, day)
    collected = _collect(day, tools)
    status = day_status(collected.listings)
    if before and before.status == "announced" and status != "announced":
        raise NothingBetter("what stands is better than what could be read", where=str(day), why=_errors(collected.listings))

    found = _find(day, status, collected, before, tools, anew=options.anew)
    digest = assemble(found, tools.config, tools.words)
    digest = digest.model_copy(update={"posts": before.posts if before else {}})
    posts = write_day(digest, tools.config, tools.clock.today, options)
    return day_report(
        digest,
        digests.edits_of(tools.config, day).add,
        posts=tuple(map(str, posts.files)),
        kept=tuple(map(str, posts.kept)),
        notes=tuple(_notes(collected, found.notes, tools, posts.kept)),
    )


def day_status(listings: Sequence[Listing]) -> Status:
    """A day is announced if any source is; else stale, failed or quiet, in this order."""
    order: tuple[Status, ...] = ("announced", "stale", "failed")
    statuses = {listing.status for listing in listings}
    return next((status for status in order if status in statuses), "quiet")


# --- sources -------------------------------------------------------------------------------------


def _collect(day: Date, tools: Tools) -> Collected:
    for upstream in tools.upstreams.values():
        upstream.restart_deadline()
    tools.papers.error = tools.stars.error = None
    tools.say(f"{day}: reading the listings")
    collected = collect(day, tools.sources, tools.cache, tools.clock, tools.mode)
    for listing in collected.listings:
        how = f"{len(listing.entries)} entries via {listing.via}" if listing.status == "announced" else listing.error or ""
        tools.say(f"{day}: {listing.source} {listing.name}: {listing.status}{': ' if how else ''}{how}")
    return collected


def _errors(listings: Sequence[Listing]) -> str:
    return "; ".join(dict.fromkeys(listing.error for listing in listings if listing.error))


def _find(day: Date, status: Status, collected: Collected, before: Digest | None, tools: Tools, *, anew: bool) -> Findings:
    """From listings to cards and what is said over them."""
    listed_on, listings = day, collected.listings
    if status == "quiet" and tools.config.quiet_day == "previous":
        listed_on, listings = _previous(day, tools) or (day, listings)
    seen = digests.seen(tools.config.path("records"), without=day)
    candidates = merge(listings)
    fresh = [c for c in candidates if c.paper.id not in seen]
    if listed_on != day:  # what has a card is not the news of a quiet day
        candidates = fresh
    repeated = {c.paper.id: seen[c.paper.id] for c in candidates if c.paper.id in seen}
    updated = updates(listings, candidates, seen)
    desk = open_desk(day, before, tools)
    selected = select(day, fresh, before, tools, desk)
    newer = new_versions(updated, listings, candidates, seen, before, tools) if desk else []
    told = _cover(day, selected, newer, before, tools, desk, anew=anew)
    said, silent = overviews(day, selected, told.papers, before, tools, desk)
    return Findings(
        date=day,
        listed_on=listed_on,
        status=status,
        provisional=collected.provisional,
        revised=_revised(before, told.papers, tools),
        listings=collected.listings,
        candidates=candidates,
        repeated=repeated,
        updated=updated,
        scanned=len(scanned_ids(selected.choices.values())),
        choices=selected.choices,
        covered=told.papers,
        recarded=told.recarded,
        overviews=said,
        usage=desk.model.usage if desk else before.usage if before else TokenUsage(),
        prompts=desk.hashes if desk else before.provenance.prompts if before else {},
        notes=(*selected.notes, *told.notes, *silent),
    )


def _previous(day: Date, tools: Tools) -> tuple[Date, tuple[Listing, ...]] | None:
    """The last announced day before a quiet one, and its listings."""
    records = tools.config.path("records")
    for earlier in reversed([d for d in digests.days(records) if d < day]):
        digest = digests.read(records, earlier)
        if digest and digest.status == "announced":
            return earlier, collect(earlier, tools.sources, tools.cache, tools.clock, tools.mode).listings
    return None


# --- cards ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """The day's papers with their cards, and the new cards of papers from other days."""

    papers: Mapping[str, CoveredPaper]
    recarded: tuple[CoveredPaper, ...]
    notes: tuple[str, ...]


def _cover(
    day: Date,
    selected: Selected,
    newer: Sequence[Pick],
    before: Digest | None,
    tools: Tools,
    desk: Desk | None,
    *,
    anew: bool,
) -> Told:
    """The cards of the day: those of an earlier build, and what is new, was left unfinished or is asked for anew."""
    known = {p.paper.id: p for p in before.papers} if before else {}
    again = wanted(before, tools) if before else frozenset()
    paid = {i for i, p in known.items() if p.by_model} if desk is None else frozenset()  # not thrown away by a run without one
    picks = [p for p in _picks(selected, tools) if (anew and p.id not in paid) or p.id in selected.new or p.id in again]
    additions = editors_additions(day, tools, set(known) - again, selected.ranked)
    additional = [Pick(r, EDITORS_STARS) for r in additions if r.id not in {p.id for p in picks}]
    others = [p for p in newer if p.id not in {a.id for a in additional}]
    covered = cover([*picks, *additional, *others], tools, desk)
    fresh = {i: _better(p, known.get(i)) for i, p in covered.papers.items() if i not in {o.id for o in others}}
    count(day, {**left(again, covered.papers), **covered.failures}, tools)
    return Told({**known, **fresh}, recarded(others, covered, before), covered.notes)


def _better(new: CoveredPaper, old: CoveredPaper | None) -> CoveredPaper:
    """The new cards, but where the model failed and there are some that it once made, or was not asked at all."""
    if old is None or not any(card.reason for card in new.cards.values()):
        return old if old is not None and old.by_model and set(old.cards) > set(new.cards) else new
    was_not_asked = any(card.reason == "not_cached" for card in new.cards.values())
    return old if old.by_model or was_not_asked else new


def _picks(selected: Selected, tools: Tools) -> list[Pick]:
    """The papers of all editions, each once, the best first: where a budget ends, it ends with the last."""
    picks: dict[str, Pick] = {}
    for edition in tools.config.editions:
        choice = selected.choices[edition.name]
        by_signals = places(r for i, r in selected.ranked.items() if i in choice.scanned)
        for position, paper_id in enumerate(choice.ids):
            if ranked := selected.ranked.get(paper_id):
                place = max(position, by_signals[paper_id])
                recommendation = stars(place, ranked, tools.config.of_edition(edition))
                picks.setdefault(paper_id, Pick(ranked, recommendation))
    return list(picks.values())


# --- record and posts ----------------------------------------------------------------------------


def _revised(before: Digest | None, covered: Mapping[str, CoveredPaper], tools: Tools) -> tuple[Date, ...]:
    """The UTC dates on which a published day got more papers or a correction."""
    if before is None or before.status != "announced":
        return ()
    is_new = set(covered) != {p.paper.id for p in before.papers}
    return tuple(dict.fromkeys([*before.revised, tools.clock.today])) if is_new else before.revised


def write_day(digest: Digest, config: Config, today: Date, options: Options = DEFAULTS) -> MadePosts:
    """Write a day's record and its posts, all or none; the record keeps the posts' hashes, which tell an edit by hand.

    A correction that its post does not tell yet makes `today` a day of revision.
    """
    day = digests.project(config, digest)
    if any(_is_news(correction, day, config) for correction in day.corrections) and today not in digest.revised:
        digest = digest.model_copy(update={"revised": (*digest.revised, today)})
        day = digests.project(config, digest)
    posts = make_posts(day, digest, config, overwrite=options.overwrite, edition=options.edition)
    digests.write(config.path("records"), digest.model_copy(update={"posts": posts.hashes}), posts.files)
    return posts


def _is_news(correction: digests.Correction, day: digests.Day, config: Config) -> bool:
    """Whether a post that shows the paper stands there as we wrote it, and does not tell a correction."""
    for name, edition in day.digest.editions.items():
        if correction.id not in edition.picked:
            continue
        for language in config.languages:
            text = in_language(correction.text, language) or ""
            post = post_path(config, day.date, name, language)
            if stands_as_written(post, day.digest.posts, config.root) and escape(text) not in post.read_text(encoding="utf-8"):
                return True
    return False


def _notes(collected: Collected, found: Sequence[str], tools: Tools, kept: Sequence[object]) -> list[str]:
    notes = [*collected.notes, *found, *filter(None, (tools.papers.error, tools.stars.error))]
    notes += [f"{path} was edited by hand and is left alone; --overwrite replaces it" for path in kept]
    return list(dict.fromkeys(notes))
