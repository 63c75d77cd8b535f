"""The Markdown that posts are written in: CommonMark with tables, strikethrough and formulas between dollars, no HTML.

One parser, so that the site and the copies for other generators read the same words and structure out of a post.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# The parser is imported where it is used: the site reads most posts without it, and the import takes 50 ms.

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u3000-\u303f\uff00-\uff60]")
"""A character of a script that has no spaces between words, or of its punctuation."""

_ALLOWED = re.compile(r"https://[^/\\]|mailto:|(?![a-z][a-z0-9+.-]*:|//|/?(?:\\|%5C))", re.IGNORECASE)


def parser() -> "MarkdownIt":
    """A new parser. Raw HTML is text to it, and so is a link that leads anywhere but to https, mail or this site."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.validateLink = valid_link  # type: ignore[method-assign]
    made.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=True, double_inline=True)
    made.inline.ruler.at("emphasis", emphasis)
    return made


def valid_link(url: str) -> bool:
    """Whether a link may lead there: to https, to a mail address, or to a place of the same site."""
    return bool(_ALLOWED.match(url))


def emphasis(state: "StateInline", silent: bool) -> bool:
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
        opens = opens or (not after.isspace() and bool(CJK.match(before)))
        closes = closes or (not before.isspace() and bool(CJK.match(after)))
    _push(state, marker, scanned.length, opens, closes)
    return True


def _push(state: "StateInline", marker: str, length: int, opens: bool, closes: bool) -> None:
    """Leave a token for each character of a run; which of them become elements is decided when all are known."""
    from markdown_it.rules_inline.state_inline import Delimiter

    for _ in range(length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), length, place, -1, opens, closes))
    state.pos += length


def _neighbours(state: "StateInline", length: int) -> tuple[str, str]:
    end = state.pos + length
    before = state.src[state.pos - 1] if state.pos else " "
    return before, state.src[end] if end < state.posMax else " "
