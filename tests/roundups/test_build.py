"""Round-ups as `digest build` writes them, on the sample day and the days after it."""

import re

from nights import DAY, edit, record, tree

MONDAY = "2026-02-23T09:00:00Z"
"""The first day on which the week of the sample day is over."""
WEEK = {"DIGEST__ROUNDUPS": "[week]"}


def roundup(blog):
    return blog.folder / "content/posts/2026/2026-W08.md"


def weekly(blog):
    """A blog with the sample day, that wants a round-up every week."""
    blog.environ |= WEEK
    assert blog("build", "--date", DAY).status == 0
    return blog


def test_the_build_after_a_week_writes_its_round_up_and_the_site_shows_it(blog):
    weekly(blog)
    assert not roundup(blog).exists()
    done = blog("build", DIGEST_NOW=MONDAY)
    assert done.status == 0, done.stderr
    assert "2026-W08: round-up written: " in done.stderr
    written = roundup(blog).read_text(encoding="utf-8")
    for covered in record(blog)["papers"]:
        if covered["assessment"]["stars"] == 3:
            assert f"/papers/{covered['paper']['id']}/" in written
    pages = (blog.folder / "public").rglob("*.html")
    assert any("2026 年第 8 周回顾（02-16 至 02-22）" in page.read_text(encoding="utf-8") for page in pages)


def test_every_link_into_the_site_leads_to_a_page_and_to_its_sentence(blog):
    weekly(blog)("build", DIGEST_NOW=MONDAY)
    links = re.findall(r"\]\(https://example\.org/papers/([^)#]*)(?:#([^)]*))?\)", roundup(blog).read_text(encoding="utf-8"))
    assert len(links) > 6
    for route, anchor in links:
        page = blog.folder / "public" / route / "index.html"
        assert page.is_file(), route
        assert not anchor or f'id="{anchor}"' in page.read_text(encoding="utf-8"), anchor


def test_no_round_up_is_written_unless_the_config_wants_one(blog):
    blog("build", "--date", DAY)
    blog("build", DIGEST_NOW=MONDAY)
    assert not roundup(blog).exists()
    assert not (blog.folder / "content/records/roundups.json").exists()


def test_the_next_nights_change_no_byte_and_an_edit_changes_the_round_up(blog):
    weekly(blog)("build", DIGEST_NOW=MONDAY)
    before = tree(blog.folder / "content")
    assert blog("build", DIGEST_NOW=MONDAY).status == 0
    assert tree(blog.folder / "content") == before
    first = record(blog)["editions"]["daily-papers"]["picked"][0]
    assert first in roundup(blog).read_text(encoding="utf-8")
    edit(blog, f'drop: ["{first}"]\n')
    assert blog("build", DIGEST_NOW=MONDAY).status == 0
    assert first not in roundup(blog).read_text(encoding="utf-8")


def test_a_round_up_that_fails_degrades_the_run_and_takes_nothing_else(blog):
    weekly(blog)
    own = blog.folder / "templates/posts"
    own.mkdir(parents=True)
    (own / "roundup.md.j2").write_text("{{ nothing }}", encoding="utf-8")
    done = blog("build", "--json", DIGEST_NOW=MONDAY)
    assert done.status == 1
    assert "roundup.md.j2:1" in done.stderr
    assert {"date": "2026-W08", "status": "error", "exit_status": 1}.items() <= done.report["days"][-1].items()
    assert (blog.folder / "public/index.html").is_file()
    (own / "roundup.md.j2").unlink()
    assert blog("build", DIGEST_NOW=MONDAY).status == 0
    assert roundup(blog).exists()
