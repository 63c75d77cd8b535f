"""Related papers for the pages: of days that did not change they are remembered, those of new days are found."""

import hashlib
from collections.abc import Iterator

from digest.site.library import Library

SHOWN = 5
"""Related papers on a page, and later ones, at most."""
_Followed = tuple[tuple[str, str], ...]


def later_papers(library: Library) -> dict[str, tuple[str, ...]]:
    """For each paper those of later days that count it among their nearest, newest first.

    The related papers of days that are new, or come behind a changed one, are found anew: `State.related` has them.
    """
    from digest.site.kinship.related import later

    names = [unit.name for unit in reversed(library.days)]
    before, chains = library.state.kin(), list(_chains(library))
    known = 0
    while known < len(names) and before.get(names[known], ("", ()))[0] == chains[known]:
        known += 1
    library.state.drop_kin(before.keys() - set(names))
    return later([*(before[name][1] for name in names[:known]), *_find(library, names, known, chains)], SHOWN)


def _chains(library: Library) -> Iterator[str]:
    """For each day, the oldest first, what changes with the terms of its papers and of all before it."""
    chain = ""
    for unit in reversed(library.days):
        chain = hashlib.sha256(f"{chain} {unit.name} {unit.words}".encode()).hexdigest()[:16]
        yield chain


def _find(library: Library, names: list[str], known: int, chains: list[str]) -> Iterator[_Followed]:
    """Find the related papers of the days behind those that are known, and remember them."""
    if known == len(names):
        return
    from digest.site.kinship.related import followed, relate

    terms = library.state.terms()
    days = [terms[name] for name in names]
    for name, chain, day in zip(names[known:], chains[known:], relate(days, known, SHOWN), strict=True):
        related = {paper_id: {one.id: one.shared for one in found} for paper_id, found in day.items()}
        pairs = tuple(followed(related))
        library.state.put_kin(name, chain, pairs, related)
        yield pairs
