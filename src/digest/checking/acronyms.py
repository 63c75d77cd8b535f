"""Acronyms that a text spells out: "DeepSeek Sparse Attention (DSA)", "DSA (DeepSeek Sparse Attention)", DSA（稀疏注意力）."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from digest.checking.text import HAN

_COMMON = Path(__file__).with_name("data") / "abbreviations.json"
_ACRONYM = r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*"
_BEHIND = re.compile(rf"\(\s*(?P<short>{_ACRONYM})\s*[),;，；:]")
_STANDS_FOR = (
    r"\(\s*(?:i\.e\.,?|short for|即|全称为?|英文全称)?"
    r"|,? (?:which )?(?:is )?(?:short|stands) for|,? an (?:acronym|abbreviation) (?:for|of)"
    r"|[,，]?\s?(?:全称为?|是指|即|代表|意为)"
)
_AHEAD = re.compile(rf"(?<![A-Za-z0-9-])(?P<short>{_ACRONYM})\s*(?:{_STANDS_FOR})[\s:：\"']*(?P<long>[^()\n;,，。；]{{4,90}})")
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9'/&.]*")
_CLAUSE = re.compile(rf"[()\[\],;:.!?，。；：、\"{HAN}]")


_LEADS_IN = re.compile("把|将|称[为作]|当[作成]|视[为作]|作为|采用|使用|利用|通过|提出|引入|构建|设计|加入|一种|名为|叫做?|即")
"""What a sentence says before it comes to the words of an acronym."""
_TITLE_CASE = re.compile(r"[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|of|and|for|in|with|the)){1,6}")
"""What looks like an acronym's words even where the letters do not fit."""


class Expansion(NamedTuple):
    """An acronym with its words."""

    short: str
    long: str


def expansions(text: str) -> Iterator[Expansion]:
    """What a `plain` text spells out, in English; an aside in parentheses that does not spell out its word is none."""
    for match in _BEHIND.finditer(text):
        before = _CLAUSE.split(text[: match.start()].rstrip())[-1].strip()
        long = spelled(match["short"], before)
        if long:
            yield Expansion(match["short"], long)
    for match in _AHEAD.finditer(text):
        words = re.split(rf"[{HAN}]", match["long"])[0].strip(" \"'")
        long = spelled(match["short"], words) if " " in words or "-" in words else ""
        if long and words.lower().startswith(long.lower()[:3]):
            yield Expansion(match["short"], long)
        elif _TITLE_CASE.fullmatch(words) and match[0].count("("):
            yield Expansion(match["short"], words)


def chinese_expansions(text: str) -> Iterator[Expansion]:
    """Acronyms beside Chinese words in parentheses, and the other way round."""
    for match in re.finditer(
        rf"(?P<short>{_ACRONYM})\s*\(\s*(?:即|全称为?)?(?P<long>[{HAN}A-Za-z -]*[{HAN}]{{2,}}[{HAN}A-Za-z -]*)\)", text
    ):
        yield Expansion(match["short"], match["long"])
    for match in re.finditer(rf"(?P<long>[{HAN}]{{2,16}})\s*\(\s*(?P<short>{_ACRONYM})\s*\)", text):
        yield Expansion(match["short"], _LEADS_IN.split(match["long"])[-1] or match["long"])


def spelled(short: str, text: str) -> str:
    """The end of `text` that spells the acronym out, or "" (Schwartz & Hearst, PSB 2003: letters matched from the back).

    Every letter stands in the words in order, and the first one opens a word.
    """
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    at = len(text) - 1
    for place in range(len(letters) - 1, -1, -1):
        while at >= 0 and (text[at].lower() != letters[place] or (place == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    long = text[at + 1 :]
    count = len(_WORDS.findall(long.replace("-", " ")))
    if count < 2 or count > min(len(letters) + 5, 2 * len(letters)) or len(long) <= len(short):
        return ""
    initials = {word[0].lower() for word in re.split(r"[\s/-]+", long) if word}
    return long if sum(letter in initials for letter in letters) * 2 >= len(letters) else ""


def definitions(text: str) -> dict[str, tuple[str, ...]]:
    """All acronyms that a text spells out, by `key`."""
    found: dict[str, list[str]] = {}
    for short, long in expansions(text):
        found.setdefault(key(short), []).append(long)
    return {short: tuple(dict.fromkeys(longs)) for short, longs in found.items()}


def key(short: str) -> str:
    """An acronym without hyphens and its plural s."""
    return short.removesuffix("s").replace("-", "").upper()


@cache
def common() -> dict[str, str]:
    """Abbreviations that the whole field shares, with their words: a statement may use one for the other."""
    listed: dict[str, str] = json.loads(_COMMON.read_text(encoding="utf-8"))
    return listed
