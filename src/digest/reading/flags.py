"""What in a paper's text looks as if it were meant for a machine, and what of it nobody can see.

A flag is shown to the reader ("contains text addressed to machines") and decides nothing: a paper about prompt injection
quotes such text and is read and ranked like any other. What keeps a hidden or visible instruction without effect is that
the model decides nothing that it could ask for; see docs/security.md.

An order is more than a flag: text that begins like one, and is not told of, is left out; see `digest.reading.orders`.
"""

import base64
import binascii
import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from digest.models import Flag
from digest.reading._addresses import BREAK_OUTS, addresses_a_machine, phrases_in
from digest.reading._words import words_of
from digest.sources import clean

# --- what cannot be seen ---

_UNUSUAL = re.compile(r"[^\s!-~]+")
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""White space that ends a line for some readers and not for others."""

_ALWAYS_HARMLESS = re.compile(
    "\\A\ufeff"  # a byte order mark
    "|(?<!\u00ad)\u00ad(?!\u00ad)"  # where a long word may be hyphenated
    "|(?<![\u2061-\u2064])[\u2061-\u2064](?![\u2061-\u2064])"  # an operator of MathML
    "|\ufe0f\u200d"  # within one emoji made of several, ❤️‍🔥
    "|\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f"  # the flag of Scotland
)
_DIRECTIONS_AND_TAGS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_LETTERS = "A-Za-z\u00c0-\u04ff"
_TAGS = re.compile("[\U000e0020-\U000e007e]+")


def visible(text: str) -> tuple[str, bool]:
    """The text as a reader sees it, and whether something was taken out that may carry a message.

    Taken out are zero-width, direction-changing, variation and tag characters, soft hyphens, control and private
    characters, unassigned ones and halves of surrogate pairs. Not suspected are control and private characters (fonts of
    PDFs leave them) and a single invisible one that splits no word: a hyphenation point, a joiner within an emoji or a
    Persian word, an invisible operator of MathML. White space stays, save that every line end is one that all agree on.
    """
    shown = _UNUSUAL.sub(lambda run: clean.text(run[0]), _LINE_ENDS.sub("\n", text))
    return shown, shown != text and _carries(text)


def _carries(text: str) -> bool:
    """Whether invisible characters turn the text round, are tags, stand in a row or split a word."""
    rest = _ALWAYS_HARMLESS.sub("", text)
    if _DIRECTIONS_AND_TAGS.search(rest):
        return True
    invisible = "".join(c for c in sorted({c for run in _UNUSUAL.findall(rest) for c in run}) if _is_invisible(c))
    if not invisible:
        return False
    one = f"[{re.escape(invisible)}]"
    return re.search(f"{one}{{2}}|(?<=[{_LETTERS}]){one}(?=[{_LETTERS}])", rest) is not None


def _is_invisible(character: str) -> bool:
    return not clean.text(character) and unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")


# --- what is addressed to a machine ---

LEAD_WORDS = 2
"""Words before an order that say nothing on their own: "Appendix", "Also, now"."""
_JOINT = re.compile(
    r"(?:[.!?:;,)\]}>—–|*_`#。！？；：，、-]"
    r"|(?:^|[\s,])(?:and|so|also|then|now|please|kindly|therefore|thus|hence|instead|finally|but|or))[\s,\"”’»」]*$",
    re.IGNORECASE,
)
"""What stands before a clause, and so before an order."""
_STRONG_JOINT = re.compile(r"(?:[.!?;>—|。！？；][\s\"”’»」]*|,\s*(?:and|so|then|please|kindly|therefore)[\s,]*)$", re.IGNORECASE)
"""What ends a statement: a word before it does not introduce what follows."""
_TOLD = re.compile(
    r"\b(?:such as|like|say\w*|said|called|e\.g|i\.e|for example|for instance|namely|including|phras\w+|strings?"
    r"|prompts?|prompted"
    r"|instructions?|instruct\w*|inject\w*|attack\w*|jailbreak\w*|adversar\w*|hidden|embed\w*|add\w*|insert\w*"
    r"|append\w*|contain\w*"
    r"|texts?|messages?|commands?|orders?|sentences?|words|writ\w+|wrote|tell\w*|told|ask\w*|asked|read\w*"
    r"|templates?|tokens?|tags?"
    r"|formats?|delimiters?|markers?|wrapp\w+|using|uses?|quer\w+|questions?|payloads?|requests?|example"
    r"|trigger\w*|statements?)\b"
    r"|(?:例如|比如|诸如|如|提示词?|指令|攻击|注入|写着|包含|所谓|称为)"
)
"""Words that introduce an order which is told of: "hidden prompts such as"."""
_TOLD_WITHIN = 48
"""Characters before an order in which such a word counts."""
_OPEN_QUOTES = re.compile("[\"“”「」『』«»]|(?<!\\w)['‘]|(?<=\\w)['’](?!\\w)")
_MOST_PLACES = 20
"""Places in a sentence that are looked at closely; one that tells of more orders is no sentence."""
_CLAUSE = re.compile(r"(?:^|[.:;!?—]\s|,\s(?:so|and)\s)(?=[^.:;!?—]*$)")
_LONGEST_REQUEST = 6
"""Words by which a request begins before its order: "I want you to"."""
_ASKED = re.compile(r"\b(?:you|your|please|kindly)\b", re.IGNORECASE)


def flags_of(texts: Iterable[str]) -> tuple[Flag, ...]:
    """What stands in a paper's texts (title, abstract, comment, full text) as they came: sorted, each flag once.

    `instructions`: text that addresses a machine that reads it. `encoded`: a long run of base64, hexadecimal, percent
    or character codes that is text in disguise. `invisible_characters`: see `visible`. A phrase is found within one of
    the texts, so give whole ones rather than sentences.
    """
    found: set[Flag] = set()
    for text in texts:
        shown, suspicious = visible(text)
        decoded = list(_decoded(shown))
        tags = ["".join(chr(ord(c) - 0xE0000) for c in run) for run in _TAGS.findall(text)]
        found |= {"invisible_characters"} if suspicious else set()
        found |= {"encoded"} if decoded else set()
        found |= {"instructions"} if any(map(addresses_a_machine, {shown, unquote(shown), *decoded, *tags})) else set()
    return tuple(sorted(found))


def is_order(sentence: str) -> bool:
    """Whether a sentence is nothing but an order to a machine, so that leaving it out loses nothing of the paper.

    It begins with the order, or with text in disguise. A sentence that quotes an order reports something and is none.
    """
    shown, _ = visible(sentence)
    place = place_of_order(shown)
    return place is not None and len(shown[:place].split()) <= LEAD_WORDS


def may_order(text: str) -> bool:
    """Whether a text has anything that `place_of_order` could find in one of its sentences: a cheap look at the whole."""
    return addresses_a_machine(text) or any(map(addresses_a_machine, _decoded(text)))


def place_of_order(sentence: str) -> int | None:
    """Where in a sentence, as it can be seen, an order to a machine begins; None if there is none or it is told of.

    An order begins with the sentence or after a clause, not in quotation marks, and not after words that introduce it.
    """
    disguised = [run.start() for run, said in _runs(sentence) if addresses_a_machine(said)]
    breaks = [match.start() for match in BREAK_OUTS.finditer(sentence) if _breaks_out(sentence, match)]
    words = words_of(sentence)
    spoken = sorted({match.start() for match in phrases_in(words)})[:_MOST_PLACES]
    beginnings = (_beginning(sentence, _position(sentence, place, words)) for place in spoken)
    begun = list(islice((begin for begin in beginnings if begin is not None), 1))
    if not breaks and not begun and not sentence.isascii() and BREAK_OUTS.match(unicodedata.normalize("NFKC", sentence.lstrip())):
        return 0
    return min((*disguised, *breaks, *begun), default=None)


def _breaks_out(sentence: str, end: re.Match[str]) -> bool:
    """Whether an end of a prompt is meant as one: it opens the sentence, or stands in it without being told of."""
    before = sentence[: end.start()]
    if len(before.split()) <= LEAD_WORDS:
        return True
    return not _is_quoted(before) and (_STRONG_JOINT.search(before) is not None or not _is_told(before))


def _beginning(sentence: str, place: int) -> int | None:
    """Where the order begins whose words stand at a place; None if these are told of."""
    before = sentence[:place]
    if _is_quoted(before):
        return None
    if not before.strip() or _STRONG_JOINT.search(before):
        return place
    clause = max((match.end() for match in _CLAUSE.finditer(before)), default=place)
    if _ASKED.search(before, clause) and len(before[clause:].split()) <= _LONGEST_REQUEST and not _is_told(before):
        return clause
    is_joined = _JOINT.search(before) is not None or sentence[place].isupper() or not sentence[place].isascii()
    return place if is_joined and not _is_told(before) else None


def _is_quoted(before: str) -> bool:
    """Whether quotation marks are open."""
    marks = _OPEN_QUOTES.findall(before)
    straight = sum(mark == '"' for mark in marks) % 2 == 1
    opened = sum(mark in "“「『«'‘" for mark in marks) - sum(mark in "”」』»’" for mark in marks)
    return straight or opened > 0


def _is_told(before: str) -> bool:
    return _TOLD.search(before[-_TOLD_WITHIN:]) is not None


def _position(sentence: str, place: int, words: str) -> int:
    """The place in a sentence of a place in its words: where what follows makes the same words."""
    length = len(words[place:])
    found = bisect_left(range(len(sentence)), -length, key=lambda begin: -len(words_of(sentence[begin:]).lstrip("| ")))
    while found < len(sentence) - 1 and not sentence[found].isalnum():
        found += 1
    return found


# --- what is text in disguise ---

_LETTER_SHARE = 0.8


def _base64(run: str) -> str:
    run = "".join(run.split()).rstrip("=").replace("-", "+").replace("_", "/")
    run = run[: len(run) - (len(run) % 4 == 1)]
    return base64.b64decode(run + "=" * (-len(run) % 4)).decode()


def _hexadecimal(run: str) -> str:
    return bytes.fromhex(re.sub(r"\\x|0x|[\s:,]", "", run)).decode()


def _escapes(run: str) -> str:
    return re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?", lambda code: chr(int(code[1], 16)), run)


_ENCODINGS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:[A-Za-z0-9+/_-]{40,}+\s)*[A-Za-z0-9+/_-]{24,}+={0,2}"), _base64),
    (re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x)?[0-9a-fA-F]{2}[\s:,]?){16,}(?![0-9A-Za-z])"), _hexadecimal),
    (re.compile(r"(?:%[0-9a-fA-F]{2}){12,}+"), unquote),
    (re.compile(r"(?:&#x?[0-9a-fA-F]{1,6};){8,}+"), html.unescape),
    (re.compile(r"(?:\\u\{?[0-9a-fA-F]{4}\}?){8,}+"), _escapes),
)


def _runs(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Runs of encoded text and what they say, where that is text: words, not the bytes of a hash."""
    for pattern, decode in _ENCODINGS:
        for run in pattern.finditer(text):
            try:
                said = decode(run[0])
            except (ValueError, binascii.Error):  # not valid UTF-8, an odd number of digits
                continue
            if _is_prose(said):
                yield run, said


def _decoded(text: str) -> Iterator[str]:
    return (said for _, said in _runs(text))


def _is_prose(text: str) -> bool:
    """Three words or eight Chinese characters, and hardly anything else."""
    letters = sum(c.isalpha() or c == " " for c in text)
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text)
    return letters >= _LETTER_SHARE * len(text) and (len(text.split()) >= 3 or chinese >= 8)
