"""Related papers for the pages: of days that did not change they are remembered, those of new days are found."""

from collections.abc import Iterator
from typing import NamedTuple

from digest.site.library import Library
from digest.site.marks import mark_of

SHOWN = 5
"""Related papers on a page, and later ones, at most."""


class Relatives(NamedTuple):
    """What the pages of a day's papers show of others; `State.related` has which paper shows which.

    Attributes:
        mark: changes with any of it, apart from what lists show of those papers.
        ids: of all papers that are shown as related.
        followed: papers of earlier days that those of this day count among their nearest, each with the one that does.
    """

    mark: str
    ids: tuple[str, ...]
    followed: tuple[tuple[str, str], ...]


class Kin(NamedTuple):
    """Which papers are related.

    Attributes:
        of_days: by the day's name.
        later: for each paper those of later days that count it among their nearest, newest first.
    """

    of_days: dict[str, Relatives]
    later: dict[str, tuple[str, ...]]


def find_kin(library: Library) -> Kin:
    """The related papers of all papers; those of days that are new, or come behind a changed one, are found anew."""
    from digest.site.kinship.related import later

    names = [unit.name for unit in reversed(library.days)]
    before, chains = library.state.kin(), list(_chains(library))
    known = 0
    while known < len(names) and before.get(names[known], ("", ()))[0] == chains[known]:
        known += 1
    library.state.drop_kin(before.keys() - set(names))
    of_days = {name: Relatives._make(before[name][1]) for name in names[:known]}
    of_days.update(_find(library, names, known, chains))
    return Kin(of_days, later((day.followed for day in of_days.values()), SHOWN))


def _chains(library: Library) -> Iterator[str]:
    """For each day, the oldest first, what changes with the terms of its papers and of all before it."""
    chain = ""
    for unit in reversed(library.days):
        chain = mark_of(chain, unit.name, unit.words)
        yield chain


def _find(library: Library, names: list[str], known: int, chains: list[str]) -> Iterator[tuple[str, Relatives]]:
    """Find the related papers of the days behind those that are known, and remember them."""
    if known == len(names):
        return
    from digest.site.kinship.related import followed, relate

    terms = library.state.terms()
    days = [terms[name] for name in names]
    for name, chain, day in zip(names[known:], chains[known:], relate(days, known, SHOWN), strict=True):
        related = {paper_id: {one.id: one.shared for one in found} for paper_id, found in day.items()}
        ids = sorted({other for shared in related.values() for other in shared})
        found = Relatives(mark_of(related), tuple(ids), tuple(followed(related)))
        library.state.put_kin(name, chain, found, related)
        yield name, found
