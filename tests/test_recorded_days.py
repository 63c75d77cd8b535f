"""Recorded days of the real upstreams, where the recording is at hand: whole builds, in both ways into arXiv."""

import json
import urllib.request

import pytest

import sitecheck
from conftest import run_digest
from digest.cli.init import blog_config
from digest.config import load
from recordings import NEEDED, replaying

DAYS = ("2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20")

pytestmark = NEEDED


@pytest.fixture(scope="module")
def replay():
    """The address of a running replay server."""
    with replaying("--today", DAYS[0]) as address:
        yield address


@pytest.fixture
def build(replay, tmp_path):
    """Build a date on a blog of its own, at nine in the morning of what the upstreams take for today."""
    config = tmp_path / "config.yaml"
    config.write_text(blog_config(language="zh"), encoding="utf-8")
    names = ("HUGGINGFACE__URL", "ARXIV__FEED_URL", "ARXIV__SITE_URL", "GITHUB__URL")
    environ = {f"DIGEST__SOURCES__{name}": replay for name in names}
    environ["DIGEST__SOURCES__ARXIV__API_URL"] = f"{replay}/api/query"
    environ["DIGEST__SOURCES__ARXIV__INTERVAL"] = "0"

    def run(day, today):
        reset = urllib.request.Request(f"{replay}/_reset", data=json.dumps({"today": today}).encode())
        urllib.request.urlopen(reset).close()
        done = run_digest("build", "--date", day, "--config", str(config), DIGEST_NOW=f"{today}T09:00:00Z", **environ)
        record = tmp_path / f"content/records/2026/{day}.json"
        return done, json.loads(record.read_text(encoding="utf-8")), tmp_path

    run.check = lambda: run_digest("check", "--config", str(config), DIGEST_NOW=f"{DAYS[-1]}T23:00:00Z", **environ)
    return run


def requests(replay):
    with urllib.request.urlopen(f"{replay}/_log") as answer:
        return json.load(answer)


@pytest.mark.parametrize(("later", "via"), [(0, "feed"), (7, "api")])
def test_four_days_in_a_row(build, later, via):
    """Each is announced whole, picks six papers, repeats none and holds together."""
    carded = []
    for day in DAYS:
        today = f"2026-02-{int(day[-2:]) + later}"
        done, record, folder = build(day, today)
        assert done.status == 0, done.stderr
        assert record["status"] == "announced"
        assert record["provisional"] is (later == 0)
        assert {s["via"] for s in record["sources"] if s["name"] == "arxiv"} == {via}
        assert record["counts"]["picked"] == 6
        assert record["counts"]["scanned"] == 50
        carded += [p["paper"]["id"] for p in record["papers"]]
    assert len(set(carded)) == len(carded) == 24
    assert build.check().status == 0
    faults = sitecheck.check(folder / "public", load(folder / "config.yaml", {}).site.url)
    assert not faults, sitecheck.report(faults)


def test_the_most_talked_of_paper_of_the_day_is_a_must_read(build):
    _, record, folder = build("2026-02-18", "2026-02-18")
    first = record["papers"][0]
    assert first["paper"]["title"].startswith("GLM-5")
    assert first["assessment"]["stars"] == 3
    assert first["paper"]["authors"][0] == "GLM-5 Team"
    assert ":" not in first["paper"]["authors"]
    assert first["paper"]["version"] == 1
    assert first["paper"]["links"]["code"] == "https://github.com/zai-org/GLM-5"
    assert "GLM-5" in (folder / "content/posts/2026/2026-02-18-daily-papers.md").read_text(encoding="utf-8")


def test_a_saturday_is_quiet(build, replay):
    done, record, _ = build("2026-02-21", "2026-02-21")
    assert (done.status, record["status"]) == (0, "quiet")
    assert not [r for r in requests(replay) if r["method"] == "GET" and not r["path"].startswith("/_")]


def test_a_built_day_asks_nothing_again(build, replay):
    build("2026-02-19", "2026-02-19")
    done, _, _ = build("2026-02-19", "2026-02-19")
    assert done.status == 0
    assert requests(replay) == []
