"""What a check is: a question put to a statement, its cited sentences and everything that was read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from digest.checking.base import Complaint, Kind
from digest.checking.ground import Ground
from digest.checking.lazy import lazy
from digest.checking.passages import Passage, Values, gathered

WIDEST = 60
"""Characters of a complaint's words."""


@dataclass(frozen=True)
class Case:
    """One statement and what it is checked against.

    Attributes:
        statement: with all its fields.
        main: its text alone.
        cited: the sentences that it rests on.
        heading: what may stand in title case, where a capital marks no name.
    """

    statement: Passage
    main: Passage
    cited: tuple[Passage, ...]
    ground: Ground
    heading: Passage | None = None

    @lazy
    def cited_values(self) -> Values:
        return gathered([one for passage in self.cited for one in passage.quantities])

    @lazy
    def cited_stems(self) -> frozenset[str]:
        return frozenset().union(*(passage.stems for passage in self.cited))

    @property
    def rests_on_all(self) -> bool:
        """Whether it cites no sentence, so that it may rest on anything that was read."""
        return self.cited == (self.ground.whole,)

    def cites(self, name: str, *, capitals: bool = False) -> bool:
        """Whether a name stands in the cited sentences or the title, or is the paper's own."""
        if any(passage.joined.holds(name, capitals=capitals) for passage in (*self.cited, self.ground.title)):
            return True
        return self.ground.own.holds(name, capitals=capitals) or self.ground.leading.holds(name, capitals=capitals)


class Finding(NamedTuple):
    status: Literal["partly", "unsupported"]
    complaint: Complaint


Check = Callable[[Case], Iterator[Finding]]


def partly(kind: Kind, what: str) -> Finding:
    """Stands elsewhere in what was read, or is nearly what stands there."""
    return Finding("partly", Complaint(kind, what[:WIDEST]))


def unsupported(kind: Kind, what: str) -> Finding:
    """Stands nowhere."""
    return Finding("unsupported", Complaint(kind, what[:WIDEST]))
