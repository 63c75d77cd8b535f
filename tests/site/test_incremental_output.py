"""Whatever becomes of the output or of what a build remembers, the next build leaves the site as it should be."""

import contextlib
import json
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from digest.config import Config
from digest.site import build_site
from digest.site.output import MANIFEST
from growing import (
    STRANGER,
    Change,
    check_nothing_to_do,
    check_same,
    clean,
    config_changed,
    days_of,
    drop_day,
    files,
    first_blog,
    label_changed,
    new_day,
    reloaded,
    settle,
    stranger_came,
    template_changed,
)


@pytest.fixture
def blog(tmp_path: Path) -> Config:
    config = first_blog(tmp_path)
    settle(config)
    build_site(config)
    return config


def lose(blog: Config) -> None:
    """Files of the root, of a day and of all papers."""
    (blog.path("output") / "index.html").unlink()
    (blog.path("output") / "2026-01-30/index.html").unlink()
    shutil.rmtree(blog.path("output") / "papers")


def drop_second_day(blog: Config) -> None:
    drop_day(blog, days_of(blog)[1])


# --- the output ----------------------------------------------------------------------------------


def test_what_was_lost_from_the_output_comes_back(blog: Config) -> None:
    before = files(blog)
    lose(blog)
    build_site(blog)
    assert files(blog) == before


@pytest.mark.parametrize("change", [label_changed, template_changed, config_changed], ids=lambda change: change.__name__)
def test_what_is_lost_after_a_change_of_settings_comes_back(blog: Config, change: Change) -> None:
    change(blog, random.Random(1))
    blog = reloaded(blog.root)
    check_same(blog)
    lose(blog)
    check_same(blog)


def test_a_file_that_is_not_ours_stays_and_leaves_nothing_to_do(blog: Config) -> None:
    before = files(blog)
    stranger_came(blog, random.Random(1))
    build_site(blog)
    check_nothing_to_do(blog)
    assert files(blog) == {**before, STRANGER: b"papers.example.org"}
    (blog.path("output") / STRANGER).unlink()
    build_site(blog)
    check_nothing_to_do(blog)
    assert files(blog) == before


def test_beside_a_file_that_is_not_ours_what_is_lost_comes_back(blog: Config) -> None:
    stranger_came(blog, random.Random(1))
    check_same(blog)
    lose(blog)
    check_same(blog)


def test_a_build_that_fails_leaves_the_site_and_no_rest(blog: Config) -> None:
    before = files(blog)
    new_day(blog, random.Random(1))
    broken = blog.path("posts") / "broken.md"
    broken.write_text("no front matter")
    with pytest.raises(Exception, match="front matter"):
        build_site(blog)
    assert files(blog) == before
    broken.unlink()
    check_same(blog)


def test_the_manifest_lists_every_file(blog: Config) -> None:
    listed = json.loads(files(blog)[MANIFEST])["files"]
    assert sorted(listed) == sorted(name for name in files(blog) if name != MANIFEST)


# --- the memory ----------------------------------------------------------------------------------


def test_without_its_memory_a_build_removes_what_the_site_no_longer_has(blog: Config) -> None:
    shutil.rmtree(blog.path("state"))
    drop_second_day(blog)
    stranger_came(blog, random.Random(1))
    build_site(blog)
    assert files(blog) == clean(blog)
    assert STRANGER in files(blog)


def test_a_damaged_memory_is_begun_anew(blog: Config) -> None:
    before = files(blog)
    (blog.path("state") / "site.sqlite").write_bytes(b"no database")
    build_site(blog)
    assert files(blog) == before


def test_a_memory_with_a_hole_is_begun_anew(blog: Config, caplog: pytest.LogCaptureFixture) -> None:
    memory = blog.path("state") / "site.sqlite"
    data = bytearray(memory.read_bytes())
    data[8192:-8192] = bytes(len(data) - 16384)
    memory.write_bytes(data)
    drop_second_day(blog)
    build_site(blog)
    assert "starting an empty one" in caplog.text
    assert files(blog) == clean(blog)


def test_a_remembered_value_that_cannot_be_read_is_begun_anew(blog: Config) -> None:
    before = files(blog)
    with contextlib.closing(sqlite3.connect(blog.path("state") / "site.sqlite")) as memory, memory:
        memory.execute("UPDATE units SET plan = substr(plan, 1, 20)")
    build_site(blog)
    assert files(blog) == before


def test_what_is_lost_comes_back_also_after_a_build_that_found_everything_in_its_place(blog: Config) -> None:
    before = files(blog)
    (blog.path("state") / "site.sqlite").unlink()
    assert build_site(blog).changed == 0
    next((blog.path("output") / "papers").glob("*/index.html")).unlink()
    build_site(blog)
    assert files(blog) == before


def test_files_that_were_only_touched_change_nothing(blog: Config) -> None:
    for path in blog.path("content").rglob("*.*"):
        os.utime(path, ns=(1, 1))
    built = build_site(blog)
    assert (built.changed, built.removed, built.pages) == (0, 0, 0)
