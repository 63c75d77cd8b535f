"""What a text says to rise, to fall, to win or to lose, and what it says it of."""

import re
from typing import Literal, NamedTuple, cast

from digest.checking.passages import Passage
from digest.checking.terms import english_of, terms
from digest.checking.words import STOP, WORD, stem

Kind = Literal["amount", "quality", "rank"]


class Move(NamedTuple):
    """One word of direction.

    Attributes:
        up: rises, improves, wins; not: falls, worsens, loses.
        about: stems, names and numbers of what stands beside it.
    """

    text: str
    kind: Kind
    up: bool
    about: frozenset[str]

    @property
    def lower_is_better(self) -> bool:
        """Whether it is about something of which less is an improvement."""
        return bool(self.about & _LOWER_IS_BETTER)


_AMOUNT_UP = r"increas\w+|rais(?:es?|ed|ing)|grow(?:s|ing|n|th)?|ris(?:es?|ing)|higher|larger|longer|expand\w*|amplif\w+"
_AMOUNT_DOWN = (
    r"decreas\w+|reduc\w+|lower(?:s|ed|ing)?|drop(?:s|ped|ping)?|declin\w+|shrink\w*|diminish\w*|fewer|less|smaller"
    r"|short(?:er|en\w*)|cut(?:s|ting)?|sav(?:es?|ed|ing)|fall(?:s|ing|en)?"
)
_QUALITY_UP = r"improv\w+|enhanc\w+|boost\w*|strengthen\w*|gains?|better|benefit\w*|facilitat\w+"
_QUALITY_DOWN = r"degrad\w+|worsen\w*|hurts?|harm(?:s|ed|ing)?|deteriorat\w+|impair\w*|weaken\w*|undermin\w+|worse"
_RANK_UP = r"outperform\w*|surpass\w*|exceed\w*|superior|beats?|outstrip\w*"
_RANK_DOWN = r"underperform\w*|inferior|fall(?:s|ing)? (?:short|behind)|lag(?:s|ging)? behind|trail(?:s|ing)"
_ENGLISH = re.compile(
    rf"\b(?:(?P<rank_up>{_RANK_UP})|(?P<rank_down>{_RANK_DOWN})|(?P<amount_up>{_AMOUNT_UP})|(?P<amount_down>{_AMOUNT_DOWN})"
    rf"|(?P<quality_up>{_QUALITY_UP})|(?P<quality_down>{_QUALITY_DOWN}))\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<amount_up>增加|增大|增长|上升|升高|升至|扩大|更[高多大长])|(?P<amount_down>降低|降至|降到|减少|下降|减小|缩短|缩小|更[低少小短])"
    r"|(?P<quality_up>提升|提高|改善|增强|改进|强化(?!学习)|更[好优强])|(?P<quality_down>恶化|退化|损害|削弱|变差|劣化|更差)"
    r"|(?P<rank_up>优于|超越|超过了?(?![0-9零一二三四五六七八九十百千约]|\s[0-9])|胜过|击败|高于(?!\s?[0-9约]))"
    r"|(?P<rank_down>不如|劣于|落后于?|逊于|不及|弱于|低于(?!\s?[0-9约]))"
)
_COSTLY = """
cost costs latency delay memory overhead error errors complexity consumption risk usage
"""
_LESS_IS_MORE = """
loss losses perplexity time variance bias fid fvd rmse mse mae wer cer regret hallucination toxicity energy flops
runtime footprint
"""
_COSTS = frozenset(map(stem, _COSTLY.split()))
_LOWER_IS_BETTER = _COSTS | frozenset(map(stem, _LESS_IS_MORE.split()))
_MORE_IS_MORE = (
    "accuracy performance quality score scores precision recall throughput speed efficiency robustness success rate fidelity"
)
_MEASURED = _LOWER_IS_BETTER | frozenset(map(stem, _MORE_IS_MORE.split()))
_COMPARATIVES = frozenset("higher lower larger smaller longer shorter fewer less better worse".split())
"""They may just describe a thing, a lower bound or a larger model, unless it is something that is measured."""
_BREAK = re.compile(
    r"[;:.](?![0-9])|,(?![0-9])|[()，；：。（）、并且而同]"
    r"|\b(?:while|and|or|but|whereas|as|when|if|since|because|by|with|than|compared|over|through|using|via|from|at|on|in|to|across|for|under)\b"
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def moves(passage: Passage) -> list[Move]:
    """The words of direction of a passage, in order."""
    pattern = _CHINESE if passage.chinese else _ENGLISH
    found = list(pattern.finditer(passage.text))
    edges = [0, *(match.end() for match in found), len(passage.text)]
    spans = zip(found, edges, [*(match.start() for match in found[1:]), len(passage.text)], strict=False)
    all_moves = [_move(passage, match, first, last) for match, first, last in spans]
    return [move for move in all_moves if move.text.lower() not in _COMPARATIVES or move.about & _MEASURED]


def _move(passage: Passage, match: re.Match[str], first: int, last: int) -> Move:
    assert match.lastgroup
    kind, _, way = match.lastgroup.partition("_")
    width = 16 if passage.chinese else 60
    behind = _BREAK.split(passage.text[match.end() : min(last, match.end() + width)])[0]
    ahead = _BREAK.split(passage.text[max(first, match.start() - width // 2) : match.start()])[-1]
    numbers = _NUMBER.findall(passage.text[match.end() : match.end() + width]) + _NUMBER.findall(ahead)
    about = _stems(behind, ahead, passage.chinese) | frozenset(f"#{number}" for number in numbers if len(number) > 1)
    if match[0] in ("提升", "提高") and about & _COSTS:
        kind = "amount"  # higher costs, not better ones
    return Move(match[0], cast(Kind, kind), way == "up", about)


def _stems(behind: str, ahead: str, chinese: bool) -> frozenset[str]:
    """Of what follows in English, or of what goes before where nothing follows; in Chinese of both."""
    following = [word for word in WORD.findall(behind) if word.lower() not in STOP][:3]
    before = [word for word in WORD.findall(ahead) if word.lower() not in STOP][-2:]
    if chinese:
        return frozenset(map(stem, following + before)) | english_of([*terms(behind)[:2], *terms(ahead)[-2:]])
    return frozenset(map(stem, following or before))
