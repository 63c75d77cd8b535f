"""New versions of papers that have a card: noted, and carded again where there is a model."""

from collections.abc import Mapping, Sequence
from datetime import date as Date

from digest import digests
from digest.covering import Covered, Pick
from digest.models import Candidate, CoveredPaper, Digest, Listing, UpdatedPaper
from digest.selection import rank
from digest.tools import Tools


def updates(listings: Sequence[Listing], candidates: Sequence[Candidate], seen: Mapping[str, digests.Seen]) -> list[UpdatedPaper]:
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


def new_versions(
    updated: Sequence[UpdatedPaper],
    listings: Sequence[Listing],
    candidates: Sequence[Candidate],
    seen: Mapping[str, digests.Seen],
    before: Digest | None,
    tools: Tools,
) -> list[Pick]:
    """Papers with a card whose new version is listed today and has none yet."""
    known = {c.paper.id: c for c in candidates}
    known |= {e.paper.id: Candidate(paper=e.paper, abstract=e.abstract) for li in listings for e in li.replacements}
    done = {p.paper.id for p in before.recarded} if before else set()
    wanted = [u for u in updated if u.id in known and u.id not in done and known[u.id].paper.version == u.to]
    ranked = {r.id: r for r in rank([known[u.id] for u in wanted], tools.config.selection) if r.has_text}
    return [Pick(ranked[u.id], _earlier_stars(seen[u.id].date, u.id, tools)) for u in wanted if u.id in ranked]


def _earlier_stars(day: Date, paper_id: str, tools: Tools) -> int:
    """A new version has the recommendation that its paper had."""
    record = digests.read(tools.config.path("records"), day)
    covered = record.paper(paper_id) if record else None
    return covered.assessment.stars if covered else 1


def recarded(picks: Sequence[Pick], covered: Covered, before: Digest | None) -> tuple[CoveredPaper, ...]:
    """New versions with a card by the model; without one, the card of the earlier version is the better one."""
    new = [covered.papers[p.id] for p in picks]
    return (*(before.recarded if before else ()), *(p for p in new if p.by_model))
