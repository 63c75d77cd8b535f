"""The whole way of a day, from listings to posts. Start reading here.

    sources ─► merge ─► selection ─► reading ─► cards ─► record ─► posts ─► site

Everything left of the record may cost network and is done once; everything right of it is a pure function of content/,
config.yaml and templates/.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from digest import digests
from digest.cards import extract_card, quotes_of
from digest.config import Config
from digest.digests.assemble import Findings, assemble, in_edition, scanned_ids
from digest.digests.edits import edits_file, read_edits
from digest.errors import EditsError, NothingBetter
from digest.models import Assessment, Candidate, CoveredPaper, Digest, Listing, Signals, Status, UpdatedPaper
from digest.posts import MadePosts, escape, make_posts, post_path
from digest.reading import read_abstract
from digest.report import DayReport, day_report
from digest.selection import Choice, Ranked, Reason, choose, rank, stars, worded
from digest.sources import Collected, collect, enrich, merge
from digest.tools import Tools
from digest.yamlfile import line_of

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
        posts=tuple(map(str, posts.files)),
        kept=tuple(map(str, posts.kept)),
        notes=tuple(_notes(collected, tools, posts.kept)),
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
    """From listings to cards."""
    listed_on, listings = day, collected.listings
    if status == "quiet" and tools.config.quiet_day == "previous":
        listed_on, listings = _previous(day, tools) or (day, listings)
    seen = digests.seen(tools.config.path("records"), without=day)
    candidates = merge(listings)
    fresh = [c for c in candidates if c.paper.id not in seen]
    if listed_on != day:  # what has a card is not the news of a quiet day
        candidates = fresh
    repeated = {c.paper.id: seen[c.paper.id] for c in candidates if c.paper.id in seen}
    choices, ranked = _select(day, fresh, before, tools)
    covered = {p.paper.id: p for p in before.papers} if before else {}
    covered |= _cards(choices, ranked, _editors_additions(day, tools, covered, ranked), tools, anew=anew)
    return Findings(
        date=day,
        listed_on=listed_on,
        status=status,
        provisional=collected.provisional,
        revised=_revised(before, covered, tools),
        listings=collected.listings,
        candidates=candidates,
        repeated=repeated,
        updated=_updates(listings, candidates, seen),
        scanned=len(scanned_ids(choices.values())),
        choices=choices,
        covered=covered,
    )


def _previous(day: Date, tools: Tools) -> tuple[Date, tuple[Listing, ...]] | None:
    """The last announced day before a quiet one, and its listings."""
    records = tools.config.path("records")
    for earlier in reversed([d for d in digests.days(records) if d < day]):
        digest = digests.read(records, earlier)
        if digest and digest.status == "announced":
            return earlier, collect(earlier, tools.sources, tools.cache, tools.clock, tools.mode).listings
    return None


def _updates(
    listings: Sequence[Listing], candidates: Sequence[Candidate], seen: Mapping[str, digests.Seen]
) -> list[UpdatedPaper]:
    """New versions of papers that have a card."""
    replaced = [entry.paper for listing in listings for entry in listing.replacements]
    newest: dict[str, int] = {}
    for paper in (*replaced, *(c.paper for c in candidates)):
        if paper.id in seen and paper.version:
            newest[paper.id] = max(newest.get(paper.id, 0), paper.version)
    return [
        UpdatedPaper.model_validate({"id": i, "from": seen[i].version, "to": version})
        for i, version in sorted(newest.items())
        if (carded := seen[i].version) and version > carded
    ]


# --- selection -----------------------------------------------------------------------------------


def _select(
    day: Date, candidates: Sequence[Candidate], before: Digest | None, tools: Tools
) -> tuple[dict[str, Choice], dict[str, Ranked]]:
    """Each edition's choice, and all that was looked at, by id."""
    selection = tools.config.selection
    choices: dict[str, Choice] = {}
    shown = {i for e in before.editions.values() for i in (*e.picked, *e.also)} if before else set()
    scans = {e.name: _scan(candidates, e.sources, e.scan or selection.scan, tools, shown) for e in tools.config.editions}
    scanned = {c.paper.id: c for scan in scans.values() for c in scan}
    ranked = {r.id: r for r in rank(_look_up(day, list(scanned.values()), tools), selection)}
    for edition in tools.config.editions:
        mine = {c.paper.id for c in scans[edition.name]}
        earlier = before.editions.get(edition.name) if before else None
        choices[edition.name] = choose(
            [r for i, r in ranked.items() if i in mine],
            tools.config.of_edition(edition),
            kept=earlier.picked if earlier else (),
            noted=earlier.also if earlier else (),
            settled=earlier.excluded if earlier else (),
        )
    tools.say(f"{day}: {len(candidates)} papers listed, {len(scanned)} scanned, {len(_picked(choices))} new cards")
    return choices, ranked


def _scan(
    candidates: Sequence[Candidate], sources: Sequence[str], count: int, tools: Tools, shown: Collection[str]
) -> list[Candidate]:
    """The candidates of an edition that are worth a closer look; what was shown before is always among them."""
    ranked = rank([c for c in candidates if in_edition(c, sources)], tools.config.selection)
    return [r.candidate for place, r in enumerate(ranked) if place < count or r.id in shown]


def _look_up(day: Date, candidates: Sequence[Candidate], tools: Tools) -> list[Candidate]:
    """Candidates with what single look-ups tell: newest version, comment, submission time, stars."""
    facts = tools.papers(day, [c.paper.id for c in candidates])
    known = enrich(candidates, facts, {})
    repositories = [c.paper.links.code for c in known if c.paper.links.code]
    return enrich(known, {}, tools.stars(day, repositories))


def _picked(choices: Mapping[str, Choice]) -> dict[str, Ranked]:
    return {r.id: r for choice in choices.values() for r in choice.picked}


def _editors_additions(
    day: Date, tools: Tools, covered: Mapping[str, CoveredPaper], ranked: Mapping[str, Ranked]
) -> list[Ranked]:
    """Papers that the editor adds and that have no card yet."""
    path = edits_file(tools.config.path("edits"), day)
    edits, lines = read_edits(path)
    added = [i for i in edits.add if i not in covered]
    unknown = [i for i in added if i not in ranked]
    facts = tools.papers(day, unknown) if unknown else {}
    extra = [Candidate(paper=e.paper, abstract=e.abstract) for e in facts.values()]
    known = {**ranked, **{r.id: r for r in rank(extra, tools.config.selection)}}
    for n, i in enumerate(edits.add):
        if i in added and i not in known and tools.papers.error is None and tools.mode != "cached":
            raise EditsError(f"arXiv knows no paper {i!r}", where=line_of(("add", n), lines, str(path)))
    by_the_editor = (Reason("editor"),)
    return [replace(known[i], reasons=(*by_the_editor, *known[i].reasons)) for i in added if i in known]


# --- reading and cards ---------------------------------------------------------------------------


def _cards(
    choices: Mapping[str, Choice], ranked: Mapping[str, Ranked], added: Sequence[Ranked], tools: Tools, *, anew: bool
) -> dict[str, CoveredPaper]:
    """The new picks of all editions, each read and carded once; with `anew` those of an earlier build too."""
    covered: dict[str, CoveredPaper] = {}
    for name, choice in choices.items():
        edition = next(e for e in tools.config.editions if e.name == name)
        new = {r.id for r in choice.picked}
        for position, paper_id in enumerate(choice.ids):
            pick = ranked.get(paper_id)
            if pick and pick.id not in covered and (anew or pick.id in new):
                recommendation = stars(position, pick, tools.config.of_edition(edition))
                covered[pick.id] = _cover(pick, recommendation, tools)
    for pick in added:
        covered.setdefault(pick.id, _cover(pick, 2, tools))
    return covered


def _cover(pick: Ranked, recommendation: int, tools: Tools) -> CoveredPaper:
    """Read a paper and fill its card."""
    paper = pick.candidate.paper
    paper = paper.model_copy(update={"venue": paper.venue or "arXiv preprint"})
    document = read_abstract(pick.candidate)
    tags = tuple(dict.fromkeys([*pick.directions, *filter(None, [paper.primary_category])]))[:6]
    language, card = extract_card(document, directions=pick.directions[:2], tags=tags)
    assessment = Assessment(
        rank=1,  # its place in the record is known when the record is put together
        stars=recommendation,
        signals=Signals(
            upvotes=paper.upvotes,
            stars=paper.stars,
            code=paper.links.code is not None,
            listed_by=pick.candidate.listed_by,
            interests=pick.directions,
        ),
        reasons={language: worded(pick.reasons[:4], labels) for language, labels in tools.words.items()},
    )
    return CoveredPaper(
        paper=paper, assessment=assessment, reading=document.reading, quotes=quotes_of(document, card), cards={language: card}
    )


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
    """Whether a post stands there that does not tell a correction."""
    name = next(iter(day.digest.editions), "")
    for language in config.languages:
        text = correction.text.get(language) or next(iter(correction.text.values()))
        post = post_path(config, day.date, name, language)
        if post.is_file() and escape(text) not in post.read_text(encoding="utf-8"):
            return True
    return False


def _notes(collected: Collected, tools: Tools, kept: Sequence[object]) -> list[str]:
    notes = [*collected.notes, *filter(None, (tools.papers.error, tools.stars.error))]
    notes += [f"{path} was edited by hand and is left alone; --overwrite replaces it" for path in kept]
    return list(dict.fromkeys(notes))
