"""Full texts: HTML, else PDF, else the abstract."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

from digest.config import ReadingConfig
from digest.errors import DeadlineExceeded, Denied, FetchError, NotCached, RateLimited, SourceError, TooLarge, Unreachable
from digest.models import Candidate, Document, Model, Reading, Sentence
from digest.net import Response, Upstream
from digest.paper_id import PaperId
from digest.reading._text import Line, Text
from digest.reading.abstract import abstract_sentences, read_abstract
from digest.reading.budget import within
from digest.reading.flags import flags_of
from digest.reading.html import read_html
from digest.reading.orders import without_order_each
from digest.reading.pdf import read_pdf
from digest.store import Cache, sha256
from digest.tex import readable
from digest.tokens import estimated_tokens

log = logging.getLogger(__name__)

_READER = "3"
"""Of what is cached; counted up whenever the readers change what they make of a page."""
_CAP = 20 * 2**20
_BUG = 120
"""Characters of a bug in a note."""
_PUBLIC = "https://arxiv.org"
_ABSENT = frozenset({404, 410})
_OVER = (Denied, RateLimited, DeadlineExceeded, Unreachable, NotCached)
"""What holds for every further request to the upstream."""

Source = Literal["html", "pdf"]
_READERS: dict[Source, Callable[[bytes, PaperId], Text]] = {"html": read_html, "pdf": read_pdf}
_NAMES: dict[Source, str] = {"html": "HTML", "pdf": "PDF"}


class _Kept(Model):
    """What the cache keeps of one page: its text, or why there is none."""

    text: Text | None = None
    missing: str = ""


class FullTexts:
    """Reads papers as far as they can be read.

    What was parsed is cached, and that there was nothing as well: a paper's version does not change. Threads may share one.

    Args:
        upstream: arXiv.
        site_url: where it is asked; addresses in a reading are always arXiv's own.
        online: False reads from the cache alone.
        again: ask again for what was missing; a page may come hours after its paper.
    """

    def __init__(
        self,
        upstream: Upstream,
        cache: Cache,
        site_url: str,
        settings: ReadingConfig,
        *,
        online: bool = True,
        again: bool = False,
    ) -> None:
        self._upstream, self._cache, self._settings, self._online, self._again = upstream, cache, settings, online, again
        self._site_url = site_url.rstrip("/")

    def read(self, candidate: Candidate) -> tuple[Document, tuple[str, ...]]:
        """Read a paper, within the budget in tokens.

        Returns:
            The document, and what a run report should mention, a line each. What the upstream or a page does wrong is
            such a note; the abstract is read then.
        """
        notes: list[str] = []
        document = self._full(candidate, notes) if self._settings.full_text else None
        document = within(document or read_abstract(candidate), self._settings.max_tokens)
        return document, tuple(f"{candidate.paper.id}: {note}" for note in notes)

    def _full(self, candidate: Candidate, notes: list[str]) -> Document | None:
        paper = PaperId(candidate.paper.id, candidate.paper.version)
        troubles: list[str] = []
        for source in _READERS:
            try:
                text = self._text(source, paper)
            except _OVER as error:
                troubles.append(f"{_NAMES[source]} not asked for: {error}" if isinstance(error, NotCached) else str(error))
                break
            except (FetchError, SourceError) as error:
                troubles.append(_told(source, error))
                continue
            if troubles:
                notes.append(f"{'; '.join(troubles)}: read as {_NAMES[source]}")
            notes += _remarks(text)
            return _document(candidate, source, text)
        notes.append(f"{'; '.join(troubles)}: read the abstract only")
        return None

    def _text(self, source: Source, paper: PaperId) -> Text:
        """The text of a page, from the cache or from arXiv.

        Raises:
            FetchError: it could not be had.
            SourceError: there is none, or none that can be used.
        """
        name = f"{paper.id}v{paper.version}" if paper.version else paper.id
        key = f"{_READER}/{name}/{source}"
        kept = _kept(self._cache.get("reading", key))
        if kept is None or (kept.text is None and self._again):
            if not self._online:
                raise NotCached("the full text is not in the cache", where=name)
            kept = self._asked(source, name, paper)
            self._cache.put("reading", key, kept.model_dump_json(exclude_defaults=True))
        if kept.text is None:
            raise SourceError(kept.missing)
        return kept.text

    def _asked(self, source: Source, name: str, paper: PaperId) -> _Kept:
        url = f"{self._site_url}/{source}/{name}"
        # Read outside of `fetch`: there, a page that is none would be asked for again.
        try:
            response = self._upstream.fetch(url, _as_it_is, cap=_CAP, absent=_ABSENT)
        except TooLarge:
            return _Kept(missing=f"{_NAMES[source]} of more than {_CAP // 2**20} MB")
        if response.status in _ABSENT:
            return _Kept(missing=f"no {_NAMES[source]} ({response.status})")
        try:
            return _Kept(text=_READERS[source](response.content, paper))
        except SourceError as error:
            return _Kept(missing=": ".join(filter(None, (error.what, error.why))))
        except Exception as bug:  # a page that our own code trips over costs that page, not the night
            return _Kept(missing=f"the {_NAMES[source]} cannot be read; please report this: {repr(bug)[:_BUG]}")


def _as_it_is(response: Response) -> Response:
    return response


def _kept(text: str | None) -> _Kept | None:
    try:
        return _Kept.model_validate_json(text) if text is not None else None
    except ValueError:  # damaged, or written by another version of ours
        return None


def _told(source: Source, error: FetchError | SourceError) -> str:
    return str(error) if isinstance(error, SourceError) else f"no {_NAMES[source]} ({error.what})"


def _remarks(text: Text) -> list[str]:
    remarks = []
    if text.hidden:
        some = "; ".join(f"“{passage}”" for passage in text.hidden[:3])
        remarks.append(f"{len(text.hidden)} hidden {'passage' if len(text.hidden) == 1 else 'passages'} left out: {some}")
    if "invisible_characters" in text.flags:
        remarks.append("invisible characters left out")
    if text.cut:
        remarks.append("too long: its end was not read")
    return remarks


def _document(candidate: Candidate, source: Source, text: Text) -> Document:
    """A whole document: the abstract of the metadata first, else the page's own, then the rest."""
    paper = candidate.paper
    version = text.version or paper.version
    abstract = abstract_sentences(candidate.abstract)
    lines: tuple[Line, ...] = text.body if abstract else text.abstract + text.body
    sentences = abstract + tuple(
        Sentence(number=n, text=line.text, section=line.section, anchor=line.anchor)
        for n, line in enumerate(lines, abstract[-1].number + 1 if abstract else 1)
    )
    found = {*flags_of([paper.title, candidate.abstract, readable(candidate.abstract), paper.comment or ""]), *text.flags}
    if found & {"instructions", "encoded"}:
        shown = without_order_each([sentence.text for sentence in sentences])
        sentences = tuple(s.model_copy(update={"text": text}) for s, text in zip(sentences, shown, strict=True) if text)
    whole = "\n".join(sentence.text for sentence in sentences)
    reading = Reading(
        source=source,
        version=version,
        sentences=len(sentences),
        tokens=estimated_tokens(whole),
        truncated=text.cut,
        url=f"{_PUBLIC}/{source}/{paper.id}v{version}" if version else f"{_PUBLIC}/{source}/{paper.id}",
        sha256=sha256(whole.encode("utf-8", "replace")),
        flags=tuple(sorted(found)),
    )
    return Document(paper=paper, reading=reading, sentences=sentences)
