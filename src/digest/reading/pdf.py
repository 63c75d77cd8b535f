"""A paper's PDF as sentences, for papers without HTML.

A PDF has no paragraphs, only lines of letters in places. What can be told from the lines is told: hyphens at their ends,
heads and feet of pages, numbered headings, captions, the list of references. A table's numbers keep their row, not their
heads. A sentence's anchor is `page=N`, which browsers understand.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.errors import SourceError
from digest.models import Flag
from digest.paper_id import PaperId
from digest.reading._inline import CITATION, Run, without_keys
from digest.reading._latexml import APPENDIX, SEPARATOR
from digest.reading._text import Line, Text
from digest.reading.flags import flags_of, visible

_MOST_PAGES = 80
_SECONDS = 60.0
_LEAST = 1500
"""Bytes of text; a scan has less."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\xa0": " "})
_WATERMARK = re.compile(r"arXiv:(?P<id>[a-z.-]+/\d{7}|\d{4}\.\d{4,5})v(?P<version>\d{1,2})\s*\[[^\]]*\].{0,20}$")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z](?:\.\d{1,2}){0,2})\.?\s+(?P<title>[A-Z].{2,90})")
_NAMED = re.compile(
    r"(?:\d{1,2}\.?\s+)?(abstract|introduction|related work|background|conclusions?|discussion|limitations?|references"
    r"|bibliography|acknowledge?ments?|appendix|appendices|supplementary materials?|broader impact|ethics statement"
    r"|impact statement)\W?",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Algorithm|TABLE|FIGURE)\s*(?:\d+|[IVX]+)\s*[:.]")
_SPACED = re.compile(r"\b(?:T ?a ?b ?l ?e|F ?i ?g ?u ?r ?e)\b(?= \d)")
_KEYS = re.compile(r" ?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_NUMBERS = re.compile(r"(?<![\w.])[-+−±]?\d[\d.,]*%?(?![\w])")
_STOPPED = re.compile(r"[.!?:;。！？]['\"”’)\]]*$")


@dataclass(frozen=True)
class _PageLine:
    text: str
    page: int


def read_pdf(content: bytes, paper: PaperId) -> Text:
    """Read a PDF.

    Raises:
        SourceError: it is broken, encrypted, a scan, takes too long, or is not this paper in this version.
    """
    where = f"{paper.id}v{paper.version}" if paper.version else paper.id
    pages, total, hidden = _pages(content, where)
    version = _version(pages, paper, where)
    shown = [visible(page.translate(_LIGATURES)) for page in pages]
    lines = list(_without_frame([text for text, _ in shown]))
    text = Text.model_validate(_sentences(lines))
    if sum(len(line.text.encode()) for line in text.body) < _LEAST:
        raise SourceError("the PDF holds no text", where=where)
    flags: set[Flag] = set(flags_of(pages))
    flags |= {"hidden_text"} if hidden else set()
    flags |= {"invisible_characters"} if any(suspicious for _, suspicious in shown) else set()
    return text.model_copy(
        update={
            "version": version,
            "flags": tuple(sorted(flags)),
            "hidden": ("text that a PDF draws where nobody sees it",) * hidden,
            "cut": total > len(pages),
        }
    )


def _pages(content: bytes, where: str) -> tuple[list[str], int, int]:
    # -P: the folder of the script holds modules named as some of the standard library's.
    command = [sys.executable, "-P", str(Path(__file__).with_name("_pdf_pages.py")), str(_MOST_PAGES)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=True)
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SourceError("the PDF takes too long", where=where, why=f"more than {_SECONDS:.0f} s") from None
    except (subprocess.CalledProcessError, ValueError) as error:
        raise SourceError("the PDF cannot be read", where=where, why=str(error)[-200:]) from None
    if "error" in answer:
        raise SourceError("the PDF cannot be read", where=where, why=answer["error"])
    return answer["pages"], answer["total"], answer["hidden"]


def _version(pages: Sequence[str], paper: PaperId, where: str) -> int | None:
    """The version that the watermark at the first page's edge tells."""
    for line in pages[0].splitlines() if pages else ():
        if match := _WATERMARK.search(line):
            version = int(match["version"])
            if match["id"] != paper.id or paper.version not in (None, version):
                raise SourceError("the PDF is of another version", where=where, why=f"it says {match['id']}v{version}")
            return version
    return paper.version


# --- lines ---------------------------------------------------------------------------------------


def _without_frame(pages: Sequence[str]) -> Iterator[_PageLine]:
    """The lines without the heads and feet of pages: those at an edge that come again and again, and page numbers."""
    texts = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(form for lines in texts for form in {_form(line) for line in (*lines[:2], *lines[-3:])})
    often = {form for form, count in edges.items() if count >= max(3, len(pages) // 3)}
    for number, lines in enumerate(texts, 1):
        for place, line in enumerate(lines):
            at_edge = place < 2 or place >= len(lines) - 3
            if at_edge and (_form(line) in often or re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line)):
                continue
            if not _WATERMARK.search(line):
                yield _PageLine(_as_caption(line), number)


def _as_caption(line: str) -> str:
    """`Ta b l e 1 .`, as wide letters come out of some PDFs, is `Table 1:`."""
    line = _SPACED.sub(lambda word: word[0].replace(" ", ""), line)
    return re.sub(r"^((?:Table|Figure|Fig\.|Algorithm) \d+) ?\.(?= )", r"\1:", line)


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line)


# --- sections ------------------------------------------------------------------------------------


def _is_title(text: str) -> bool:
    """Whether the words after a number are a title: no sentence, no figures; in capitals anything goes."""
    return text.isupper() or not (re.search(r"[.!?]", text) or _NUMBERS.search(text))


def _whole_headings(lines: Sequence[_PageLine]) -> Iterator[_PageLine]:
    """The lines, a heading in capitals that takes two of them in one."""
    held: _PageLine | None = None
    for line in lines:
        if held is not None and line.text.isupper() and len(line.text) < 60 and not _NUMBERED.fullmatch(line.text):
            held = _PageLine(f"{held.text} {line.text}", held.page)
            continue
        if held is not None:
            yield held
        match = _NUMBERED.fullmatch(line.text)
        held = line if match and match["title"].isupper() and len(line.text) > 40 else None
        if held is None:
            yield line
    if held is not None:
        yield held


class _Headings:
    """Tells a heading from a line of a list or of a table: its number must follow the last one's."""

    def __init__(self) -> None:
        self._top, self._appendix = 0, 0
        self.titles: tuple[str, ...] = ()
        self.in_references = self.after_references = False

    def enter(self, line: str) -> bool:
        """Whether this line is a heading; if so, what follows stands under it."""
        if len(line) > 100 or len(line.split()) > 14:
            return False
        if match := _NAMED.fullmatch(line):
            self._enter_named(match[1].lower(), line)
            return True
        match = _NUMBERED.fullmatch(line)
        if match is None or not _is_title(match["title"]) or not self._follows(match["number"]):
            return False
        title, is_top = f"{match['number']} {match['title'].strip()}", "." not in match["number"]
        if is_top and match["number"][0].isalpha() and self._appendix:
            title = f"{APPENDIX} {title}"
        above = [above for above in self.titles[:1] if not re.match(r"\w+\.\d", above)]
        self.titles = (title,) if is_top else (*above, title)
        self.in_references = False
        return True

    def _enter_named(self, name: str, line: str) -> None:
        self.in_references = name in ("references", "bibliography")
        self.after_references = self.after_references or self.in_references
        title = line.strip(" .:").title() if line.isupper() else line.strip(" .:—-")
        if self.after_references and not self.in_references and not name.startswith("append"):
            title = f"{APPENDIX}: {title}"
        if (number := re.match(r"\d+", line)) is not None:
            self._top = int(number[0])
        self.titles = (title,)

    def _follows(self, number: str) -> bool:
        first = number.split(".")[0]
        if first.isdigit():
            if self.after_references:
                return False
            is_next = int(first) == self._top + 1 if "." not in number else int(first) in (self._top, self._top + 1)
            if self._top == 0 and "." in number:  # part of a paper that begins in its middle
                is_next = True
            self._top = int(first) if is_next else self._top
            return is_next
        if not self.after_references:
            romans = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
            is_next = self._top + 1 < len(romans) and number == romans[self._top + 1]
            self._top += is_next
            return is_next
        is_next = len(first) == 1 and ord(first) - ord("A") in (self._appendix, self._appendix - 1)
        self._appendix = max(self._appendix, ord(first) - ord("A") + 1) if is_next else self._appendix
        return is_next

    @property
    def section(self) -> str | None:
        return SEPARATOR.join(self.titles) or None


def _sentences(lines: Sequence[_PageLine]) -> dict[str, list[Line]]:
    """The lines as sentences, by `abstract` and `body`."""
    headings, found = _Headings(), {"abstract": list[Line](), "body": list[Line]()}
    begins = any(_NAMED.fullmatch(line.text) for line in lines if line.page <= 2)
    paragraph: list[_PageLine] = []
    words = Counter(word for line in lines for word in re.findall(r"[\w-]*\w", line.text.lower()))
    width = sorted([len(line.text) for line in lines] or [0])[len(lines) // 2]

    def flush() -> None:
        section = headings.section
        in_abstract = section is not None and section.lower() == "abstract"
        if paragraph and not headings.in_references and (headings.titles or not begins):
            found["abstract" if in_abstract else "body"].extend(_of_paragraph(paragraph, section, words))
        paragraph.clear()

    for line in _without_labels(list(_whole_headings(lines)), width):
        if _NAMED.fullmatch(line.text) or _NUMBERED.fullmatch(line.text):
            before = list(paragraph)
            flush()
            if headings.enter(line.text):
                continue
            if before and not _STOPPED.search(before[-1].text):  # it was a line of a paragraph after all
                _take_back(found, list(_of_paragraph(before, headings.section, words)))
                paragraph.extend(before)
        is_row = _is_row(line.text)
        if is_row or _CAPTION.match(line.text) or (paragraph and _is_row(paragraph[-1].text)):
            flush()
        paragraph.append(line)
        if len(line.text) < 0.7 * width and _STOPPED.search(line.text):
            flush()
    flush()
    return found


def _take_back(found: dict[str, list[Line]], made: list[Line]) -> None:
    """Undo the flush of a paragraph that goes on."""
    for lines in found.values():
        if made and lines[-len(made) :] == made:
            del lines[-len(made) :]


def _without_labels(lines: Sequence[_PageLine], width: float) -> list[_PageLine]:
    """The lines without the labels of drawings: three or more short ones in a row that end no sentence."""
    kept: list[_PageLine] = []
    labels: list[_PageLine] = []
    for line in lines:
        short = len(line.text) < 0.45 * width and not _STOPPED.search(line.text) and not _is_row(line.text)
        if short and not _NAMED.fullmatch(line.text) and not _NUMBERED.fullmatch(line.text) and not _CAPTION.match(line.text):
            labels.append(line)
            continue
        kept += labels if len(labels) < 3 else []
        labels = []
        kept.append(line)
    return kept + (labels if len(labels) < 3 else [])


def _is_row(text: str) -> bool:
    """Whether a line is a row of figures."""
    numbers = len(_NUMBERS.findall(text))
    return numbers >= 3 and numbers * 2 >= len(text.split())


# --- sentences -----------------------------------------------------------------------------------


def _of_paragraph(lines: Sequence[_PageLine], section: str | None, words: Counter[str]) -> Iterator[Line]:
    text, ends = "", list[tuple[int, int]]()
    for line in lines:
        text = _joined(text, line.text, words)
        ends.append((len(re.sub(r"\s", "", text)), line.page))
    whole = "".join(text.split())
    seen = 0
    for sentence in Run(text).sentences():
        page = next((page for end, page in ends if end > seen), lines[-1].page)
        seen = min(len(whole), seen + len("".join(sentence.split())))
        cleaned = without_keys(_KEYS.sub(CITATION, sentence)).strip()
        if len(cleaned) > 2:
            yield Line(text=cleaned, section=section, anchor=f"page={page}")


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """Text and its next line. Whether a hyphen at the end belongs to the word, the rest of the paper tells."""
    match = re.search(r"(\S*\w)-$", text)
    if match is None or not line[:1].islower():
        return f"{text} {line}" if text else line
    rest = re.match(r"[\w-]+", line)
    compound, whole = f"{match[1]}-{rest[0] if rest else ''}".lower(), f"{match[1]}{rest[0] if rest else ''}".lower()
    keeps = "-" in match[1] or words[compound] > words[whole]
    return text + line if keeps else text[:-1] + line
