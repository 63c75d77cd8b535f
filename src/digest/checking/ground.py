"""What statements are checked against: a paper's title and its numbered sentences as they were read."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.checking.acronyms import common, definitions, key
from digest.checking.lazy import lazy
from digest.checking.names import Joined
from digest.checking.passages import Passage
from digest.checking.words import stem
from digest.models import Document

_INTRODUCES = re.compile(
    r"(?:\b(?:we|paper|work|study|article|report|survey|thesis)\b[^.;:\n]{0,40}?"
    r"\b(?:introduc|propos|present|develop|releas|buil[dt]|construct|design|creat|call|term|dub|devis|describ)\w*"
    r"|\b(?:called|named|dubbed|termed|namely|referred to as)\b|本文提出|我们提出|提出了|名为|称为)([^\n;。]{0,120})",
    re.IGNORECASE,
)


class Ground:
    """Numbered sentences under a title, ready to be compared with.

    Making one costs nothing; what a check needs is worked out at the first check that needs it, and kept.
    """

    def __init__(self, sentences: dict[int, str], title: str = "") -> None:
        self._sentences = sentences
        self._passages: dict[int, Passage] = {}
        self.title = Passage(" ".join(title.split()))

    @classmethod
    def of(cls, document: Document) -> "Ground":
        """A paper as it was read."""
        return cls({sentence.number: sentence.text for sentence in document.sentences}, document.paper.title)

    @classmethod
    def of_texts(cls, texts: Sequence[str], title: str = "") -> "Ground":
        """Texts numbered from 1: a paper's supported claims and its abstract, for what is said outside its card."""
        return cls(dict(enumerate(texts, start=1)), title)

    @classmethod
    def joined_of(cls, grounds: Sequence["Ground"]) -> "Ground":
        """Several grounds as one, for a text about several papers."""
        return cls.of_texts([passage.text for ground in grounds for passage in ground.passages])

    def passage(self, number: int) -> Passage | None:
        """The sentence with that number, or None."""
        if number not in self._passages and number in self._sentences:
            self._passages[number] = Passage(" ".join(self._sentences[number].split()))
        return self._passages.get(number)

    @lazy
    def passages(self) -> tuple[Passage, ...]:
        """Title and sentences, in order."""
        return (self.title, *(passage for number in self._sentences if (passage := self.passage(number))))

    @lazy
    def whole(self) -> Passage:
        """All that was read, as one passage, a line a sentence."""
        return Passage("\n".join(passage.text for passage in self.passages))

    @lazy
    def lower(self) -> frozenset[str]:
        """Words that stand somewhere in lower case."""
        return frozenset(word for word in self.whole.text.replace("-", " ").split() if word.isalpha() and word.islower())

    @lazy
    def lower_stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.lower))

    @lazy
    def shorthands(self) -> frozenset[str]:
        """The field's common abbreviations that the paper uses."""
        return frozenset(
            short for short in map(key, set(re.findall(r"\b[A-Z][A-Za-z]*[A-Z]s?\b", self.whole.text))) if short in common()
        )

    @lazy
    def own(self) -> Joined:
        """The words in which the paper introduces what is its own: its names may be used of any sentence."""
        return Joined("\n".join(match[1] for match in _INTRODUCES.finditer(self.whole.text)))

    @lazy
    def leading(self) -> Joined:
        """The coined names that the most sentences hold, at least two and at least half as many as the first of them.

        What most of a paper is about is often its own, however it is introduced.
        """
        told = (name for passage in self.passages for name in {one.text for one in passage.names if one.marked})
        counts = Counter(name for name in told if key(name) not in common())
        most = max(counts.values(), default=0)
        return Joined("\n".join(name for name, count in counts.items() if count >= max(2, most / 2)))

    @lazy
    def acronyms(self) -> dict[str, tuple[str, ...]]:
        """Which acronyms the paper spells out, and how."""
        return definitions(self.whole.text)
