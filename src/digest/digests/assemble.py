"""A record out of what the stages before have found."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from digest import __version__
from digest.config import Config
from digest.digests.history import Seen
from digest.digests.overview import overview
from digest.labels import Labels
from digest.models import (
    Candidate,
    Counts,
    CoveredPaper,
    Digest,
    Edition,
    EditionCounts,
    Language,
    Listing,
    Mention,
    Overview,
    Provenance,
    Role,
    SourceStatus,
    Status,
    TokenUsage,
    UpdatedPaper,
)
from digest.selection import Choice, Reason, worded

Words = Mapping[Language, Labels]


@dataclass(frozen=True)
class Findings:
    """What is known of a day when its cards are filled.

    Attributes:
        listings: as read for `date`.
        candidates: every listed paper once, those with an earlier card among them.
        repeated: those, by id, with where they had it.
        scanned: how many different candidates were looked at closely.
        choices: by edition.
        covered: all papers with a card, by id.
        recarded: new versions of papers that were carded on another day.
        overviews: by edition and language, as a model wrote them; where there is none, counts and quotations stand in.
        usage: what the model was asked for this date, and what it cost.
        prompts: the versions of the prompts.
        notes: for the run report, a line each.
    """

    date: Date
    listed_on: Date
    status: Status
    provisional: bool
    revised: tuple[Date, ...]
    listings: Sequence[Listing]
    candidates: Sequence[Candidate]
    repeated: Mapping[str, Seen]
    updated: Sequence[UpdatedPaper]
    scanned: int
    choices: Mapping[str, Choice]
    covered: Mapping[str, CoveredPaper]
    recarded: Sequence[CoveredPaper] = ()
    overviews: Mapping[str, Mapping[Language, Overview]] = field(default_factory=dict)
    usage: TokenUsage = field(default_factory=TokenUsage)
    prompts: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def assemble(found: Findings, config: Config, words: Words) -> Digest:
    """The record of a day, without the hashes of its posts."""
    editions = {e.name: _edition(e.name, found, config, words) for e in config.editions if e.name in found.choices}
    order = list(dict.fromkeys([*(i for e in editions.values() for i in e.picked), *found.covered]))
    papers = tuple(_ranked(found.covered[i], place) for place, i in enumerate(order, 1))
    mentions = _mentions(found, words, carded=set(order))
    return Digest(
        date=found.date,
        status=found.status,
        provisional=found.provisional,
        listed_on=found.listed_on,
        revised=found.revised,
        sources=tuple(_source(listing) for listing in found.listings),
        counts=_counts(found, mentions, len(papers)),
        papers=papers,
        mentions=mentions,
        updated=tuple(found.updated),
        recarded=tuple(found.recarded),
        editions=editions,
        usage=found.usage,
        provenance=Provenance(digest_version=__version__, prompts=dict(found.prompts)),
    )


def _ranked(covered: CoveredPaper, place: int) -> CoveredPaper:
    return covered.model_copy(update={"assessment": covered.assessment.model_copy(update={"rank": place})})


def _source(listing: Listing) -> SourceStatus:
    return SourceStatus(
        name=listing.source,
        listing=listing.name,
        url=listing.url,
        via=listing.via,
        date=listing.date,
        entries=len(listing.entries),
        status=listing.status,
        # how often and how long it was tried is the run report's, not the record's
        error=re.sub(r" \((?:tried|another try)[^()]*\)$", "", listing.error) if listing.error else None,
    )


def _counts(found: Findings, mentions: Mapping[str, Mention], picked: int) -> Counts:
    def of(why: Role) -> int:
        return sum(m.why == why for m in mentions.values())

    return Counts(
        listed=sum(len(listing.entries) for listing in found.listings),
        unique=len(found.candidates),
        repeated=of("repeated"),
        scanned=found.scanned,
        picked=picked,
        also=of("also"),
        excluded=of("excluded"),
        failed=of("failed"),
    )


def _edition(name: str, found: Findings, config: Config, words: Words) -> Edition:
    settings = next(e for e in config.editions if e.name == name)
    choice = found.choices[name]
    listed = [c for c in found.candidates if in_edition(c, settings.sources)]
    covered, written = [found.covered[i] for i in choice.ids], found.overviews.get(name, {})
    told = {language: written.get(language) or overview(covered, labels) for language, labels in words.items()}
    return Edition(
        layout=settings.layout,
        sources=settings.sources,
        counts=EditionCounts(
            listed=len(listed),
            scanned=len(choice.ids) + len(choice.also) + len(choice.excluded) + len(choice.failed),
            picked=len(choice.ids),
            also=len(choice.also),
            excluded=len(choice.excluded),
        ),
        picked=choice.ids,
        also=tuple(r.id for r in choice.also),
        excluded=tuple(r.id for r, _ in choice.excluded),
        repeated=tuple(c.paper.id for c in listed if c.paper.id in found.repeated),
        overview=told if covered else {},
    )


def in_edition(candidate: Candidate, sources: Iterable[str]) -> bool:
    """Whether one of an edition's sources lists a paper."""
    return any(listing.split("/")[0] in sources for listing in candidate.listed_by)


def _mentions(found: Findings, words: Words, carded: set[str]) -> dict[str, Mention]:
    """Every listed paper that is shown without a card or was looked at. What one edition shows, another's no hides not."""
    mentions: dict[str, Mention] = {}
    for choice in found.choices.values():
        for ranked, reason in choice.excluded:
            mentions[ranked.id] = _mention(ranked.candidate, "excluded", [reason], words)
    for choice in found.choices.values():
        for ranked in choice.failed:
            mentions[ranked.id] = _mention(ranked.candidate, "failed", [Reason("no_abstract")], words)
    for choice in found.choices.values():
        for ranked in choice.also:
            mentions[ranked.id] = _mention(ranked.candidate, "also", ranked.reasons[:3], words)
    for candidate in found.candidates:
        seen = found.repeated.get(candidate.paper.id)
        if seen:
            reason = Reason("repeated", {"date": seen.date})
            mentions[candidate.paper.id] = _mention(candidate, "repeated", [reason], words, first=seen.date)
    return {i: mentions[i] for i in sorted(mentions) if i not in carded}


def _mention(candidate: Candidate, why: Role, reasons: Sequence[Reason], words: Words, first: Date | None = None) -> Mention:
    reason = {language: labels("reason.separator").join(worded(reasons, labels)) for language, labels in words.items()}
    return Mention.of(candidate.paper, why, reason, first)


def scanned_ids(choices: Iterable[Choice]) -> frozenset[str]:
    """The different papers that any edition looked at."""
    return frozenset().union(*(choice.scanned for choice in choices))
