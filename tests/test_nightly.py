"""The nightly job, end to end, against the sample day as a server on loopback."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nights import (
    CHINESE,
    DAY,
    DOWN,
    EMPTY,
    LATE_VERSION,
    WITHDRAWN,
    claims,
    impatient,
    published,
    record,
    start,
    tree,
    wait_for_a_request,
)
from server import Answer

# --- a night ---------------------------------------------------------------------------------------


def test_a_night_leaves_a_record_a_post_and_a_site(blog):
    done = blog("build", "--date", DAY, "--quiet")
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    found = record(blog)
    assert (found["status"], found["provisional"]) == ("announced", False)
    assert blog.post.is_file()
    assert (blog.folder / "public" / "index.html").is_file()
    for found_paper in found["papers"]:
        assert (blog.folder / "public" / "papers" / found_paper["paper"]["id"].replace("/", "_") / "index.html").is_file()


def test_every_claim_is_a_sentence_of_the_paper_and_cites_it(blog):
    blog("build", "--date", DAY)
    for found in record(blog)["papers"]:
        for card in found["cards"].values():
            said = list(claims({k: card[k] for k in ("meta", "problem", "method", "evidence", "takeaways")}))
            assert said
            assert card["support"] == {"claims": len(said), "supported": len(said), "partly": 0, "removed": 0}
            for claim in said:
                (number,) = claim["evidence"]
                quoted = found["quotes"][str(number)]["text"]
                assert claim["text"].rstrip(".。") in quoted or quoted.rstrip("…") in claim["text"]


def test_counts_agree_and_nothing_listed_disappears(blog):
    blog("build", "--date", DAY)
    found = record(blog)
    counts, edition = found["counts"], found["editions"]["daily-papers"]
    assert counts["listed"] == sum(source["entries"] for source in found["sources"])
    assert counts["picked"] == len(found["papers"]) == len(edition["picked"])
    for why in ("also", "excluded", "repeated", "failed"):
        assert counts[why] == sum(m["why"] == why for m in found["mentions"].values())
    assert counts["picked"] + len(found["mentions"]) == counts["unique"]
    assert all(m["reason"]["zh"] for m in found["mentions"].values())


def test_the_odd_papers_of_the_sample_are_treated_rightly(blog):
    """Withdrawn, without an abstract, replaced, Chinese, `:` among the authors, untrusted links."""
    blog("build", "--date", DAY, DIGEST__SELECTION__PICK="all")
    found = record(blog)
    papers = {p["paper"]["id"]: p for p in found["papers"]}
    assert found["mentions"][WITHDRAWN]["why"] == "excluded"
    assert "撤稿" in found["mentions"][WITHDRAWN]["reason"]["zh"]
    assert found["mentions"][EMPTY]["why"] == "failed"
    assert LATE_VERSION not in papers
    assert LATE_VERSION not in found["mentions"]
    assert list(papers[CHINESE]["cards"]) == ["zh"]
    assert ":" not in papers["2602.12684"]["paper"]["authors"]
    assert papers["2602.12506"]["paper"]["links"]["code"] is None
    assert papers["2602.11858"]["paper"]["links"]["code"].endswith("/Zooming-without-Zooming")
    assert papers["2602.12628"]["paper"]["links"]["project"] is None
    assert set(papers["2602.12984"]["assessment"]["signals"]["listed_by"]) >= {"huggingface/daily_papers", "arxiv/cs.CL"}


def test_a_complete_day_is_built_again_without_a_request_and_without_a_changed_byte(blog):
    blog("build", "--date", DAY)
    before, asked = published(blog), len(blog.server.log)
    assert blog("build", "--date", DAY).status == 0
    assert len(blog.server.log) == asked
    assert published(blog) == before


def test_force_does_it_again_from_the_cache_and_gives_the_same_bytes(blog):
    blog("build", "--date", DAY)
    before, asked = published(blog), len(blog.server.log)
    assert blog("build", "--date", DAY, "--force").status == 0
    assert len(blog.server.log) == asked
    assert published(blog) == before


def test_another_blog_on_another_clock_and_locale_gives_the_same_bytes(blog, tmp_path):
    """Time zone, C locale, a home that cannot be read, umask, no terminal: as cron may have it."""
    blog("build", "--date", DAY)
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.yaml").write_bytes(blog.config_file.read_bytes())
    environ = {**blog.environ, "PATH": os.environ["PATH"], "HOME": "/proc/none", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")
    script = f"umask 077; exec {sys.executable} -m digest build --date {DAY} --config {other}/config.yaml"
    subprocess.run(["sh", "-c", script], env=environ, check=True, stdin=subprocess.DEVNULL, capture_output=True, cwd="/")
    assert (tree(other / "content"), tree(other / "public")) == published(blog)


# --- editions --------------------------------------------------------------------------------------


TWO = """editions:
  - {name: daily-papers, layout: cards, sources: [huggingface, arxiv]}
  - {name: arxiv-only, layout: cards, sources: [arxiv], title: From arXiv, pick: 2, also: 1}
"""


def test_each_edition_has_its_post_and_a_paper_is_carded_once(blog):
    text = blog.config_file.read_text(encoding="utf-8")
    start = text.index("\neditions:")
    end = text.index("\nreading:", start)
    blog.config_file.write_text(text[:start] + "\n" + TWO + text[end:], encoding="utf-8")
    assert blog("build", "--date", DAY).status == 0
    found = record(blog)
    ids = [p["paper"]["id"] for p in found["papers"]]
    assert len(ids) == len(set(ids))
    assert len(found["editions"]["arxiv-only"]["picked"]) == 2
    for paper in found["papers"]:
        if paper["paper"]["id"] in found["editions"]["arxiv-only"]["picked"]:
            assert any(listing.startswith("arxiv/") for listing in paper["assessment"]["signals"]["listed_by"])
    assert (blog.folder / f"content/posts/2026/{DAY}-arxiv-only.md").is_file()
    assert (blog.folder / f"public/{DAY}-arxiv-only/index.html").is_file()


def test_only_the_named_edition_is_written(blog):
    assert blog("build", "--date", DAY, "--edition", "none").status == 3
    assert blog("build", "--date", DAY, "--edition", "daily-papers").status == 0


# --- the run ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["2026-02-30", "2026/2/18", "2026-02-18", "next"])
def test_an_impossible_date_is_refused_before_any_request(blog, asked):
    done = blog("build", "--date", asked, "--quiet")
    assert done.status == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert not blog.server.log


def test_a_day_before_the_first_of_hugging_face_is_a_day_without_that_source(blog):
    blog("build", "--date", "2023-05-03", DIGEST__HTTP__RETRIES="1")
    assert {s["listing"]: s["status"] for s in record(blog, "2023-05-03")["sources"]}["daily_papers"] == "quiet"
    assert not [path for path in blog.server.paths() if "daily_papers" in path]


def test_the_report_is_printed_and_kept(blog):
    done = blog("build", "--date", DAY, "--json", "--quiet")
    report = done.report
    assert report["exit_status"] == 0
    assert report["days"][0]["date"] == DAY
    assert report["requests"]["arxiv"]["requests"] > 0
    (kept,) = (blog.folder / ".digest/runs").glob("*.json")
    assert json.loads(kept.read_text()) == report


def test_a_failed_run_leaves_its_report_too(blog):
    impatient(blog).server.on(r"/.*", DOWN)
    done = blog("build", "--date", DAY, "--json", "--quiet")
    assert done.status == done.report["exit_status"] == 2
    assert done.report["error"]


def test_missed_nights_are_built_each_with_its_own_date(blog):
    done = blog("build", "--from", "2026-02-14", "--to", DAY)
    assert done.status == 0
    assert [record(blog, d)["status"] for d in ("2026-02-14", "2026-02-15", DAY)] == ["quiet", "quiet", "announced"]
    assert [p.name for p in (blog.folder / "content/posts").rglob("*.md")] == [f"{DAY}-daily-papers.md"]


def test_an_output_folder_that_must_not_be_written_is_refused_before_any_request(blog):
    done = blog("build", "--date", DAY, DIGEST__PATHS__OUTPUT="content")
    assert done.status == 2
    assert not blog.server.log
    assert not blog.record.exists()
    assert blog("check", DIGEST__PATHS__OUTPUT="content").status == 2


def test_offline_makes_no_request(blog):
    done = blog("build", "--date", DAY, "--offline")
    assert done.status == 2
    assert not blog.server.log
    blog("build", "--date", DAY)
    asked = len(blog.server.log)
    assert blog("build", "--date", DAY, "--offline").status == 0
    assert len(blog.server.log) == asked


def test_a_key_reaches_no_file_and_no_message(blog):
    done = blog("build", "--date", DAY, GITHUB_TOKEN="canary-7f3a", OPENAI_API_KEY="canary-7f3a")
    assert any("Bearer canary-7f3a" in str(request.headers) for request in blog.server.log)
    assert "canary" not in done.stdout + done.stderr
    assert not [name for name, data in tree(blog.folder).items() if b"canary" in data]


def test_a_second_run_at_the_same_time_goes_away(blog):
    blog.server.on(r"/api/daily_papers", Answer("[]", hang=1.0))
    first = start(blog)
    wait_for_a_request(blog)
    asked = len([p for p in blog.server.paths() if "daily_papers" in p])
    second = start(blog)
    told = second.communicate(timeout=20)[1]
    assert second.returncode == 75
    assert "another run" in told
    first.communicate(timeout=30)
    assert first.returncode == 0
    assert asked == 1


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_the_run_and_the_next_one_does_it(blog, number, status):
    blog.server.on(r"/api/daily_papers", Answer("[]", hang=1.0))
    run = start(blog)
    wait_for_a_request(blog)
    run.send_signal(number)
    told = run.communicate(timeout=20)[1]
    assert run.returncode == status
    assert "stopped by signal" in told
    assert "Traceback" not in told
    assert not blog.record.exists()
    (kept,) = (blog.folder / ".digest/runs").glob("*.json")
    assert json.loads(kept.read_text())["exit_status"] != 0
    blog.server.on(r"/.*", blog.server._sample)
    assert blog("build", "--date", DAY).status == 0
