"""An abstract into sentences, by rules.

A stop (`.`, `!`, `?` and the Chinese `。！？；`) ends a sentence unless something says otherwise: a later sentence does
not start there, the word before is an abbreviation, or the stop stands inside LaTeX. Rather too few cuts than a
sentence cut in two: a card quotes sentences, and half a sentence is a wrong quotation.
"""

import re

_CLOSERS = r"[\"'”’»)\]）】」』]*+"
_STOP = re.compile(rf"(?:(?<![.!?])[.!?]++{_CLOSERS}(?=\s)|[。！？；]++{_CLOSERS})\s*")
_NEAR = 60
"""Characters around a stop that decide; whole texts would make a long one slow."""

_MATH = re.compile(
    r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?!\s|\d[^$]*\$\d)[^$]+?(?<![\\\s])\$|\\\((?:(?!\\\().)+?\\\)|\\\[(?:(?!\\\[).)+?\\\]",
    re.DOTALL,
)
"""`$…$` as TeX reads it, but not the money in "$5 and $10"."""
_LONGEST_ARGUMENT = 500
_BRACE = re.compile(r"(?<!\\)[{}]")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*\{")

_NEVER_LAST = frozenset(
    "e.g i.e eg ie cf vs viz approx fig figs eq eqs eqn thm prop resp w.r.t s.t a.k.a i.i.d dr mr mrs ms prof mt jr sr".split()
)
"""Abbreviations that expect another word: no sentence ends with them."""
_BEFORE_NUMBER = frozenset("no nos sec secs ch chap vol pp p tab ref refs def st table figure section appendix algorithm".split())
"""Abbreviations that are so only before a number: "No. 5" goes on, "The answer is no." does not."""
_SOMETIMES_LAST = frozenset("al etc inc ltd corp co dept univ ca u.s u.k e.u u.s.a a.m p.m".split())
"""Abbreviations that may end a sentence: they do where a word that opens sentences follows."""

_OPENERS = frozenset(
    "the this these those that it its we our they their there here in on for to from with by at as if when while"
    " although though however moreover furthermore additionally finally first second third thus therefore hence"
    " a an experiments results extensive code many most such some both each unlike to based using given".split()
)
"""Words that open sentences and hardly ever follow an initial or an abbreviation within one."""
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘（]+$")
_INITIAL = re.compile(r"(?:[A-Z]|[A-Z](?:\.-?[A-Z])+)\Z")
_LETTERED = re.compile(r"\b(?:Appendix|Appendices|Section|Figure|Table|Part|Case|Type|Step|Panel)\s+[A-Z]\Z")
_ITEM = re.compile(r"\((?:[a-z]|[ivx]+|\d+)\)\s")
_START = re.compile(r"[\"'“‘«(\[*]*(?P<first>\S)")
_ENUMERATOR = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-z]|[ivx]+)\Z")
_FIRST_OF_A_LIST = re.compile(r"(?<!\d)[:：]\s*(?:\d{1,2}|[a-z])\Z")


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order, stops included.

    Nothing but white space is lost: joined by blanks, the sentences are the text with its runs of white space made
    single blanks (between two Chinese sentences there need not have been one). LaTeX formulae and the braces of a
    LaTeX command are never cut.
    """
    text = " ".join(text.split())
    sealed = _sealed(text)
    sentences, start = [], 0
    for stop in _STOP.finditer(text):
        if not _inside(stop.start(), sealed) and _ends(text, start, stop):
            sentences.append(text[start : stop.end()].rstrip())
            start = stop.end()
    return [*sentences, text[start:]] if start < len(text) else sentences


def _sealed(text: str) -> list[tuple[int, int]]:
    """The stretches of LaTeX: formulae, and commands with their braces."""
    formulae = [match.span() for match in _MATH.finditer(text)]
    commands = ((match.end(), _closing_brace(text, match.end())) for match in _COMMAND.finditer(text))
    return formulae + [(begin, end) for begin, end in commands if begin < end]


def _closing_brace(text: str, position: int) -> int:
    """Where the brace before `position` closes; `position` itself if it never does, or only far away."""
    depth = 1
    for brace in _BRACE.finditer(text, position, position + _LONGEST_ARGUMENT):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return position


def _inside(position: int, sealed: list[tuple[int, int]]) -> bool:
    return any(begin <= position < end for begin, end in sealed)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether this stop ends the sentence that began at `start`."""
    mark, rest = stop[0].rstrip(), text[stop.end() : stop.end() + _NEAR]
    if mark[0] in "。！？；" or not rest:
        return True
    if not _may_open(rest):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _abbreviated(text[max(start, stop.start() - _NEAR) : stop.start()], rest)


def _may_open(rest: str) -> bool:
    """Whether a sentence may start like this: not in lower case, save for names such as iPhone and vLLM."""
    match = _START.match(rest)
    if match is None or _ITEM.match(rest):
        return match is not None
    first = match["first"]
    word = rest[match.start("first") :].split(maxsplit=1)[0]
    return (not first.islower() and first not in ",;:)]}") or any(c.isupper() or c.isdigit() for c in word[1:])


def _abbreviated(before: str, rest: str) -> bool:
    """Whether the stop after `before` belongs to its last word."""
    match = _LAST_WORD.search(before)
    if match is None:
        return False
    if _LETTERED.search(before):
        return False
    word = match[0].rstrip(".")
    following = rest.split(maxsplit=1)[0].strip("\"'“‘([").rstrip(",:")
    if word.lower() in _NEVER_LAST:
        return True
    if word.lower() in _BEFORE_NUMBER:
        return following[:1].isdigit()
    if word.lower() in _SOMETIMES_LAST or _INITIAL.match(word):
        return following.lower() not in _OPENERS
    return bool(_FIRST_OF_A_LIST.search(before)) or (bool(_ENUMERATOR.search(before)) and before.strip() == word)
