"""How many items a list has: what a text counts without saying the number."""

import re

from digest.checking.text import HAN, LATIN

_ITEM = rf"(?:[{LATIN}0-9][{LATIN}0-9.+@-]*(?: [{LATIN}0-9.+@-]+){{0,2}}|[{HAN}]{{1,8}}?)"
_AHEAD = re.compile(
    rf"(?:^|[，。；：:,;\s在对将由从])({_ITEM}(?:\s*[、,]\s*{_ITEM})*\s*(?:和|与|以及|及|、)\s*{_ITEM})\s*(?:这|等)?$"
)
_BEHIND = re.compile(r"[^(),;:.，。；：]{0,40}?(?:\(|：|:)\s*([^()。:：]+?)(?:\)|。|\.(?![0-9])|$)")
_OUTER = re.compile(r"\s*[;；]\s*(?:and\s)?")
_COMMA = re.compile(r"\s*[、,，]\s*")
_AND = re.compile(r"\s*(?:以及|及|和|与|(?<![A-Za-z])and\s)\s*")
_MARKERS = re.compile(r"(?<![\w(])\(?(?P<mark>[1-9]|[a-h]|i{1,3}|iv|v)\)(?=\s*[A-Za-z])")
_LAST = re.compile(r"(?P<comma>,)?\s(?:and|or|&|as well as)\s")
_CLAUSE = re.compile(r"[:;.]\s|[;:.]$|\s--?\s")
_ASIDE = re.compile(r"\s?\([^()]*\)")
_LEAD_IN = 6
"""Words of an item; a longer one begins with what leads the list in."""


def own_counts(text: str, start: int, end: int) -> frozenset[int]:
    """What the number at `start` to `end` may count in its own text: "three datasets (A, B and C)", A、B 和 C 三个基准.

    Returns:
        No, one or several counts: an "and" may be inside an item or between two.
    """
    found = (_BEHIND.match(text, end), _AHEAD.search(text[:start]))
    return frozenset(count for match in found if match for count in _items(match[1])) - {0, 1}


def _items(items: str) -> set[int]:
    """What stands before the last "and" is told apart by commas; without a comma before it, the "and" is one more."""
    if _OUTER.search(items):
        return {len([item for item in _OUTER.split(items) if item])}
    parts = [item for item in _COMMA.split(items) if item]
    if not parts or _AND.match(parts[-1]):
        return {len(parts)}
    joined = [item for item in _AND.split(parts[-1]) if item]
    if len(parts) > 1 and any(_AND.search(part) for part in parts[:-1]):
        return {len(parts), len(parts) + 1}
    return {len(parts) + len(joined) - 1}


def listed_counts(text: str) -> frozenset[int]:
    """How many things a sentence names in a row, for each row: "text, images and audio" are three; (i) … (ii) … are two."""
    marks = [match["mark"] for match in _MARKERS.finditer(text)]
    if len(marks) > 1:
        return frozenset({len(dict.fromkeys(marks))})
    found: set[int] = set()
    for clause in (*_CLAUSE.split(_ASIDE.sub("", text)), *_ASIDE.findall(text)):
        found |= _rows(clause.strip(" ()"))
    return frozenset(found)


def _rows(clause: str) -> set[int]:
    """Rows end with "and"; the first item may begin with the words that lead in."""
    found = set()
    for last in _LAST.finditer(clause):
        before = clause[: last.start()].split(", ")
        if len(before) == 1 and not last["comma"]:
            found.add(2)
            continue
        row = 1
        for item in reversed(before):
            row += 1
            if len(item.split()) > _LEAD_IN:
                break
        found.add(row)
    return found
