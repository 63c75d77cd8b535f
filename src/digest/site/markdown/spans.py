"""Inline Markdown, each passage in one pass of one expression: the part of it whose meaning does not depend on other passages.

Text comes in with its HTML characters escaped, so that what is copied through is safe by construction: `"` is `&quot;`
here, and `&quot;` in the source is `&amp;quot;`. Whatever could mean something else to the reference parser than it does
here is a doubt, and that one reads the passage.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from digest.posts.reference import CJK
from digest.site.markdown import math
from digest.site.markdown.links import OUTSIDE, Links
from digest.site.markdown.tree import RAISED, unescaped

# Addresses that CommonMark's normalisation leaves as they are, so that none is needed here.
_ADDRESS = r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/@+,=:?-]*+)?(?:\#[A-Za-z0-9._-]*+)?"
_TEX = r"(?:[^\s$\\]|[^\s$][^$\n]*[^\s$\\])"
_FORMULA = rf"\$({_TEX})\$(?!\$)"
# Within a link's text a bracket, a code span or emphasis can change where it ends; a formula or an escape cannot.
_LABEL = rf"(?:[^\[\]\\`*$\n]++|\\(?:&\w+;|.)|\$(?![^$]*[\[\]]){_TEX}\$(?!\$))*+"
_ANCHOR = r"(papers/[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+/)\#((?:v[0-9]+-)?s[0-9]+)"


def evidence(site_url: str) -> str:
    """The pattern of a link to a sentence on a paper's page: its number, the page's path, the anchor."""
    return rf"\[\[([0-9]+)\]\]\({re.escape(site_url)}{_ANCHOR}\)"


BOLD = r"\*\*([^\W_](?:[^\\`*_\[\]$&~!\n]*[^\W_])?)\*\*(?!\*)"
"""Bold words with a letter or a digit at both ends, which makes their stars open and close in any surroundings."""
PLAIN = r"[^\\`*_\[$&~\n]*+(?:&(?:quot|gt);[^\\`*_\[$&~\n]*+)*+"
"""Text without any markup."""


class Doubt(Exception):
    """What stands here may mean something else to the reference parser."""


@lru_cache(maxsize=4)
def _markup(site_url: str) -> re.Pattern[str]:
    """What is not plain text. Each way begins with a plain character, so that the search skips over others without trying any."""
    return re.compile(
        rf"""
          {evidence(site_url)}
        | \[\[([0-9]+)\]\]\(({_ADDRESS})\)
        | \[([^\[\]\\`*$_&~!\n]*+)\]\(({_ADDRESS})\)
        | \[({_LABEL})\]\(({_ADDRESS})\)
        | {BOLD}
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
    """Reads passages.

    Attributes:
        formulas: those of the passage that was read last, each as HTML and as the source that it was made from, escaped.
    """

    def __init__(self, links: Links) -> None:
        self._links, self._sub = links, _markup(links.site_url).sub
        self._near = links.site_url[:-1]
        self._open = ""
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
        """A line of inline Markdown as HTML. Raises Doubt."""
        self._open, self.formulas = "", []
        made = self._sub(self._read, text)
        if self._open:
            raise Doubt
        return made

    def _read(self, match: re.Match[str]) -> str:
        return self._readers[match.lastindex](match)

    def _doubt(self, match: re.Match[str]) -> str:
        raise Doubt

    def _evidence(self, match: re.Match[str]) -> str:
        number, path, anchor = match.group(1, 2, 3)
        tag = self._links.evidence(path, anchor)
        return f"{tag}{number}</a>" if tag else f"[{number}]"

    def _number(self, match: re.Match[str]) -> str:
        number, address = match.group(4, 5)
        tag = self._opening(address)
        if tag is None:
            return f"[{number}]"
        return f"{tag}{number}</a>" if tag[0] == RAISED else f"{tag}[{number}]</a>"

    def _link(self, match: re.Match[str]) -> str:
        text, address = match.group(6, 7)
        tag = self._opening(address)
        return f"{tag}{text}</a>" if tag else text

    def _rich_link(self, match: re.Match[str]) -> str:
        """A link with markup in its text."""
        text, address = match.group(8, 9)
        shown, tag = self._sub(self._read, text), self._opening(address)
        if tag is None:
            return shown
        if tag[0] == RAISED and (shown.startswith("[") or shown.endswith("]")):
            raise Doubt
        return f"{tag}{shown}</a>"

    def _opening(self, address: str) -> str | None:
        """The opening tag of a link; None for a page that is not there. Doubtful where it may be a link that is not allowed."""
        if not address.startswith(self._near):
            if address[4] != "s":
                raise Doubt
            return f'<a href="{address}"{OUTSIDE}>'  # without a character that HTML escapes
        if address[4] != "s" and not address.startswith(self._links.site_url):
            raise Doubt
        return self._links.opening(address)

    def _strong(self, match: re.Match[str]) -> str:
        if self._open:
            raise Doubt
        return f"<strong>{match[_STRONG]}</strong>"

    def _emphasis(self, match: re.Match[str]) -> str:
        """Runs that can only pair up one way: one that opens, then one of the same length that closes."""
        run, text, start, end = match[0], match.string, match.start(), match.end()
        flanks = _flanks(text[start - 1] if start else " ", text[end] if end < len(text) else " ")
        if not self._open:
            if flanks & _OPENS and run in _ELEMENTS:
                self._open = run
                return _ELEMENTS[run][0]
        elif self._open == run and flanks & _CLOSES:
            self._open = ""
            return _ELEMENTS[run][1]
        raise Doubt

    def _code(self, match: re.Match[str]) -> str:
        if match.string[match.start() - 1 : match.start()] == "`":
            raise Doubt
        text = match[_CODE]
        if text[0] == text[-1] == " " and text.strip(" "):
            text = text[1:-1]
        return f"<code>{text}</code>"

    def _math(self, match: re.Match[str]) -> str:
        """A formula. In a passage with a backslash at its end, the reference takes that for one before the first dollar."""
        end = match.string.find("\n", match.end())
        if match.string[end - 1 if end >= 0 else -1] == "\\":
            raise Doubt
        made = math.inline(unescaped(match[_MATH]))
        self.formulas.append((made, match[_MATH]))
        return made

    def _line(self, match: re.Match[str]) -> str:
        """An underscore inside a word is one."""
        text, place = match.string, match.start()
        if text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum():
            return "_"
        raise Doubt


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
