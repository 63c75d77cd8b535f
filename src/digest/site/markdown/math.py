"""Formulas: TeX between dollars becomes MathML when the site is built, or stays as it was written.

MathML Core is what browsers show without a style sheet or a script (w3.org/TR/mathml-core). The converter is math-core;
what it cannot read, what would take it too deep, and what comes out of it with anything else than the elements and the
attributes below, is shown as its source.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.patterns import lazy
from digest.site.markdown.tree import escaped

if TYPE_CHECKING:
    from math_core import LatexToMathML

LENGTH, DEPTH, COMMANDS = 1000, 30, 150
"""Characters, nested groups and commands of a formula that is converted at all.

The converter calls itself for each group and for each command with an argument. 3,000 of them inside one another it bears,
10,000 end the process (measured with math-core 0.9 on a stack of 8 MB).
"""

ELEMENTS = (
    "math mi mn mo ms mspace mtext mfrac msqrt mroot mrow mpadded mphantom mstyle "
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd"
).split()
ATTRIBUTES = (
    "display displaystyle scriptlevel mathvariant form stretchy fence separator symmetric largeop movablelimits lspace rspace "
    "minsize maxsize accent accentunder linethickness width height depth voffset columnspan rowspan"
).split()
_ATTRIBUTE = rf' (?:(?:{"|".join(ATTRIBUTES)})="[\w.%+-]*"|class="(?:left|right)")'
_TAG = rf"</?(?:{'|'.join(ELEMENTS)})(?:{_ATTRIBUTE})*+/?>"
_PLAIN = lazy(rf"(?:[^<>&\x00-\x1f\x7f]++|&(?:lt|gt|amp|quot);|{_TAG})*+")
_GROUP = re.compile(r"\\\\|\\[{}]|\\(?:left|begin)(?![A-Za-z])|\\(?:right|end)(?![A-Za-z])|[{}]")
_OPENS = frozenset({"{", "\\left", "\\begin"})
_CLOSES = frozenset({"}", "\\right", "\\end"})
# Definitions can grow without end; a comment hides text that a paper has, most often a mere percent sign.
_REFUSED = re.compile(r"\\(?:[egx]?def|let|futurelet|(?:re|provide)?(?:new)?command|newenvironment)(?![A-Za-z])|(?<!\\)%")
# How the converter says on which side a cell's text stands. The site allows no style attribute; classes of tables say the same.
_SIDE = re.compile(
    r'<mtd style="text-align: (left|right);(?:justify-items: (?:start|end);|padding-(?:left|right): ?[\d.]+(?:em)?;)*">'
)
_WORDS = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}| (?:and|or|to|per|for|from|vs) ")


def inline(source: str) -> str:
    """A formula in a line of text, as HTML. `source` is TeX without its dollars."""
    return _mathml(source.strip(), False) or f'<code class="math">{escaped(source.strip())}</code>'


def display(source: str) -> str:
    """A formula that stands by itself, as HTML."""
    return _mathml(source.strip(), True) or f'<code class="math">{escaped(source.strip())}</code>'


@lru_cache(maxsize=4096)
def _mathml(source: str, alone: bool) -> str:
    """The formula as MathML; empty where it cannot be had."""
    if not _convertible(source):
        return ""
    from math_core import LatexError

    try:
        made = _converter().convert_with_local_state(source, displaystyle=alone)
    except LatexError:
        return ""
    made = made.replace("&ApplyFunction;", "\u2061")  # named in HTML only: feeds are XML
    made = _SIDE.sub(r'<mtd class="\1">', made)
    return made if made.startswith("<math") and _PLAIN.fullmatch(made) else ""


@lru_cache(maxsize=1)
def _converter() -> "LatexToMathML":
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)


def _convertible(source: str) -> bool:
    """Whether a formula is small and flat enough to be given to the converter."""
    if not source or len(source) > LENGTH or source.count("\\") > COMMANDS or _REFUSED.search(source):
        return False
    if "\\" not in source and _WORDS.search(source):
        return False  # words between two prices
    depth = deepest = 0
    for match in _GROUP.finditer(source):
        depth += (match[0] in _OPENS) - (match[0] in _CLOSES)
        deepest = max(deepest, depth)
    return deepest <= DEPTH
