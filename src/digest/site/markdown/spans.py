"""Inline Markdown read in one pass of one expression: the part of it whose meaning does not depend on what else there is.

Text comes in with its HTML characters escaped, so that what is copied through is safe by construction: `"` is `&quot;`
here, and `&quot;` in the source is `&amp;quot;`. Whatever could mean something else to the reference parser than it does
here makes the line doubtful, and that one reads it again.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from digest.posts.reference import CJK
from digest.site.markdown import math
from digest.site.markdown.links import Links
from digest.site.markdown.tree import RAISED, unescaped

# Addresses that CommonMark's normalisation leaves as they are, so that none is needed here.
_ADDRESS = r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/@+,=:?-]*+)?(?:\#[A-Za-z0-9._-]*+)?"
_TEX = r"(?:[^\s$\\]|[^\s$][^$\n]*[^\s$\\])"
_FORMULA = rf"\$({_TEX})\$(?!\$)"
# Within a link's text a bracket, a code span or emphasis can change where it ends; a formula or an escape cannot.
_LABEL = rf"(?:[^\[\]\\`*$\n]++|\\(?:&\w+;|.)|\${_TEX}\$(?!\$))*+"
_ANCHOR = r"papers/((?:[A-Za-z0-9_-]|\.(?!\.))+/)\#((?:v[0-9]+-)?s[0-9]+)"


@lru_cache(maxsize=4)
def _markup(site_url: str) -> re.Pattern[str]:
    """What is not plain text. Each way begins with a plain character, so that the search skips over others without trying any."""
    return re.compile(
        rf"""
          \[\[([0-9]+)\]\]\({re.escape(site_url)}{_ANCHOR}\)
        | \[\[([0-9]+)\]\]\(({_ADDRESS})\)
        | \[([^\[\]\\`*$_&~!\n]*+)\]\(({_ADDRESS})\)
        | \[({_LABEL})\]\(({_ADDRESS})\)
        | \*\*([^\W_](?:[^\\`*_\[\]$&~!\n]*[^\W_])?)\*\*(?!\*)
        | \*(\**)
        | \\(&\w+;|[!-/:-@\[-`{{-~])
        | `([^`\n]+)`(?!`)
        | {_FORMULA}
        | _()
        | \[ | ` | \$
        | ~~
        | !\[
        | &amp;(?=\#?[A-Za-z0-9]+;)                                             # perhaps an entity
        | &lt;(?=(?:(?!&[lg]t;)[^\s:@]){{0,80}}+(?:[:@]|(?!&[lg]t;)\S))  # perhaps an address
        """,
        re.VERBOSE,
    )


_EVIDENCE, _NUMBER, _LINK, _RICH_LINK, _STRONG, _EMPHASIS, _ESCAPE, _CODE, _MATH, _LINE = 3, 5, 7, 9, 10, 11, 12, 13, 14, 15
_OPENS, _CLOSES = 1, 2
_ELEMENTS = {"*": ("<em>", "</em>"), "**": ("<strong>", "</strong>")}


class Spans:
    """Reads all lines of a text at once, each as a passage of its own.

    Attributes:
        doubtful: places in the text where the line may mean something else to the reference parser.
        formulas: each as HTML and as the source that it was made from, escaped.
    """

    def __init__(self, links: Links) -> None:
        self._links, self._sub = links, _markup(links.site_url).sub
        self._open, self._opened = "", 0
        self.doubtful: list[int] = []
        self.formulas: list[tuple[str, str]] = []
        self._readers: dict[int | None, Callable[[re.Match[str]], str]] = {
            _EVIDENCE: self._evidence,
            _NUMBER: self._number,
            _LINK: self._link,
            _RICH_LINK: self._rich_link,
            _STRONG: self._strong,
            _EMPHASIS: self._emphasis,
            _ESCAPE: lambda match: match[_ESCAPE],
            _CODE: self._code,
            _MATH: self._math,
            _LINE: self._line,
            None: self._doubt,
        }

    def html(self, text: str) -> str:
        """Lines of inline Markdown as lines of HTML; those with a place in `doubtful` are of no use."""
        made = self._read(text)
        if self._open:
            self.doubtful.append(self._opened)
        return made

    def _read(self, text: str) -> str:
        readers = self._readers
        return self._sub(lambda match: readers[match.lastindex](match), text)

    def _doubt(self, match: re.Match[str]) -> str:
        self.doubtful.append(match.start())
        return match[0]

    def _evidence(self, match: re.Match[str]) -> str:
        number, paper, anchor = match.group(1, 2, 3)
        tag = self._links.evidence(f"papers/{paper}", anchor)
        return f"{tag}{number}</a>" if tag else f"[{number}]"

    def _number(self, match: re.Match[str]) -> str:
        number, address = match.group(4, 5)
        if self._is_foreign(address):
            return self._doubt(match)
        tag = self._links.opening(address)
        if tag is None:
            return f"[{number}]"
        return f"{tag}{number}</a>" if tag[0] == RAISED else f"{tag}[{number}]</a>"

    def _link(self, match: re.Match[str]) -> str:
        text, address = match.group(6, 7)
        if self._is_foreign(address):
            return self._doubt(match)
        tag = self._links.opening(address)
        return f"{tag}{text}</a>" if tag else text

    def _rich_link(self, match: re.Match[str]) -> str:
        """A link with markup in its text."""
        text, address = match.group(8, 9)
        doubts = len(self.doubtful)
        shown = self._read(text)
        if len(self.doubtful) > doubts or self._is_foreign(address):
            return self._doubt(match)
        tag = self._links.opening(address)
        if tag is None:
            return shown
        if tag[0] == RAISED and (shown.startswith("[") or shown.endswith("]")):
            return self._doubt(match)
        return f"{tag}{shown}</a>"

    def _is_foreign(self, address: str) -> bool:
        """Whether it is neither https nor of this site, so that it may be none that a link is allowed to have."""
        return address[4] != "s" and not address.startswith(self._links.site_url)

    def _strong(self, match: re.Match[str]) -> str:
        """Bold words with a letter or a digit at both ends, which makes their stars open and close in any surroundings."""
        if self._open and self._is_open(match):
            return self._doubt(match)
        return f"<strong>{match[_STRONG]}</strong>"

    def _emphasis(self, match: re.Match[str]) -> str:
        """Runs that can only pair up one way: one that opens, then one of the same length that closes."""
        run, text, start, end = match[0], match.string, match.start(), match.end()
        flanks = _flanks(text[start - 1] if start else " ", text[end] if end < len(text) else " ")
        if not self._is_open(match):
            if flanks & _OPENS and run in _ELEMENTS:
                self._open, self._opened = run, start
                return _ELEMENTS[run][0]
        elif self._open == run and flanks & _CLOSES:
            self._open = ""
            return _ELEMENTS[run][1]
        return self._doubt(match)

    def _is_open(self, match: re.Match[str]) -> bool:
        """Whether there is emphasis to be closed; on an earlier line it was none."""
        if self._open and "\n" in match.string[self._opened : match.start()]:
            self.doubtful.append(self._opened)
            self._open = ""
        return bool(self._open)

    def _code(self, match: re.Match[str]) -> str:
        if match.string[match.start() - 1 : match.start()] == "`":
            return self._doubt(match)
        text = match[_CODE]
        if text[0] == text[-1] == " " and text.strip(" "):
            text = text[1:-1]
        return f"<code>{text}</code>"

    def _math(self, match: re.Match[str]) -> str:
        """A formula. In a passage with a backslash at its end, the reference takes that for one before the first dollar."""
        end = match.string.find("\n", match.end())
        if match.string[end - 1 if end >= 0 else -1] == "\\":
            return self._doubt(match)
        made = math.inline(unescaped(match[_MATH]))
        self.formulas.append((made, match[_MATH]))
        return made

    def _line(self, match: re.Match[str]) -> str:
        """An underscore inside a word is one."""
        text, place = match.string, match.start()
        if text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum():
            return "_"
        return self._doubt(match)


@lru_cache(maxsize=4096)
def _flanks(before: str, after: str) -> int:
    """Whether a run of stars between two characters can open emphasis, close it, or both (spec.commonmark.org, 6.2).

    As in `digest.posts.reference.emphasis`, a CJK neighbour counts as a space.
    """
    blank, mark = (_is_blank(before), _is_blank(after)), (_is_mark(before), _is_mark(after))
    opens = not blank[1] and (not mark[1] or blank[0] or mark[0] or bool(CJK.match(before)))
    closes = not blank[0] and (not mark[0] or blank[1] or mark[1] or bool(CJK.match(after)))
    return opens * _OPENS | closes * _CLOSES


def _is_blank(character: str) -> bool:
    return character in "\t\n" or unicodedata.category(character) == "Zs"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
