r"""TeX in titles and abstracts as the text that it prints.

arXiv's metadata are Unicode with remnants of TeX: `\textbf{WebWorld}`, `9.2\%`, `Schr\"odinger`, ``quotes'', and
`$\texttt{FLAC}$` for a word in another font. Formulas stay as they are, and so does every command that is not known here:
nothing is lost. A text for which that cannot be promised stays as a whole.
"""

import re
import unicodedata
from collections.abc import Iterator

from digest.patterns import lazy

FONTS = "texttt textsc textbf textit textsf textsl textrm textup textmd textnormal text emph underline uline mbox".split()
"""Commands that set their argument in another font."""
MARKS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306",
    "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
"""Commands of accents, and the combining characters that they are."""
LETTERS = dict(zip("ss ae AE oe OE aa AA dj DJ o O l L i j".split(), "ßæÆœŒåÅđĐøØłŁıȷ", strict=True))

_PASSES = 4
"""One that changes something and one that finds nothing left are usual; hostile nesting could ask for thousands."""
_TRACE = lazy(r"[\\$~`]|--")
_FORMULA = "\0"
"""Stands for a formula while the text around it is worked on. No text that was cleaned has it."""

_SCANNED = lazy(
    r"""
      \\\( (?P<round> (?: (?!\\[()]) . )+ ) \\\)
    | (?P<display> \\\[ (?: (?!\\[\[\]]) . )+ \\\] | \$\$ [^$]+ \$\$ )
    | \\ .                                                      # among them the escaped dollar
    | \$ (?![\s$]) (?: (?P<dollars> (?: \\. | [^$\\] )+ ) (?<!\s) \$ (?!\d)     # not the words between two prices
        | (?!\d) (?P<sign> [^$\\^_\s]* [\\^_] (?: (?<=\\). | \\. | [^$\\] )* | [^\w\s$`]+ ) (?<!\s) \$ )   # $\sim$40, $>$0.9
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIRED = lazy(r"(?<![\\$])\$(?!\s|\d[^$\\^_]*\$\d)[^$]*[^\s$\\]\$")
"""What any reader could take for a formula."""

_FONT = "|".join(sorted(FONTS, key=len, reverse=True))
_SWITCH = (
    "bfseries|itshape|ttfamily|scshape|sffamily|rmfamily|slshape|upshape|normalfont|bf|it|em|tt|sc|sf|rm|sl"
    "|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge"
)
_TOKEN = lazy(
    rf"""
      (?P<dropped> [ ~\n]? \\(?:cite|citep|ref|eqref|label) \*? (?:\[[^\[\]\0]*\])* \{{[^{{}}\0]*\}} )
    | (?P<font>
          \\(?: (?:{_FONT}|url) \s* | href \s* \{{[^{{}}\0]*\}} \s* | textcolor \s* \{{[^{{}}\0]*\}} \s* ) \{{
        | \{{ \s* \\(?: (?:{_SWITCH}) (?![A-Za-z]) | color \s* \{{[^{{}}\0]*\}} ) \s*
      )
    | \\ .
    | (?P<brace> [{{}}] )
    """,
    re.VERBOSE | re.DOTALL,
)

_ACCENT_ITSELF = r"""\\(?:(["'`^~=.])\s*|([uvHcdbkr])(?=[{\s])\s*)(?:\{([A-Za-z]|\\[ij])\}|([A-Za-z]|\\[ij](?![A-Za-z])))"""
_ACCENT = lazy(
    r"(?<!\\)(?!(?<=[A-Za-z])\\'(?:s|t|d|m|re|ll|ve)(?![A-Za-z]))"  # an apostrophe that somebody escaped: it\'s
    rf"(?:{_ACCENT_ITSELF}|\{{{_ACCENT_ITSELF}\}})"
)
_ESCAPED_QUOTE = lazy(r"""\\(["'])(?![A-Za-z{\\])""")
"""Of a text that was quoted by a program; its opening quotes look like accents."""
_LETTER = lazy(rf"(?<!\\)\\({'|'.join(LETTERS)})(?:\{{\}}|\s+|(?![A-Za-z]))")
_LETTER_IN_BRACES = lazy(rf"\{{\\({'|'.join(LETTERS)})\}}")
_NAMES = {
    "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "ldots": "…", "dots": "…", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textdegree": "°", "textregistered": "®", "texttrademark": "™", "texteuro": "€", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_NAME = lazy(rf"(?<!\\)\\({'|'.join(_NAMES)})(?:\{{\}}|(?![A-Za-z]))(\.?)")
_ESCAPED = lazy(r"\\\\|\\([&%#_])|\\([ ,;:])|\\([!/-])")
_BRACES = lazy(r"\\([{}])")

_QUOTES = lazy(r"""(?<!`)``(?![\s`])((?:[^`']|'(?!')|`(?!`))*+)(?<!\s)''|(?<!`)``(?![\s`])((?:[^`'"]|'(?=\w))*+)(?<!\s)\"""")
_QUOTE = lazy(r"(?<![\w`])`(?![\s`])((?:[^`']|'(?=\w))*+)(?<!\s)'(?![\w'])")
_TYPOGRAPHY = lazy(
    r"""
      (?P<code> (?<!\S) (?: \S*? (?: [/_@\\`] | www\. ) | [(\["']? -+ [A-Za-z] ) \S* )
    | (?<= [\w%)\]”’"'°\0] ) (?P<tight> ---? ) (?= [\w(\[“‘"'\0] | [$€£]\d )
    | (?<= [\w%)\]”’"'.,;:!?\0] \s ) (?P<spaced> ---? ) (?= \s [\w(\[“‘"'\0] )
    | (?: (?<= [\w.,;:)\]%”’\0] ) (?<! \b[B-HJ-Zb-z] ) ~ (?= [^\W\d] | [(\[“‘\0] )
        | (?: (?<= [^\W\d_][^\W\d_.] ) | (?<= [.,;:)\]] ) ) ~ (?= \d ) )        # not "~50%", 3~5 or p~0.05
    """,
    re.VERBOSE,
)

_BARE = r"(?:[^{}\\$]|\\[%&_#,; -])*"
_SET = rf"\\(?:{_FONT})\s*\{{(?:{_BARE}|\s*\\(?:{_FONT})\s*\{{{_BARE}\}}\s*)\}}"
_WORD = r"(?=[A-Za-z]{3})[A-Za-z0-9-]+"
"""Of three letters at least: a single bold one is a vector, and two may be a product."""
_WORDED = lazy(
    rf"(?:{_SET})+|\{{\s*\\(?:{_SWITCH})\s*(?:{_SET})+\s*\}}|\{{\s*\\(?:{_SWITCH})\s+{_WORD}\s*\}}"
    rf"|\\href\s*\{{[^{{}}]*\}}\s*\{{{_BARE}\}}|\\math(?:tt|sf|rm|bf|it)\s*\{{{_WORD}\}}"
)
_MATH_FONT = lazy(r"^\\math(?:tt|sf|rm|bf|it)(?=\s*\{)")


def readable(text: str) -> str:
    r"""A title or abstract with what TeX's text commands print in their place.

    Known are fonts, escaped characters, accents and letters, spaces, quotation marks, dashes, ties, addresses and
    references; `\(…\)` becomes `$…$`. A formula that holds nothing but words is these words, any other is left as it is.
    Done twice, it changes nothing more.

    >>> readable(r"We introduce \textbf{WebWorld}, 2--3\% better than $\texttt{FLAC}$ at $\mathbf{x}_{1}$")
    'We introduce WebWorld, 2–3% better than FLAC at $\\mathbf{x}_{1}$'
    """
    if not _TRACE.search(text) or _FORMULA in text:
        return text
    found = text
    for _ in range(_PASSES):
        before, found = found, _once(found)
        if found == before:
            return found
    return text


def characters(text: str) -> str:
    r"""Accents, letters and escaped characters as themselves: `Schr\"odinger \& Erd\H{o}s`. For text without formulas."""
    if "\\" not in text:
        return text
    quotes = set(_ESCAPED_QUOTE.findall(text))
    text = _ACCENT.sub(lambda match: match[0] if match[0].lstrip("{")[1] in quotes else _accented(match), text)
    text = _LETTER_IN_BRACES.sub(lambda match: LETTERS[match[1]], text)
    text = _LETTER.sub(lambda match: LETTERS[match[1]], text)
    text = _NAME.sub(lambda match: _NAMES[match[1]] + ("" if _NAMES[match[1]].endswith(".") else match[2]), text)
    text = _ESCAPED.sub(lambda match: match[1] or (" " if match[2] else "" if match[3] else match[0]), text)
    return text if re.search(r"\\(?![{}])", text) else _BRACES.sub(r"\1", text)


def worded(formula: str) -> str | None:
    r"""The words that a formula, given without dollars, is nothing but; else None: `\texttt{FLAC}`, `{\bf Sink}`, not `x`."""
    source = formula.strip()
    if not _WORDED.fullmatch(source):
        return None
    return characters(_without_fonts(_MATH_FONT.sub(r"\\text", source)))


def _once(text: str) -> str:
    """One pass; the text itself where a formula would not come out as it was."""
    formulas: list[str] = []
    masked = "".join(_masked(text, formulas))
    masked = characters(_without_fonts(masked))
    masked = _TYPOGRAPHY.sub(_typeset, _QUOTE.sub(r"‘\1’", _QUOTES.sub(r"“\1\2”", masked)))
    found = _with_dollars(masked, formulas)
    left: list[str] = []
    for _ in _masked(found, left):
        pass
    return found if left == formulas else text


def _masked(text: str, formulas: list[str]) -> Iterator[str]:
    """The text with a mark for each formula that is one, and these formulas."""
    position = 0
    for match in _SCANNED.finditer(text):
        source = match["round"] or match["dollars"] or match["sign"]
        if source is None and match["display"] is None:
            continue
        yield text[position : match.start()]
        words = worded(source) if source else None
        if words is None:
            formulas.append(_with_its_dollars(match, text))
        yield _FORMULA if words is None else words
        position = match.end()
    yield text[position:]


def _with_its_dollars(match: re.Match[str], text: str) -> str:
    r"""A formula; one in `\(…\)` between dollars, where nobody could take these for something else."""
    source, after = match["round"], text[match.end() : match.end() + 1]
    if source is None or "$" in source or "`" in source or after.isdigit() or after == "$":
        return match[0]
    return f"${source.strip()}$" if source.strip() and text[match.start() - 1 : match.start()] not in ("$", "\\") else match[0]


def _without_fonts(text: str) -> str:
    """The text without commands for fonts, colours and addresses; one that is never closed stays."""
    written: list[str] = []
    opened: list[tuple[int, bool]] = []
    position = 0
    for match in _TOKEN.finditer(text):
        written.append(text[position : match.start()])
        position = match.end()
        if match["dropped"]:
            continue
        written.append(match[0])
        if match["font"] or match["brace"] == "{":
            opened.append((len(written) - 1, bool(match["font"])))
        elif match["brace"] and opened:
            place, is_font = opened.pop()
            if is_font:
                written[place] = written[-1] = ""
    return "".join([*written, text[position:]])


def _accented(match: re.Match[str]) -> str:
    mark, base = [part for part in match.groups() if part]
    return unicodedata.normalize("NFC", base.removeprefix("\\") + MARKS[mark])


def _typeset(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    dash = match["tight"] or match["spaced"]
    return {"--": "–", "---": "—", None: " "}[dash]


def _with_dollars(masked: str, formulas: list[str]) -> str:
    r"""The text with its formulas, and `\$` as a dollar unless some reader could pair it with another."""
    escaped = _filled(masked, formulas)
    bare = _filled(re.sub(r"\\([\\$])", lambda match: "$" if match[1] == "$" else match[0], masked), formulas)
    return bare if _PAIRED.findall(bare) == _PAIRED.findall(escaped) else escaped


def _filled(masked: str, formulas: list[str]) -> str:
    left = iter(formulas)
    return re.sub(_FORMULA, lambda _: next(left), masked)
