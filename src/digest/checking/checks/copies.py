"""A statement that is nearly a copy of its sentence does not differ from it by a "not" or by an opposite."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from digest.checking.checks.base import Case, Finding, unsupported
from digest.checking.words import STOP, stem

_WORD = re.compile(r"[a-z]+n't|[a-z]+(?:-[a-z]+)*|[0-9.]+%?")
_DENIES = frozenset(
    """
    not no never neither nor none without cannot can't don't doesn't didn't isn't aren't won't fails fail failed failing
    unable hardly barely scarcely minimal minimally lacks lack lacking rarely absent
    """.split()
)
_OPPOSITES = """
outperform surpass exceed beat superior | underperform inferior lag trail
improve enhance boost better strengthen gain | degrade worsen hurt harm deteriorate impair worse weaken reduce decrease lower
increase raise grow higher more larger rise | decrease reduce lower drop fewer less smaller decline fall shrink
easy simple | hard difficult
strong robust | weak fragile brittle
fast faster accelerate | slow slower
many most | few
stable | unstable
sufficient | insufficient
able | unable
possible | impossible
positive positively | negative negatively
success successful succeed | failure unsuccessful fail
significant | insignificant negligible
effective | ineffective
efficient | inefficient
consistent | inconsistent
accurate | inaccurate
reliable | unreliable
safe | unsafe
necessary | unnecessary
high | low
best | worst
long | short
large | small
support | contradict refute
enable | prevent
maximum | minimum
before | after
upper | lower
cheap cheaper | expensive costly
novel new | known
"""
_SIDES = [tuple(frozenset(map(stem, side.split())) for side in line.split("|")) for line in _OPPOSITES.strip().splitlines()]
NEARLY = 0.6
"""Share of a statement's content words that stand in the sentence in the same order."""

LONGEST = 4
"""Words of a difference that may be one "not" or one opposite."""


def check_copies(case: Case) -> Iterator[Finding]:
    """Negations put in, left out or turned into their opposite in a copied sentence."""
    if case.main.chinese:
        return
    said = _words(case.main.text)
    content = [place for place, word in enumerate(said) if word not in STOP]
    for passage in case.cited:
        there = _words(passage.text)
        if len({*there} & {said[place] for place in content}) < NEARLY * len(content):
            continue
        blocks = SequenceMatcher(None, said, there, autojunk=False).get_opcodes()
        copied = {place for tag, i1, i2, _, _ in blocks if tag == "equal" for place in range(i1, i2)}
        if len(content) < 2 or len(copied.intersection(content)) < NEARLY * len(content):
            continue
        for place, (tag, i1, i2, j1, j2) in enumerate(blocks):
            if place == 0:  # the sentence may begin earlier and end later than what is copied of it
                j1 = max(j1, j2 - (i2 - i1))
            elif place == len(blocks) - 1:
                j2 = min(j2, j1 + (i2 - i1))
            if tag != "equal" and _turned(said[i1:i2], there[j1:j2]) and not _denied_nearby(said, there, (i1, i2), (j1, j2)):
                yield unsupported("negation", " ".join(said[max(0, i1 - 1) : i2 + 2]))
                return


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("not only", "").replace("cannot", "can not"))


def _turned(said: Sequence[str], there: Sequence[str]) -> bool:
    """Whether one of two differing passages denies, or both are opposites."""
    if max(len(said), len(there)) > LONGEST:
        return False
    we_deny, they_deny = _denies(said), _denies(there)
    opposed = _opposed(_parts(said) - _STEMMED_DENIALS, _parts(there) - _STEMMED_DENIALS)
    if we_deny == they_deny:
        return opposed
    denier, affirmer = (said, there) if we_deny else (there, said)
    denied = _parts(word for word in denier if word not in _DENIES and word not in STOP) - _STEMMED_DENIALS
    return not opposed and denied <= _parts(affirmer)  # else it is said in other words: "without bias", "unbiased"


def _denied_nearby(said: Sequence[str], there: Sequence[str], ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether the "not" just stands elsewhere: "without guidance", "guidance is not used"."""
    we_deny, they_deny = _denies(said[slice(*ours)]), _denies(there[slice(*theirs)])
    if we_deny == they_deny:
        return False
    other, (first, last) = (there, theirs) if we_deny else (said, ours)
    return _denies(other[max(0, first - LONGEST) : first]) or _denies(other[last : last + LONGEST])


def _denies(words: Sequence[str]) -> bool:
    """ "A but not B" tells two things apart, and may be "only A"."""
    plain = [word for first, word in zip(["", *words], words, strict=False) if (first, word) != ("but", "not")]
    return any(word in _DENIES or word.startswith("non-") for word in plain)


_STEMMED_DENIALS = frozenset(map(stem, _DENIES))


def _parts(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(part) for word in words for part in word.split("-"))


def _opposed(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return any((ours & a and theirs & b) or (ours & b and theirs & a) for a, b in _SIDES)
