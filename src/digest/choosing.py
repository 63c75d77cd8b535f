"""From the day's candidates to each edition's choice: scan, look up, rank, ask the model, choose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from digest.desk import Desk
from digest.digests.assemble import in_edition
from digest.digests.edits import edits_file, read_edits
from digest.errors import EditsError
from digest.models import Candidate, Digest
from digest.reading import flags_of, without_orders
from digest.selection import Choice, Ranked, Reason, choose, judged, rank, triage
from digest.sources import enrich
from digest.tools import Tools
from digest.yamlfile import line_of


@dataclass(frozen=True)
class Selected:
    """What was looked at, and what becomes of it.

    Attributes:
        choices: by edition.
        ranked: by id, best first.
        notes: for the run report, a line each.
    """

    choices: Mapping[str, Choice]
    ranked: Mapping[str, Ranked]
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> frozenset[str]:
        """Papers that are picked now and had no card in an earlier build of the day."""
        return frozenset(r.id for choice in self.choices.values() for r in choice.picked)


def select(day: Date, candidates: Sequence[Candidate], before: Digest | None, tools: Tools, desk: Desk | None) -> Selected:
    """Look closely at the best candidates of every edition and choose among them."""
    scans = _scans(candidates, before, tools)
    scanned = {c.paper.id: c for scan in scans.values() for c in scan}
    known = _look_up(day, list(scanned.values()), tools)
    ranked, notes = _ranked(day, known, tools, desk)
    choices = {
        name: _choice(name, [r for r in ranked if r.candidate.paper.id in _ids(scan)], before, tools)
        for name, scan in scans.items()
    }
    selected = Selected(choices, {r.id: r for r in ranked}, notes)
    tools.say(f"{day}: {len(candidates)} papers listed, {len(scanned)} scanned, {len(selected.new)} new cards")
    return selected


def _ranked(day: Date, candidates: Sequence[Candidate], tools: Tools, desk: Desk | None) -> tuple[list[Ranked], tuple[str, ...]]:
    """Candidates best first, by their signals and what the model says of them. Orders to a machine count for nothing."""
    selection = tools.config.selection
    ranked = rank([_shown(c) for c in candidates], selection)
    notes: tuple[str, ...] = ()
    if desk is not None and ranked:
        tools.say(f"{day}: asking the model about {len(ranked)} papers")
        withheld = {c.paper.id for c in candidates if not without_orders(c.paper.title)}
        tools.meanwhile()
        triaged = triage(ranked, selection, desk.model, desk.triage, desk.pool, withheld=withheld)
        ranked, notes = judged(ranked, triaged.without_reasons(lambda text: bool(flags_of([text])))), triaged.notes
    as_listed = {c.paper.id: c for c in candidates}
    return [replace(r, candidate=as_listed[r.id]) for r in ranked], notes


def _shown(candidate: Candidate) -> Candidate:
    """A candidate as its paper without orders to a machine would be; a title that is nothing else stays, for people to see."""
    paper = candidate.paper
    title = without_orders(paper.title) or paper.title
    abstract = without_orders(candidate.abstract)
    return candidate.model_copy(update={"abstract": abstract, "paper": paper.model_copy(update={"title": title})})


def _ids(candidates: Sequence[Candidate]) -> frozenset[str]:
    return frozenset(c.paper.id for c in candidates)


def _choice(name: str, ranked: Sequence[Ranked], before: Digest | None, tools: Tools) -> Choice:
    edition = next(e for e in tools.config.editions if e.name == name)
    earlier = before.editions.get(name) if before else None
    return choose(
        ranked,
        tools.config.of_edition(edition),
        kept=earlier.picked if earlier else (),
        noted=earlier.also if earlier else (),
        settled=earlier.excluded if earlier else (),
    )


def _scans(candidates: Sequence[Candidate], before: Digest | None, tools: Tools) -> dict[str, list[Candidate]]:
    """The candidates of each edition that are worth a closer look."""
    shown = {i for e in before.editions.values() for i in (*e.picked, *e.also)} if before else set()
    most = tools.config.selection.scan
    return {e.name: _scan(candidates, e.sources, e.scan or most, tools, shown) for e in tools.config.editions}


def _scan(
    candidates: Sequence[Candidate], sources: Sequence[str], count: int, tools: Tools, shown: Collection[str]
) -> list[Candidate]:
    """The best of an edition's candidates; what was shown before is always among them."""
    ranked = rank([c for c in candidates if in_edition(c, sources)], tools.config.selection)
    return [r.candidate for place, r in enumerate(ranked) if place < count or r.id in shown]


def _look_up(day: Date, candidates: Sequence[Candidate], tools: Tools) -> list[Candidate]:
    """Candidates with what single look-ups tell: newest version, comment, submission time, stars."""
    facts = tools.papers(day, [c.paper.id for c in candidates])
    known = enrich(candidates, facts, {})
    repositories = [c.paper.links.code for c in known if c.paper.links.code]
    return enrich(known, {}, tools.stars(day, repositories))


def editors_additions(day: Date, tools: Tools, covered: Collection[str], ranked: Mapping[str, Ranked]) -> list[Ranked]:
    """Papers that the editor adds and that have no card yet. Raises EditsError for one that arXiv does not know."""
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
