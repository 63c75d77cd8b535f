r"""Text of papers as literal Markdown: what a title says is what a reader sees, whatever characters it is made of.

Only what would be interpreted is escaped, so that a post stays readable as a text: `foo_bar`, `7.13%` and `a < b` come
out as they are. Formulas between paired dollars stay formulas. Besides CommonMark and the tables and strikethrough of
GitHub, this covers what Fuwari's remark plugins add: remark-directive makes an element of `:name` anywhere in a line,
remark-math a formula of anything between two dollars. What nothing here can prevent: there a bare `https://` address or
an e-mail address in a paper's text becomes a link, because GitHub's autolinks look at the text after all escapes.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control, direction-changing, zero-width and tag characters, surrogates, and what YAML and XML do not allow."""

_SPECIAL = re.compile(
    r"""
    [`*\[\]$\\_<&:~!\#>=+-]                # first the character, so that most others are passed over in one step
    (?:
      (?<= [`*\[\]$] )
    | (?<= \\ ) (?= [!-/:-@\[-`{-~] | $ )  # otherwise a backslash is itself: \alpha
    | (?<= _ ) (?: (?<! [^\W_]_ ) | (?! [^\W_] ) )  # inside a word an underscore is itself
    | (?<= < ) (?= [A-Za-z/!?] | [^\s<>]*@ | $ )  # a tag, or an address: <5@10> is one
    | (?<= & ) (?= \# | [A-Za-z][A-Za-z0-9]* ; )
    | (?<= : ) (?= [^\W\d_] )              # Fuwari: a directive
    | (?<= ~ ) (?: (?<= [^\s(（]~ ) | (?! [^\W_] ) )  # "~50%" can open a strikethrough and never close one
    | (?<= ! ) (?= \[ | $ )                # before a link it would make an image of it
    | (?<= ^\# ) (?= \#* (?: \s | $ ) )
    | (?<= \s\# ) (?= \#* $ )              # the closing sequence of a heading
    | (?<= ^> )
    | (?<= ^= ) (?= =* $ )
    | (?<= ^[-+] ) (?= [\s-] | $ )
    )
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_FORMULA = re.compile(r"(?<![\\$])\$(?!\s)([^$`]*[^\s$`\\])\$(?!\$)")
_TEX = re.compile(r"[\\^_]")
_PROSE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}| (?:and|or|to|per|for|from|vs) |[\u3000-\u9fff\uff00-\uffef]")
# What a generator without a plugin for formulas would read as a tag, a link or an image is no formula.
_MARKUP = re.compile(r"""<(?:[/!?]|[A-Za-z].*[>"'=:@])|\]\s*[(\[:]|!\[|~~|\*\*|://""")
_HTTPS = re.compile(r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#]\S*)?")


def plain(text: str) -> str:
    """One line of printable text: white space folded, hidden characters and those that YAML or XML refuse removed."""
    folded = " ".join(text.split())
    return folded if folded.isprintable() else " ".join(_HIDDEN.sub("", folded).split())


def markdown(text: str, *, in_cell: bool = False) -> str:
    """A text as inline Markdown that shows exactly this text, wherever in a line or block it is put.

    Args:
        in_cell: for the cell of a table, where a bar ends the cell, in formulas too.
    """
    line = plain(text)
    text = _with_formulas(line, in_cell) if "$" in line else _literal(line, 0, len(line), in_cell)
    return _NUMBERED.sub(r"\1\\\2", text) if text[:1].isdigit() else text


def _with_formulas(line: str, in_cell: bool) -> str:
    written, position = [], 0
    for start, end in _formulas(line):
        written += [_literal(line, position, start, in_cell), _formula(line[start:end], in_cell)]
        position = end
    return "".join([*written, _literal(line, position, len(line), in_cell)])


def cell(text: str) -> str:
    """A text as the content of one table cell."""
    return markdown(text, in_cell=True)


def link(text: str, url: str | None, *, in_cell: bool = False) -> str:
    """A link to an https page; the mere text where the address is anything else."""
    shown = markdown(text, in_cell=in_cell)
    return f"[{shown}]({address(url)})" if url and shown and _HTTPS.fullmatch(url) else shown


def code(text: str) -> str:
    """A text as inline code that may stand in a table too: without back-ticks and bars, which would end it."""
    shown = plain(text.translate({ord("`"): None, ord("|"): "/"}))
    return f"`{shown}`" if shown else ""


@lru_cache(maxsize=256)  # the links to a card's sentences differ in their anchors only
def address(url: str) -> str:
    """An address as a link's destination: brackets, quotes, spaces and non-ASCII characters percent-encoded."""
    encoded = quote(plain(url), safe=":/?#@!&'*+,;=%~-._")
    return re.sub(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)", "&amp;", encoded)


def _formulas(line: str) -> Iterator[tuple[int, int]]:
    """Where formulas stand, with their dollars."""
    position = 0
    while match := _FORMULA.search(line, position):
        is_formula = _is_formula(match[1], line[match.end() : match.end() + 1])
        if is_formula:
            yield match.span()
        position = match.end() if is_formula else match.start() + 1


def _is_formula(content: str, after: str) -> bool:
    """Whether what stands between two dollars is mathematics, and not the words between two prices."""
    if _MARKUP.search(content):
        return False
    if _TEX.search(content) or not any(c.isalnum() for c in content):
        return True
    return not after.isdigit() and not _PROSE.search(content)


def _formula(source: str, in_cell: bool) -> str:
    """A formula as it is; in a cell its bars by their names, because not every table parser unescapes them in formulas."""
    if not in_cell:
        return source
    named = source[:-1].replace(r"\|", r"\Vert ").replace("|", r"\vert ")
    return f"{named.rstrip()}$"  # with a blank before its last dollar it would be none


def _literal(line: str, start: int, end: int, in_cell: bool) -> str:
    written, position = [], start
    for match in _SPECIAL.finditer(line, start, end):
        written += [line[position : match.start()], "\\", match[0]]
        position = match.end()
    text = "".join([*written, line[position:end]])
    return text.replace("|", r"\|") if in_cell else text
