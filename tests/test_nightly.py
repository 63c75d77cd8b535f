"""The nightly job, end to end, against the sample day as a server on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from digest import digests
from digest.sample import DATE
from fakes import covered, digest
from server import Answer

DAY = str(DATE)
WITHDRAWN, EMPTY, CHINESE, LATE_VERSION = "2602.99001", "2602.11769", "2602.12617", "2602.04163"
DOWN = Answer(status=503, body="out of order")


def record(blog, day=DAY):
    return json.loads((blog.folder / f"content/records/{day[:4]}/{day}.json").read_text(encoding="utf-8"))


def tree(folder):
    """Every file below a folder and its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def published(blog):
    return tree(blog.folder / "content"), tree(blog.folder / "public")


def impatient(blog):
    """Give up soon, so that a test of a failure does not take its time."""
    blog.environ |= {"DIGEST__HTTP__RETRIES": "1"}
    return blog


def claims(card):
    """The claims of a card, as they stand in the record."""
    if isinstance(card, dict):
        if "evidence" in card and "text" in card:
            yield card
        for value in card.values():
            yield from claims(value)
    elif isinstance(card, list):
        for value in card:
            yield from claims(value)


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


# --- degraded, stale, failed, quiet --------------------------------------------------------------------


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
    assert "今日无公告" in (blog.folder / "public/index.html").read_text(encoding="utf-8")


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


# --- memory -----------------------------------------------------------------------------------------


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


DATA = Path(__file__).resolve().parents[1] / "src" / "digest" / "sample" / "data"


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


# --- the editor -------------------------------------------------------------------------------------


def edit(blog, text, day=DAY):
    file = blog.folder / f"content/edits/{day}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_post_edited_by_hand_is_left_alone_unless_told(blog):
    blog("build", "--date", DAY)
    with blog.post.open("a", encoding="utf-8") as post:
        post.write("\n手写的一行\n")
    done = blog("build", "--date", DAY, "--force")
    assert done.status == 0
    assert "edited by hand" in done.stderr
    assert "手写的一行" in blog.post.read_text(encoding="utf-8")
    assert "手写的一行" in (blog.folder / f"public/{DAY}/index.html").read_text(encoding="utf-8")
    blog("build", "--date", DAY, "--overwrite")
    assert "手写的一行" not in blog.post.read_text(encoding="utf-8")


def test_edits_reach_posts_and_site_with_the_next_build(blog):
    blog("build", "--date", DAY)
    first, second = record(blog)["editions"]["daily-papers"]["picked"][:2]
    edit(blog, f'intro: {{zh: 编辑的话}}\ndrop: ["{first}"]\ncorrection: [{{id: "{second}", text: {{zh: 一处更正}}}}]\n')
    assert blog("build", DIGEST_NOW="2026-02-18T09:00:00Z").status in (0, 1, 75)
    post = blog.post.read_text(encoding="utf-8")
    page = (blog.folder / f"public/{DAY}/index.html").read_text(encoding="utf-8")
    for text in (post, page):
        assert "编辑的话" in text
        assert "一处更正" in text
    assert f"arxiv.org/abs/{first})" not in post
    assert not (blog.folder / "public/papers" / first).exists()
    assert record(blog)["revised"] == ["2026-02-18"]
    assert "updated: 2026-02-18" in post


def test_what_the_editor_adds_is_carded(blog):
    blog("build", "--date", DAY, DIGEST__SELECTION__PICK="2")
    noted = next(i for i, m in record(blog)["mentions"].items() if m["why"] == "also")
    edit(blog, f'add: ["{noted}"]\n')
    assert blog("build", "--date", DAY, DIGEST__SELECTION__PICK="2").status == 0
    assert noted in [p["paper"]["id"] for p in record(blog)["papers"]]
    assert f"/papers/{noted}/" in blog.post.read_text(encoding="utf-8")


def test_wrong_edits_stop_with_their_line(blog):
    blog("build", "--date", DAY)
    edit(blog, 'drop:\n  - "9999.99999"\n')
    done = blog("build", "--date", DAY, "--force")
    assert done.status == 3
    assert f"{DAY}.yaml:2" in done.stderr


def test_a_correction_moves_updated_whichever_command_writes_it_and_only_once(blog):
    blog("build", "--date", DAY)
    first = record(blog)["papers"][0]["paper"]["id"]
    edit(blog, f'correction: [{{id: "{first}", text: {{zh: 一处更正}}}}]\n')
    blog("render", "--date", DAY, DIGEST_NOW="2026-02-18T09:00:00Z")
    assert record(blog)["revised"] == ["2026-02-18"]
    edit(blog, f'intro: {{zh: 你好}}\ncorrection: [{{id: "{first}", text: {{zh: 一处更正}}}}]\n')
    blog("render", "--date", DAY, DIGEST_NOW="2026-02-19T09:00:00Z")
    assert record(blog)["revised"] == ["2026-02-18"]


def test_a_rewritten_tldr_is_rewritten_everywhere(blog):
    blog("build", "--date", DAY)
    first = record(blog)["papers"][0]
    old = first["cards"]["en"]["meta"]["tldr"]["text"]
    edit(blog, f'replace: [{{id: "{first["paper"]["id"]}", field: meta.tldr, lang: en, text: In other words}}]\n')
    blog("build", "--date", DAY, "--force")
    for text in (blog.post.read_text(encoding="utf-8"), (blog.folder / "public/index.html").read_text(encoding="utf-8")):
        assert "In other words" in text
        assert old not in text


def test_one_wrong_day_does_not_keep_the_others_from_being_built(blog):
    """The mistake is named; the newest day has its record and post."""
    edit(blog, "dorp: []\n", day="2026-02-15")
    done = blog("build", "--from", "2026-02-15", "--to", DAY, "--quiet", "--no-site")
    assert done.status == 1
    assert "2026-02-15.yaml:1" in done.stderr
    assert record(blog)["status"] == "announced"
    assert blog.post.is_file()


def test_an_addition_that_arxiv_does_not_know_is_named_with_its_line(blog):
    edit(blog, 'add: ["2602.00001"]\n')
    done = blog("build", "--date", DAY, "--quiet")
    assert done.status == 3
    assert f"{DAY}.yaml:1: arXiv knows no paper" in done.stderr


def test_an_addition_that_cannot_be_had_now_waits(blog):
    edit(blog, 'add: ["2602.00001"]\n')
    impatient(blog).server.on(r"/api/query", DOWN)
    blog.server.today = DATE
    done = blog("build", "--date", DAY, "--quiet", DIGEST_NOW=f"{DAY}T09:00:00Z")
    assert done.status == 0
    assert blog.post.is_file()


def test_a_site_whose_first_page_is_gone_is_made_again(blog):
    blog("build", "--date", DAY)
    index = blog.folder / "public/index.html"
    index.unlink()
    blog("build", "--date", DAY)
    assert index.is_file()


def test_a_note_named_like_a_date_is_no_digest(blog):
    blog("build", "--date", DAY)
    note = blog.post.with_name(f"{DAY}-my-notes.md")
    note.write_text('---\ntitle: "Notes"\npublished: 2026-02-16\ntags: RL\n---\n\nMine.\n', encoding="utf-8")
    assert blog("site", "--quiet").status == 0
    assert (blog.folder / f"public/posts/{DAY}-my-notes/index.html").is_file()
    assert blog("check").status == 0


# --- editions ---------------------------------------------------------------------------------------

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


# --- the run ----------------------------------------------------------------------------------------


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


def start(blog, *args):
    """The command as a process of its own."""
    command = [sys.executable, "-m", "digest", "build", "--date", DAY, "--config", str(blog.config_file), *args]
    environ = {**os.environ, **blog.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")}
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_a_request(blog):
    deadline = time.monotonic() + 10
    while not blog.server.log and time.monotonic() < deadline:
        time.sleep(0.02)
    assert blog.server.log


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
