"""Running text out of LaTeXML's elements: formulae as TeX, footnotes apart, citations told from text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.reading import _tex
from digest.reading._look import WHITE, Look, Styles
from digest.reading.flags import visible
from digest.reading.sentences import split_sentences

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTE, CITATION = "\ue000", "\ue001"
"""Marks for where a footnote and a numeric citation stood; private characters of the page itself are taken out first."""

FURNITURE = frozenset(
    "button script style template nav dialog form input textarea select noscript iframe object embed audio video img head"
    " title link meta base option label progress canvas map".split()
)
_NEVER = frozenset(
    "ltx_TOC ltx_bibliography ltx_index ltx_pagination ltx_listing_data ltx_page_logo ltx_rule ltx_tag_note ltx_note_mark"
    " ltx_note_type ltx_tag_listingline ltx_eqn_eqno ltx_tag_equation ltx_role_refnum sr-only ltx_authors ltx_creator"
    " ltx_dates ltx_keywords ltx_classification ltx_role_institutetext ltx_role_email".split()
)
_FOOTNOTES = frozenset("ltx_role_footnote ltx_role_footnotetext ltx_role_endnote ltx_role_endnotetext ltx_role_margin".split())
EQUATIONS = frozenset("ltx_equation ltx_equationgroup ltx_eqn_table".split())
_BLOCKS = frozenset("p div li ul ol dl dd dt tr table section figure figcaption blockquote pre article".split())

_KEY = r"(?:[A-Z][\w+*’']{0,12}+(?<=\d\d[a-z])|[A-Z][\w+*’']{0,12}+(?<=\d\d)|\d{1,4}[a-z]?|\?+)"
_NUMERIC = re.compile(rf"[\[(⟨]?\s*{_KEY}?(?:\s*[,;–-]\s*{_KEY})*+\s*[\])⟩]?")
"""[12], [3, 7–9], [VSP+17], [?]: a key into a list that is not read. A number in it would vouch for a claim."""
_BARE_KEYS = re.compile(r"[\[(]?\s*(?:[^\s;,()\[\]]+,\s*;?\s*)+[\])]?|[\[(]?[a-z][^\s;,]*\d[^\s;,]*(?:[;,]\s*[^\s;,]+)*[\])]?")
"""(devlin2018bert, ; lewis2019, ): what LaTeXML shows where the list of references could not be read."""
_PART_OF_SENTENCE = re.compile(
    rf"((?:^|(?<!al)[.;:(]\s|\b(?:[Ii]n|[Bb]y|[Oo]f|[Ff]rom|[Ss]ee|to|and|[Ww]ith|than|[Aa]s|[Ff]ollowing|[Ll]ike|or|that|e\.g\.,?|i\.e\.,?|cf\.))\s*){CITATION}"
)
_LONGEST_CITATION = 400
_LONGEST_PIECE = 8000
"""Characters that are cut into sentences at once; the work grows faster than the text, and no paragraph is as long."""
_WORDS = re.compile(r"[^\W\d_]{2,}")
_IDEOGRAPHS = re.compile(r"[㐀-鿿぀-ヿ가-힯]")


@dataclass
class Page:
    """What is known of a page, and what is gathered on the way through it.

    Attributes:
        hidden: passages that a reader cannot see, in order.
        invisible: whether characters that may carry a message were taken out.
    """

    styles: Styles
    hidden: list[str] = field(default_factory=list)
    invisible: bool = False

    def shown(self, text: str) -> str:
        """Text without what cannot be seen in it."""
        if text.isascii():
            return text
        text, suspicious = visible(text)
        self.invisible = self.invisible or suspicious
        return text

    def hide(self, text: str) -> None:
        """Note a passage that is not shown; what only takes up room, as a hidden digit in a table does, is none."""
        text = " ".join(text.split())
        if len(_WORDS.findall(text)) >= 2 or len(_IDEOGRAPHS.findall(text)) >= 4:
            self.hidden.append(text)


@dataclass(frozen=True)
class Run:
    """A stretch of running text.

    Attributes:
        text: with single blanks.
        notes: its footnotes, each with the number of visible characters before its mark.
    """

    text: str
    notes: tuple[tuple[int, str], ...] = ()

    def after(self, lead: str) -> Run:
        """The same text, with what stands before it on its line."""
        shift = len(lead) - lead.count(" ")
        return Run(f"{lead} {self.text}", tuple((before + shift, note) for before, note in self.notes))

    def sentences(self) -> Iterator[str]:
        """The sentences, each footnote's after the one that bears its mark."""
        notes, seen = list(self.notes), 0
        pieces = textwrap.wrap(self.text, _LONGEST_PIECE) if len(self.text) > _LONGEST_PIECE else [self.text]
        for sentence in (sentence for piece in pieces for sentence in split_sentences(piece)):
            yield sentence
            seen += len(sentence) - sentence.count(" ")
            while notes and notes[0][0] <= seen:
                yield from split_sentences(notes.pop(0)[1])
        for _, note in notes:
            yield from split_sentences(note)


def classes(element: _Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def run(items: Sequence[_Element | str], look: Look, page: Page) -> Run:
    """The running text of elements and texts that follow each other, given the look around them."""
    scribe = _Scribe(page)
    for item in items:
        if isinstance(item, str):
            scribe.text(item, look)
        else:
            scribe.element(item, look)
    return scribe.run()


def text_of(element: _Element, look: Look, page: Page) -> str:
    """The text of a heading, a caption or a cell; footnotes in it are left out."""
    return run([element], look, page).text


def inspect(element: _Element, around: Look, page: Page) -> None:
    """Look for hidden passages in an element whose text is not wanted."""
    scribe = _Scribe(page)
    scribe.children(element, page.styles.look(element, around))
    scribe.run()


class _Scribe:
    """Writes down what a reader sees, in order."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._parts: list[str] = []
        self._notes: list[str] = []
        self._unseen: list[str] = []

    def add(self, text: str) -> None:
        self._parts.append(text)

    def run(self) -> Run:
        self._flush()
        text = without_keys("".join(self._parts))
        notes, before = [], 0
        pieces = text.split(_NOTE)
        for piece, note in zip(pieces, self._notes, strict=False):
            before += len(piece) - sum(map(str.isspace, piece))
            notes.append((before, note))
        return Run(" ".join("".join(pieces).split()), tuple(notes))

    def element(self, element: _Element, around: Look) -> None:
        """An element with all that is in it, but not what follows it."""
        if element.tag in FURNITURE:
            if element.tag == "template":
                self._hide(element)
            return
        names = classes(element)
        look = self._page.styles.look(element, around)
        if look.gone:
            self._hide(element)
        elif element.tag == "math" or "ltx_Math" in names:
            self._math(element, look)
        elif "ltx_note" in names:
            self._note(element, names, look)
        elif names & _NEVER:
            pass
        elif names & EQUATIONS:
            self._equations(element, look)
        elif "ltx_cite" in names:
            self._cite(element, look)
        elif names & {"ltx_sup", "ltx_sub"} or element.tag in ("sup", "sub"):
            self._raised(element, look, "ltx_sup" in names or element.tag == "sup")
        elif element.tag == "svg":
            self._picture(element, look)
        else:
            self._plain(element, names, look)

    def _plain(self, element: _Element, names: frozenset[str], look: Look) -> None:
        apart = element.tag in ("br", "hr", *_BLOCKS) or bool(
            names & {"ltx_p", "ltx_td", "ltx_tr", "ltx_para", "ltx_listingline"}
        )
        if apart:
            self.add(" ")
        if "ltx_ERROR" not in names:
            self.children(element, look)
        elif _is_a_name(element.text or ""):
            self.text(element.text, look)
        if apart:
            self.add(" ")

    def children(self, element: _Element, look: Look) -> None:
        self.text(element.text, look)
        for child in element:
            self.element(child, look)
            self.text(child.tail, look)

    def text(self, text: str | None, look: Look) -> None:
        if not text:
            return
        if not look.visible:
            self._unseen.append(text)
            return
        if self._unseen and not text.isspace():
            self._flush()
        self.add(self._page.shown(text))

    def _hide(self, element: _Element) -> None:
        self._unseen.append(" ".join(str(part) for part in element.itertext()))

    def _flush(self) -> None:
        if self._unseen:
            self._page.hide(" ".join(self._unseen))
            self._unseen.clear()

    def _math(self, element: _Element, look: Look) -> None:
        tex = tex_of(element)
        if not look.visible or (look.paper == WHITE and _tex.is_white(tex)):
            self._unseen.append(tex)
            return
        self.add(_tex.formula(self._page.shown(tex)))

    def _equations(self, element: _Element, look: Look) -> None:
        """Displayed formulae, the parts of a line in one."""
        rows = [e for e in element.iter() if "ltx_eqn_row" in classes(e)] or [element]
        for row in rows:
            parts = [tex_of(math).strip() for math in row.iter("math")]
            tex = self._page.shown(" ".join(parts))
            if not look.visible or (look.paper == WHITE and _tex.is_white(tex)):
                self._unseen.append(tex)
            elif parts:
                self.add(f" {_tex.formula(tex)} ")
            else:
                self.children(row, look)

    def _note(self, element: _Element, names: frozenset[str], look: Look) -> None:
        """A footnote: LaTeXML puts it where its mark stands, once more as content of its own."""
        if not names & _FOOTNOTES:
            return
        content = next((e for e in element.iter() if "ltx_note_content" in classes(e)), None)
        if content is None:
            return
        scribe = _Scribe(self._page)
        scribe.children(content, self._page.styles.look(content, look))
        note = scribe.run().text
        if note:
            self._notes.append(note)
            self.add(_NOTE)

    def _cite(self, element: _Element, look: Look) -> None:
        missing = any("ltx_missing_citation" in classes(e) for e in element.iter())
        scribe = _Scribe(self._page)
        scribe.children(element, look)
        text = scribe.run().text.replace("^", "")
        is_key = len(text) <= _LONGEST_CITATION and (_NUMERIC.fullmatch(text) or _BARE_KEYS.fullmatch(text))
        self.add(CITATION if missing or is_key else text)

    def _raised(self, element: _Element, look: Look, above: bool) -> None:
        scribe = _Scribe(self._page)
        scribe.children(element, look)
        inner = scribe.run()
        before = "".join(self._parts[-3:])[-1:]
        if not inner.text:
            return
        if above and before.isalnum() and re.fullmatch(r"[+-−]?\d+", inner.text):
            self.add(f"^{inner.text}")
        elif not above and len(inner.text) > 1 and before.isalnum():
            self.add(f"_{inner.text}")
        else:
            self.add(inner.text)

    def _picture(self, element: _Element, look: Look) -> None:
        """Of a drawing, the boxes of prose; the labels of a diagram are no sentences."""
        for box in element.iter("foreignobject", "foreignObject"):
            if any(parent.tag in ("foreignobject", "foreignObject") for parent in box.iterancestors()):
                continue
            inner = _Scribe(self._page)
            inner.children(box, self._page.styles.look(box, look))
            text = inner.run().text
            if len(text.split()) >= 6 or len(_IDEOGRAPHS.findall(text)) >= 12:
                self.add(f" {text} ")


def tex_of(element: _Element) -> str:
    """The TeX of a formula: its annotation, else its alternative text, else what it shows."""
    for annotation in element.iter("annotation"):
        if annotation.get("encoding") == "application/x-tex":
            return str(annotation.text or "")
    return element.get("alttext") or "".join(str(part) for part in element.itertext())


def without_keys(text: str) -> str:
    """Numeric citations gone, or "[ref]" where the sentence needs something there."""
    text = re.sub(rf"\s+(?={_NOTE}+[.,;:!?)])", "", text)
    if CITATION not in text:
        return text
    text = " ".join(text.split())
    text = _PART_OF_SENTENCE.sub(r"\1[ref]", text)
    text = re.sub(rf"[(\[]\s*(?:{CITATION}[\s,;]*)+[)\]]", CITATION, text)
    text = re.sub(rf"\s*(?:{CITATION}\s*)+(?=[,.;:!?)\]{_NOTE}]|$)", "", text)
    return re.sub(rf"\s*(?:{CITATION}\s*)+", " ", text)


_COMMANDS = frozenset(
    r"\makecell \toprule \midrule \bottomrule \cmidrule \xspace \cref \Cref \autoref \addto \centering \label \hline \thead \AND"
    r" \And \multirow \shortstack \vspace \hspace \resizebox \adjustbox \cellcolor \rowcolor \captionsetup \newline".split()
)


def _is_a_name(command: str) -> bool:
    """Whether a command that LaTeXML did not know may be an author's own, for the name of a system: `\\ours`."""
    return re.fullmatch(r"\\[A-Za-z]{2,20}", command.strip()) is not None and command.strip() not in _COMMANDS
