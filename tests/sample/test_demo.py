"""`digest demo`: all layouts full, in both languages, from bundled answers that go the whole way."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import yaml

from conftest import run_digest
from digest.clock import Clock
from digest.config import load
from digest.nightly import Build, nightly
from digest.sample import DATE, MODEL, SampleModel, SampleTransport
from digest.sample._latexml import NOTICE
from digest.schedule import Request

EDITIONS = {"daily-papers": "cards", "insights": "insights", "arxiv-daily": "brief", "hf-report": "report"}
FULL = {"2602.10388", "2602.08683", "2602.11858", "2602.12684", "2602.12984"}
SLIP = "39.0%"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "blog"
    done = run_digest("demo", str(folder), "--quiet")
    assert done.status == 0, done.stderr
    return folder


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"content/records/2026/{DATE}.json").read_text(encoding="utf-8"))
    return found


def posts(folder: Path) -> dict[str, str]:
    return {
        file.name.removeprefix(f"{DATE}-"): file.read_text(encoding="utf-8") for file in (folder / "content/posts/2026").iterdir()
    }


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- what it shows -------------------------------------------------------------------------------


def test_every_layout_is_there_in_both_languages(demo: Path) -> None:
    assert {name: edition["layout"] for name, edition in record(demo)["editions"].items()} == EDITIONS
    assert posts(demo).keys() == {f"{name}{suffix}" for name in EDITIONS for suffix in (".md", ".en.md")}


def test_every_card_is_the_models_and_every_claim_is_borne_out(demo: Path) -> None:
    for paper in record(demo)["papers"]:
        assert paper["cards"].keys() == {"zh", "en"}
        for card in paper["cards"].values():
            assert (card["filled_by"], card["reason"], card["provenance"]["model"]) == ("model", None, MODEL)
            assert card["support"]["removed"] == card["support"]["partly"] == 0, paper["paper"]["id"]
            assert card["support"]["claims"] >= (35 if paper["paper"]["id"] in FULL else 12)


def test_full_texts_and_abstracts_are_both_seen(demo: Path) -> None:
    read = {paper["paper"]["id"]: paper["reading"]["source"] for paper in record(demo)["papers"]}
    assert {i for i, source in read.items() if source == "html"} == FULL
    assert set(read.values()) == {"html", "abstract"}


@pytest.mark.parametrize("paper_id", sorted(FULL))
def test_a_card_of_a_full_text_leaves_hardly_a_part_empty(demo: Path, paper_id: str) -> None:
    (paper,) = [p for p in record(demo)["papers"] if p["paper"]["id"] == paper_id]
    for card in paper["cards"].values():
        usage = card["method"]["usage"]
        parts = {**card["problem"], **card["method"], **card["evidence"], **card["takeaways"], **usage}
        empty = {name for name, value in parts.items() if not value}
        assert empty <= {"findings", "hardware", "other"} and len(empty) <= 2, empty
        assert card["meta"]["application_areas"] and card["meta"]["tags"]


def test_every_edition_is_summed_up_by_the_model(demo: Path) -> None:
    for name, edition in record(demo)["editions"].items():
        for language, overview in edition["overview"].items():
            assert [h["paper"] for h in overview["highlights"]] == edition["picked"], (name, language)
            assert len(overview["trends"]) >= 3
            assert not any("精选中有" in t["text"] or "picks" in t["text"] for t in overview["trends"]), "no counted stand-in"
    headlines = {edition["overview"]["zh"]["headline"] for edition in record(demo)["editions"].values()}
    assert len(headlines) == len(EDITIONS)


def test_reasons_are_the_models_where_it_has_one(demo: Path) -> None:
    found = record(demo)
    assert all(paper["assessment"]["scores"] for paper in found["papers"])
    first = {paper["paper"]["id"]: paper["assessment"]["reasons"]["zh"][0] for paper in found["papers"]}
    told = yaml.safe_load((Path(__file__).parents[2] / "src/digest/sample/data/answers/triage.yaml").read_text(encoding="utf-8"))
    assert first == {i: told[i]["reason"]["zh"] for i in first}


def test_pages_say_that_the_answers_are_bundled_samples(demo: Path) -> None:
    for name, text in posts(demo).items():
        assert MODEL in text, name
        wanted = "bundled sample day" if name.endswith(".en.md") else "这是随软件附带的示例日"
        assert wanted in text, name
    assert "并非真实日报" in (demo / "public/index.html").read_text(encoding="utf-8")


def test_what_is_said_over_a_text_and_the_slip_are_on_no_page(demo: Path) -> None:
    for folder in ("content", "public"):
        for name, content in tree(demo / folder).items():
            assert NOTICE[:40].encode() not in content, name
            if not name.endswith((".css", ".js")):
                assert SLIP.encode() not in content, name


def test_tokens_are_counted_and_their_cost_is_not_made_up(demo: Path) -> None:
    usage = record(demo)["usage"]
    assert usage["failed_calls"] == 0
    assert usage["prompt_tokens"] > 30_000 and usage["completion_tokens"] > 10_000
    assert usage["cost"] is None
    assert "费用未知" in posts(demo)["arxiv-daily.md"]


# --- how it comes about --------------------------------------------------------------------------


class Upstreams(SampleTransport):
    """Counts what it is asked."""

    requests = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return super().handle_request(request)


class Model(SampleModel):
    """Keeps the first key of every schema that it is asked to fill."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        schema = json.loads(request.read())["response_format"]["json_schema"]["schema"]
        self.asked.append(next(iter(schema["properties"])))
        return super().handle_request(request)


def build(folder: Path, **options: bool) -> tuple[Upstreams, Model]:
    upstreams, model = Upstreams(), Model()
    clock = Clock(now=datetime.combine(DATE + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=9))
    config = load(folder / "config.yaml", {})
    report = nightly(config, clock, Build(Request(str(DATE)), **options), {}, transport=upstreams, model_transport=model)
    assert report.exit_status == 0
    return upstreams, model


def test_the_model_is_asked_all_kinds_of_questions(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes((demo / "config.yaml").read_bytes())
    _, model = build(tmp_path)
    papers = len(record(tmp_path)["papers"])
    assert Counter(model.asked) == {"papers": 2, "paper": papers, "r1": 1, "t1": papers, "headline": 2 * len(EDITIONS)}


def test_building_it_again_asks_nobody_and_changes_no_byte(demo: Path) -> None:
    before = tree(demo / "content"), tree(demo / "public")
    upstreams, model = build(demo)
    assert (upstreams.requests, model.asked) == (0, [])
    assert (tree(demo / "content"), tree(demo / "public")) == before


def test_building_it_anew_replays_the_answers(demo: Path) -> None:
    before = tree(demo / "content")
    upstreams, model = build(demo, force=True)
    assert (upstreams.requests, model.asked) == (0, [])
    assert tree(demo / "content") == before


def test_two_demos_have_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    assert run_digest("demo", str(tmp_path / "again"), "--quiet").status == 0
    assert tree(tmp_path / "again/content") == tree(demo / "content")
    assert tree(tmp_path / "again/public") == tree(demo / "public")


def test_in_english_first_the_chinese_is_the_translation(tmp_path: Path) -> None:
    done = run_digest("demo", str(tmp_path / "demo"), "--language", "en", "--quiet")
    assert done.status == 0, done.stderr
    assert posts(tmp_path / "demo").keys() == {f"{name}{suffix}" for name in EDITIONS for suffix in (".md", ".zh.md")}
    for paper in record(tmp_path / "demo")["papers"]:
        assert paper["cards"].keys() == {"en", "zh"}
        for card in paper["cards"].values():
            assert card["filled_by"] == "model"
            assert card["support"]["removed"] == card["support"]["partly"] == 0, paper["paper"]["id"]


# --- what belongs to a person --------------------------------------------------------------------


def test_a_persons_edits_are_never_overwritten(tmp_path: Path) -> None:
    edits = tmp_path / f"demo/content/edits/{DATE}.yaml"
    edits.parent.mkdir(parents=True)
    edits.write_text("intro: {zh: 编辑的开场白}\n", encoding="utf-8")
    for _ in range(2):
        assert run_digest("demo", str(tmp_path / "demo"), "--quiet").status == 0
        assert edits.read_text(encoding="utf-8") == "intro: {zh: 编辑的开场白}\n"
    assert "编辑的开场白" in posts(tmp_path / "demo")["daily-papers.md"]


def test_an_intro_that_a_person_has_deleted_does_not_come_back(tmp_path: Path) -> None:
    assert run_digest("demo", str(tmp_path / "demo"), "--quiet").status == 0
    edits = tmp_path / f"demo/content/edits/{DATE}.yaml"
    edits.unlink()
    assert run_digest("demo", str(tmp_path / "demo"), "--quiet").status == 0
    assert not edits.exists()
    assert "随软件附带的示例日" not in posts(tmp_path / "demo")["daily-papers.md"]


def test_a_demo_from_before_the_answers_goes_on_without_them(tmp_path: Path) -> None:
    from digest.cli.demo import EARLIER
    from digest.cli.init import blog_config

    folder = tmp_path / "demo"
    folder.mkdir()
    config = EARLIER + blog_config(language="zh").replace("interval: 3.0", "interval: 0.0")
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    assert run_digest("demo", str(folder), "--quiet").status == 0
    assert {card["filled_by"] for paper in record(folder)["papers"] for card in paper["cards"].values()} == {"extractive"}
