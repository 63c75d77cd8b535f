"""Copies come and go with their posts, and nothing in the other blog that is not ours is touched."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.config import Config
from digest.errors import OutputError, RenderError
from digest.posts.dialects import Copied, copy_posts
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

    def copy(self, *posts: Path, overwrite: bool = False) -> Copied:
        return copy_posts(self.config, posts, overwrite=overwrite)

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
    assert copy_posts(config(blog.folder), [blog.write(DAY)]) == Copied()
    assert not blog.other.exists()


def test_a_post_is_copied_once(blog: Blog) -> None:
    post = blog.write(DAY)
    assert blog.copy(post) == Copied(written=(blog.other / COPY,))
    before = {path: path.stat().st_mtime_ns for path in blog.other.rglob("*")}
    assert blog.copy(post) == Copied()
    assert {path: path.stat().st_mtime_ns for path in blog.other.rglob("*")} == before


def test_a_changed_post_is_copied_again(blog: Blog) -> None:
    blog.copy(blog.write(DAY))
    assert blog.copy(blog.write(DAY, "Other")).written == (blog.other / COPY,)
    assert "Other" in (blog.other / COPY).read_text(encoding="utf-8")


def test_a_copy_that_was_deleted_over_there_is_written_again(blog: Blog) -> None:
    post = blog.write(DAY)
    blog.copy(post)
    (blog.other / COPY).unlink()
    assert blog.copy(post).written == (blog.other / COPY,)


def test_a_copy_that_was_edited_over_there_is_left_alone_and_named(blog: Blog) -> None:
    blog.copy(blog.write(DAY))
    (blog.other / COPY).write_text("mine", encoding="utf-8")
    post = blog.write(DAY, "Other")
    assert blog.copy(post) == blog.copy(post) == Copied(kept=(blog.other / COPY,))
    assert (blog.other / COPY).read_text(encoding="utf-8") == "mine"
    assert blog.copy(post, overwrite=True).written == (blog.other / COPY,)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_that_was_there_before_is_never_replaced(blog: Blog, overwrite: bool) -> None:
    (blog.other / "content/posts").mkdir(parents=True)
    (blog.other / COPY).write_text("mine", encoding="utf-8")
    assert blog.copy(blog.write(DAY), overwrite=overwrite) == Copied(kept=(blog.other / COPY,))
    assert (blog.other / COPY).read_text(encoding="utf-8") == "mine"


def test_without_the_manifest_equal_files_are_ours_and_others_are_not(blog: Blog) -> None:
    post, second = blog.write(DAY), blog.write("2026-02-19-daily-papers")
    blog.copy(post, second)
    (blog.other / MANIFEST).write_text("{torn", encoding="utf-8")
    blog.write("2026-02-19-daily-papers", "Other")
    assert blog.copy(post, second).kept == (blog.other / "content/posts/2026-02-19-daily-papers.md",)
    blog.write(DAY, "Other")
    assert blog.copy(post).written == (blog.other / COPY,)


def test_the_copy_of_a_lost_post_goes_unless_it_was_edited(blog: Blog) -> None:
    posts = [blog.write(f"2026-02-{day}-daily-papers") for day in (17, 18, 19)]
    blog.copy(*posts)
    own = blog.other / "content/posts/own.md"
    own.write_text("mine", encoding="utf-8")
    edited = blog.other / "content/posts/2026-02-19-daily-papers.md"
    edited.write_text("edited", encoding="utf-8")
    posts[1].unlink()
    posts[2].unlink()
    assert blog.copy(posts[0]) == Copied(kept=(edited,), removed=(blog.other / COPY,))
    assert blog.copy(posts[0]) == Copied()
    assert [path.name for path in sorted(own.parent.iterdir())] == ["2026-02-17-daily-papers.md", edited.name, "own.md"]


def test_a_post_that_is_named_and_gone_is_passed_over(blog: Blog) -> None:
    assert blog.copy(blog.folder / "content/posts/2026/none.md") == Copied()


def test_another_dialect_takes_the_place_of_the_first(blog: Blog) -> None:
    post = blog.write(DAY)
    blog.copy(post)
    blog.configured("jekyll")
    made = blog.copy(post)
    assert (made.written, made.removed) == ((blog.other / f"_posts/{DAY}.md",), (blog.other / COPY,))


def test_a_draft_moves_to_the_posts_when_it_is_approved(blog: Blog) -> None:
    blog.configured("hexo")
    blog.copy(blog.write(DAY, draft=True))
    assert blog.files() == [f"source/_drafts/{DAY}.md"]
    blog.copy(blog.write(DAY))
    assert blog.files() == [f"source/_posts/{DAY}.md"]


def test_a_draft_is_not_copied_to_where_it_would_be_published(blog: Blog) -> None:
    blog.configured("astro")
    assert blog.copy(blog.write(DAY, draft=True)) == Copied()
    blog.copy(blog.write(DAY))
    assert blog.files() == [f"src/content/blog/{DAY}.md"]
    blog.copy(blog.write(DAY, draft=True))
    assert blog.files() == []


def test_the_folder_that_the_other_blog_has_is_the_one(blog: Blog) -> None:
    blog.configured("astropaper")
    (blog.other / "src/content/posts").mkdir(parents=True)
    blog.copy(blog.write(DAY))
    assert blog.files() == [f"src/content/posts/{DAY}.md"]


def test_two_posts_that_want_one_file_are_named(blog: Blog) -> None:
    first, second = blog.write("note", year=2025), blog.write("note", "Other")
    with pytest.raises(RenderError, match=r"content/posts/note\.md: 2025/note\.md and 2026/note\.md want the same file"):
        blog.copy(first, second)
    assert not blog.other.exists()


def test_a_wrong_post_is_named_and_nothing_is_written(blog: Blog) -> None:
    good, bad = blog.write(DAY), blog.write("2026-02-19-bad")
    bad.write_text("no front matter", encoding="utf-8")
    with pytest.raises(RenderError, match=r"2026-02-19-bad\.md:1: the post has no front matter"):
        blog.copy(good, bad)
    assert not blog.other.exists()


@pytest.mark.parametrize(
    "to", ["public", "public/x", "content/records", ".digest/x", "content/posts", "content/edits", "templates"]
)
def test_no_copies_among_the_files_of_this_blog(blog: Blog, to: str) -> None:
    blog.configured("hugo", to)
    with pytest.raises(OutputError, match="is no place for copies of posts"):
        blog.copy(blog.write(DAY))


def test_no_copies_among_the_posts_of_this_blog(blog: Blog) -> None:
    """Hugo's folder below this blog is the one of its own posts."""
    blog.configured("hugo", ".")
    with pytest.raises(OutputError, match="is no place for copies of posts"):
        blog.copy(blog.write(DAY))
    blog.configured("jekyll", ".")
    assert blog.copy(blog.write(DAY)).written == (blog.folder / f"_posts/{DAY}.md",)


def test_an_absolute_folder_and_a_link_to_one(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    blog.configured("hugo", str(tmp_path / "link"))
    assert blog.copy(blog.write(DAY)).written == (tmp_path / "real" / COPY,)


def test_a_link_inside_the_folder_is_refused(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (blog.other / "content").mkdir(parents=True)
    (blog.other / "content/posts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"content/posts: is a symbolic link"):
        blog.copy(blog.write(DAY))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_the_place_of_a_copy_is_left_alone(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "target.md").write_text("mine", encoding="utf-8")
    (blog.other / "content/posts").mkdir(parents=True)
    (blog.other / COPY).symlink_to(tmp_path / "target.md")
    assert blog.copy(blog.write(DAY)).kept == (blog.other / COPY,)
    assert (tmp_path / "target.md").read_text(encoding="utf-8") == "mine"


def test_a_manifest_names_nothing_outside_of_the_folder(blog: Blog, tmp_path: Path) -> None:
    victim = tmp_path / "victim.md"
    victim.write_text("x", encoding="utf-8")
    blog.copy(blog.write(DAY))
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
    blog.copy(*posts)
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
    made = blog.copy(*posts)
    assert (len(made.written), made.kept) == (40, ())


COPY_ALL = """
import sys
from pathlib import Path
from digest.config import load
from digest.posts.dialects import copy_posts
folder = Path(sys.argv[1])
copy_posts(load(folder / "config.yaml", {}), sorted(folder.rglob("content/posts/**/*.md")))
"""


def test_nikola_gets_one_spelling_of_a_tag_in_the_whole_blog(blog: Blog) -> None:
    blog.configured("nikola")
    blog.copy(blog.write("2026-02-17-daily-papers", tags='"LLM Agents", "C"'))
    blog.copy(blog.write(DAY, tags='"llm-agents", "C#", "RL"'))
    assert "\n.. tags: LLM Agents, RL\n" in (blog.other / f"posts/{DAY}.md").read_text(encoding="utf-8")
