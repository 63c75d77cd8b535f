"""Related papers for the pages: of days that did not change they are remembered, those of new days are found."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from digest.site.library import Library

SHOWN = 5
"""Related papers on a page, and later ones, at most."""


@dataclass(frozen=True)
class Kin:
    """Which papers are related.

    Attributes:
        related: for each paper the ids of the nearest ones of its day and before, nearest first, in one text.
        later: for each paper those of later days that count it among their nearest, newest first.
    """

    related: Mapping[str, str]
    later: Mapping[str, tuple[str, ...]]

    def of(self, paper_id: str) -> tuple[list[str], tuple[str, ...]]:
        """The ids of related and of later papers."""
        return self.related.get(paper_id, "").split(), self.later.get(paper_id, ())


def find_kin(library: Library) -> Kin:
    """The related papers of all papers; those of days that are new, or come behind a changed one, are found anew."""
    from digest.site.kinship.related import later

    days = list(reversed(library.days))
    before, chains, chain = library.state.kin(), [], ""
    for unit in days:
        chain = hashlib.sha256(f"{chain} {unit.name} {unit.words}".encode()).hexdigest()[:16]
        chains.append(chain)
    known = 0
    while known < len(days) and before.get(days[known].name, ("", {}))[0] == chains[known]:
        known += 1
    found = [before[unit.name][1] for unit in days[:known]] + _find(library, [unit.name for unit in days], known, chains)
    library.state.drop_kin(before.keys() - {unit.name for unit in days})
    related = {paper_id: ids for day in found for paper_id, ids in day.items()}
    return Kin(related, later(({i: ids.split() for i, ids in day.items()} for day in found), SHOWN))


def _find(library: Library, names: list[str], known: int, chains: list[str]) -> list[dict[str, str]]:
    if known == len(names):
        return []
    from digest.site.kinship.related import relate

    terms = library.state.terms()
    days = [terms[name] for name in names]
    found = []
    for name, chain, day in zip(names[known:], chains[known:], relate(days, known, SHOWN), strict=True):
        ids = {paper_id: " ".join(one.id for one in related) for paper_id, related in day.items()}
        shared = {paper_id: {one.id: one.shared for one in related} for paper_id, related in day.items()}
        library.state.put_kin(name, chain, ids, shared)
        found.append(ids)
    return found
