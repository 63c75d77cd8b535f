"""`digest render` after a change of the site's language: posts take their new names, what was edited by hand stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Blog


@pytest.fixture
def turned(blog: Blog) -> Blog:
    """The sample day and the round-up of its week in two languages, made for a site in Chinese that is now one in English."""
    blog.configure("languages: [zh]", "languages: [zh, en]")
    assert blog("build", "--date", str(blog.day), "--quiet", "--no-site").status == 0
    assert blog("roundup", "--week", "2026-W08", "--quiet").status == 0
    blog.configure("language: zh", "language: en")
    return blog


def posts(blog: Blog) -> dict[str, str]:
    """The posts by their names, with what their front matter says of their language."""
    found = {}
    for path in sorted((blog.folder / "content/posts").rglob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.name] = next(line.partition(": ")[2].strip('"') for line in lines if line.startswith("lang: "))
    return found


OLD = {"-daily-papers.en.md": "en", "-daily-papers.md": "zh"}
NEW = {"-daily-papers.md": "en", "-daily-papers.zh.md": "zh"}


def named(blog: Blog, names: dict[str, str]) -> dict[str, str]:
    day = {f"{blog.day}{name}": language for name, language in names.items()}
    return day | {name.replace("-daily-papers", "2026-W08"): language for name, language in names.items()}


def test_posts_take_their_new_names_and_the_site_can_be_built(turned: Blog) -> None:
    assert posts(turned) == named(turned, OLD)
    assert turned("site").status == 2
    done = turned("render")
    assert done.status == 0 and posts(turned) == named(turned, NEW)
    assert f"removed, now without its language in its name: {turned.post.with_suffix('.en.md')}" in done.stderr
    assert turned("site").status == 0
    assert (turned("check").stdout, turned("render").stderr.count("removed")) == ("all is well\n", 0)


@pytest.mark.parametrize("edited", [lambda blog: blog.post.with_suffix(".en.md"), lambda blog: blog.post])
def test_what_was_edited_by_hand_stays_and_is_told(turned: Blog, edited: Callable[[Blog], Path]) -> None:
    path = edited(turned)
    path.write_text(path.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    done = turned("render")
    assert path.read_text(encoding="utf-8").endswith("Mine.\n") and turned.post.with_suffix(".en.md").exists()
    assert f"left alone, edited by hand: {path} (" in done.stderr
    assert turned("render", "--overwrite").status == 0
    assert posts(turned) == named(turned, NEW)


def test_a_language_that_the_blog_writes_no_more_keeps_its_posts(blog: Blog) -> None:
    blog.configure("languages: [zh]", "languages: [zh, en]")
    assert blog("build", "--date", str(blog.day), "--quiet", "--no-site").status == 0
    before = posts(blog)
    blog.configure("languages: [zh, en]", "languages: [zh]")
    assert blog("render").status == 0
    assert posts(blog) == before
