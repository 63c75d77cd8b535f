"""What the preview watches, and that an open page hears of a change and of nothing else."""

import http.client
import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from blogs import write
from digest.config import Config
from digest.site.serving.watching import changed, looks, watched
from digest.store import blog_lock
from previews import PAGE, POST, Served, append


def test_an_open_page_hears_of_its_change(site: Served) -> None:
    site.preview.build()
    with site.listening(PAGE) as heard:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        site.preview.build()
        assert heard() == b"event: changed\n"
    assert "A new sentence." in site.get(PAGE).text


def test_a_page_hears_nothing_of_what_changes_elsewhere(site: Served) -> None:
    write(site.config, "pages/team.md", "---\ntitle: Team\n---\n\nWe.\n")
    site.preview.build()
    with site.listening("/papers/team/") as heard, site.listening(PAGE) as other:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        site.preview.build()
        assert other() == b"event: changed\n"
        append(site.config.path("content") / "pages/team.md", "\nAnd you.\n")
        site.preview.build()
        assert heard() == b"event: changed\n"
        assert "And you." in site.get("/papers/team/").text


def test_a_page_that_comes_late_hears_at_once(site: Served) -> None:
    """What changed between its loading and its listening would be missed."""
    site.preview.build()
    old = re.search(r'data-mark="(\w+)"', site.get(PAGE).text)
    assert old
    append(site.config.root / POST, "\n\nA new sentence.\n")
    site.preview.build()
    connection = http.client.HTTPConnection("127.0.0.1", site.server.server_port, timeout=10)
    connection.request("GET", "/papers/_live?" + urlencode({"page": PAGE, "mark": old[1]}))
    assert b"event: changed" in connection.getresponse().read()
    connection.close()


def test_every_page_hears_of_a_new_style(site: Served) -> None:
    site.preview.build()
    with site.listening("/papers/about/") as heard:
        own = site.config.path("templates") / "site/style/99-mine.css"
        own.parent.mkdir(parents=True)
        own.write_text("h1 { color: teal; }\n", encoding="utf-8")
        site.preview.build()
        assert heard() == b"event: changed\n"
    assert "teal" in site.get("/papers/assets/style.css").text


def label(config: Config, word: str) -> None:
    own = config.path("templates") / "labels/zh.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"site: {{archive: {word}}}\n", encoding="utf-8")


def macro(config: Config, word: str) -> None:
    own = config.path("templates") / "site/404.html.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f'{{% extends "base.html.j2" %}}{{% block main %}}<h1>{word}</h1>{{% endblock %}}', encoding="utf-8")


def title(config: Config, word: str) -> None:
    (config.root / "config.yaml").write_text(f"site: {{title: {word}, url: https://example.org/papers/}}\n", encoding="utf-8")


@pytest.mark.parametrize("change", [label, macro, title])
def test_a_file_that_changes_twice_shows_twice(site: Served, change: Callable[[Config, str], None]) -> None:
    """Labels, templates and configuration are kept in the process, and must not be kept too long."""
    for word in ("往期甲", "往期乙"):
        change(site.config, word)
        assert site.preview.build()
        assert word in site.get("/papers/nowhere/").text, site.warned


def test_what_is_watched_is_built_by_itself(site: Served) -> None:
    with site.watching(), site.listening(PAGE) as heard:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        assert heard() == b"event: changed\n"
        assert "A new sentence." in site.get(PAGE).text


def test_everything_that_a_site_is_made_from_is_watched(site: Served) -> None:
    config = site.config
    paths = watched(config, site.file)
    seen = looks(paths)
    for name in ("config.yaml", POST, "content/edits/2026-02-18.yaml", "content/pages/a.md", "templates/labels/zh.yaml"):
        path = config.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")
        now = changed(watched(config, site.file), seen)
        assert str(path) in now and now != seen
        seen = now
    (config.root / POST).unlink()
    assert str(config.root / POST) not in changed(watched(config, site.file), seen)


def test_a_build_changes_nothing_that_is_watched(site: Served) -> None:
    seen = looks(watched(site.config, site.file))
    site.preview.build()
    assert looks(watched(site.config, site.file)) == seen


def test_while_another_run_works_the_old_site_is_shown(site: Served) -> None:
    site.preview.build()
    append(site.config.root / POST, "\n\nA new sentence.\n")
    with blog_lock(site.config.path("state")):
        assert not site.preview.build()
        assert site.get(PAGE).status == 200
    assert site.preview.build()
    assert "A new sentence." in site.get(PAGE).text
