"""Claims that are taken to be true, and the papers that they are about."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import Any

from digest import digests
from digest.cards import claims_of, extract_card
from digest.errors import UsageError
from digest.evaluation.names import NameKind, names_by_kind
from digest.models import Candidate, CoveredPaper, Document, Language, Paper, Sentence
from digest.paper_id import PaperId
from digest.reading import read_abstract
from digest.sources.base import links_of

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CUT = "…"


@dataclass(frozen=True)
class TrueClaim:
    """A claim that its cited sentences bear out.

    Attributes:
        paper: the arXiv id.
        kind: the part of a card that it would stand in; for reading the misses, it decides nothing.
    """

    paper: str
    text: str
    evidence: tuple[int, ...]
    kind: str = ""

    @property
    def language(self) -> Language:
        """zh where it has a Chinese character: names stay in their own script."""
        return "zh" if _CHINESE.search(self.text) else "en"


@dataclass(frozen=True)
class Shelf:
    """The papers at hand, each as numbered sentences."""

    documents: Mapping[str, Document]

    @cached_property
    def names(self) -> Mapping[NameKind, tuple[str, ...]]:
        """Names that the papers use, by kind, in alphabetical order."""
        return names_by_kind(self.documents.values())

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The papers' ids in order."""
        return tuple(sorted(self.documents))


def cited(document: Document, evidence: Iterable[int]) -> str:
    """The sentences with these numbers, in one string."""
    wanted = set(evidence)
    return " ".join(s.text for s in document.sentences if s.number in wanted)


def whole(document: Document) -> str:
    """Title and all sentences, in one string."""
    return " ".join((document.paper.title, *(s.text for s in document.sentences)))


# --- where they come from ------------------------------------------------------------------------


def read_abstracts(paths: Iterable[Path]) -> Shelf:
    """Abstracts as numbered sentences, the first of each id.

    Args:
        paths: JSON lines with `id`, `title` and `abstract` as in arXiv's metadata dumps, or a Hugging Face daily list
            (a JSON array whose items hold a `paper` with `id`, `title` and `summary`); either may be gzipped.

    Raises:
        UsageError: a file is neither, or cannot be read.
    """
    documents: dict[str, Document] = {}
    for path in paths:
        for row in _rows(path):
            inner = row.get("paper")
            facts = inner if isinstance(inner, dict) else row
            abstract = facts.get("abstract", facts.get("summary"))
            if isinstance(facts.get("id"), str) and isinstance(abstract, str) and isinstance(facts.get("title"), str):
                document = _document(facts["id"], facts["title"], abstract)
                documents.setdefault(document.paper.id, document)
    if not documents:
        raise UsageError("no abstract found", hint="rows need id, title and abstract (or a paper with a summary)")
    return Shelf(documents)


def of_abstracts(shelf: Shelf) -> Iterator[TrueClaim]:
    """The claims of extractive cards: a paper's own sentences, each true of itself."""
    for paper, document in shelf.documents.items():
        _, card = extract_card(document)
        for claim in claims_of(card):
            yield TrueClaim(paper, claim.text, claim.evidence, "extract")


def of_files(paths: Iterable[Path], shelf: Shelf) -> Iterator[TrueClaim]:
    """Claims that somebody wrote and checked by hand: JSON lines with `paper`, `evidence`, `text` and `kind`.

    Raises:
        UsageError: a line is something else, or is about a sentence that is not on the shelf.
    """
    for path in paths:
        for row in _rows(path):
            try:
                claim = TrueClaim(row["paper"], str(row["text"]), tuple(map(int, row["evidence"])), str(row.get("kind", "")))
            except (KeyError, TypeError, ValueError) as error:
                raise UsageError("not a claim", where=str(path), why=repr(error)) from None
            document = shelf.documents.get(claim.paper)
            if document is None or not set(claim.evidence) <= {s.number for s in document.sentences}:
                raise UsageError(f"no sentence {claim.evidence} of {claim.paper} at hand", where=str(path))
            yield claim


def of_records(folder: Path) -> tuple[Shelf, list[TrueClaim]]:
    """The claims of a blog's cards and the quotes that they rest on.

    A claim that cites a quote which was cut for the record is left out: its number may stand in what was cut.

    Raises:
        RecordError: a record is damaged.
        UsageError: there is no record.
    """
    found: dict[str, CoveredPaper] = {covered.paper.id: covered for _, covered in covered_papers(folder)}
    claims = [claim for covered in found.values() for claim in _claims_on_quotes(covered)]
    return Shelf({paper: _from_quotes(covered) for paper, covered in found.items()}), claims


def covered_papers(folder: Path) -> Iterator[tuple[Date, CoveredPaper]]:
    """The papers with cards of a folder of records, oldest day first.

    Raises:
        RecordError: a record is damaged.
        UsageError: there is no record.
    """
    days = digests.days(folder)
    if not days:
        raise UsageError("there is no digest record", where=str(folder), hint="`digest build` makes them")
    for day in days:
        digest = digests.read(folder, day)
        for covered in digest.carded if digest else ():
            yield day, covered


def is_cut(covered: CoveredPaper, number: int) -> bool:
    """Whether the record keeps only the beginning of that sentence, or nothing."""
    quote = covered.quotes.get(number)
    return quote is None or quote.text.endswith(_CUT)


# --- the rest ------------------------------------------------------------------------------------


def _claims_on_quotes(covered: CoveredPaper) -> Iterator[TrueClaim]:
    for card in covered.cards.values():
        for claim in claims_of(card):
            if claim.status == "supported" and claim.evidence and not any(is_cut(covered, n) for n in claim.evidence):
                yield TrueClaim(covered.paper.id, claim.text, claim.evidence, card.filled_by)


def _from_quotes(covered: CoveredPaper) -> Document:
    sentences = tuple(
        Sentence(number=n, text=q.text, section=q.section, anchor=q.anchor) for n, q in sorted(covered.quotes.items())
    )
    return Document(paper=covered.paper, reading=covered.reading, sentences=sentences)


def _document(paper_id: str, title: str, abstract: str) -> Document:
    known = PaperId.parse(paper_id)
    paper = Paper(id=known.id, version=known.version, title=" ".join(title.split()), links=links_of(known))
    return read_abstract(Candidate(paper=paper, abstract=abstract))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
        rows = json.loads(text) if text.lstrip()[:1] == "[" else [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, EOFError, ValueError) as error:
        raise UsageError("neither JSON lines nor a JSON list", where=str(path), why=str(error)) from None
    for row in rows:
        if not isinstance(row, dict):
            raise UsageError("not a row of a listing or of claims", where=str(path), why=f"{str(row)[:60]!r}")
        yield row
