"""A day of four editions, one in each layout, in which every text is a word that stands nowhere else; and a blog of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from digest import config as configuration
from digest import digests, posts
from digest.config import Config, Layout
from digest.models import (
    Advice,
    Card,
    Claim,
    CoveredPaper,
    Digest,
    Evidence,
    Highlight,
    Language,
    Meta,
    Method,
    Model,
    NamedClaim,
    Problem,
    Result,
    Takeaways,
    Trend,
    Usage,
)
from digest.site import build_site
from fakes import DATE, card, covered, digest, edition, mention, overview

LAYOUTS, LANGUAGES = get_args(Layout), get_args(Language)
PICKS = {"2602.10001": 3, "2602.10002": 3, "2602.10003": 2, "2602.10004": 1}
"""Stars of the papers that every edition picks."""
ELSEWHERE, ALSO, EXCLUDED, REPEATED, AGAIN = (f"2602.2000{n}" for n in range(5))
"""A paper that only the second edition picks, one that is also noted, excluded, repeated, carded again in a new version."""
STARS = {**PICKS, ELSEWHERE: 2, AGAIN: 2}
CARDED = (*PICKS, ELSEWHERE, AGAIN)
UNKNOWN = "2601.99999"
CONFIG = """
site: {title: Papers, url: https://papers.example.org/}
posts: {languages: [zh, en]}
editions:
""" + "".join(f"  - {{name: in-{layout}, layout: {layout}}}\n" for layout in LAYOUTS)


def word(*place: object) -> str:
    """A word that stands in one place of the record and in no other."""
    return "w" + re.sub("[^a-z0-9]", "", "".join(map(str, place)).lower()) + "w"


def filled(part: type[Model], *place: object) -> dict[str, Any]:
    """Claims, labels and advice for every field of a part of a card, two in every list."""
    return {name: _value(name, str(f.annotation), (*place, name)) for name, f in part.model_fields.items()}


def _value(name: str, kind: str, place: tuple[object, ...]) -> Any:
    if "Usage" in kind:
        return Usage(**filled(Usage, *place))
    if kind.startswith("tuple"):
        return tuple(_value(name, kind.removeprefix("tuple"), (*place, n)) for n in range(2))
    for model in (Result, NamedClaim, Claim, Advice):
        if model.__name__ in kind:
            named = {key: word(*place, key) for key in model.model_fields if key not in ("text", "evidence", "status")}
            return model(text=word(*place), **named, **({} if model is Advice else {"evidence": (1,)}))
    return word(*place)


def a_card(paper_id: str, language: Language) -> Card:
    parts = {"meta": Meta, "problem": Problem, "method": Method, "evidence": Evidence, "takeaways": Takeaways}
    made = {name: part(**filled(part, paper_id, language, name)) for name, part in parts.items()}
    return card(**made, filled_by="model")


def a_paper(paper_id: str, stars: int) -> CoveredPaper:
    cards: dict[Language, Card] = {language: a_card(paper_id, language) for language in LANGUAGES}
    return covered(paper_id, cards=cards, stars=stars, title=word(paper_id, "title"))


def a_record() -> Digest:
    """A day with an edition in every layout; a model wrote the words over it, and they name the papers."""
    papers = {i: a_paper(i, stars) for i, stars in STARS.items()}
    whys = {ALSO: "also", EXCLUDED: "excluded", REPEATED: "repeated"}
    mentions = {i: mention(i, title=word(i, "title"), why=why) for i, why in whys.items()}
    ids = {"also": (ALSO,), "excluded": (EXCLUDED,), "repeated": (REPEATED,)}
    editions = {}
    for place, layout in enumerate(LAYOUTS):
        picked = [papers[i] for i in (*PICKS, *([ELSEWHERE] if place == 1 else []))]
        told = {language: a_model_overview(picked, layout, language) for language in LANGUAGES}
        editions[f"in-{layout}"] = edition(*picked, layout=layout, overview=told, **ids)
    again = papers.pop(AGAIN)
    updated = ({"id": AGAIN, "from": 1, "to": 2},)
    made = digest(*papers.values(), mentions=mentions, editions=editions)
    return Digest.model_validate({**made.model_dump(by_alias=True), "recarded": (again.model_dump(),), "updated": updated})


def a_model_overview(picked: Sequence[CoveredPaper], layout: str, language: Language) -> Any:
    names = [p.cards[language].meta.short_name for p in picked]
    return overview(
        headline=f"{word(layout, language, 'headline')} {names[0]} {names[1]}",
        highlights=tuple(Highlight(paper=p.paper.id, text=word(p.paper.id, layout, language, "blurb")) for p in picked),
        trends=tuple(
            Trend(
                name=word(layout, n, "trend"),
                text=f"{names[n]} {names[n + 1]}",
                papers=(picked[n].paper.id, picked[n + 1].paper.id),
            )
            for n in range(2)
        ),
    )


RECORD = a_record()


def fields_of(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a card with their paths."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from fields_of(inner, f"{path}.{name}" if path else name)
    elif isinstance(part, (list, tuple)):
        for n, inner in enumerate(part):
            yield from fields_of(inner, f"{path}[{n}]")
    elif isinstance(part, str) and re.fullmatch(r"w\w+w", part):
        yield path, part


TEXTS = {(p.paper.id, language): dict(fields_of(c.model_dump())) for p in RECORD.carded for language, c in p.cards.items()}

# --- blogs ---------------------------------------------------------------------------------------


@dataclass
class Blog:
    """A blog with one day, on the disk."""

    folder: Path
    config: Config = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
        self.config = configuration.load(self.folder / "config.yaml", {})
        digests.write(self.config.path("records"), RECORD)

    def edit(self, text: str) -> Path:
        path = self.config.path("edits") / f"{DATE}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def posts(self) -> dict[str, str]:
        """The posts, by edition and language, written."""
        made = posts.make_posts(digests.project(self.config, RECORD), RECORD, self.config, overwrite=True)
        digests.write(self.config.path("records"), RECORD, made.files)
        return self.written()

    def written(self) -> dict[str, str]:
        """The posts as they stand there."""
        found = self.config.path("posts").rglob("*.md")
        return {f"{path.stem.removeprefix(f'{DATE}-')}.md": path.read_text(encoding="utf-8") for path in sorted(found)}

    def everything(self) -> dict[str, str]:
        """The posts, and every file of the site that has words, which is made from them and from the record."""
        written = self.posts()
        build_site(self.config)
        return {**written, **self.site()}

    def site(self) -> dict[str, str]:
        """The files of the site as they stand there, but for pictures."""
        output = self.config.path("output")
        files = [path for path in output.rglob("*") if path.is_file() and path.suffix != ".png"]
        return {path.relative_to(output).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}
