"""Which papers are asked about together: the same ones, wherever possible, when a few more are listed."""

import zlib
from collections.abc import Iterable, Sequence

LEAST, MOST = 6, 12
"""Papers in a batch. In larger ones models skip papers and lose the thread; smaller ones repeat the instructions for nothing."""
ENDS = 4
"""One in so many papers ends a batch that is long enough."""


def batches(ids: Iterable[str]) -> list[list[str]]:
    """Ids in batches of `LEAST` to `MOST`, in the order of the ids; where there are fewer, all in one.

    A batch ends after an id whose own hash says so, not after a count: a paper that comes or goes changes its own batch, and
    the next end is where it was. The other batches are found among the completed calls.
    """
    found: list[list[str]] = []
    batch: list[str] = []
    for paper_id in sorted(set(ids)):
        batch.append(paper_id)
        if len(batch) == MOST or (len(batch) >= LEAST and zlib.crc32(paper_id.encode()) % ENDS == 0):
            found.append(batch)
            batch = []
    if not batch:
        return found
    if len(batch) >= LEAST or not found:
        return [*found, batch]
    # papers are compared within their batch, so that a rest of two would say nothing
    return [*found[:-1], *_halves([*found[-1], *batch])]


def _halves(ids: list[str]) -> list[list[str]]:
    """Ids in one batch if they fit, else in two of a size."""
    middle = len(ids) // 2
    return [ids] if len(ids) <= MOST else [ids[:middle], ids[middle:]]


def cut(ids: Sequence[str]) -> list[list[str]]:
    """Ids in batches of `MOST` and a rest."""
    return [list(ids[n : n + MOST]) for n in range(0, len(ids), MOST)]
