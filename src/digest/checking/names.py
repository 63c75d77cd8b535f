"""Names in a text: which of its words are names, and whether another text holds them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.checking.lazy import lazy
from digest.checking.text import LATIN, bare

_TOKEN = re.compile(
    rf"(?<![{LATIN}0-9])(?:[{LATIN}]|(?<![0-9]\.)[0-9]+(?=-?[A-Z]|[{LATIN}]))(?:[{LATIN}0-9]|\.(?=[0-9]))*(?:(?:[-_@&]|\.(?=[{LATIN}]{{2}}|[A-Z]))[{LATIN}0-9]+(?:\.[0-9]+[{LATIN}0-9]*)*)*\+*"
)
URL = re.compile(r"https?://[^\s)\]}>，。；]+|\b(?:www\.|github\.com/|huggingface\.co/)[^\s)\]}>，。；]+")
_MARKED = re.compile(r"[^-_@&.][A-ZÀ-ÖØ-ÞΑ-ΩА-Я]|[0-9].*[^\W0-9_]|[^\W0-9_].*[0-9]")
_MULTIPLIED = re.compile(r"(?<![A-Za-z0-9])[0-9]+(?:\.[0-9]+)?[xX](?=[A-Z]|[a-z]+[A-Z])")
"""What stands before the name in `8xA100`, `2xvLLM`."""
_RUN = re.compile(rf"[0-9]+(?:\.[0-9]+)*|[{LATIN}]+")
_JOINT = re.compile(r"[- \t_/()'.@&^]*")
_MEASURED = re.compile(
    r"[0-9.]+(?:[kKMBTx]|bn|st|nd|rd|th|s|ms|h|m|cm|mm|km|kg|g|W|kW|V|Hz|GHz|MHz|kHz|[KMGTkP]i?B|dB|FPS|fps|px|K|pp|D|days?|[a-z]+)"
)
_UNITS = frozenset("KB MB GB TB PB KiB MiB GiB ms ns us kHz Hz MHz GHz kW kWh mAh mm cm km fps FPS dB USD RMB".split())
_OPENS = re.compile(r"(?:^|[0-9a-e]\)\s*|[.!?:;•。！？：；|\"(\[]\s*|\n\s*)$")


class Name(NamedTuple):
    """A word that may be a name, as it stands in a text.

    Attributes:
        opens: whether it opens a sentence, where any word has a capital.
    """

    text: str
    start: int
    end: int
    opens: bool

    @property
    def marked(self) -> bool:
        """Whether its letters alone tell that it is a name: `GPT-4`, `DeepSeek`, `MMLU`."""
        return bool(_MARKED.search(self.text))

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def tokens(text: str) -> Iterator[Name]:
    """The words in Latin letters of a `plain` text; `5%`, `80GB` and `3x` are quantities and no words."""
    hidden = [url.span() for url in URL.finditer(text)]
    for match in _TOKEN.finditer(text):
        if any(start <= match.start() < end for start, end in hidden):
            continue
        start, word = match.start(), match[0].rstrip("-_@&.")
        multiplied = _MULTIPLIED.match(word)
        if multiplied:
            start, word = start + multiplied.end(), word[multiplied.end() :]
        if len(word) < 2 or word in _UNITS or _MEASURED.fullmatch(word) or _is_measured_compound(word):
            continue
        yield Name(word, start, start + len(word), bool(_OPENS.search(text[max(0, start - 4) : start])))


def _is_measured_compound(word: str) -> bool:
    """`5e-4`, `5-shot`, `7B-scale`, `16x16`: a quantity with a word of everyday behind it."""
    head, _, rest = word.partition("-")
    return bool(
        re.fullmatch(r"[0-9]+x[0-9]+|[0-9.]+[eE]-?[0-9]+", word) or (_MEASURED.fullmatch(head) and (not rest or rest.islower()))
    )


class Joined:
    """A text as one string of its letters and digits, to look names up in.

    `Qwen2.5-7B`, `Qwen 2.5 7B` and `qwen2.5_7b` are the same. A name is found where it begins at the beginning of a
    word and ends at the end of one.
    """

    def __init__(self, text: str) -> None:
        self._text = _MULTIPLIED.sub(" × ", bare(text))

    @lazy
    def _parts(self) -> tuple[str, frozenset[int], frozenset[int]]:
        pieces: list[str] = []
        starts: set[int] = set()
        ends: set[int] = set()
        length = 0
        last = 0
        was_digit = False
        for run in _RUN.finditer(self._text):
            begin, word = run.start(), run[0]
            glued = begin == last and length > 0
            gap = "" if glued or _JOINT.fullmatch(self._text, last, begin) else "\n"
            if not gap and was_digit and word[0].isdigit():
                gap = "|"
            pieces += (gap, word)
            length += len(gap)
            if not glued:
                starts.add(length)
            length += len(word)
            after_digit, was_digit = was_digit, word[0].isdigit()
            last = run.end()
            after = self._text[last : last + 1]
            if not (after.isalnum() and re.match(f"[{LATIN}0-9]", after)) or (after.isdigit() and len(word) > 2):
                ends.add(length)
                if word[-1] == "s" and (len(word) > 2 or (glued and after_digit)):
                    ends.add(length - 1)
        return "".join(pieces), frozenset(starts), frozenset(ends)

    @lazy
    def _folded(self) -> str:
        return self._parts[0].lower()

    def holds(self, name: str, *, capitals: bool = False) -> bool:
        """Whether the name stands here. `capitals`: with a capital letter, so that SAFE is not found in "safe"."""
        return any(self._find(key, capitals) for key in _keys(name))

    def _find(self, key: str, capitals: bool) -> bool:
        text, starts, ends = self._parts
        at = self._folded.find(key)
        while at >= 0:
            stop = at + len(key)
            if at in starts and stop in ends and (not capitals or not text[at:stop].islower()):
                return True
            at = self._folded.find(key, at + 1)
        return False


def _keys(name: str) -> list[str]:
    """The spellings of a name to look up: as it is, without a plural or possessive s."""
    key = ""
    last = 0
    name = bare(name)
    for run in _RUN.finditer(name):
        joint = "|" if key and key[-1].isdigit() and run[0][0].isdigit() and run.start() > last else ""
        key, last = key + joint + run[0].lower(), run.end()
    if not key:
        return []
    return [key, key[:-1]] if key.endswith("s") and len(key) > 3 else [key]
