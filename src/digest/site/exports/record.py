"""JSON: a paper or a digest as it is shown, the editor's changes in it. docs/exports.md lists the keys."""

import json
from typing import Any

from digest.models import Mention
from digest.site.exports.base import DigestExport, PaperExport, once

SUFFIX = ".json"
MEDIA_TYPE = "application/json"
BY_LANGUAGE = False
SCHEMA = 1
"""Version of these two documents; a key that goes or changes its meaning makes a new one."""

_written = json.JSONEncoder(ensure_ascii=False).encode


def paper(paper: PaperExport) -> str:
    corrections = [c.text for c in paper.day.corrections_of(paper.paper.id)]
    head = {"schema": SCHEMA, "kind": "paper", "date": str(paper.day.date), "key": paper.key, "url": paper.url}
    head["corrections"] = corrections
    return f"{_open(head)}, {_covered(paper)}\n"


def digest(digest: DigestExport) -> str:
    """An edition with its own papers and mentions; of the day only what concerns all editions."""
    day, shown = digest.day.digest, digest.shown
    ids = {paper.paper.id for paper in digest.papers}
    whole = {"status", "provisional", "listed_on", "revised", "updated", "usage"}
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": "digest",
        "date": str(day.date),
        "edition": digest.edition,
        "title": digest.titles,
        "url": dict(digest.urls),
        "intro": digest.day.intro,
        **day.model_dump(mode="json", by_alias=True, include=whole),
        "sources": [source.model_dump(mode="json") for source in day.sources if source.name in shown.sources],
        "layout": digest.settings.layout,  # of the post: the config may have changed since the record was made
        **shown.model_dump(mode="json", include={"counts", "overview"}),
        "corrections": [c.model_dump(mode="json") for c in digest.day.corrections if c.id in ids],
        **{role: _mentions(digest, role) for role in ("also", "excluded", "repeated")},
    }
    papers = (f"{_open({'key': one.key, 'url': one.url})}, {_covered(one)}" for one in digest.papers)
    return f'{_open(head)}, "papers": [' + ", ".join(papers) + "]}\n"


@once
def _covered(paper: PaperExport) -> str:
    """What the record says of a paper, as the rest of a JSON object that has begun."""
    # The models are serialised by pydantic, twenty times as fast as by way of a dict, and joined as text.
    return paper.covered.model_dump_json()[1:]


def _open(values: dict[str, Any]) -> str:
    """A JSON object without its closing brace."""
    return _written(values)[:-1]


def _mentions(digest: DigestExport, role: str) -> list[dict[str, Any]]:
    """The papers of an edition's list; one that has its card in another edition of the day is told by its metadata."""
    found = []
    for paper_id in getattr(digest.shown, role):
        mention, covered = digest.day.digest.mentions.get(paper_id), digest.day.digest.paper(paper_id)
        if mention is None and covered is not None:
            reasons = {language: " ".join(texts) for language, texts in covered.assessment.reasons.items()}
            mention = Mention.of(covered.paper, "also", reasons)
        if mention is not None:
            found.append(mention.model_dump(mode="json"))
    return found
