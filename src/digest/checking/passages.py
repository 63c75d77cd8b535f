"""A sentence with what the checks need of it, each worked out once and only when asked for."""

from collections.abc import Mapping

from digest.checking.lazy import lazy
from digest.checking.names import Joined, Name, tokens
from digest.checking.numerals import Unit
from digest.checking.quantities import Quantity, quantities
from digest.checking.terms import Term, terms
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

    @lazy
    def chinese(self) -> bool:
        return is_chinese(self.text)

    @lazy
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    @lazy
    def values(self) -> Values:
        return gathered(self.quantities)

    @lazy
    def names(self) -> list[Name]:
        return list(tokens(self.text))

    @lazy
    def terms(self) -> list[Term]:
        """The field's words in it, where it is Chinese."""
        return terms(self.text)

    @lazy
    def joined(self) -> Joined:
        return Joined(self.text)

    @lazy
    def words(self) -> list[str]:
        return words(self.text)

    @lazy
    def stems(self) -> frozenset[str]:
        """Of the words that say what the sentence is about."""
        return frozenset(stem(word) for word in self.words if word not in STOP)


def gathered(quantities: list[Quantity]) -> Values:
    """The values of many quantities; what is part of a name is a label."""
    found: dict[float, set[tuple[Unit, str]]] = {}
    for one in quantities:
        for value, unit in one.readings:
            marked: Unit = "part" if one.named else "label" if one.label else unit
            found.setdefault(value, set()).add((marked, one.sign))
    return {value: frozenset(units) for value, units in found.items()}
