"""What the site is made from: which post is which."""

from pathlib import Path

import pytest

from digest.config import Config, parse
from digest.errors import RecordError
from digest.site.load import Post, load


@pytest.fixture
def blog(tmp_path: Path) -> Config:
    for name in ("2026-02", "2026-W08"):
        post = tmp_path / f"content/posts/2026/{name}.md"
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_text(f"---\ntitle: {name}\npublished: 2026-02-20\n---\n", encoding="utf-8")
    return parse("", path=tmp_path / "config.yaml", environ={})


def know(blog: Config, text: str) -> None:
    """Write the list of round-ups."""
    blog.path("records").mkdir(parents=True)
    (blog.path("records") / "roundups.json").write_text(text, encoding="utf-8")


def posts(blog: Config) -> dict[str, Post]:
    return {post.name: post for post in load(blog).posts}


def test_a_post_by_hand_with_the_name_of_a_round_up_is_a_post_by_hand(blog: Config) -> None:
    found = posts(blog)
    assert [found[name].route for name in ("2026-02", "2026-W08")] == ["posts/2026-02/", "posts/2026-W08/"]
    assert all(post.is_written for post in found.values())


def test_round_ups_are_those_that_are_known_as_written(blog: Config) -> None:
    know(blog, '{"posts": {"content/posts/2026/2026-W08.md": "hash", "content/posts/2026-02.md": "elsewhere"}, "schema": 1}')
    found = posts(blog)
    assert [found[name].is_written for name in ("2026-02", "2026-W08")] == [True, False]


def test_posts_that_lie_outside_of_the_blogs_folder_are_known_too(blog: Config, tmp_path: Path) -> None:
    text = f"paths: {{posts: {tmp_path / 'content/posts'}}}"
    inner = parse(text, path=tmp_path / "inner/config.yaml", environ={})
    know(inner, '{"posts": {"../content/posts/2026/2026-W08.md": "hash"}, "schema": 1}')
    assert not posts(inner)["2026-W08"].is_written


def test_a_list_of_round_ups_that_cannot_be_read_is_an_error(blog: Config) -> None:
    know(blog, "{torn")
    with pytest.raises(RecordError, match=r"roundups\.json"):
        load(blog)
