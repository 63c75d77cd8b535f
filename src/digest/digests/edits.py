"""The editor's layer: content/edits/YYYY-MM-DD.yaml, applied between a record and everything made from it."""

import os
import re
from datetime import date as Date
from pathlib import Path
from typing import Annotated, get_args

from pydantic import AfterValidator, Field, ValidationError

from digest import yamlfile
from digest.clock import iso_date
from digest.errors import EditsError, PaperIdError
from digest.models import Advice, Claim, CoveredPaper, Digest, Edition, Language, Model, Stars
from digest.paper_id import PaperId


def _bare_id(text: str) -> str:
    try:
        return PaperId.parse(text).id
    except PaperIdError as error:
        raise ValueError(str(error)) from None


Id = Annotated[str, AfterValidator(_bare_id)]
"""An arXiv id as people paste it; its version is dropped, papers are known without."""


def _visible(text: str) -> str:
    if not any(c.isprintable() and not c.isspace() for c in text):
        raise ValueError("it says nothing")
    return text


Text = Annotated[str, AfterValidator(_visible)]


class Replacement(Model):
    """A field of a card, said anew by a person. `field` as in `problem.core_idea` or `evidence.results[1].text`."""

    id: Id
    field: str
    lang: Language
    text: Text


class Correction(Model):
    """What was wrong, told to readers."""

    id: Id
    text: dict[Language, Text] = Field(min_length=1)


class Edits(Model):
    """What an editor changes in one day."""

    intro: dict[Language, str] = {}
    drop: tuple[Id, ...] = ()
    add: tuple[Id, ...] = ()
    order: tuple[Id, ...] = ()
    stars: dict[Id, Stars] = {}
    replace: tuple[Replacement, ...] = ()
    correction: tuple[Correction, ...] = ()


NO_EDITS = Edits.model_construct()


class Day(Model):
    """A day as it is shown: the record with the editor's changes in it.

    Attributes:
        digest: the record; papers dropped, added, ordered and corrected in its editions.
        intro: the editor's opening words by language.
        corrections: shown with the paper, and reason for a new `updated`.
    """

    digest: Digest
    intro: dict[Language, str] = {}
    corrections: tuple[Correction, ...] = ()

    @property
    def date(self) -> Date:
        return self.digest.date

    def corrections_of(self, paper_id: str) -> tuple[Correction, ...]:
        return tuple(c for c in self.corrections if c.id == paper_id)


def edits_file(folder: Path, day: Date) -> Path:
    """Where the edits of a day stand."""
    return folder / f"{day}.yaml"


def edits_date(path: Path) -> Date:
    """The day that an edits file is about. Raises EditsError for a file that is named otherwise."""
    try:
        return iso_date(path.stem)
    except ValueError:
        raise EditsError("no edits file", where=str(path), why="its name is no date", hint="such as 2026-02-18.yaml") from None


def template(digest: Digest | None, language: Language) -> str:
    """An edits file to begin with: every key as a comment, with the ids of the day."""
    ids = [f"#   {p.paper.id}  {p.paper.title}" for p in digest.papers] if digest else []
    one = digest.papers[0].paper.id if digest and digest.papers else "2602.15763"
    return "\n".join(
        [
            "# What you change in this day. Builds never touch this file; delete what you do not need.",
            *(["# Papers with a card:", *ids] if ids else []),
            f"# intro: {{{language}: A few words of your own.}}",
            f'# drop: ["{one}"]',
            f'# add: ["{one}"]            # any arXiv id; the next build reads it',
            f'# order: ["{one}"]          # first these, then the others',
            f'# stars: {{"{one}": 3}}',
            f'# replace: [{{id: "{one}", field: "problem.core_idea", lang: en, text: In your words}}]',
            f'# correction: [{{id: "{one}", text: {{{language}: What was wrong.}}}}]',
            "",
        ]
    )


def read_edits(path: Path) -> tuple[Edits, yamlfile.Lines]:
    """The edits in a file (none where there is no file) and the lines that they stand on.

    Raises:
        EditsError: not valid; the message names the line.
    """
    if not os.path.isfile(path):  # noqa: PTH113  # half the time of Path's, and asked for every day
        return NO_EDITS, {}
    values, lines = yamlfile.read(path, EditsError, yamlfile.WithoutFloats)
    try:
        return Edits.model_validate({key: value for key, value in values.items() if value is not None}), lines
    except ValidationError as invalid:
        raise yamlfile.explain(invalid, Edits, lines, str(path), EditsError) from None


def apply(digest: Digest, edits: Edits, lines: yamlfile.Lines | None = None, name: str = "") -> Day:
    """The day as it is shown.

    Raises:
        EditsError: an id that the day does not have, a field that a card does not have; the message names the line.
    """
    lines = lines or {}
    if edits is not NO_EDITS:
        _check_ids(digest, edits, lines, name)
    papers = {p.paper.id: p for p in digest.carded}
    for index, change in enumerate(edits.replace):
        where = yamlfile.line_of(("replace", index), lines, name)
        papers[change.id] = _replaced(papers[change.id], change, where)
    for paper_id, stars in edits.stars.items():
        if (covered := papers.get(paper_id)) is None:
            continue
        assessment = covered.assessment.model_copy(update={"stars": stars})
        papers[paper_id] = covered.model_copy(update={"assessment": assessment})
    # what has no card yet is made by the next build; until then the day is shown without it
    edits = edits.model_copy(update={"add": tuple(i for i in edits.add if i in papers)})
    first = next(iter(digest.editions), None)
    editions = {n: _edition(e, edits, papers, is_first=n == first) for n, e in digest.editions.items()}
    shown = {i for e in editions.values() for i in e.picked}
    again = [p.paper.id for p in digest.recarded if p.paper.id not in (*edits.drop, *shown)]
    update = {
        "papers": tuple(p for i, p in papers.items() if i in shown),
        "recarded": tuple(papers[i] for i in again),
        "editions": editions,
        "updated": tuple(u for u in digest.updated if u.id not in edits.drop),
        "mentions": {i: m for i, m in digest.mentions.items() if i not in edits.drop and i not in shown},
        "counts": digest.counts.model_copy(update={"picked": len(shown)}),
    }
    is_changed = any(getattr(digest, name) != value for name, value in update.items())
    shown_digest = digest.model_copy(update=update) if is_changed else digest
    # Not validated: all parts are, and a validator of days would be made for it.
    return Day.model_construct(digest=shown_digest, intro=edits.intro, corrections=edits.correction)


def _check_ids(digest: Digest, edits: Edits, lines: yamlfile.Lines, name: str) -> None:
    carded = {p.paper.id for p in digest.carded}
    known = carded | set(digest.mentions)
    named: dict[tuple[str, str | int], tuple[str, set[str]]] = {
        **{("drop", n): (i, known) for n, i in enumerate(edits.drop)},
        **{("order", n): (i, carded | set(edits.add)) for n, i in enumerate(edits.order)},
        **{("stars", i): (i, carded | set(edits.add)) for i in edits.stars},
        **{("replace", n): (change.id, carded) for n, change in enumerate(edits.replace)},
        **{("correction", n): (c.id, carded) for n, c in enumerate(edits.correction)},
    }
    for place, (paper_id, allowed) in named.items():
        if paper_id in allowed:
            continue
        where = yamlfile.line_of(place, lines, name)
        hint = f"it has {', '.join(sorted(carded)) or 'none'}"
        raise EditsError(f"{digest.date} has no card of {paper_id!r}", where=where, hint=hint)


def _edition(edition: Edition, edits: Edits, papers: dict[str, CoveredPaper], *, is_first: bool) -> Edition:
    """An edition after drop, add and order. What is added joins the first edition."""
    added = edits.add if is_first else ()
    picked = [i for i in dict.fromkeys((*edition.picked, *added)) if i not in edits.drop]
    ordered = [i for i in dict.fromkeys(edits.order) if i in picked]
    picked = [*ordered, *(i for i in picked if i not in ordered)]
    also = tuple(i for i in edition.also if i not in edits.drop and i not in picked)
    excluded = tuple(i for i in edition.excluded if i not in edits.drop and i not in picked)
    counts = edition.counts.model_copy(update={"picked": len(picked), "also": len(also), "excluded": len(excluded)})
    update = {"picked": tuple(picked), "also": also, "excluded": excluded, "counts": counts}
    return edition.model_copy(update=update)


_STEP = re.compile(r"([a-z_]+)(?:\[([0-9]{1,4})\])?")


def _replaced(covered: CoveredPaper, change: Replacement, where: str) -> CoveredPaper:
    """A paper with one text of its card said anew."""
    card = covered.cards.get(change.lang)
    if card is None:
        hint = f"it has {', '.join(covered.cards)}"
        raise EditsError(f"{change.id} has no card in {change.lang!r}", where=where, hint=hint)
    if change.field.split(".")[0] not in ("meta", "problem", "method", "evidence", "takeaways"):
        raise _no_field(change, where)
    try:
        new = _said(card, change.field.removesuffix(".text").split("."), change.text)
    except LookupError:
        raise _no_field(change, where) from None
    return covered.model_copy(update={"cards": {**covered.cards, change.lang: new}})


def _no_field(change: Replacement, where: str) -> EditsError:
    hint = 'such as meta.tldr, problem.core_idea or "evidence.results[0].text"'
    return EditsError(f"{change.field!r} is no text of the card of {change.id}", where=where, hint=hint)


def _said(part: Model, steps: list[str], text: str) -> Model:
    """A copy of a card's part with the text at the end of a path said anew.

    Raises:
        LookupError: there is no such place, or it holds no text.
    """
    step = _STEP.fullmatch(steps[0])
    if step is None or step[1] not in type(part).model_fields:
        raise LookupError(steps[0])
    name, index = step[1], step[2]
    old = getattr(part, name)
    if index is None and not isinstance(old, tuple):
        return part.model_copy(update={name: _anew(_kind(part, name), old, steps[1:], text)})
    if index is None or not isinstance(old, tuple):
        raise LookupError(steps[0])
    n = int(index)
    return part.model_copy(update={name: (*old[:n], _anew(type(old[n]), old[n], steps[1:], text), *old[n + 1 :])})


def _anew(kind: type, old: object, steps: list[str], text: str) -> object:
    """The value that takes the place of an old one, of the same kind."""
    if issubclass(kind, Claim):
        claim = old if isinstance(old, Claim) else kind(text=text)
        if steps and (len(steps) > 1 or steps[0] not in _OF_A_CLAIM or steps[0] not in kind.model_fields):
            raise LookupError(steps[0])
        return claim.model_copy(update={steps[0] if steps else "text": text, "evidence": (), "status": "edited"})
    if not steps and kind in (str, Advice):
        return text if kind is str else Advice(text=text)
    if steps and isinstance(old, Model) and not isinstance(old, Advice):
        return _said(old, steps, text)
    raise LookupError(str(kind))


_OF_A_CLAIM = ("name", "dataset", "metric", "value", "baseline")


def _kind(part: Model, name: str) -> type:
    """What a field holds: of `Claim | None`, Claim."""
    annotation = type(part).model_fields[name].annotation
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)] or [annotation]
    return kinds[0] if isinstance(kinds[0], type) else object
