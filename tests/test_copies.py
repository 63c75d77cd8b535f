"""Second copies for another blog, as build, render and roundup make them. The dialects themselves: tests/posts/dialects."""

import pytest
import yaml

from digest.config import load
from digest.copies import problems
from nights import DAY, edit, record

HUGO = {"DIGEST__POSTS__DIALECT": "hugo", "DIGEST__POSTS__EXPORT_TO": "../hugo"}


def copies(blog):
    return sorted(path.name for path in (blog.folder / "../hugo/content/posts").rglob("*.md"))


def test_a_build_copies_its_posts_in_the_other_generators_form_and_a_second_one_writes_nothing(blog):
    done = blog("build", "--date", DAY, **HUGO, DIGEST__POSTS__LANGUAGES="[zh, en]")
    assert done.status == 0
    assert copies(blog) == [f"{DAY}-daily-papers-en.en.md", f"{DAY}-daily-papers.md"]
    copy = (blog.folder / f"../hugo/content/posts/{DAY}-daily-papers.md").read_text(encoding="utf-8")
    front = yaml.safe_load(copy.split("---\n")[1])
    assert str(front["date"]) == DAY
    assert "published" not in front
    again = blog("build", "--date", DAY, **HUGO, DIGEST__POSTS__LANGUAGES="[zh, en]")
    assert "copies:" not in again.stderr


def test_without_a_folder_there_are_no_copies(blog):
    blog("build", "--date", DAY)
    assert not (blog.folder / "../hugo").exists()


def test_edits_by_hand_go_over_to_the_copy_and_a_copy_edited_by_hand_is_left_alone_unless_told(blog):
    blog("build", "--date", DAY, **HUGO)
    with blog.post.open("a", encoding="utf-8") as post:
        post.write("\n手写的一行\n")
    copy = blog.folder / f"../hugo/content/posts/{DAY}-daily-papers.md"
    blog("render", **HUGO)
    assert "手写的一行" in copy.read_text(encoding="utf-8")
    copy.write_text(copy.read_text(encoding="utf-8") + "over there\n", encoding="utf-8")
    edit(blog, "intro: {zh: 编辑的话}\n")
    done = blog("render", **HUGO)
    assert "copy left alone, edited by hand" in done.stderr
    assert "over there" in copy.read_text(encoding="utf-8")
    blog("render", "--overwrite", **HUGO)
    assert "over there" not in copy.read_text(encoding="utf-8")
    assert "编辑的话" in copy.read_text(encoding="utf-8")


def test_render_copies_every_day_and_takes_away_what_is_gone(blog):
    blog("build", "--date", DAY)
    assert blog("render", **HUGO).status == 0
    assert copies(blog) == [f"{DAY}-daily-papers.md"]
    blog.post.unlink()
    # the post is written again by render, so its edition has to go
    blog("render", "--date", "2026-02-15", **HUGO)
    assert copies(blog) == []


def test_round_ups_are_copied_too(blog):
    blog("build", "--date", DAY)
    assert blog("roundup", "--week", "2026-W08", **HUGO).status == 0
    assert copies(blog) == [f"{DAY}-daily-papers.md", "2026-W08.md"]


def test_a_build_copies_old_posts_and_those_by_hand_too(blog):
    blog("build", "--date", DAY)
    for name, date in (("2016/old", "2016-01-01"), ("2026/by-hand", "2026-01-01")):
        post = blog.folder / f"content/posts/{name}.md"
        post.parent.mkdir(exist_ok=True)
        post.write_text(f"---\npublished: {date}\n---\ntext\n", encoding="utf-8")
    assert blog("build", "--date", DAY, **HUGO).status == 0
    assert copies(blog) == [f"{DAY}-daily-papers.md", "by-hand.md", "old.md"]


@pytest.mark.parametrize("command", [("build", "--date", DAY, "--no-site"), ("render",), ("roundup", "--week", "2026-W08")])
def test_a_wrong_post_by_hand_is_named_and_the_others_are_copied(blog, command):
    blog("build", "--date", DAY)
    (blog.folder / "content/posts/wrong.md").write_text("---\ntitle: no date\n---\n", encoding="utf-8")
    done = blog(*command, **HUGO)
    assert done.status == 1
    assert "not copied" in done.stderr
    assert "content/posts/wrong.md: None is not a date" in done.stderr
    assert f"{DAY}-daily-papers.md" in copies(blog)


def test_a_wrong_post_that_stops_the_site_does_not_stop_the_copies(blog):
    blog("build", "--date", DAY)
    (blog.folder / "content/posts/wrong.md").write_text("---\ntitle: no date\n---\n", encoding="utf-8")
    assert blog("build", "--date", DAY, **HUGO).status == 2
    assert copies(blog) == [f"{DAY}-daily-papers.md"]


@pytest.mark.parametrize("command", [("build", "--date", DAY), ("render", "--date", DAY)])
def test_overwrite_means_the_copies_of_the_days_that_are_asked_for(blog, command):
    blog("build", "--date", DAY)
    (blog.folder / "content/posts/note.md").write_text("---\npublished: 2026-01-01\n---\ntext\n", encoding="utf-8")
    blog("render", **HUGO)
    theirs = [blog.folder / f"../hugo/content/posts/{name}.md" for name in (f"{DAY}-daily-papers", "note")]
    for copy in theirs:
        copy.write_text("over there", encoding="utf-8")
    blog(*command, "--overwrite", **HUGO)
    assert [copy.read_text(encoding="utf-8") == "over there" for copy in theirs] == [False, True]
    blog("render", "--overwrite", **HUGO)
    assert theirs[1].read_text(encoding="utf-8") != "over there"


def test_overwrite_of_a_round_up_means_its_copy(blog):
    blog("build", "--date", DAY)
    blog("roundup", "--week", "2026-W08", **HUGO)
    theirs = [blog.folder / f"../hugo/content/posts/{name}.md" for name in (f"{DAY}-daily-papers", "2026-W08")]
    for copy in theirs:
        copy.write_text("over there", encoding="utf-8")
    blog("roundup", "--week", "2026-W08", "--overwrite", **HUGO)
    assert [copy.read_text(encoding="utf-8") == "over there" for copy in theirs] == [True, False]


def test_what_keeps_posts_from_being_copied_can_be_asked_for(blog):
    blog("build", "--date", DAY)
    config = load(blog.folder / "config.yaml", HUGO)
    assert list(problems(config)) == []
    (blog.folder / "content/posts/wrong.md").write_text("text", encoding="utf-8")
    assert ["the post has no front matter" in problem for problem in problems(config)] == [True]
    wrong = load(blog.folder / "config.yaml", HUGO | {"DIGEST__POSTS__EXPORT_TO": "."})
    assert ["this blog's own folder" in problem for problem in problems(wrong)] == [True]
    assert not (blog.folder / "../hugo").exists()


def test_a_folder_within_this_blogs_own_is_refused_before_anything_is_asked(blog):
    done = blog("build", "--date", DAY, DIGEST__POSTS__DIALECT="hugo", DIGEST__POSTS__EXPORT_TO="public")
    assert done.status == 2
    assert "is no place for copies of posts" in done.stderr
    assert blog.server.log == []


def test_a_copy_that_cannot_be_written_degrades_the_run_and_takes_nothing_from_the_day(blog):
    (blog.folder / "../hugo").write_text("a file stands here", encoding="utf-8")
    done = blog("build", "--date", DAY, **HUGO)
    assert done.status == 1
    assert "hugo" in done.stderr
    assert record(blog)["status"] == "announced"
    assert (blog.folder / "public/index.html").is_file()
