"""Second copies for another blog, as build, render and roundup make them. The dialects themselves: tests/posts/dialects."""

import yaml

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
    assert copies(blog) == ["2026-W08.md"]


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
