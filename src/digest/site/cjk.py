"""Chinese and English in one text: which language a passage is in, and emphasis that works beside full-width stops."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from digest.models import Language

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""Languages as HTML and feeds name them (BCP 47)."""

JOINER = "\u2060"
"""The word joiner: no line may end here. Between a Chinese character and a digit one otherwise may."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u3000-\u303f\uff00-\uff60]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def language_of(text: str) -> Language | None:
    """The language of a passage, or None where it is too short or too mixed to tell."""
    characters, words = len(_CJK.findall(text)), len(_WORD.findall(text))
    if characters:
        return "zh" if characters > words else None
    return "en" if words > 2 else None


def emphasis(state: StateInline, silent: bool) -> bool:
    """The emphasis rule of CommonMark, made to work where words have no spaces between them.

    By the letter of the specification `**强调：**后面` is no emphasis, because the closing run follows a punctuation
    mark and no space follows (github.com/commonmark/commonmark-spec/issues/650). A CJK neighbour counts as a space here.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        before, after = _neighbours(state, scanned.length)
        opens = opens or (not after.isspace() and bool(_CJK.match(before)))
        closes = closes or (not before.isspace() and bool(_CJK.match(after)))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, place, -1, opens, closes))
    state.pos += scanned.length
    return True


def _neighbours(state: StateInline, length: int) -> tuple[str, str]:
    end = state.pos + length
    before = state.src[state.pos - 1] if state.pos else " "
    return before, state.src[end] if end < state.posMax else " "
