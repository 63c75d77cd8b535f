"""`digest eval`, on a blog and on files."""

import json
import re
from pathlib import Path

import pytest

from conftest import Blog, run_digest

ROWS = (
    {"id": "2602.00001", "title": "BitFold: Folding", "abstract": "Serving is hard. We propose BitFold. BitFold reaches 83.85%."},
    {"id": "2602.00002", "title": "ToolArena: Work", "abstract": "Agents need tools. ToolArena has 86 tasks. GPT-5 solves 36%."},
)
CLAIM = {"paper": "2602.00001", "evidence": [3], "text": "BitFold 达到 83.85%", "kind": "result"}


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(CLAIM, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def built(blog: Blog) -> Blog:
    assert blog("build", "--date", str(blog.day), "--quiet").status == 0
    return blog


def test_the_cards_of_a_blog_are_counted(built: Blog) -> None:
    shown = built("eval")
    assert shown.status == 0, shown.stderr
    assert shown.stdout.startswith("extractive: ")
    assert re.search(r"unsupported numbers per card +0\.00 in \d+ claims", shown.stdout)
    assert "meta.tldr" in shown.stdout


def test_another_folder_of_records_needs_no_blog(built: Blog, tmp_path: Path) -> None:
    records = str(built.folder / "content" / "records")
    shown = run_digest("eval", records, "--config", str(tmp_path / "none.yaml"))
    assert (shown.status, shown.stdout) == (0, built("eval").stdout)


def test_figures_come_as_json(built: Blog) -> None:
    (way,) = json.loads(built("eval", "--json").stdout)
    assert way["filled_by"] == "extractive"
    assert way["cards"] > 0
    assert way["supported"] == way["claims"]
    assert way["tokens"] is None


def test_the_checker_is_measured_on_the_blogs_own_cards(built: Blog) -> None:
    shown = built("eval", "--checker", "--json")
    assert shown.status == 0, shown.stderr
    found = json.loads(shown.stdout)
    assert found["true_claims_flagged"]["all"]["of"] > 20
    assert found["true_claims_flagged"]["all"]["share"] <= 0.05
    assert found["corruptions_caught"]["numbers"]["all"]["share"] >= 0.9


def test_the_checker_is_measured_on_abstracts(dump: Path) -> None:
    shown = run_digest("eval", "--checker", "--abstracts", str(dump))
    assert shown.status == 0, shown.stderr
    assert "claims about 2 papers, seed 0" in shown.stdout
    assert "true claims flagged" in shown.stdout
    assert "  digit" in shown.stdout


def test_the_checker_is_measured_on_claims_that_somebody_wrote(dump: Path, claims: Path) -> None:
    shown = run_digest("eval", "--checker", "--abstracts", str(dump), "--claims", str(claims), "--json")
    found = json.loads(shown.stdout)
    assert found["true_claims_flagged"]["zh"]["of"] == 1
    assert found["true_claims_flagged"]["en"]["of"] == 0


def test_the_same_seed_gives_the_same_figures_and_show_the_misses(dump: Path) -> None:
    args = ("eval", "--checker", "--abstracts", str(dump), "--show", "--json", "--seed")
    once, again, other = (json.loads(run_digest(*args, seed).stdout) for seed in ("1", "1", "2"))
    assert once == again
    assert "misses" in other


@pytest.mark.parametrize(
    "args",
    [
        ("--abstracts", "{dump}"),
        ("--show",),
        ("--checker", "--claims", "{claims}"),
        ("--checker", "--abstracts", "{claims}"),
        ("--checker", "--abstracts", "{dump}", "--claims", "{dump}"),
        ("--checker", "--abstracts", "no such file"),
    ],
)
def test_what_does_not_go_together_is_exit_status_3(args: tuple[str, ...], dump: Path, claims: Path) -> None:
    shown = run_digest("eval", *(arg.format(dump=dump, claims=claims) for arg in args))
    assert shown.status == 3
    assert shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_blog_without_records_is_exit_status_3_and_says_what_makes_them(blog: Blog) -> None:
    shown = blog("eval")
    assert shown.status == 3
    assert "digest build" in shown.stderr
