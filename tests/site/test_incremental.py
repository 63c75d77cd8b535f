"""A site that grew over many builds is, byte for byte, the one that a first build makes of the same content."""

import contextlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pytest

from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.models import Digest, Meta
from digest.site import build_site
from digest.site.output import MANIFEST
from fakes import card, claim, covered, digest, edition, mention, source

TOPICS = ("Agents", "Reasoning", "RL", "World Models", "Efficiency")
CONFIG = """\
site: {title: Papers, url: https://example.org/papers/}
posts: {languages: [zh, en]}
editions: [{name: daily-papers}, {name: insights, layout: insights}]
"""


@pytest.fixture
def blog(tmp_path: Path) -> Config:
    """Six days with two papers each, in two editions and languages, a post and a page by hand."""
    root = tmp_path / "blog"
    root.mkdir()
    (root / "config.yaml").write_text(CONFIG, encoding="utf-8")
    config = configuration.load(root / "config.yaml", {})
    for n in range(6):
        add_day(config, Date(2026, 1, 28) + timedelta(days=n))
    write(
        config,
        "posts/hello.md",
        "---\ntitle: Hello\npublished: 2026-01-30\ntags: [RL]\n---\n\nSee [it](https://example.org/papers/2026-01-29/).\n",
    )
    write(config, "pages/team.md", "---\ntitle: Team\n---\n\nWe read [a paper](https://example.org/papers/papers/2601.28001/).\n")
    return config


def add_day(config: Config, day: Date, *, again: str | None = None, tldr: str = "准确率提升 7%") -> None:
    """A record and its posts; `again` is a paper that the day covers once more."""
    chooser = random.Random(str(day))
    papers = [_paper(f"{day:%y%m.%d}{n:03}", chooser, tldr) for n in (1, 2)]
    if again:
        papers.append(_paper(again, chooser, "第二版更好"))
    both = {name: edition(*papers) for name in ("daily-papers", "insights")}
    save(config, digest(*papers, date=day, editions=both, also=[mention()]))


def _paper(paper_id: str, chooser: random.Random, tldr: str) -> object:
    tags = tuple(chooser.sample(TOPICS, 2))
    meta = Meta(tldr=claim(tldr, 1), short_name=f"N{paper_id[-3:]}", tags=tags, directions=tags[:1])
    return covered(
        paper_id,
        cards={"zh": card(filled_by="model", meta=meta)},
        title=f"{' '.join(tags)} {paper_id}",
        stars=chooser.choice((1, 2, 3)),
    )


def save(config: Config, record: Digest) -> None:
    made = posts.make_posts(digests.project(config, record), record, config)
    digests.write(config.path("records"), record.model_copy(update={"posts": made.hashes}), made.files)


def write(config: Config, name: str, text: str) -> None:
    path = config.path("content") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def files(config: Config) -> dict[str, bytes]:
    output = config.path("output")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def clean(config: Config) -> dict[str, bytes]:
    """The files of a first build of the same content."""
    root = config.root.with_name("clean")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(config.root, root, ignore=shutil.ignore_patterns("public", ".digest"))
    fresh = configuration.load(root / "config.yaml", {})
    build_site(fresh)
    return files(fresh)


def same(config: Config) -> None:
    """Build; the site is then the one that a first build makes, and a further build finds nothing to do."""
    build_site(config)
    expected, found = clean(config), files(config)
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []
    again = build_site(config)
    assert (again.changed, again.removed) == (0, 0)


def record_of(config: Config, day: Date) -> Path:
    return digests.record_path(config.path("records"), day)


# --- changes -------------------------------------------------------------------------------------


def new_day(config: Config) -> None:
    add_day(config, digests.days(config.path("records"))[-1] + timedelta(days=1))


def gap_filled(config: Config) -> None:
    add_day(config, digests.days(config.path("records"))[0] - timedelta(days=3))


def covered_again(config: Config) -> None:
    add_day(config, digests.days(config.path("records"))[-1] + timedelta(days=1), again="2601.28001")


def quiet_day(config: Config) -> None:
    day = digests.days(config.path("records"))[-1] + timedelta(days=1)
    save(config, digest(date=day, status="quiet", editions={}, sources=(source(date=day, status="quiet", entries=0),)))


def day_filled_anew(config: Config) -> None:
    add_day(config, digests.days(config.path("records"))[2], tldr="准确率提升 9%")


def day_gone(config: Config) -> None:
    day = digests.days(config.path("records"))[1]
    record_of(config, day).unlink()
    for post in config.path("posts").rglob(f"{day}-*.md"):
        post.unlink()


def edited(config: Config) -> None:
    day = digests.days(config.path("records"))[-2]
    paper = digests.read(config.path("records"), day).papers[0].paper.id  # type: ignore[union-attr]
    write(config, f"edits/{day}.yaml", f'stars: {{"{paper}": 3}}\ncorrection: [{{id: "{paper}", text: {{zh: 数字有误}}}}]\n')


def dropped(config: Config) -> None:
    day = digests.days(config.path("records"))[1]
    paper = digests.read(config.path("records"), day).papers[0].paper.id  # type: ignore[union-attr]
    write(config, f"edits/{day}.yaml", f'drop: ["{paper}"]\n')


def edits_gone(config: Config) -> None:
    for path in config.path("edits").glob("*.yaml"):
        path.unlink()


def post_changed(config: Config) -> None:
    post = sorted(config.path("posts").rglob("*-daily-papers.md"))[-1]
    post.write_text(post.read_text(encoding="utf-8").replace('title: "', 'title: "改 '), encoding="utf-8")


def post_gone(config: Config) -> None:
    sorted(config.path("posts").rglob("*-insights.en.md"))[0].unlink()


def post_drafted(config: Config) -> None:
    day = digests.days(config.path("records"))[0]
    for post in config.path("posts").rglob(f"{day}-*.md"):
        post.write_text(post.read_text(encoding="utf-8").replace("draft: false", "draft: true"), encoding="utf-8")


def note_added(config: Config) -> None:
    link = "https://example.org/papers/papers/2601.29001/#s1"
    write(config, "posts/note.md", f"---\ntitle: Note\npublished: 2026-02-01\ntags: [Agents, 说明]\n---\n\n[paper]({link})\n")


def note_gone(config: Config) -> None:
    (config.path("posts") / "hello.md").unlink(missing_ok=True)


def about_page(config: Config) -> None:
    write(config, "pages/about.md", "---\ntitle: About us\n---\n\nWe are *here*.\n")


def template_changed(config: Config) -> None:
    own = config.path("templates") / "site"
    own.mkdir(parents=True, exist_ok=True)
    (own / "404.html.j2").write_text('{% extends "base.html.j2" %}{% block main %}<h1>Gone</h1>{% endblock %}')


def label_changed(config: Config) -> None:
    own = config.path("templates") / "labels"
    own.mkdir(parents=True, exist_ok=True)
    (own / "zh.yaml").write_text("site: {archive: 往期}\n", encoding="utf-8")


def config_changed(config: Config) -> None:
    file = config.root / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Papers", "title: Other papers"), encoding="utf-8")


CHANGES: tuple[Callable[[Config], None], ...] = (
    new_day, gap_filled, covered_again, quiet_day, day_filled_anew, day_gone, edited, dropped, edits_gone, post_changed,
    post_gone, post_drafted, note_added, note_gone, about_page, template_changed, label_changed, config_changed,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_site_is_that_of_a_first_build(blog: Config, change: Callable[[Config], None]) -> None:
    build_site(blog)
    before = files(blog)
    change(blog)
    blog = configuration.load(blog.root / "config.yaml", {})
    same(blog)
    if change is not edits_gone:
        assert files(blog) != before, "the change shows nowhere"


@pytest.mark.parametrize("seed", range(3))
def test_after_many_changes_the_site_is_that_of_a_first_build(blog: Config, seed: int) -> None:
    build_site(blog)
    chooser = random.Random(seed)
    for change in chooser.sample(CHANGES, 8):
        change(blog)
        blog = configuration.load(blog.root / "config.yaml", {})
        same(blog)


def test_a_new_day_leaves_the_pages_of_older_ones_alone(blog: Config) -> None:
    build_site(blog)
    times = {path: path.stat().st_mtime_ns for path in blog.path("output").rglob("*.html")}
    new_day(blog)
    build_site(blog)
    touched = {
        path.relative_to(blog.path("output")).as_posix() for path, time in times.items() if path.stat().st_mtime_ns != time
    }
    assert {"index.html", "archive/index.html", "2026-02-02/index.html"} <= touched
    assert not any(name.startswith(("2026-01-28", "2026-01-31", "archive/2026-01", "papers/2601.28")) for name in touched)


def test_what_was_lost_from_the_output_comes_back(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    (blog.path("output") / "index.html").unlink()
    (blog.path("output") / "2026-01-30/index.html").unlink()
    shutil.rmtree(blog.path("output") / "papers")
    build_site(blog)
    assert files(blog) == before


def test_without_its_memory_a_build_removes_what_the_site_no_longer_has(blog: Config) -> None:
    build_site(blog)
    shutil.rmtree(blog.path("state"))
    day_gone(blog)
    stranger = blog.path("output") / "CNAME"
    stranger.write_text("papers.example.org")
    build_site(blog)
    assert files(blog) == {**clean(blog), "CNAME": b"papers.example.org"}


def test_a_damaged_memory_is_begun_anew(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    (blog.path("state") / "site.sqlite").write_bytes(b"no database")
    build_site(blog)
    assert files(blog) == before


def test_a_memory_with_a_hole_is_begun_anew(blog: Config, caplog: pytest.LogCaptureFixture) -> None:
    build_site(blog)
    memory = blog.path("state") / "site.sqlite"
    data = bytearray(memory.read_bytes())
    data[8192:-8192] = bytes(len(data) - 16384)
    memory.write_bytes(data)
    day_gone(blog)
    build_site(blog)
    assert "starting an empty one" in caplog.text
    assert files(blog) == clean(blog)


def test_a_remembered_value_that_cannot_be_read_is_begun_anew(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    with contextlib.closing(sqlite3.connect(blog.path("state") / "site.sqlite")) as memory, memory:
        memory.execute("UPDATE units SET plan = substr(plan, 1, 20)")
    build_site(blog)
    assert files(blog) == before


def test_what_is_lost_comes_back_also_after_a_build_that_found_everything_in_its_place(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    (blog.path("state") / "site.sqlite").unlink()
    assert build_site(blog).changed == 0
    next((blog.path("output") / "papers").glob("*/index.html")).unlink()
    build_site(blog)
    assert files(blog) == before


def test_files_that_were_only_touched_change_nothing(blog: Config) -> None:
    build_site(blog)
    for path in blog.path("content").rglob("*.*"):
        os.utime(path, ns=(1, 1))
    built = build_site(blog)
    assert (built.changed, built.removed, built.pages) == (0, 0, 0)


def test_a_build_that_fails_leaves_the_site_and_no_rest(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    new_day(blog)
    broken = blog.path("posts") / "broken.md"
    broken.write_text("no front matter")
    with pytest.raises(Exception, match="front matter"):
        build_site(blog)
    assert files(blog) == before
    broken.unlink()
    same(blog)


def test_the_manifest_lists_every_file(blog: Config) -> None:
    import json

    build_site(blog)
    listed = json.loads(files(blog)[MANIFEST])["files"]
    assert sorted(listed) == sorted(name for name in files(blog) if name != MANIFEST)
