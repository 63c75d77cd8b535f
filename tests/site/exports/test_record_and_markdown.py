"""The JSON documents and the Markdown twins say what the pages say."""

import json
from collections.abc import Callable

from digest.config import Config
from digest.digests import Correction
from digest.labels import load_labels
from digest.models import CoveredPaper, TokenUsage
from digest.posts import render
from digest.site.exports import EXPORTS, DigestExport, PaperExport
from fakes import covered, day, edition, mention, sample_day

Exported = Callable[..., PaperExport]
Shown = Callable[..., DigestExport]
JSON, MARKDOWN = EXPORTS["json"], EXPORTS["markdown"]
LABELS = load_labels("en")


def test_a_paper_is_the_covered_paper_of_the_record(exported: Exported) -> None:
    paper = covered(title='A "title" \u2028 with 中文')
    found = json.loads(JSON.paper(exported(paper)))
    head = {key: found.pop(key) for key in ("schema", "kind", "date", "key", "url", "corrections")}
    assert head == {
        "schema": 1,
        "kind": "paper",
        "date": "2026-02-18",
        "key": "lovelace2026title",
        "url": "https://example.org/papers/papers/2602.15763/",
        "corrections": [],
    }
    assert CoveredPaper.model_validate(found) == paper


def test_a_correction_stands_in_both(exported: Exported, shown: Shown) -> None:
    paper = covered()
    told = Correction(id=paper.paper.id, text={"en": "A number was wrong"})
    whole = day(paper, corrections=[told])
    assert json.loads(JSON.paper(PaperExport(whole, paper, "k", Config(), LABELS)))["corrections"] == [told.text]
    found = json.loads(JSON.digest(shown(paper, corrections=[told])))
    assert found["corrections"] == [{"id": paper.paper.id, "text": told.text}]


def test_a_digest_holds_its_edition_and_nothing_of_the_others(shown: Shown) -> None:
    first, second = covered("2602.00001"), covered("2602.00002")
    editions = {"daily-papers": edition(second, also=("2602.00001", "2602.15829"), sources=("arxiv",)), "other": edition(first)}
    made = shown(first, second, also=[mention()], editions=editions, usage=TokenUsage(calls=2), posts={"a.md": "0" * 64})
    found = json.loads(JSON.digest(made))
    assert [paper["paper"]["id"] for paper in found["papers"]] == ["2602.00002"]
    assert [paper["key"] for paper in found["papers"]] == [made.keys["2602.00002"]]
    assert [paper["id"] for paper in found["also"]] == ["2602.00001", "2602.15829"]
    assert {source["name"] for source in found["sources"]} == {"arxiv"}
    assert found["edition"] == "daily-papers" and found["counts"]["picked"] == 1 and found["usage"]["calls"] == 2
    assert "posts" not in found and "editions" not in found


def test_the_documented_keys_are_the_ones_there_are(shown: Shown, documented: Callable[[str], set[str]]) -> None:
    paper = covered()
    one = json.loads(JSON.paper(PaperExport(day(paper), paper, "k", Config(), LABELS)))
    assert set(one) == documented("paper")
    assert set(json.loads(JSON.digest(shown(paper)))) == documented("digest")


def test_a_papers_twin_is_its_card(exported: Exported) -> None:
    whole = sample_day("en")
    text = MARKDOWN.paper(PaperExport(whole, whole.digest.papers[0], "k", Config(), LABELS))
    assert text.startswith("# STAPO: Stabilizing") and "Masking the gradient updates" in text


def test_a_digests_twin_is_its_post_front_matter_and_all(shown: Shown) -> None:
    whole = sample_day("en")
    post = render(whole, "daily-papers", "en", Config())
    made = DigestExport(whole, "daily-papers", {}, post, {}, Config(), LABELS)
    assert MARKDOWN.digest(made) == post
