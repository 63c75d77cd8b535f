"""Round-ups as files: written as far as they changed, and left alone where a person has edited them."""

import json
from pathlib import Path

import pytest

from digest import digests
from digest.errors import OutputError, RecordError
from digest.roundups import roundup_path
from digest.roundups.files import read_written
from digest.roundups.write import told
from digest.store import sha256
from roundups.weeks import blog, day, edit, make, period, pick, text

WEEK = "2026-W08"


@pytest.fixture
def config(tmp_path):
    """A blog in two languages with one day."""
    found = blog(tmp_path)
    day(found, "2026-02-18", pick("2602.00001", stars=3, name="A"), pick("2602.00002", stars=3, name="B"))
    return found


def file(config, language="zh"):
    return roundup_path(config, period(WEEK), language)


def test_a_file_for_each_language_and_a_record_of_both(config):
    done = make(config, WEEK)
    assert [str(path.relative_to(config.root)) for path in done.posts.files] == [
        "content/posts/2026/2026-W08.md",
        "content/posts/2026/2026-W08.en.md",
    ]
    record = config.path("records") / "roundups.json"
    kept = json.loads(record.read_text(encoding="utf-8"))
    assert kept == {"schema": 1, "posts": {str(p.relative_to(config.root)): sha256(p.read_bytes()) for p in done.posts.files}}
    assert record.read_text(encoding="utf-8") == json.dumps(kept, sort_keys=True, indent=1) + "\n"


def test_the_record_of_round_ups_is_no_record_of_a_day(config):
    make(config, WEEK)
    assert [str(found) for found in digests.days(config.path("records"))] == ["2026-02-18"]
    assert len(digests.load_days(config)) == 1


def test_a_second_time_nothing_is_written(config):
    make(config, WEEK)
    again = make(config, WEEK)
    assert (again.posts.files, again.posts.kept) == ({}, ())
    assert list(told(again)) == ["2026-W08: the round-up has not changed"]


def test_a_change_of_a_day_writes_it_again_and_keeps_the_others_hashes(config):
    make(config, WEEK)
    make(config, "2026-02")
    edit(config, "2026-02-18", 'drop: ["2602.00001"]\n')
    assert len(make(config, WEEK).posts.files) == 2
    assert "**[A]" not in text(config, WEEK)
    assert len(read_written(config).posts) == 4


def test_one_edited_by_hand_is_left_alone_unless_told(config):
    make(config, WEEK)
    with file(config).open("a", encoding="utf-8") as mine:
        mine.write("\n手写的一行\n")
    edit(config, "2026-02-18", 'drop: ["2602.00001"]\n')
    done = make(config, WEEK)
    assert done.posts.kept == (file(config),)
    assert list(done.posts.files) == [file(config, "en")]
    assert "手写的一行" in text(config, WEEK)
    assert any("edited by hand" in line and "--overwrite" in line for line in told(done))
    make(config, WEEK, overwrite=True)
    assert "手写的一行" not in text(config, WEEK)
    assert not make(config, WEEK).posts.kept


def test_a_file_of_somebody_else_is_left_alone(config):
    file(config).parent.mkdir(parents=True)
    file(config).write_text("mine", encoding="utf-8")
    assert make(config, WEEK).posts.kept == (file(config),)
    assert text(config, WEEK) == "mine"
    assert list(read_written(config).posts) == ["content/posts/2026/2026-W08.en.md"]


def test_a_folder_in_its_place_is_named(config):
    file(config).mkdir(parents=True)
    with pytest.raises(OutputError, match=r"2026-W08\.md"):
        make(config, WEEK)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "no record of round-ups"),
        ("[]", "no record of round-ups"),
        ('{"schema": 2, "posts": {}}', "a record of schema 2: this version reads schema 1"),
        ('{"schema": 1, "posts": {"a": 1}}', "bad value for posts.a"),
        ('{"schema": 1, "post": {}}', "bad value for post"),
    ],
)
def test_a_damaged_record_is_named_and_nothing_is_overwritten(config, content, told):
    make(config, WEEK)
    before = text(config, WEEK)
    (config.path("records") / "roundups.json").write_text(content, encoding="utf-8")
    edit(config, "2026-02-18", 'drop: ["2602.00001"]\n')
    with pytest.raises(RecordError, match=r"roundups\.json") as error:
        make(config, WEEK)
    assert told in str(error.value)
    assert text(config, WEEK) == before


def test_a_run_that_is_killed_between_two_files_is_made_good_by_the_next(config, monkeypatch):
    make(config, WEEK)
    day(config, "2026-02-19", pick("2602.00003", stars=3, name="C"))
    killed_after(1, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        make(config, WEEK)
    monkeypatch.undo()
    assert make(config, WEEK).posts.kept == ()
    assert "[C](" in file(config).read_text(encoding="utf-8")
    assert "[C](" in file(config, "en").read_text(encoding="utf-8")


def killed_after(files, monkeypatch):
    """End the run, as a signal would, after so many files have taken their names."""
    replace, left = Path.replace, iter(range(files))

    def until(self, target):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", until)
