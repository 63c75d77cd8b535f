"""Blogs that grow: what happens to content, settings and output between two builds, and the site that must come of it.

    blog = first_blog(tmp_path)
    covered_again(blog, random.Random(1))
    check_same(blog)

A change draws from its chooser alone, so that the same seed makes the same blog.
"""

import os
import random
import re
import shutil
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.models import CoveredPaper, Digest, Meta
from digest.site import SiteBuilt, build_site
from fakes import card, claim, covered, digest, edition, mention, source

Change = Callable[[Config, random.Random], None]

SUBJECTS = (
    *("Speculative Decoding", "Protein Folding", "Robotic Grasping", "Sparse Attention", "Tabular Diffusion", "Code Repair"),
    *("Weather Nowcasting", "Speech Enhancement", "Theorem Proving"),
)
"""Phrases that few papers share, so that papers on the same are related."""
CONFIG = """\
site: {title: Papers, url: https://example.org/papers/}
posts: {languages: [zh, en]}
editions: [{name: daily-papers}, {name: insights, layout: insights}]
"""
STRANGER = "CNAME"
"""In the output, and not ours."""
_DAY = timedelta(days=1)
_SECOND = 1_000_000_000


def first_blog(folder: Path, days: int = 6) -> Config:
    """Days of two months, each with three papers in two editions and two languages, a post and a page by hand."""
    root = folder / "blog"
    root.mkdir()
    (root / "config.yaml").write_text(CONFIG, encoding="utf-8")
    config = reloaded(root)
    for n in range(days):
        add_day(config, Date(2026, 1, 28) + n * _DAY)
    write_note(config, "hello", Date(2026, 1, 30), ["RL"], "See [it](https://example.org/papers/2026-01-29/).")
    write(config, "pages/team.md", "---\ntitle: Team\n---\n\nWe read [a paper](https://example.org/papers/papers/2601.28001/).\n")
    return config


def reloaded(root: Path) -> Config:
    """The blog in a folder with its configuration as it is now."""
    return configuration.load(root / "config.yaml", {})


def add_day(config: Config, day: Date, *, again: str | None = None, tldr: str = "准确率提升 7%") -> None:
    """A record and its posts; `again` is a paper that the day covers once more, in other words and perhaps on another subject."""
    chooser = random.Random(str(day))
    papers = [a_paper(f"{day:%y%m.%d}{n:03}", tldr) for n in (1, 2, 3)]
    if again:
        of = chooser.choice((again, str(day)))
        papers.insert(chooser.randrange(4), a_paper(again, f"{day:%-d} 日重读，第二版更好", of))
    editions = {"daily-papers": edition(*papers[:-1]), "insights": edition(*papers[1:])}
    save(config, digest(*papers, date=day, editions=editions, also=[mention()]))


def a_paper(paper_id: str, tldr: str, of: str = "") -> CoveredPaper:
    """A paper with a card in Chinese; its subjects, tags and stars follow from its id, or from `of`."""
    chooser = random.Random(of or paper_id)
    subjects = tuple(chooser.sample(SUBJECTS, 2))
    tags = chooser.choice(((), ("RL",), ("RL", "Agents")))
    meta = Meta(tldr=claim(tldr, 1), short_name=f"N{paper_id[-3:]}", tags=(*subjects, *tags), directions=subjects[:1])
    return covered(
        paper_id,
        cards={"zh": card(filled_by="model", meta=meta)},
        title=f"{subjects[0]} with {subjects[1]} {paper_id}",
        authors=(_author(paper_id), "Alan Turing"),
        stars=chooser.choice((1, 2, 3)),
    )


def _author(paper_id: str) -> str:
    """A name for each paper, so that no other one changes how it is cited."""
    return "Ada " + "".join("abcdefghij"[int(digit)] for digit in paper_id if digit.isdigit()).title()


def save(config: Config, record: Digest) -> None:
    """A record and the posts that it makes."""
    made = posts.make_posts(digests.project(config, record), record, config)
    digests.write(config.path("records"), record.model_copy(update={"posts": made.hashes}), made.files)


def write(config: Config, name: str, text: str) -> None:
    """A file below content/."""
    path = config.path("content") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_note(config: Config, name: str, day: Date, tags: list[str], text: str) -> None:
    """A post by hand."""
    write(config, f"posts/{name}.md", f"---\ntitle: {name.title()}\npublished: {day}\ntags: [{', '.join(tags)}]\n---\n\n{text}\n")


def drop_day(config: Config, day: Date) -> None:
    """Take away a record and its posts."""
    digests.record_path(config.path("records"), day).unlink()
    for post in config.path("posts").rglob(f"{day}-*.md"):
        post.unlink()


def days_of(config: Config) -> list[Date]:
    """The days that have a record, the oldest first."""
    return list(digests.days(config.path("records")))


def papers_of(config: Config, day: Date) -> list[str]:
    """The papers that a day covers."""
    record = digests.read(config.path("records"), day)
    return [one.paper.id for one in record.papers] if record else []


# --- the site ------------------------------------------------------------------------------------


def files(config: Config) -> dict[str, bytes]:
    """Every file of the output folder by its name."""
    output = config.path("output")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def clean(config: Config) -> dict[str, bytes]:
    """The files of a first build of the same content, and the stranger if there is one."""
    root = config.root.with_name("clean")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(config.root, root, ignore=shutil.ignore_patterns("public", ".digest"))
    fresh = reloaded(root)
    build_site(fresh)
    return {**files(fresh), **{name: data for name, data in files(config).items() if name == STRANGER}}


def check_same(config: Config) -> None:
    """Build; the site is then the one that a first build makes, and a further build does nothing at all."""
    settle(config)
    build_site(config)
    expected, found = clean(config), files(config)
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []
    check_nothing_to_do(config)


def check_nothing_to_do(config: Config) -> None:
    """A build finds nothing to do, and does not write what it remembers either."""
    memory = config.path("state") / "site.sqlite"
    before = memory.stat().st_mtime_ns, memory.read_bytes()
    assert build_site(config) == SiteBuilt(0, 0, 0, config.path("output") / "index.html")
    assert (memory.stat().st_mtime_ns, memory.read_bytes()) == before


def settle(config: Config) -> None:
    """Make the files of content/ a second older: those that were just written are read once more by the next build."""
    for path in config.path("content").rglob("*.*"):
        time = path.stat().st_mtime_ns - _SECOND
        os.utime(path, ns=(time, time))


# --- changes: days -------------------------------------------------------------------------------


def new_day(config: Config, _: random.Random) -> None:
    add_day(config, days_of(config)[-1] + _DAY)


def gap_filled(config: Config, _: random.Random) -> None:
    add_day(config, days_of(config)[0] - 3 * _DAY)


def covered_again(config: Config, chooser: random.Random) -> None:
    paper = chooser.choice(papers_of(config, days_of(config)[0]))
    add_day(config, days_of(config)[-1] + _DAY, again=paper)


def covered_again_in_between(config: Config, chooser: random.Random) -> None:
    days = days_of(config)
    earlier, later = sorted(chooser.sample(range(len(days)), 2))
    add_day(config, days[later], again=chooser.choice(papers_of(config, days[earlier])))


def quiet_day(config: Config, _: random.Random) -> None:
    day = days_of(config)[-1] + _DAY
    (config.path("edits") / f"{day}.yaml").unlink(missing_ok=True)  # of a day that is gone: they name its papers
    save(config, digest(date=day, status="quiet", editions={}, sources=(source(date=day, status="quiet", entries=0),)))


def day_filled_anew(config: Config, chooser: random.Random) -> None:
    add_day(config, days_of(config)[2], tldr=f"准确率提升 {chooser.randrange(8, 99)}%")


def day_gone(config: Config, chooser: random.Random) -> None:
    drop_day(config, chooser.choice(days_of(config)[1:]))


def newest_day_gone(config: Config, _: random.Random) -> None:
    drop_day(config, days_of(config)[-1])


def month_comes(config: Config, chooser: random.Random) -> None:
    days = days_of(config)
    add_day(config, chooser.choice((days[0] - 40 * _DAY, days[-1] + 40 * _DAY)))


def month_goes(config: Config, chooser: random.Random) -> None:
    days = days_of(config)
    month = chooser.choice(sorted({(day.year, day.month) for day in days}))
    going = [day for day in days if (day.year, day.month) == month]
    for day in going if len(days) - len(going) > 2 else going[:1]:
        drop_day(config, day)


# --- changes: edits and posts --------------------------------------------------------------------


def edited(config: Config, chooser: random.Random) -> None:
    day = chooser.choice([day for day in days_of(config) if papers_of(config, day)])
    paper = chooser.choice(papers_of(config, day))
    correction = f'correction: [{{id: "{paper}", text: {{zh: 第 {chooser.randrange(9)} 个数字有误}}}}]'
    write(config, f"edits/{day}.yaml", f'stars: {{"{paper}": {chooser.choice((1, 2, 3))}}}\n{correction}\n')


def dropped(config: Config, chooser: random.Random) -> None:
    day = chooser.choice([day for day in days_of(config) if papers_of(config, day)])
    write(config, f"edits/{day}.yaml", f'drop: ["{chooser.choice(papers_of(config, day))}"]\n')


def edits_gone(config: Config, _: random.Random) -> None:
    for path in config.path("edits").glob("*.yaml"):
        path.unlink()


def post_changed(config: Config, chooser: random.Random) -> None:
    post = chooser.choice(sorted(config.path("posts").rglob("*-daily-papers.md")))
    post.write_text(post.read_text(encoding="utf-8").replace('title: "', 'title: "改 '), encoding="utf-8")


def post_gone(config: Config, chooser: random.Random) -> None:
    chooser.choice(sorted(config.path("posts").rglob("20*.md"))).unlink()


def post_drafted(config: Config, chooser: random.Random) -> None:
    day = chooser.choice(days_of(config))
    for post in config.path("posts").rglob(f"{day}-*.md"):
        post.write_text(post.read_text(encoding="utf-8").replace("draft: false", "draft: true"), encoding="utf-8")


def note_added(config: Config, _: random.Random) -> None:
    link = "https://example.org/papers/papers/2601.29001/#s1"
    write_note(config, "note", Date(2026, 2, 1), ["Agents", "说明"], f"[paper]({link})")


def note_dated_anew(config: Config, chooser: random.Random) -> None:
    write_note(config, "hello", Date(2026, 1, chooser.randrange(1, 30)), ["RL"], "It is short.")


def note_longer(config: Config, chooser: random.Random) -> None:
    write_note(config, "hello", Date(2026, 1, 30), ["RL"], "word " * 238 * chooser.randrange(2, 9))


def note_tagged_anew(config: Config, chooser: random.Random) -> None:
    tags = chooser.sample((*SUBJECTS, "RL", "Agents", "说明"), 2)
    write_note(config, "hello", Date(2026, 1, 30), tags, "It has other tags.")


def note_gone(config: Config, _: random.Random) -> None:
    (config.path("posts") / "hello.md").unlink(missing_ok=True)


def about_page(config: Config, chooser: random.Random) -> None:
    write(config, "pages/about.md", f"---\ntitle: About us\n---\n\nWe are *{chooser.randrange(2, 99)}*.\n")


# --- changes: settings and output ----------------------------------------------------------------


def template_changed(config: Config, chooser: random.Random) -> None:
    own = config.path("templates") / "site"
    own.mkdir(parents=True, exist_ok=True)
    told = f"<h1>Gone {chooser.randrange(99)}</h1>"
    (own / "404.html.j2").write_text('{% extends "base.html.j2" %}{% block main %}' + told + "{% endblock %}")


def label_changed(config: Config, chooser: random.Random) -> None:
    own = config.path("templates") / "labels"
    own.mkdir(parents=True, exist_ok=True)
    (own / "zh.yaml").write_text(f"site: {{archive: 往期 {chooser.randrange(99)}}}\n", encoding="utf-8")


def config_changed(config: Config, chooser: random.Random) -> None:
    file = config.root / "config.yaml"
    title = f"title: Other papers {chooser.randrange(99)},"
    file.write_text(re.sub("title: [^,]*,", title, file.read_text(encoding="utf-8")), encoding="utf-8")


def files_lost(config: Config, chooser: random.Random) -> None:
    lost = chooser.sample(sorted(files(config)), 5)
    for name in lost:
        (config.path("output") / name).unlink()


def files_lost_after_other_settings(config: Config, chooser: random.Random) -> None:
    chooser.choice((label_changed, template_changed, config_changed))(config, chooser)
    build_site(reloaded(config.root))
    files_lost(config, chooser)


def stranger_came(config: Config, _: random.Random) -> None:
    (config.path("output") / STRANGER).write_text("papers.example.org")


CHANGES: tuple[Change, ...] = (
    new_day, gap_filled, covered_again, covered_again_in_between, quiet_day, day_filled_anew, day_gone, newest_day_gone,
    month_comes, month_goes, edited, dropped, edits_gone, post_changed, post_gone, post_drafted, note_added, note_dated_anew,
    note_longer, note_tagged_anew, note_gone, about_page, template_changed, label_changed, config_changed, files_lost,
    files_lost_after_other_settings, stranger_came,
)  # fmt: skip
