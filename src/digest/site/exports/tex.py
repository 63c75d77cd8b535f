r"""Titles and names between TeX and Unicode.

Of TeX, titles have formulas (`$\tau$-leaping`) and names accents (`Schr\"odinger`). Formats without TeX get Unicode
(`unicode`), BibTeX gets LaTeX that classic BibTeX, which knows bytes, and biber read the same (`latex`).
Only commands of the tables below leave here as commands; any other backslash is the character, so that a title can
neither read a file nor end an entry when somebody typesets it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from digest.posts.escaping import plain
from digest.tex import LETTERS, MARKS, readable

Piece = tuple[Literal["text", "formula"], str]
"""Kind and content: Unicode, or the source of a formula."""

_PAIRS = """
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω times × cdot · pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ equiv ≡
propto ∝ ll ≪ gg ≫ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ forall ∀
exists ∃ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ mapsto ↦ uparrow ↑ downarrow ↓ circ ∘ star ⋆ ell ℓ
oplus ⊕ otimes ⊗ perp ⊥ mid ∣ langle ⟨ rangle ⟩ emptyset ∅ dagger † ldots … dots … cdots ⋯ prime ′ wedge ∧ vee ∨
"""
_SYMBOLS = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))
_COMMAND_OF = {character: name for name, character in reversed(_SYMBOLS.items())}
_FUNCTIONS = set("log ln exp min max sup inf lim arg det dim gcd sin cos tan tanh ker Pr".split())
_MATH_FONTS = set("mathcal mathbb mathrm mathbf mathit mathsf mathtt mathfrak mathscr text textit textrm operatorname bm".split())
_SHAPES = set("hat tilde bar vec dot ddot overline underline widehat widetilde sqrt frac left right quad lbrace rbrace".split())
_KNOWN = _SYMBOLS.keys() | _FUNCTIONS | _MATH_FONTS | _SHAPES

_FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])([^$`]*[^$`\s\\])\$(?![\d$])")
_PROSE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}| (?:and|or|to|per|for|from|vs) ")
_MATH_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)

_ACCENT_OF = {mark: name for name, mark in MARKS.items()}
_LETTER_OF = {character: name for name, character in LETTERS.items()}
_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "`": r"\textasciigrave{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "–": "--", "—": "---", "“": "``", "”": "''",
    "‘": "`", "’": "'", "…": r"\ldots{}", "\xa0": "~", "°": r"\textdegree{}", "€": r"\texteuro{}", "£": r"\pounds{}",
}  # fmt: skip
_PUNCTUATION = ".,:;!?()[]\"'“”‘’"
_SMALL = set("from with into onto over under than that between through without towards toward across against versus upon".split())
_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
"""Most names: the same in TeX and in Unicode."""
_SIMPLE = re.compile(r"[A-Za-z0-9 .,:;()/+*=!?'@\"\[\]-]*")
_CLUSTER = re.compile(r"(.)([\u0300-\u036f]*)", re.DOTALL)

_UPPER = {ord(c): s for c, s in zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True)}
_LOWER = {ord(c): s for c, s in zip("0123456789+-n", "₀₁₂₃₄₅₆₇₈₉₊₋ₙ", strict=True)}
_SCRIPT = re.compile(r"([\^_])(?:\{([0-9+\-n]+)\}|([0-9n]))")


# --- reading -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """A title or name in pieces: text and formulas."""
    line = readable(plain(text))
    return tuple(_pieces(line)) if "$" in line else (("text", line),)


def unicode(text: str) -> str:
    r"""A title or name without TeX; a formula that is more than symbols keeps its source, dollars and all."""
    if _WORDS.fullmatch(text):
        return text
    return "".join(_formula_as_text(content) if kind == "formula" else content for kind, content in pieces(text))


def _pieces(line: str) -> Iterator[Piece]:
    position = 0
    for match in _FORMULA.finditer(line):
        if _is_formula(match[1]):
            yield "text", line[position : match.start()]
            yield "formula", match[1]
            position = match.end()
    yield "text", line[position:]


def _is_formula(source: str) -> bool:
    """Whether it is mathematics of which every command is known, and not the words between two prices."""
    if _PROSE.search(source) or not source.isascii() or any(c in source for c in '%#&"@'):
        return False
    if any(name not in _KNOWN and name not in r"{}|,;:! " for name in _MATH_COMMAND.findall(source)):
        return False
    return _is_balanced(re.sub(r"\\[{}]", "", source))


def _is_balanced(source: str) -> bool:
    depth: int = 0
    for character in source:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return not depth


def _formula_as_text(source: str) -> str:
    shown = re.sub(rf"\\(?:{'|'.join(sorted(_MATH_FONTS))})(?:\{{([^{{}}]*)\}}|\s+(\w))", r"\1\2", source)
    shown = re.sub(r"\\([A-Za-z]+) ?", lambda m: _SYMBOLS.get(m[1], m[1] if m[1] in _FUNCTIONS else m[0]), shown)
    shown = re.sub(r"\\([{}|])", r"\1", re.sub(r"\\[,;:! ]", " ", shown))
    if "\\" in shown:
        return f"${source}$"
    shown = _SCRIPT.sub(lambda m: (m[2] or m[3]).translate(_UPPER if m[1] == "^" else _LOWER), shown)
    return re.sub(r"([\^_])\{([^{}]*)\}", r"\1\2", shown)


# --- writing -------------------------------------------------------------------------------------


def latex(text: str, *, protect: bool = False) -> str:
    """A text as LaTeX inside the braces of a BibTeX field: its own braces are balanced.

    Args:
        protect: brace what a style that lower-cases titles must leave as it is: acronyms, names with capitals inside,
            formulas. In a title whose words are not all capitalised, a capital means something and is braced, too.
    """
    if not protect and _WORDS.fullmatch(text):
        return text
    found = pieces(text)
    sentence_case = protect and _in_sentence_case(found)
    written: list[str] = []
    for kind, content in found:
        if kind == "text":
            written.append(_protected(content, sentence_case, not written) if protect else _escaped(content))
        else:
            # `{\` alone would open a "special character" of BibTeX, whose letters it lower-cases: hence the dollar first.
            written.append("{$" + content.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace ") + "$}")
    return "".join(written)


def _in_sentence_case(found: tuple[Piece, ...]) -> bool:
    """Whether words are written small that a title in title case would capitalise: a third of them at least."""
    text = " ".join(content for kind, content in found if kind == "text")
    words: list[str] = [word for word in re.findall(r"(?<![\w-])[^\W\d_]{4,}", text) if word not in _SMALL]
    return sum(word[0].islower() for word in words) * 3 >= len(words) > 0


def _protected(text: str, sentence_case: bool, first: bool) -> str:
    words = text.split(" ")
    return " ".join(_word(word, sentence_case and not (first and n == 0)) for n, word in enumerate(words))


def _word(word: str, sentence_case: bool) -> str:
    if not _needs_braces(word, sentence_case):
        return _escaped(word)
    core = word.strip(_PUNCTUATION)  # a colon stays outside: BibTeX looks for it, and leaves the next capital alone
    before, _, after = word.partition(core)
    return f"{_escaped(before)}{{{_escaped(core)}}}{_escaped(after)}"


def _needs_braces(word: str, sentence_case: bool) -> bool:
    if word.islower():  # most words
        return False
    if len(word) > 1 and word.isascii() and word.isalpha() and word.istitle():  # most others
        return sentence_case
    letters = [c for c in word if c.isalpha()]
    if not any(c.isupper() for c in letters):
        return False
    inside = any(c.isupper() for c in letters[1:]) or any(c.isdigit() for c in word)
    alone = len(letters) == 1 and word.strip(_PUNCTUATION) not in ("A", "I")
    return inside or alone or (sentence_case and letters[0].isupper())


@lru_cache(maxsize=8192)
def _escaped(text: str) -> str:
    if _SIMPLE.fullmatch(text):
        return text
    return "".join(_encoded(base, marks) for base, marks in _CLUSTER.findall(unicodedata.normalize("NFD", text)))


def _encoded(base: str, marks: str) -> str:
    """A character with its accents in LaTeX; one that LaTeX has no name for (Chinese, emoji) as it is, in UTF-8."""
    written = _CHARACTERS.get(base) or _of_letter(base) or base
    if not marks:
        return written
    if not (base.isascii() and base.isalpha()) or marks not in _ACCENT_OF:  # of two accents (Vietnamese) readers make nonsense
        return unicodedata.normalize("NFC", base + marks)
    name = _ACCENT_OF[marks]
    letter = rf"\{base}" if base in "ij" and name not in "cdbk" else base  # under an accent, i and j lose their dots
    return f"{{\\{name}{{{letter}}}}}" if name.isalpha() and letter == base else f"{{\\{name}{letter}}}"


def _of_letter(base: str) -> str:
    if base in _LETTER_OF:
        return f"{{\\{_LETTER_OF[base]}}}"
    return f"{{$\\{_COMMAND_OF[base]}$}}" if base in _COMMAND_OF else ""
