"""`digest roundup`."""

import pytest

from conftest import run_digest
from roundups.weeks import CONFIG, blog, day, pick, text, without

NOW = "2026-02-25T09:00:00Z"


@pytest.fixture
def config(tmp_path):
    """A blog with a day in the last week and one in the week that is running."""
    found = blog(tmp_path)
    day(found, "2026-02-18", pick("2602.00001", stars=3, name="A"))
    day(found, "2026-02-24", pick("2602.00002", stars=3, name="B"))
    return found


def roundup(config, *args, now=NOW):
    return run_digest("roundup", *args, "--config", str(config.root / "config.yaml"), DIGEST_NOW=now)


def test_the_last_week_that_is_over_is_written_without_an_argument(config):
    done = roundup(config)
    assert (done.status, done.stdout) == (0, "")
    assert "2026-W08: round-up written: " in done.stderr
    assert "**[A]" in text(config, "2026-W08")


def test_a_month_and_a_week_by_name(config):
    assert roundup(config, "--month", "2026-02").status == 0
    assert "本月尚未结束，以下内容截至 2026-02-24" in text(config, "2026-02")
    assert roundup(config, "--week", "2026-W08").status == 0


def test_a_running_week_is_written_and_told_to_be_one(config):
    assert roundup(config, "--week", "2026-W09").status == 0
    assert "本周尚未结束" in text(config, "2026-W09")


def test_no_round_up_needs_to_be_configured(config):
    assert "roundups" not in CONFIG
    assert roundup(config, "--quiet").stderr == ""


def test_nothing_announced_is_told_and_no_failure(config):
    without(config, "2026-02-04")
    done = roundup(config, "--week", "2026-W06")
    assert done.status == 0
    assert "2026-W06: nothing was announced, so there is no round-up" in done.stderr
    assert not (config.path("posts") / "2026" / "2026-W06.md").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--week", "2026-8"), "a week is written 2026-W08"),
        (("--week", "2025-W53"), "2025 has the weeks 01 to 52"),
        (("--month", "2026-13"), "a year has the months 01 to 12"),
        (("--week", "2026-W10"), "2026-W10 has not begun"),
        (("--month", "2026-03"), "2026-03 has not begun"),
        (("--week", "2026-W08", "--month", "2026-02"), "exclude each other"),
    ],
)
def test_a_wrong_period_is_exit_status_3_and_one_line(config, args, told):
    done = roundup(config, *args)
    assert done.status == 3
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_hand_edited_round_up_is_replaced_only_when_told(config):
    roundup(config)
    file = config.path("posts") / "2026" / "2026-W08.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n手写\n", encoding="utf-8")
    done = roundup(config)
    assert done.status == 0
    assert "left alone, edited by hand" in done.stderr
    assert "手写" in text(config, "2026-W08")
    roundup(config, "--overwrite")
    assert "手写" not in text(config, "2026-W08")


def test_another_run_at_work_is_not_disturbed(config):
    from digest.store import blog_lock

    with blog_lock(config.path("state")):
        assert roundup(config).status == 75
