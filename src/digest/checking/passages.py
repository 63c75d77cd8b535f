"""A sentence with what the checks need of it, each worked out once and only when asked for."""

from collections.abc import Mapping
from functools import cached_property

from digest.checking.names import Joined, Name, tokens
from digest.checking.numerals import Unit
from digest.checking.quantities import Quantity, quantities
from digest.checking.text import is_chinese, plain
from digest.checking.words import STOP, stem, words

Values = Mapping[float, frozenset[tuple[Unit, str]]]
"""Which numbers stand in a text: of each its units and signs."""


class Passage:
    """One sentence, of a paper or of a statement, in the form that is compared.

    Attributes:
        text: without LaTeX, full-width forms and the like; all positions are positions in it.
    """

    def __init__(self, text: str) -> None:
        self.text = plain(text)

    @cached_property
    def chinese(self) -> bool:
        return is_chinese(self.text)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    @cached_property
    def values(self) -> Values:
        return gathered(self.quantities)

    @cached_property
    def names(self) -> list[Name]:
        return list(tokens(self.text))

    @cached_property
    def joined(self) -> Joined:
        return Joined(self.text)

    @cached_property
    def words(self) -> list[str]:
        return words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of the words that say what the sentence is about."""
        return frozenset(stem(word) for word in self.words if word not in STOP)


def gathered(quantities: list[Quantity]) -> Values:
    """The values of many quantities; what is part of a name counts for the name alone."""
    found: dict[float, set[tuple[Unit, str]]] = {}
    for one in quantities:
        if not one.named:
            for value, unit in one.readings:
                found.setdefault(value, set()).add((unit, one.sign))
    return {value: frozenset(units) for value, units in found.items()}
