"""An acronym is spelled out as the paper spells it, or not at all."""

import re
from collections.abc import Iterator

from digest.checking.acronyms import chinese_expansions, common, expansions, key, spelled
from digest.checking.checks.base import Case, Finding, unsupported
from digest.checking.terms import terms
from digest.checking.words import STOP, stem, words

_LEADING = re.compile("提出|引入|采用|使用|利用|基于|通过|结合|介绍|构建|设计|称为|名为|即|借助|以及|[的了与和及在将对把为是用]")
"""What stands before the Chinese words of an acronym and does not belong to them."""


def check_acronyms(case: Case) -> Iterator[Finding]:
    """Expansions that the paper does not give."""
    for short, long in expansions(case.statement.text):
        if not _as_the_paper(short, long, case):
            yield unsupported("acronym", long)
    if case.statement.chinese:
        for short, long in chinese_expansions(case.statement.text):
            if not _translates(short, long, case):
                yield unsupported("acronym", f"{short}（{long}）")


def _as_the_paper(short: str, long: str, case: Case) -> bool:
    if not spelled(short, long):
        return case.ground.whole.joined.holds(long)
    given = _stems(long)
    defined = case.ground.acronyms.get(key(short), ())
    if any(given <= _stems(other) or _stems(other) <= given for other in defined):
        return True
    if not defined and case.ground.whole.joined.holds(long):
        return True
    shared = common().get(key(short))
    return not defined and shared is not None and _stems(shared) == given


def _stems(long: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(long) if word not in STOP or len(word) > 3)


def _translates(short: str, long: str, case: Case) -> bool:
    """Whether every known term of a Chinese expansion is said by the paper's own, or by the paper where it gives none."""
    words = _LEADING.split(long)[-1]
    if words in case.ground.whole.text:
        return True
    defined = case.ground.acronyms.get(key(short)) or ((common()[key(short)],) if key(short) in common() else ())
    english = frozenset().union(*(_stems(other) for other in defined)) if defined else case.ground.whole.stems
    return all(term.met(english) for term in terms(words))
