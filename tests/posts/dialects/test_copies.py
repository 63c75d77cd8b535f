"""Copies come and go with their posts, and nothing in the other blog that is not ours is touched."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from digest.config import Config, parse
from digest.errors import OutputError
from digest.posts.dialects import Copied, copy_posts, problems
from digest.posts.dialects.manifest import MANIFEST
from posts.dialects.hostile_post import config

POST = """---
title: "A post"
published: 2026-02-18
tags: [{tags}]
draft: {draft}
---

{text}
"""


class Blog:
    """A blog in a folder, and beside it the other one, which gets the copies."""

    def __init__(self, folder: Path, dialect: str = "hugo") -> None:
        self.folder, self.other = folder, folder.parent / "other"
        self.config = self.configured(dialect)

    def configured(self, dialect: str, to: str = "../other") -> Config:
        self.config = config(self.folder, dialect=dialect, export_to=to)
        return self.config

    def write(self, name: str, text: str = "Text", *, draft: bool = False, tags: str = "", year: int = 2026) -> Path:
        path = self.folder / f"content/posts/{year}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(POST.format(text=text, draft=str(draft).lower(), tags=tags), encoding="utf-8")
        return path

    def copy(self, *, overwrite: Collection[Path] = ()) -> Copied:
        return copy_posts(self.config, overwrite=overwrite)

    def publish(self, *args: Any, **options: Any) -> Copied:
        self.write(*args, **options)
        return self.copy()

    def files(self) -> list[str]:
        found = (path for path in self.other.rglob("*") if path.is_file() and path.name != MANIFEST)
        return sorted(path.relative_to(self.other).as_posix() for path in found)


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    (tmp_path / "mine").mkdir()
    return Blog(tmp_path / "mine")


DAY = "2026-02-18-daily-papers"
COPY = f"content/posts/{DAY}.md"


def test_without_a_folder_nothing_happens(blog: Blog) -> None:
    assert copy_posts(config(blog.folder)) == Copied()
    assert not blog.other.exists()


def test_a_post_is_copied_once(blog: Blog) -> None:
    blog.write(DAY)
    assert blog.copy() == Copied(written=(blog.other / COPY,))
    before = {path: path.stat().st_mtime_ns for path in blog.other.rglob("*")}
    assert blog.copy() == Copied()
    assert {path: path.stat().st_mtime_ns for path in blog.other.rglob("*")} == before


def test_a_changed_post_is_copied_again(blog: Blog) -> None:
    blog.publish(DAY)
    assert blog.publish(DAY, "Other").written == (blog.other / COPY,)
    assert "Other" in (blog.other / COPY).read_text(encoding="utf-8")


def test_a_copy_that_was_deleted_over_there_is_written_again(blog: Blog) -> None:
    blog.publish(DAY)
    (blog.other / COPY).unlink()
    assert blog.copy().written == (blog.other / COPY,)


def test_a_copy_that_was_edited_over_there_is_left_alone_and_named(blog: Blog) -> None:
    blog.publish(DAY)
    (blog.other / COPY).write_text("mine", encoding="utf-8")
    post = blog.write(DAY, "Other")
    assert blog.copy() == blog.copy() == Copied(kept=(blog.other / COPY,))
    assert (blog.other / COPY).read_text(encoding="utf-8") == "mine"
    assert blog.copy(overwrite=[post]).written == (blog.other / COPY,)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_that_was_there_before_is_never_replaced(blog: Blog, overwrite: bool) -> None:
    (blog.other / "content/posts").mkdir(parents=True)
    (blog.other / COPY).write_text("mine", encoding="utf-8")
    post = blog.write(DAY)
    assert blog.copy(overwrite=[post] if overwrite else ()) == Copied(kept=(blog.other / COPY,))
    assert (blog.other / COPY).read_text(encoding="utf-8") == "mine"


def test_without_the_manifest_equal_files_are_ours_and_others_are_not(blog: Blog) -> None:
    blog.write(DAY)
    blog.publish("2026-02-19-daily-papers")
    (blog.other / MANIFEST).write_text("{torn", encoding="utf-8")
    blog.write("2026-02-19-daily-papers", "Other")
    assert blog.copy().kept == (blog.other / "content/posts/2026-02-19-daily-papers.md",)
    blog.write(DAY, "Other")
    assert blog.copy().written == (blog.other / COPY,)


def test_the_copy_of_a_lost_post_goes_unless_it_was_edited(blog: Blog) -> None:
    posts = [blog.write(f"2026-02-{day}-daily-papers") for day in (17, 18, 19)]
    blog.copy()
    own = blog.other / "content/posts/own.md"
    own.write_text("mine", encoding="utf-8")
    edited = blog.other / "content/posts/2026-02-19-daily-papers.md"
    edited.write_text("edited", encoding="utf-8")
    posts[1].unlink()
    posts[2].unlink()
    assert blog.copy() == Copied(kept=(edited,), removed=(blog.other / COPY,))
    assert blog.copy() == Copied()
    assert [path.name for path in sorted(own.parent.iterdir())] == ["2026-02-17-daily-papers.md", edited.name, "own.md"]


def test_another_dialect_takes_the_place_of_the_first(blog: Blog) -> None:
    blog.publish(DAY)
    blog.configured("jekyll")
    made = blog.copy()
    assert (made.written, made.removed) == ((blog.other / f"_posts/{DAY}.md",), (blog.other / COPY,))


def test_a_draft_moves_to_the_posts_when_it_is_approved(blog: Blog) -> None:
    blog.configured("hexo")
    blog.publish(DAY, draft=True)
    assert blog.files() == [f"source/_drafts/{DAY}.md"]
    blog.publish(DAY)
    assert blog.files() == [f"source/_posts/{DAY}.md"]


def test_a_draft_is_not_copied_to_where_it_would_be_published(blog: Blog) -> None:
    blog.configured("astro")
    assert blog.publish(DAY, draft=True) == Copied()
    blog.publish(DAY)
    assert blog.files() == [f"src/content/blog/{DAY}.md"]
    blog.publish(DAY, draft=True)
    assert blog.files() == []


def test_the_folder_that_the_other_blog_has_is_the_one(blog: Blog) -> None:
    blog.configured("astropaper")
    (blog.other / "src/content/posts").mkdir(parents=True)
    blog.publish(DAY)
    assert blog.files() == [f"src/content/posts/{DAY}.md"]


def test_of_two_posts_that_want_one_file_one_is_copied_with_all_others_and_both_are_named(blog: Blog) -> None:
    """An edition `daily` in English, and another that is called `daily-en`."""
    for name in ("2026-02-18-daily", "2026-02-18-daily.en", "2026-02-18-daily-en", "2026-02-18-other"):
        blog.write(name, f"This is {name}")
    blog.configured("jekyll")
    made = blog.copy()
    assert sorted(path.stem for path in made.written) == ["2026-02-18-daily", "2026-02-18-daily-en", "2026-02-18-other"]
    both = "2026/2026-02-18-daily-en.md and 2026/2026-02-18-daily.en.md want the same file (rename one of them)"
    assert made.problems == (f"{blog.other}/_posts/2026-02-18-daily-en.md: {both}",)
    assert problems(blog.config) == list(made.problems)
    assert blog.copy() == Copied(problems=made.problems)


def test_the_post_that_has_a_file_keeps_it_from_another_that_comes_later(blog: Blog) -> None:
    blog.configured("jekyll")
    blog.publish("2026-02-18-daily.en", "the first")
    blog.write("2026-02-18-daily-en", "the second")
    for text in ("changed", "and again"):
        blog.write("2026-02-18-daily.en", text)
        assert len(blog.copy().problems) == 1
        assert text in (blog.other / "_posts/2026-02-18-daily-en.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["no front matter", "---\ntitle: no date\n---\n", "---\npublished: [\n---\n"])
def test_a_wrong_post_is_named_on_every_run_and_the_others_are_copied(blog: Blog, text: str) -> None:
    bad = blog.folder / "content/posts/bad.md"
    blog.write(DAY)
    bad.write_text(text, encoding="utf-8")
    made = blog.copy()
    assert made.written == (blog.other / COPY,)
    assert len(made.problems) == 1
    assert made.problems[0].startswith(str(bad))
    assert blog.copy() == Copied(problems=made.problems)
    bad.unlink()
    assert blog.copy() == Copied()


def test_what_was_copied_of_a_post_that_has_become_wrong_stands(blog: Blog) -> None:
    blog.publish(DAY, "right")
    blog.write(DAY).write_text("wrong", encoding="utf-8")
    assert len(blog.copy().problems) == 1
    assert "right" in (blog.other / COPY).read_text(encoding="utf-8")


def test_posts_by_hand_and_old_ones_are_copied_too_and_move_with_the_dialect(blog: Blog) -> None:
    blog.write("2016-02-18-daily-papers", year=2016)
    blog.write("by-hand")
    assert len(blog.publish("2026-W08").written) == 3
    blog.configured("hexo")
    made = blog.copy()
    assert (len(made.written), len(made.removed)) == (3, 3)
    assert blog.files() == [f"source/_posts/{name}.md" for name in ("2016-02-18-daily-papers", "2026-W08", "by-hand")]


def test_what_has_not_changed_is_not_read_again(blog: Blog) -> None:
    """By size and time, of the post as of its copy."""
    post = blog.write(DAY, "one")
    times = post.stat().st_atime_ns, post.stat().st_mtime_ns
    blog.copy()
    os.utime(blog.write(DAY, "two"), ns=times)
    assert blog.copy() == Copied()
    (blog.folder / ".digest/copied-from").unlink()
    assert blog.copy().written == (blog.other / COPY,)


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"settings": 1}', '{"posts": []}'])
def test_without_the_note_of_what_was_seen_all_posts_are_read(blog: Blog, torn: str) -> None:
    blog.publish(DAY)
    (blog.folder / ".digest/copied-from").write_text(torn, encoding="utf-8")
    assert blog.copy() == Copied()
    assert blog.publish(DAY, "Other").written == (blog.other / COPY,)


def test_the_note_belongs_to_one_folder(blog: Blog, tmp_path: Path) -> None:
    blog.publish(DAY)
    blog.configured("hugo", "../third")
    assert blog.copy().written == (tmp_path / "third" / COPY,)
    blog.configured("hugo")
    assert blog.copy() == Copied()


@pytest.mark.parametrize(
    "to",
    [".", "content", "content/x", "public", "public/x", "content/records", ".digest/x", "content/posts", "templates", "../mine"],
)
def test_no_copies_among_the_files_of_this_blog(blog: Blog, to: str) -> None:
    blog.configured("hugo", to)
    with pytest.raises(OutputError, match="is no place for copies of posts"):
        blog.publish(DAY)


@pytest.mark.parametrize("dialect", ["hugo", "jekyll", "obsidian"])
def test_this_blogs_own_folder_is_refused_for_every_dialect_and_those_beside_its_files_are_not(blog: Blog, dialect: str) -> None:
    blog.configured(dialect, ".")
    with pytest.raises(OutputError, match="this blog's own folder"):
        blog.publish(DAY)
    for to in ("my-blog", "my/blog", "content-of-mine", "../content", "/tmp/../" + str(blog.folder / "other")):
        blog.configured(dialect, to)
        assert len(blog.copy().written) == 1


def test_a_folder_above_is_refused_where_its_posts_are_ours(blog: Blog, tmp_path: Path) -> None:
    blog.configured("hugo", "..")
    assert blog.publish(DAY).written == (tmp_path / COPY,)
    text = "paths: {posts: ../content/posts}\nposts: {dialect: hugo, export_to: ..}"
    blog.config = parse(text, path=blog.folder / "config.yaml", environ={})
    with pytest.raises(OutputError, match="is no place for copies of posts"):
        blog.copy()


def test_an_absolute_folder_and_a_link_to_one(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    blog.configured("hugo", str(tmp_path / "link"))
    assert blog.publish(DAY).written == (tmp_path / "real" / COPY,)


def test_a_link_inside_the_folder_is_refused(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (blog.other / "content").mkdir(parents=True)
    (blog.other / "content/posts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"content/posts: is a symbolic link"):
        blog.publish(DAY)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_the_place_of_a_copy_is_left_alone(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "target.md").write_text("mine", encoding="utf-8")
    (blog.other / "content/posts").mkdir(parents=True)
    (blog.other / COPY).symlink_to(tmp_path / "target.md")
    assert blog.publish(DAY).kept == (blog.other / COPY,)
    assert (tmp_path / "target.md").read_text(encoding="utf-8") == "mine"


def test_a_manifest_names_nothing_outside_of_the_folder(blog: Blog, tmp_path: Path) -> None:
    victim = tmp_path / "victim.md"
    victim.write_text("x", encoding="utf-8")
    blog.publish(DAY)
    listed = json.loads((blog.other / MANIFEST).read_text(encoding="utf-8"))
    entry = {
        "post": "2026/gone.md",
        "made_of": "",
        "sha256": ["2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"],
    }
    listed["copies"] |= {"../victim.md": entry, str(victim): entry}
    (blog.other / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")
    assert blog.copy().removed == ()
    assert victim.exists()


def test_a_run_that_is_killed_among_the_files_is_made_good_by_the_next(blog: Blog) -> None:
    """Old or new, each file is known as ours, although its post has changed again since."""
    posts = [blog.write(f"2026-02-18-paper-{n}") for n in range(40)]
    blog.copy()
    before = (blog.other / MANIFEST).read_bytes()
    for post in posts:
        blog.write(post.stem, "Second")
    (blog.folder / "config.yaml").write_text("posts: {dialect: hugo, export_to: ../other}", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", COPY_ALL, str(blog.folder)], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ) as run:
        while run.poll() is None and (blog.other / MANIFEST).read_bytes() == before:
            time.sleep(0.0005)
        run.kill()  # the manifest is the first file that is written
    assert (blog.other / MANIFEST).read_bytes() != before
    for post in posts:
        blog.write(post.stem, "Third")
    made = blog.copy()
    assert (len(made.written), made.kept) == (40, ())


COPY_ALL = """
import sys
from pathlib import Path
from digest.config import load
from digest.posts.dialects import copy_posts
folder = Path(sys.argv[1])
copy_posts(load(folder / "config.yaml", {}))
"""


def test_nikola_gets_one_spelling_of_a_tag_in_the_whole_blog(blog: Blog) -> None:
    blog.configured("nikola")
    blog.publish("2026-02-17-daily-papers", tags='"LLM Agents", "C"')
    blog.publish(DAY, tags='"llm-agents", "C#", "RL"')
    assert "\n.. tags: LLM Agents, RL\n" in (blog.other / f"posts/{DAY}.md").read_text(encoding="utf-8")
