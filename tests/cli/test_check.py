"""`digest check`: a line each for all that is wrong, and the exit status that other commands would have."""

from itertools import pairwise
from pathlib import Path

import pytest

from conftest import Blog, Outcome

WEEK = "2026-W08"


@pytest.fixture
def built(blog: Blog) -> Blog:
    """The sample day, built for two languages and without a site, and with a round-up of its week."""
    blog.configure("languages: [zh]", "languages: [zh, en]")
    assert blog("build", "--date", str(blog.day), "--quiet").status == 0
    return blog


def put(blog: Blog, name: str, text: str) -> Path:
    path = blog.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lines(shown: Outcome) -> list[str]:
    assert shown.stderr == ""
    return shown.stdout.splitlines()


def test_a_blog_as_it_was_built_is_well(built: Blog) -> None:
    shown = built("check")
    assert (shown.status, shown.stdout, shown.stderr) == (0, "all is well\n", "")


@pytest.mark.parametrize("text", ["\n{% if %}", "\n{{ nothing }}", '\n{{ label("post.zzz") }}'])
def test_a_broken_template_of_posts_is_told_once_for_all_languages(built: Blog, text: str) -> None:
    path = put(built, "templates/posts/cards.md.j2", text)
    shown = built("check")
    assert [line.split(": ")[0] for line in lines(shown)] == [f"{path}:2"]
    assert shown.status == 2


def test_a_broken_template_of_pages_is_told(built: Blog) -> None:
    path = put(built, "templates/site/term.html.j2", "\n{% if %}")
    shown = built("check")
    assert [line.split(": ")[0] for line in lines(shown)] == [f"{path}:2"]
    assert shown.status == 2


def test_a_broken_template_of_round_ups_is_told_where_there_is_one(built: Blog) -> None:
    path = put(built, "templates/posts/roundup.md.j2", "\n{{ nothing }}")
    assert lines(built("check")) == ["all is well"]
    path.unlink()
    assert built("roundup", "--week", WEEK).status == 0
    assert lines(built("check")) == ["all is well"]
    put(built, "templates/posts/roundup.md.j2", "\n{{ nothing }}")
    shown = built("check")
    assert lines(shown) == [f"{path}:2: the template fails: 'nothing' is undefined"]


def test_labels_are_told_with_their_lines(built: Blog) -> None:
    path = put(built, "templates/labels/en.yaml", 'post:\n  title: "{nope}"\n  must_todya: x\n')
    shown = built("check")
    assert shown.status == 2
    assert [line.split(": ")[:2] for line in lines(shown)] == [
        [f"{path}:3", "unknown label 'post.must_todya' (did you mean 'must_today'?)"],
        [f"{path}:2", "the label 'post.title' cannot be filled"],
    ]


def test_labels_of_the_wrong_kind_are_told_once(built: Blog) -> None:
    path = put(built, "templates/labels/zh.yaml", "post:\n  must_today: [x]\n")
    assert lines(built("check")) == [f"{path}:2: bad value for the label 'post.must_today': a text is wanted (it is ['x'])"]


def test_an_unknown_label_fails_no_build(built: Blog) -> None:
    put(built, "templates/labels/zh.yaml", "post: {must_todya: x}")
    assert built("render").status == 0


def test_wrong_edits_have_the_exit_status_that_they_have_everywhere(built: Blog) -> None:
    path = put(built, f"content/edits/{built.day}.yaml", "\ndorp: []\n")
    checked, rendered = built("check"), built("render")
    assert (checked.status, rendered.status) == (3, 3)
    assert lines(checked) == [f"{path}:2: unknown key 'dorp' (did you mean 'drop'?)"]


def test_edits_that_stand_for_too_much_are_refused(built: Blog) -> None:
    names = "abcdefghijkl"
    bomb = [f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]" for b, c in pairwise(names)]
    path = put(built, f"content/edits/{built.day}.yaml", "\n".join(["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]", *bomb]))
    shown = built("check")
    assert shown.status == 3
    assert lines(shown) == [f"{path}:5: aliases stand for too much: more than 10,000 values are repeated by *name"]


def test_a_configuration_that_cannot_be_used_has_the_exit_status_that_it_has_everywhere(built: Blog) -> None:
    shown = built("check", DIGEST__MODEL__PROVIDER="openai", DIGEST__MODEL__NAME="m", DIGEST__MODEL__BASE_URL="ftp://x")
    assert shown.status == 3
    assert "base_url" in shown.stdout


def test_edits_without_a_day_and_missing_posts_are_told_with_exit_status_2(built: Blog) -> None:
    path = put(built, "content/edits/2026-01-01.yaml", "drop: []\n")
    built.post.unlink()
    shown = built("check")
    assert lines(shown) == [
        f"{built.post}: the post is missing (`digest render` writes it)",
        f"{path}: there is no record of this day",
    ]
    assert shown.status == 2


def test_a_folder_for_copies_that_is_this_blogs_own_is_told(built: Blog) -> None:
    shown = built("check", DIGEST__POSTS__EXPORT_TO="public")
    assert shown.status == 2
    assert "is no place for copies of posts" in shown.stdout


def test_a_broken_template_does_not_hide_what_else_is_wrong(built: Blog) -> None:
    places = [
        put(built, "templates/posts/cards.md.j2", "{% if %}"),
        put(built, "templates/site/term.html.j2", "{% if %}"),
        put(built, "templates/labels/en.yaml", "pots: {}"),
        put(built, f"content/edits/{built.day}.yaml", "dorp: []"),
    ]
    shown = built("check")
    assert shown.status == 3
    assert {line.split(": ")[0] for line in lines(shown)} == {f"{place}:1" for place in places}


def test_dead_links_of_posts_by_hand_are_told_with_file_and_line(built: Blog) -> None:
    post = put(built, "content/posts/note.md", "---\ntitle: N\npublished: 2026-02-17\n---\n\n[a](../../archvie/)\n")
    shown = built("check")
    assert shown.status == 2
    assert lines(shown) == [f"{post}:6: the link '../../archvie/' leads nowhere: the site has no archvie/"]
    built.configure("enabled: true", "enabled: false")
    assert built("check").stdout == "all is well\n"


def test_a_style_sheet_that_is_not_utf_8_is_told(built: Blog) -> None:
    path = put(built, "templates/site/style/z.css", "")
    path.write_bytes(b"\xff")
    assert lines(built("check")) == [f"{path}: the style sheet is not UTF-8 (save it as UTF-8)"]
