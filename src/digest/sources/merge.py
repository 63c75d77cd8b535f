"""One candidate per paper, over all listings: newest version, every source, no contradiction silently dropped."""

from collections.abc import Iterable, Mapping, Sequence

from digest.models import Candidate, Entry, Links, Listing, Paper
from digest.sources.lookup import Stars


def merge(listings: Sequence[Listing]) -> list[Candidate]:
    """Merge listings into candidates, in order of first appearance.

    Returns:
        One Candidate per version-less id. Its text and facts are those of the newest version; what that lacks is filled
        from the others; upvotes and stars are the largest seen.
    """
    rows: dict[str, list[tuple[str, Entry]]] = {}
    for listing in listings:
        for entry in listing.entries:
            rows.setdefault(entry.paper.id, []).append((f"{listing.source}/{listing.name}", entry))
    return [_candidate(found) for found in rows.values()]


def enrich(candidates: Iterable[Candidate], facts: Mapping[str, Entry], stars: Mapping[str, Stars]) -> list[Candidate]:
    """Add what was looked up about single papers: arXiv's facts by id, stars by repository URL."""
    return [_with_stars(_with_facts(candidate, facts), stars) for candidate in candidates]


def _with_facts(candidate: Candidate, facts: Mapping[str, Entry]) -> Candidate:
    found = facts.get(candidate.paper.id)
    if found is None:
        return candidate
    own = Entry(paper=candidate.paper, abstract=candidate.abstract)
    merged = _merged([found, own] if _version(found) >= _version(own) else [own, found])
    return candidate.model_copy(update={"paper": merged.paper, "abstract": merged.abstract})


def _with_stars(candidate: Candidate, stars: Mapping[str, Stars]) -> Candidate:
    code = candidate.paper.links.code
    if code is None or code not in stars:
        return candidate
    found = stars[code]
    update = {"stars": found.count, "as_of": candidate.paper.as_of or found.as_of}
    return candidate.model_copy(update={"paper": candidate.paper.model_copy(update=update)})


def _candidate(rows: Sequence[tuple[str, Entry]]) -> Candidate:
    merged = _merged(sorted((entry for _, entry in rows), key=_version, reverse=True))
    listed_by = tuple(dict.fromkeys(name for name, _ in rows))
    return Candidate(paper=merged.paper, abstract=merged.abstract, listed_by=listed_by)


def _version(entry: Entry) -> int:
    return entry.paper.version or 0


def _merged(entries: Sequence[Entry]) -> Entry:
    """One entry out of several of the same paper; the first one leads."""
    papers = [entry.paper for entry in entries]
    first = papers[0]
    filled = {
        name: next((v for v in (getattr(p, name) for p in papers) if v not in (None, ())), getattr(first, name))
        for name in Paper.model_fields
    }
    filled["links"] = _links([p.links for p in papers])
    for count in ("stars", "upvotes"):
        filled[count] = max((v for p in papers if (v := getattr(p, count)) is not None), default=None)
    filled["categories"] = tuple(dict.fromkeys(c for p in papers for c in p.categories))
    return Entry(paper=Paper(**filled), abstract=next((e.abstract for e in entries if e.abstract), ""))


def _links(links: Sequence[Links]) -> Links:
    found = {name: next((v for v in (getattr(each, name) for each in links) if v), None) for name in Links.model_fields}
    if found["project"] == found["code"]:
        found["project"] = None
    return Links(**found)  # type: ignore[arg-type]  # abs and pdf are never empty
