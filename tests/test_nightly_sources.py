"""Nights on which an upstream is down, late, quiet or says again what it said before."""

import json
from datetime import date
from pathlib import Path

import pytest

from digest import digests
from digest.sample import DATE
from fakes import covered, digest
from nights import (
    DATA,
    DAY,
    DOWN,
    LATE_VERSION,
    impatient,
    record,
    tree,
)
from server import Answer

# --- degraded, stale, failed, quiet ----------------------------------------------------------------


@pytest.mark.parametrize(("broken", "listing"), [(r"/api/daily_papers", "daily_papers"), (r"/(atom|list|api/query).*", "cs.AI")])
def test_one_source_down_is_published_degraded_and_named(blog, broken, listing):
    impatient(blog).server.on(broken, DOWN)
    done = blog("build", "--date", DAY, "--quiet")
    assert done.status == 1
    status = {source["listing"]: source["status"] for source in record(blog)["sources"]}
    assert status[listing] == "failed"
    post = blog.post.read_text(encoding="utf-8")
    assert "读取失败" in post


def test_a_healed_source_is_asked_alone_and_completes_the_day(blog):
    impatient(blog).server.today = DATE
    blog.environ["DIGEST_NOW"] = f"{DAY}T09:00:00Z"
    blog.server.on(r"/(atom|list)/cs\.AI.*", DOWN)
    assert blog("build", "--date", DAY).status == 1
    assert {s["status"] for s in record(blog)["sources"]} == {"announced", "failed"}
    picked = [p["paper"]["id"] for p in record(blog)["papers"]]
    blog.server.on(r"/.*", blog.server._sample)
    asked = len(blog.server.log)
    assert blog("build", "--date", DAY).status == 0
    again = blog.server.paths()[asked:]
    assert not [path for path in again if "daily_papers" in path or "cs.LG" in path or "cs.CL" in path]
    assert [p["paper"]["id"] for p in record(blog)["papers"]][: len(picked)] == picked


def test_no_network_ends_with_one_line_and_leaves_the_old_site(blog):
    blog("build", "--date", DAY)
    site = tree(blog.folder / "public")
    impatient(blog).server.on(r"/.*", Answer(reset=True))
    done = blog("build", "--date", "2026-02-13", "--quiet")
    assert (done.status, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) <= 2
    assert "2026-02-13: nothing published, failed" in done.stderr
    assert record(blog, "2026-02-13")["status"] == "failed"
    assert tree(blog.folder / "public") == site


def test_nothing_out_yet_is_try_again_later(blog):
    """The upstreams still serve Monday when Tuesday is asked for at its first hour."""
    blog.server.today = DATE
    done = blog("build", "--date", "2026-02-17", "--quiet", DIGEST_NOW="2026-02-17T02:00:00Z")
    assert done.status == 75
    assert record(blog, "2026-02-17")["status"] == "stale"
    assert "尚未更新" in (blog.folder / "public/index.html").read_text(encoding="utf-8")
    assert not list((blog.folder / "content/posts").rglob("*.md"))


def test_a_weekend_is_quiet_without_a_request(blog):
    done = blog("build", "--date", "2026-02-15", "--quiet")
    assert (done.status, done.stderr) == (0, "")
    assert record(blog, "2026-02-15")["status"] == "quiet"
    assert not list((blog.folder / "content/posts").rglob("*.md"))
    assert not blog.server.log
    home = (blog.folder / "public/index.html").read_text(encoding="utf-8").replace("\u2060", "")
    assert "2026-02-15（周日）没有公告" in home
    assert "下一期预计 2026-02-16（周一）" in home


def test_a_quiet_day_may_show_what_the_last_one_had_over(blog):
    """`quiet_day: previous` makes a post of papers without a card, and says which day they were listed on."""
    blog("build", "--date", DAY, DIGEST_NOW="2026-02-21T09:00:00Z")
    done = blog("build", "--date", "2026-02-21", DIGEST__QUIET_DAY="previous", DIGEST_NOW="2026-02-22T09:00:00Z")
    assert done.status == 0
    found = record(blog, "2026-02-21")
    assert (found["status"], found["listed_on"]) == ("quiet", DAY)
    first = {p["paper"]["id"] for p in record(blog)["papers"]}
    assert found["papers"]
    assert not first & {p["paper"]["id"] for p in found["papers"]}
    post = (blog.folder / "content/posts/2026/2026-02-21-daily-papers.md").read_text(encoding="utf-8")
    assert DAY in post


def test_refused_once_arxiv_is_left_alone(blog):
    blog.server.on(r"/(atom|list|api/query).*", Answer(status=403, body="denied"))
    assert blog("build", "--date", DAY, "--quiet").status == 1
    assert len([path for path in blog.server.paths() if "daily_papers" not in path and "repos" not in path]) == 1


def test_stars_that_cannot_be_had_do_not_degrade_a_night(blog):
    impatient(blog).server.on(r"/repos/.*", DOWN)
    assert blog("build", "--date", DAY, "--quiet").status == 0


def test_a_degraded_night_is_one_line_even_when_quiet(blog):
    impatient(blog).server.on(r"/api/daily_papers", DOWN)
    done = blog("build", "--date", DAY, "--quiet")
    assert done.status == 1
    (line,) = done.stderr.strip().splitlines()
    assert f"{DAY}: published, but degraded" in line


def test_a_record_tells_what_went_wrong_and_not_how_often_it_was_tried(blog):
    blog.environ |= {"DIGEST__HTTP__RETRIES": "2"}
    blog.server.on(r"/api/daily_papers", DOWN)
    blog("build", "--date", DAY)
    (error,) = [s["error"] for s in record(blog)["sources"] if s["error"]]
    assert "503" in error
    assert "tried" not in error


def test_yesterdays_batch_under_todays_date_is_known_again_without_the_api(blog):
    """Feed and list page of Monday under Tuesday's date, and an API that is down: Monday's listing is at hand."""
    blog.server.today = DATE
    blog("build", "--date", DAY, DIGEST_NOW=f"{DAY}T09:00:00Z")
    page = (DATA / "list-cs.AI.html").read_text(encoding="utf-8").replace("Monday, 16 February", "Tuesday, 17 February")
    feed = (DATA / "feed-cs.AI.xml").read_text(encoding="utf-8").replace("2026-02-16", "2026-02-17")
    impatient(blog).server.on(r"/api/.*", DOWN)
    blog.server.on(r"/list/cs.AI/new", Answer(page))
    blog.server.on(r"/atom/cs.AI", Answer(feed))
    only = {"DIGEST__SOURCES__ARXIV__CATEGORIES": "[cs.AI]", "DIGEST__SOURCES__HUGGINGFACE__ENABLED": "false"}
    done = blog("build", "--date", "2026-02-17", DIGEST_NOW="2026-02-17T09:00:00Z", **only)
    assert done.status == 75
    assert record(blog, "2026-02-17")["status"] == "stale"


def test_a_post_that_was_deleted_is_written_again(blog):
    blog("build", "--date", DAY)
    before, asked = blog.post.read_bytes(), len(blog.server.log)
    blog.post.unlink()
    assert blog("build", "--date", DAY).status == 0
    assert blog.post.read_bytes() == before
    assert len(blog.server.log) == asked


# --- memory ----------------------------------------------------------------------------------------


def test_a_new_version_of_a_carded_paper_is_recorded(blog):
    """The sample day announces version 2 of a paper whose first version had a card."""
    earlier = digest(covered(LATE_VERSION, version=1)).model_copy(
        update={"date": date(2026, 2, 12), "listed_on": date(2026, 2, 12)}
    )
    digests.write(blog.folder / "content/records", earlier)
    blog("build", "--date", DAY)
    found = record(blog)
    assert found["updated"] == [{"id": LATE_VERSION, "from": 1, "to": 2}]
    assert LATE_VERSION not in {p["paper"]["id"] for p in found["papers"]}


def test_a_paper_with_a_card_is_listed_as_repeated(blog):
    """The sample day a second time under the next date: nothing is carded again."""
    blog("build", "--date", DAY, DIGEST__SELECTION__PICK="all")
    carded = {p["paper"]["id"] for p in record(blog)["papers"]}
    rows = json.loads(Path(DATA / "hf.json").read_text(encoding="utf-8"))
    blog.server.on(r"/api/daily_papers", lambda request: Answer(json.dumps(rows if request.params["p"] == ["0"] else [])))
    blog("build", "--date", "2026-02-17", DIGEST_NOW="2026-02-18T09:00:00Z", DIGEST__SOURCES__ARXIV__ENABLED="false")
    found = record(blog, "2026-02-17")
    assert not carded & {p["paper"]["id"] for p in found["papers"]}
    repeated = {i: m for i, m in found["mentions"].items() if m["why"] == "repeated"}
    assert found["counts"]["repeated"] == len(repeated) > 0
    assert {m["first"] for m in repeated.values()} == {DAY}


def test_a_growing_list_is_completed_in_place(blog):
    """Papers that are published stay where they are; at most two late ones follow."""
    rows = json.loads((DATA / "hf.json").read_text(encoding="utf-8"))
    early, late = rows[3:], rows

    def serve(rows):
        blog.server.on(r"/api/daily_papers", lambda request: Answer(json.dumps(rows if request.params["p"] == ["0"] else [])))

    serve(early)
    blog.server.today = DATE
    only_hf = {"DIGEST__SOURCES__ARXIV__ENABLED": "false", "DIGEST__SELECTION__PICK": "3"}
    assert blog("build", "--date", DAY, DIGEST_NOW=f"{DAY}T08:00:00Z", **only_hf).status == 0
    before = record(blog)
    assert before["provisional"]
    assert "未收齐，将自动补全" in blog.post.read_text(encoding="utf-8")
    serve(late)
    assert blog("build", DIGEST_NOW="2026-02-17T01:00:00Z", **only_hf).status in (0, 75)
    after = record(blog)
    assert not after["provisional"]
    assert after["revised"] == ["2026-02-17"]
    published = [p["paper"]["id"] for p in before["papers"]]
    assert [p["paper"]["id"] for p in after["papers"]][:3] == published
    assert 3 < len(after["papers"]) <= 5
    edition, earlier = after["editions"]["daily-papers"], before["editions"]["daily-papers"]
    assert set(earlier["also"]) <= {*edition["also"], *edition["picked"]}
    blog("build", "--date", DAY, "--force", DIGEST_NOW="2026-02-17T01:00:00Z", **only_hf)
    assert record(blog)["editions"]["daily-papers"]["picked"] == edition["picked"]
    assert record(blog)["revised"] == ["2026-02-17"]
    assert [p for p in after["papers"] if p["paper"]["id"] in published] == [
        {**p, "assessment": {**p["assessment"], "rank": n}} for n, p in enumerate(before["papers"], 1)
    ]


def test_within_the_hour_a_growing_list_is_not_read_again(blog):
    now = {"DIGEST_NOW": f"{DAY}T09:00:00Z"}
    blog.server.today = DATE
    blog("build", "--date", DAY, **now)
    asked = len(blog.server.log)
    blog("build", "--date", DAY, **now)
    assert len(blog.server.log) == asked


def test_refresh_asks_again_and_falls_back_on_what_was_read(blog):
    blog("build", "--date", DAY)
    before, asked = record(blog), len(blog.server.log)
    impatient(blog).server.on(r"/.*", DOWN)
    assert blog("build", "--date", DAY, "--refresh").status == 0
    assert len(blog.server.log) > asked
    assert record(blog) == before
