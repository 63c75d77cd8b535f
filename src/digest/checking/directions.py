"""What a text says to rise, to fall, to win or to lose, and what it says it of."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from digest.checking.measures import Measure, measures
from digest.checking.passages import Passage
from digest.checking.terms import english_of, terms
from digest.checking.words import STOP, WORD, stem

Kind = Literal["amount", "quality", "rank", "speed"]

UP, SAME, DOWN = "+", "=", "-"


class Move(NamedTuple):
    """One word of direction.

    Attributes:
        ways: what may have happened: "rises" leaves only `UP`, "does not rise" `SAME` or `DOWN`.
        good: the same, where `UP` is an improvement; None where nobody can tell whether more is better.
        measure: what is measured, if it is known.
        measured: names of this and of all that is listed with it.
        about: stems and names of what stands beside it.
        numbers: by how much, to how much.
        ahead: stems of its clause before it, who rises or wins.
        behind: and after it, over whom.
    """

    text: str
    start: int
    kind: Kind
    ways: frozenset[str]
    good: frozenset[str] | None
    measure: Measure | None
    measured: frozenset[str]
    about: frozenset[str]
    numbers: frozenset[str]
    ahead: frozenset[str]
    behind: frozenset[str]


_AMOUNT_UP = (
    r"increas\w+|rais(?:es?|ed|ing)|grow(?:s|ing|n|th)?|ris(?:es?|ing)|rose|higher|larger|longer|expand\w*|amplif\w+|greater"
    r"|climb(?:s|ed|ing)?|elevat\w+|(?<=points )above|more(?! than (?:[0-9]|one|two|half|a\b))"
)
_AMOUNT_DOWN = (
    r"decreas\w+|reduc\w+|lower(?:s|ed|ing)?|drop(?:s|ped|ping)?(?!-)|declin\w+|shrink\w*|diminish\w*|fewer"
    r"|(?<=points )below|mitigat\w+|alleviat\w+|less(?! than (?:[0-9]|one|two|half|a\b))|smaller|short(?:er|en\w*)"
    r"|cut(?:s|ting)?|sav(?:es?|ed|ing)|fall(?:s|ing|en)?|fell"
)
_QUALITY_UP = r"improv\w+|enhanc\w+|boost\w*|strengthen\w*|gains?|better|benefit\w*|facilitat\w+"
_QUALITY_DOWN = (
    r"degrad\w+|worsen\w*|hurts?|harm(?:s|ed|ing)?|deteriorat\w+|impair\w*|weaken\w*|undermin\w+|worse|sacrific\w+"
    r"|compromis(?:es?|ed|ing)"
    r"|loss(?:es)? (?:of|in)\b|los(?:es?|ing)\b(?! to)"
)
_RANK_UP = r"outperform\w*|surpass\w*|exceed\w*|superior|beats?|outstrip\w*|stronger"
_RANK_DOWN = r"underperform\w*|inferior|fall(?:s|ing)? (?:short|behind)|lag(?:s|ging)? behind|trail(?:s|ing)|los(?:es?|ing) to"
_SPEED_UP = r"faster|speed(?:s|ing)?[- ]?ups?|accelerat\w+|quicker|sped up"
_SPEED_DOWN = r"slower|slow(?:s|ed|ing)?[- ]?downs?|decelerat\w+|slows"
_ENGLISH = re.compile(
    rf"\b(?:(?P<rank_up>{_RANK_UP})|(?P<rank_down>{_RANK_DOWN})|(?P<amount_up>{_AMOUNT_UP})|(?P<amount_down>{_AMOUNT_DOWN})"
    rf"|(?P<quality_up>{_QUALITY_UP})|(?P<quality_down>{_QUALITY_DOWN})|(?P<speed_up>{_SPEED_UP})"
    rf"|(?P<speed_down>{_SPEED_DOWN}))"
    r"\b(?!-)",
    re.IGNORECASE,
)
_FIGURE = r"\s?[0-9约近零一二三四五六七八九十百千]"
_CHINESE = re.compile(
    rf"(?P<speed_up>更快|加快|加速|提速|快(?={_FIGURE}))|(?P<speed_down>更慢|减慢|减缓|变慢|放慢|慢(?={_FIGURE}))"
    rf"|(?P<rank_up>优于|好于|强于|超越|超过了?(?!{_FIGURE})|超出(?!{_FIGURE})|胜过|击败)"
    r"|(?P<rank_down>不如|劣于|差于|落后于?|逊于|逊色于|不及|弱于)"
    rf"|(?P<amount_up>增加|增大|增长|上升|升高|升至|扩大|拉大|延长|拉长|增多|加大|加剧|更[高多大长]|高于(?!{_FIGURE})"
    rf"|(?<=[\s了])高(?={_FIGURE}))"
    rf"|(?P<amount_down>降低|降至|降到|降幅|减少|下降|减小|缩短|缩小|更[低少小短]|低于(?!{_FIGURE})|节省|节约|缓解"
    rf"|减轻|(?<=[\s了])低(?={_FIGURE}))"
    r"|(?P<quality_up>提升|提高|改善|增强|改进|强化(?!学习)|更[好优强]|增益)"
    r"|(?P<quality_down>恶化|退化|损害|削弱|变差|劣化|更[差弱]|牺牲|减退)"
)
_COMPARATIVES = frozenset("higher lower larger smaller longer shorter fewer less better worse more greater stronger".split())
"""They may just describe a thing, a lower bound or a larger model, unless it is something that is measured."""
_BREAK = re.compile(
    r"[;:.](?![0-9])|,(?![0-9])|[()、]|并(?!未|非|行)|且|而(?!非)|同时|但"
    r"|\b(?:while|and|or|but|whereas|as|when|if|since|because|by|with|without|than|compared|over|through|using|via"
    r"|from|at|on|in|to"
    r"|across|for|under|that|which|whose)\b"
)
_CLAUSE = re.compile(r"[;:](?![0-9])|[.](?!\S)|,(?![0-9])|\b(?:while|whereas|but)\b")
_HOW_MUCH = re.compile(
    r"^(?:\s*(?:by|of|up to|about|around|over|nearly|roughly|an average|average|approximately|as much as|≈|[0-9][0-9.,%x×–-]*"
    r"|percent|points?|percentage|absolute|relative|pp)(?!\w))*\s*(?:in|of|on|to)\b(?!\s*[0-9])",
    re.IGNORECASE,
)
""" "Of up to 5.2 % in" between a gain and what gains."""
_OF = re.compile(r",|\b(?:of|that|relative)\b")
_TO = re.compile(r"\s+to\s*$")
_LIST_BREAK = re.compile(
    r"[;:.](?![0-9])|[()]|而(?!非)|同时|但|\b(?:while|but|whereas|as|when|if|since|because|by|with|without|than"
    r"|compared|over|through|using"
    r"|via|from|at|on|to|across|for|under|that|which|whose|relative)\b"
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)[0-9]+(?:\.[0-9]+)?(?![0-9]|-?[A-WYZa-wyz])")
_NEGATED = re.compile(
    r"(?:\bnot\b(?! (?:only|just|merely|simply))|n't|\bnever|\bwithout|\bno\b|\bfail(?:s|ed|ing)? to|\bcannot"
    r"|\bunable to|\bneither|\bnor"
    r"|\brather than|\binstead of|\bhardly|\brarely|\bprevent\w*|\bavoid\w*|\bdespite|\bnon-?)[\s-]+(?:(?!(?:and|or"
    r"|but|by)\b)[^\s,;:()]+\s+){0,4}$",
    re.IGNORECASE,
)
_NEGATED_CHINESE = re.compile(
    "(?:不(?!同|断|仅|但|少|确定|平衡|足|稳|均|只|一致|完整|可|良|当|利|管|论|单|光|匹配|对称|准|连续|过|规则)"
    "|未(?!来|知|见|必|标|观测|经|公开)|没有|没能|无法|难以|避免|防止|杜绝|并非|而非|无需|无损"
    "|很少)[^的即就便下时后却,;:()]{0,6}$"
)
_TURN = {UP: DOWN, SAME: SAME, DOWN: UP}


def moves(passage: Passage) -> tuple[Move, ...]:
    """The words of direction of a passage, in order."""
    return _moves(passage.text, passage.chinese)


@lru_cache(maxsize=4096)
def _moves(text: str, chinese: bool) -> tuple[Move, ...]:
    found = list((_CHINESE if chinese else _ENGLISH).finditer(text))
    edges = [0, *(match.end() for match in found)]
    nexts = [*(match.start() for match in found[1:]), len(text)]
    numbers = _numbers_of(text, found)
    built = [
        _move(text, chinese, match, first, last, numbers[place])
        for place, (match, first, last) in enumerate(zip(found, edges, nexts, strict=False))
    ]
    return tuple(move for move in built if (move.measure or move.numbers or _compares(move, text)) and not _describes(move, text))


def _describes(move: Move, text: str) -> bool:
    """Whether it stands in an aside: 随深度增长的延迟, 不断增长的需求."""
    if not "\u4e00" <= move.text[0] <= "\u9fff" or move.text[0] == "更":
        return False
    end = move.start + len(move.text)
    return text[end : end + 1] == "的" or bool(re.search("随着?[^,;]{0,8}$", text[max(0, move.start - 10) : move.start]))


def _compares(move: Move, text: str) -> bool:
    if move.text.lower() not in _COMPARATIVES:
        return True
    return bool(re.search(r"\bthan\b", _CLAUSE.split(text[move.start : move.start + 80])[0]))


def _move(text: str, chinese: bool, match: re.Match[str], first: int, last: int, numbers: frozenset[str]) -> Move:
    assert match.lastgroup
    kind, _, way = match.lastgroup.partition("_")
    width = 20 if chinese else 70
    following = text[match.end() : min(last, match.end() + width)]
    behind = _BREAK.split(following if chinese else _HOW_MUCH.sub("", following))[0]
    ahead = _BREAK.split(_TO.sub("", text[max(first, match.start() - width) : match.start()]))[-1]
    if match[0].endswith("于"):
        behind, following = "", ""  # what follows is whom it is compared with
    measure = _measure(behind, ahead, chinese)
    listed = measures(_LIST_BREAK.split(following)[0], chinese) if measure else []
    measured = frozenset(one.name for one in [*listed, measure] if one and measure and one.good == measure.good)
    if kind == "quality" and measure and measure.good == DOWN and match[0] in ("提升", "提高"):
        kind = "amount"  # higher costs, not better ones
    ways = _ways(text, chinese, match, way == "up")
    good: frozenset[str] | None = ways
    if kind == "amount":
        good = {UP: ways, DOWN: _turned(ways)}.get(measure.good if measure else "")
    before, after = _sides(text, match)
    return Move(
        match[0],
        match.start(),
        cast(Kind, kind),
        ways,
        good,
        measure,
        measured,
        _stems(behind, ahead, chinese, match[0].lower()),
        numbers,
        before,
        after,
    )


def _ways(text: str, chinese: bool, match: re.Match[str], up: bool) -> frozenset[str]:
    clause = _CLAUSE.split(text[max(0, match.start() - 60) : match.start()])[-1]
    if not chinese and re.match(r"\s+by\b", text[match.end() :]) and match.lastgroup == "rank_up" and match[0].endswith("ed"):
        up = not up  # outperformed by
    if (_NEGATED_CHINESE if chinese else _NEGATED).search(clause):
        return frozenset({SAME, DOWN}) if up else frozenset({SAME, UP})
    return frozenset({UP}) if up else frozenset({DOWN})


def _turned(ways: frozenset[str]) -> frozenset[str]:
    return frozenset(_TURN[way] for way in ways)


def _measure(behind: str, ahead: str, chinese: bool) -> Measure | None:
    """What follows, or else what goes before: the last word of the first noun phrase."""
    if chinese:
        behind, ahead = (side.removesuffix("的").rpartition("的")[2] for side in (behind, ahead))  # 的 stands before the head
    following, before = measures(_OF.split(behind)[0], chinese), measures(ahead, chinese)
    return following[-1] if following else before[-1] if before else None


def _stems(behind: str, ahead: str, chinese: bool, word_itself: str) -> frozenset[str]:
    """Of what follows in English, or of what goes before where nothing follows; in Chinese of both."""
    following = [word for word in WORD.findall(behind) if word.lower() not in STOP and not word.endswith("ly")][:4]
    before = [word for word in WORD.findall(ahead) if word.lower() not in STOP and not word.endswith("ly")][-3:]
    if chinese:
        return frozenset(map(stem, following + before)) | english_of([*terms(behind)[:3], *terms(ahead)[-2:]])
    if word_itself in ("more", "less"):
        following = [*following[:1], *before]  # subgoals less reliable
    return frozenset(map(stem, following or before))


def _sides(text: str, match: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names and words of the clause before and after: to tell "A beats B" from "B loses to A"."""
    before = _CLAUSE.split(text[max(0, match.start() - 80) : match.start()])[-1]
    after = _CLAUSE.split(text[match.end() : match.end() + 80])[0]
    return _named(before), _named(after)


def _named(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if word.lower() not in STOP) | english_of(terms(text))


def _numbers_of(text: str, found: list[re.Match[str]]) -> list[frozenset[str]]:
    """To each word of direction its numbers: those just before it, and those after it in the same clause."""
    gathered: list[set[str]] = [set() for _ in found]
    spots = [(match.start(), match.end()) for match in found]
    for number in _NUMBER.finditer(text):
        if len(number[0]) < 2:
            continue
        place = _owner(text, number, spots)
        if place is not None:
            gathered[place].add(number[0])
    return [frozenset(one) for one in gathered]


_BESIDE = re.compile(r"[0-9.,%x×–\s~≈-]*(?:times|percent|points?|percentage)?\s*$")


def _owner(text: str, number: re.Match[str], spots: list[tuple[int, int]]) -> int | None:
    after = next((place for place, (start, _) in enumerate(spots) if start >= number.end()), None)
    before = next((place for place in range(len(spots) - 1, -1, -1) if spots[place][1] <= number.start()), None)
    if after is not None and spots[after][0] - number.end() < 20 and _BESIDE.match(text[number.end() : spots[after][0]]):
        return after
    if before is not None and number.start() - spots[before][1] < 60:
        between = text[spots[before][1] : number.start()]
        if not _CLAUSE.search(between) and not re.search("[,;]", between):
            return before
    return None
