"""Chinese and Latin letters in one line: how wide it is, where it may be cut, where blanks and full stops belong.

Pure functions of text. *Chinese* below means Han characters, kana and bopomofo: scripts that are written without blanks.
Hangul is not among them: Korean has blanks, and its particles follow a Latin word without one (`GPT-4는`).
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence

from digest.patterns import lazy

CHARACTERS_PER_MINUTE = 400
"""Chinese characters read in a minute, silently.

Between what the Chinese curriculum standard for compulsory education wants of ordinary texts at the end of primary school
(300) and of junior secondary school (500): 义务教育语文课程标准, 2011. Read aloud it is 255 (± 29), by Trauzettel-Klosinski
and Dietz, doi.org/10.1167/iovs.11-8284, table 2.
"""
WORDS_PER_MINUTE = 238
"""Words of other scripts, of English non-fiction, silently: Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047."""

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_CHINESE = _HAN + "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
_HANGUL = "\u1100-\u115f\u3131-\u318e\uac00-\ud7a3"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ\u0370-\u03ffЀ-ӿ\u1e00-\u1fffℂ-ℵ\U0001d400-\U0001d7cb"
_WORD = f"{_LATIN}0-9²³¹⁰-₟\U0001d7ce-\U0001d7ff"

_FORMULA = rf"\$(?:\$[^$]+\$\$|(?<![\\$]\$)(?![\s$])(?:[^$\n{_CHINESE}]*|[^$\n]*\\[^$\n]*)(?<![\s$\\])\$(?![\d$]))"
"""Between dollars; with Chinese in it only where it has a command, else these are two prices.

It begins with a plain character, so that a search skips over all others.
"""
_URL = r"(?:h(?<![A-Za-z]h)ttps?://|w(?<![A-Za-z]w)ww\.)[^\s，。；：！？、（）《》【】「」『』“”‘’<>\"]+"
_HAS_CHINESE = lazy(f"[{_CHINESE}]")

# --- width ---------------------------------------------------------------------------------------


def width(text: str) -> int:
    """Columns that a text takes in a terminal or a table: 2 for a wide character (UAX #11: W, F), 0 for a combining one."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if character.isascii():
        return int(character.isprintable())
    if unicodedata.category(character) in ("Mn", "Me", "Cc", "Cf", "Cs") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_UNIT = lazy(rf"{_FORMULA}|{_URL}|[^\s{_CHINESE}{_HANGUL}\u3000-\u303f\uff00-\uffef]+|\s+|.", re.DOTALL)
"""What is not taken apart: a formula, an address, a word with its marks, a single Chinese character."""
_OPEN_END = lazy(r"[\s,;:，、；：。.(（\[【“‘\"'「『《—–-]+$")


def shorten(text: str, columns: int) -> str:
    """The beginning of a text in at most so many columns, with "…" where something is left out.

    Cut between words or Chinese characters, never within a formula; within a word only where nothing else would be left.
    """
    if width(text) <= columns:
        return text
    if columns < 1:
        return ""
    begun = _fitting((match[0] for match in _UNIT.finditer(text)), columns - 1)
    if not begun and not re.match(_FORMULA, text):
        begun = _fitting(_clusters(text), columns - 1)
    return _OPEN_END.sub("", begun) + "…"


def _fitting(pieces: Iterator[str], columns: int) -> str:
    """The first pieces that fit."""
    taken, left = [], columns
    for piece in pieces:
        left -= width(piece)
        if left < 0:
            break
        taken.append(piece)
    return "".join(taken)


def _clusters(text: str) -> Iterator[str]:
    """Characters as readers see them: with their marks, joiners and modifiers (UAX #29, the part of it that matters here)."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _continues(text[place - 1], text[place], place - start):
            yield text[start:place]
            start = place


def _continues(before: str, character: str, length: int) -> bool:
    """Whether a character belongs to those before it, of which there are `length`."""
    is_flag = all("\U0001f1e6" <= c <= "\U0001f1ff" for c in before + character)
    return (
        _columns(character) == 0
        or before == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or (is_flag and length % 2 == 1)
    )


# --- reading time --------------------------------------------------------------------------------

_FRONT = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
# Each way begins with a plain character, so that the search skips over others without trying any.
_NO_TEXT = lazy(
    rf"""
      <!--.*?-->
    | \n\s*\[[^\]\n]+\]:\s\S[^\n]*     # the definition of a link
    | \[\[?\d+\]?\]\([^()\s]*\)         # the mark of an evidence or a note
    | \((?<=\]\()(?:[^()\n]++|\([^()\n]*\))*\)   # where a link leads
    | </?[A-Za-z][^<>\n]*>
    | {_URL}
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMULAS = lazy(_FORMULA)
_CHARACTERS = lazy(f"[{_CHINESE}{_HANGUL}]+")
_SIGNS = (" [[", "- ", " |", "# ", "> ", "---")
"""Of Markdown, and the mark of an evidence: what stands between blanks and is no word."""


def reading_minutes(text: str) -> int:
    """Minutes that reading takes, at least 1: each script at its own rate. Front matter, addresses and markup are not read.

    A word is what stands between blanks; a formula is one. A link is as many words as it shows, as its address has no blank.
    """
    shown = text
    if text.startswith("---") or "<" in text or " http" in text or "]:" in text:
        shown = _NO_TEXT.sub(" ", "\n" + _FRONT.sub(" ", text))
    if "$" in shown:
        shown = "\n".join([_FORMULAS.sub("x", line) if "$" in line else line for line in shown.split("\n")])
    latin, characters = shown, 0
    if len(shown.encode("utf-8", "surrogatepass")) > 1.02 * len(shown):  # a few dashes and accents are no Chinese
        parts = _CHARACTERS.split(shown)
        latin, characters = " ".join(parts), len(shown) - sum(map(len, parts))
    words = len(latin.split()) - sum([latin.count(sign) for sign in _SIGNS if sign.strip()[0] in latin])
    return max(1, math.ceil(characters / CHARACTERS_PER_MINUTE + words / WORDS_PER_MINUTE))


# --- blanks between scripts ----------------------------------------------------------------------

_KEPT = lazy(rf"(?P<formula>{_FORMULA})|(?P<url>{_URL})")
_BEFORE = lazy(
    rf"""(?<=[{_CHINESE}])(?=
        [{_WORD}]
      | [+~≈<>≤≥] [0-9.]                # a sign of the number behind it; before letters it joins two words: 检索+LLM
      | [−±#$€£¥] [{_WORD}]
    )""",
    re.VERBOSE,
)
_AFTER = lazy(
    rf"""(?:
        (?<=[{_WORD}%‰°℃\u0300-\u036f])
      | (?<=[0-9]×) | (?<=[A-Za-z]\#) | (?<=\+\+)
      | (?<=[A-Za-z]\*) | (?<=[a-z]{{2}}\.)   # A*, vs., et al.
    )(?=[{_CHINESE}])""",
    re.VERBOSE,
)
_AT_LEAST = lazy(rf"(?<![{_WORD}.,+-])([0-9][0-9.,]*[kKMB]?\+)(?=[{_CHINESE}])")
"""`100+ 个`; in `GPT-4+检索` the plus joins."""


def spaced(text: str) -> str:
    """A text with one blank between Chinese and Latin or Greek letters, digits and formulas; other texts as they are.

    The quarter of an em that W3C's Requirements for Chinese Text Layout (w3.org/TR/clreq, mixed text composition) want
    there, as the blank that they allow for it. No blank stands beside full-width marks, between a number and its `%`, at a
    hyphen, slash, plus or `@` that joins (检索-LLM, 训练/GPU, 召回@5), inside brackets, formulas and addresses.

    >>> spaced("在Qwen3-8B上提升7.13%，达到SOTA")
    '在 Qwen3-8B 上提升 7.13%，达到 SOTA'
    """
    if not _HAS_CHINESE.search(text):
        return text
    written, position = "", 0
    for kept in _KEPT.finditer(text):
        written = _beside(written + _between(text, position, kept.start()), kept[0])
        position = kept.end()
        if position < len(text) and _HAS_CHINESE.search(text[position]):
            written += " " if kept["formula"] else ""
    return written + _between(text, position, len(text))


def _beside(before: str, kept: str) -> str:
    """A text and a formula or an address after it."""
    return f"{before} {kept}" if before and _HAS_CHINESE.search(before[-1]) else before + kept


def _between(text: str, start: int, end: int) -> str:
    """A part of a text, blanks put in."""
    part = text[start:end]
    return _AFTER.sub(" ", _BEFORE.sub(" ", _AT_LEAST.sub(r"\1 ", part)))


# --- sentences -----------------------------------------------------------------------------------

_STOPS = ".!?…。！？．｡"
_QUOTES = "\"'”’」』"
_BRACKETS = ")]）】》〉"
_ENDED = lazy(rf"[{_STOPS}][{re.escape(_QUOTES)}]*$")
_WHOLLY_BRACKETED = lazy(rf"^[(（\[【].*[{_STOPS}][{re.escape(_QUOTES + _BRACKETS)}]+$")
_LOWER_WORD = lazy(r"(?<![A-Za-z\\-])[a-z]{2,}(?![A-Za-z-])")
_MARKS = lazy(r"(?:\s*\[\[?\d+\]?\]\([^()\s]*\))+\s*$")


def sentence(text: str) -> str:
    """A statement as a sentence: with 。 or a full stop at its end, by its language, where it has no stop yet.

    A stop in a closing quotation ends the sentence, one in brackets (`by Smith et al.)`) does not.

    >>> sentence("平均提升 7.13%，优于 GRPO"), sentence("It holds (in all six)"), sentence("它问：“为什么？”")
    ('平均提升 7.13%，优于 GRPO。', 'It holds (in all six).', '它问：“为什么？”')
    """
    line = text.rstrip()
    if not line or _ENDED.search(line) or _WHOLLY_BRACKETED.search(line):
        return line
    return line + ("。" if _in_chinese(line) else ".")


def join_sentences(sentences: Sequence[str]) -> str:
    """Sentences as a paragraph: a blank between two of them, but none after a Chinese one. Links to evidence may follow each."""
    joined = gap = ""
    for one in filter(None, sentences):
        joined += gap + one
        gap = "" if _in_chinese(_MARKS.sub("", one)) else " "
    return joined


def _in_chinese(text: str) -> bool:
    """Whether a sentence is Chinese; names and terms in it may be in Latin letters, and most words of it capitals."""
    bare = _KEPT.sub(" ", text)
    characters = len(re.findall(f"[{_CHINESE}]", bare))
    return characters > 0 and characters >= len(_LOWER_WORD.findall(bare))
