"""The editor's layer: content/edits/YYYY-MM-DD.yaml, applied between a record and everything made from it."""

import re
from datetime import date as Date
from pathlib import Path

from pydantic import Field, ValidationError

from digest import yamlfile
from digest.errors import EditsError
from digest.models import Card, Claim, CoveredPaper, Digest, Edition, Language, Model, Stars


class Replacement(Model):
    """A field of a card, said anew by a person. `field` as in `problem.core_idea` or `evidence.results[1].text`."""

    id: str
    field: str
    lang: Language
    text: str = Field(min_length=1)


class Correction(Model):
    """What was wrong, told to readers."""

    id: str
    text: dict[Language, str] = Field(min_length=1)


class Edits(Model):
    """What an editor changes in one day."""

    intro: dict[Language, str] = {}
    drop: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    stars: dict[str, Stars] = {}
    replace: tuple[Replacement, ...] = ()
    correction: tuple[Correction, ...] = ()


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
        return Date.fromisoformat(path.stem)
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
    if not path.is_file():
        return Edits(), {}
    values, lines = yamlfile.read(path, EditsError)
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
    _check_ids(digest, edits, lines, name)
    papers = {p.paper.id: p for p in digest.papers}
    for index, change in enumerate(edits.replace):
        where = yamlfile.line_of(("replace", index), lines, name)
        papers[change.id] = _replaced(papers[change.id], change, where)
    for paper_id, stars in edits.stars.items():
        covered = papers[paper_id]
        assessment = covered.assessment.model_copy(update={"stars": stars})
        papers[paper_id] = covered.model_copy(update={"assessment": assessment})
    first = next(iter(digest.editions), None)
    editions = {n: _edition(e, edits, papers, is_first=n == first) for n, e in digest.editions.items()}
    shown = {i for e in editions.values() for i in e.picked}
    update = {
        "papers": tuple(p for i, p in papers.items() if i in shown),
        "editions": editions,
        "mentions": {i: m for i, m in digest.mentions.items() if i not in edits.drop and i not in shown},
        "counts": digest.counts.model_copy(update={"picked": len(shown)}),
    }
    return Day(digest=digest.model_copy(update=update), intro=edits.intro, corrections=edits.correction)


def _check_ids(digest: Digest, edits: Edits, lines: yamlfile.Lines, name: str) -> None:
    carded = {p.paper.id for p in digest.papers}
    known = carded | set(digest.mentions)
    named: dict[tuple[str, str | int], tuple[str, set[str]]] = {
        **{("drop", n): (i, known) for n, i in enumerate(edits.drop)},
        **{("add", n): (i, carded) for n, i in enumerate(edits.add)},
        **{("order", n): (i, carded) for n, i in enumerate(edits.order)},
        **{("stars", i): (i, carded) for i in edits.stars},
        **{("replace", n): (change.id, carded) for n, change in enumerate(edits.replace)},
        **{("correction", n): (c.id, carded) for n, c in enumerate(edits.correction)},
    }
    for place, (paper_id, allowed) in named.items():
        if paper_id in allowed:
            continue
        where = yamlfile.line_of(place, lines, name)
        hint = f"it has {', '.join(sorted(carded)) or 'none'}"
        if place[0] == "add":
            hint = f"`digest build --date {digest.date}` reads the papers under `add` and makes their cards"
        raise EditsError(f"{digest.date} has no card of {paper_id!r}", where=where, hint=hint)


def _edition(edition: Edition, edits: Edits, papers: dict[str, CoveredPaper], *, is_first: bool) -> Edition:
    """An edition after drop, add and order. What is added joins the first edition."""
    added = [i for i in edits.add if i not in edition.picked] if is_first else []
    picked = [i for i in (*edition.picked, *added) if i not in edits.drop]
    ordered = [i for i in edits.order if i in picked]
    picked = [*ordered, *(i for i in picked if i not in ordered)]
    also = tuple(i for i in edition.also if i not in edits.drop and i not in picked)
    excluded = tuple(i for i in edition.excluded if i not in edits.drop and i not in picked)
    counts = edition.counts.model_copy(update={"picked": len(picked), "also": len(also), "excluded": len(excluded)})
    overview = {
        language: o.model_copy(
            update={
                "highlights": tuple(h for h in o.highlights if h.paper in picked),
                "trends": tuple(t for t in o.trends if sum(i in picked for i in t.papers) >= 2),
            }
        )
        for language, o in edition.overview.items()
    }
    update = {"picked": tuple(picked), "also": also, "excluded": excluded, "counts": counts, "overview": overview}
    return edition.model_copy(update=update)


_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def _replaced(covered: CoveredPaper, change: Replacement, where: str) -> CoveredPaper:
    card = covered.cards.get(change.lang)
    if card is None:
        hint = f"it has {', '.join(covered.cards)}"
        raise EditsError(f"{change.id} has no card in {change.lang!r}", where=where, hint=hint)
    new = _set(card, change.field.split("."), change, where)
    if not isinstance(new, Card):
        raise EditsError(f"{change.field!r} is no field of a card", where=where)
    return covered.model_copy(update={"cards": {**covered.cards, change.lang: new}})


def _set(value: object, steps: list[str], change: Replacement, where: str) -> object:
    """A copy of a card's part with the text at the end of the path replaced."""
    wrong = EditsError(f"{change.field!r} is no field of the card of {change.id}", where=where)
    if not steps or steps == ["text"]:
        if isinstance(value, Claim):
            return value.model_copy(update={"text": change.text, "evidence": (), "status": "edited"})
        if isinstance(value, str) or (value is None and not steps):
            return change.text
        if isinstance(value, Model) and "text" in type(value).model_fields:
            return value.model_copy(update={"text": change.text})
        raise wrong
    step = _STEP.fullmatch(steps[0])
    if not step or not isinstance(value, Model) or step[1] not in type(value).model_fields:
        raise wrong
    inner = getattr(value, step[1])
    if step[2] is None:
        if inner is None and "Claim" in str(type(value).model_fields[step[1]].annotation):
            inner = Claim(text="-")
        if isinstance(inner, tuple):
            raise wrong
        return value.model_copy(update={step[1]: _set(inner, steps[1:], change, where)})
    index = int(step[2])
    if not isinstance(inner, tuple) or index >= len(inner):
        raise wrong
    return value.model_copy(update={step[1]: (*inner[:index], _set(inner[index], steps[1:], change, where), *inner[index + 1 :])})
