"""Which round-ups a build writes, and when."""

from datetime import date, timedelta

import pytest

from digest import digests
from digest.roundups import Failed, write_due
from digest.store import Cache
from roundups.weeks import CONFIG, blog, day, edit, make, period, pick, text, without

DAY = timedelta(days=1)
BOTH = CONFIG + "roundups: [week, month]\n"


class Night:
    """A blog whose builds write their round-ups; `said` is what the last one told."""

    def __init__(self, config):
        self.config, self.said, self.unsettled = config, [], set()

    def __call__(self, today, *, built=()):
        self.said = []
        with Cache(self.config.path("state")) as cache:
            return write_due(
                self.config,
                date.fromisoformat(today),
                cache,
                look_back=14,
                built=[date.fromisoformat(d) for d in built],
                is_settled=lambda digest: str(digest.date) not in self.unsettled,
                say=self.said.append,
            )

    @property
    def written(self):
        found = self.config.path("posts").rglob("*.md")
        return sorted(path.stem for path in found if "." not in path.stem)

    @property
    def stamps(self):
        return {path: path.stat().st_mtime_ns for path in self.config.path("posts").rglob("*.md")}


@pytest.fixture
def night(tmp_path):
    """Five weeks with two days each, up to 2026-02-19, in a blog that wants both kinds."""
    config = blog(tmp_path, BOTH)
    for n, monday in enumerate(("2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09", "2026-02-16")):
        first = date.fromisoformat(monday)
        day(config, str(first), pick(f"2602.{n}0001", "RL", stars=3))
        day(config, str(first + 3 * DAY), pick(f"2602.{n}0002", "RL", stars=3))
    return Night(config)


def test_a_week_is_written_when_its_last_day_is_over(night):
    night("2026-02-22")
    assert "2026-W08" not in night.written
    night("2026-02-23")
    assert "2026-W08" in night.written


def test_the_first_time_only_the_last_weeks_and_the_last_month_are_written(night):
    assert night("2026-02-23") == []
    assert night.written == ["2026-01", "2026-W07", "2026-W08"]


def test_only_what_the_config_wants_is_written(tmp_path):
    config = blog(tmp_path, CONFIG + "roundups: [month]\n")
    day(config, "2026-01-19", pick("2601.00001"))
    day(config, "2026-02-16", pick("2602.00001"))
    found = Night(config)
    found("2026-02-23")
    assert found.written == ["2026-01"]


def test_a_second_night_touches_nothing_and_says_nothing(night):
    night("2026-02-23")
    before = night.stamps
    night("2026-02-24")
    assert (night.stamps, night.said) == (before, [])


def test_a_week_waits_for_a_day_that_is_not_complete(night):
    night.unsettled = {"2026-02-19"}
    night("2026-02-23")
    assert "2026-W08" not in night.written
    assert "2026-W08: the round-up waits until 2026-02-19 is complete" in night.said
    night.unsettled = set()
    night("2026-02-24", built=["2026-02-19"])
    assert "2026-W08" in night.written


def test_a_day_that_was_given_up_is_not_waited_for(night):
    night.unsettled = {"2026-02-16"}
    night("2026-03-02")
    assert "2026-W08" not in night.written
    night("2026-03-03")
    assert "2026-W08" in night.written


def test_a_record_that_cannot_be_read_keeps_its_week_waiting(night):
    digests.record_path(night.config.path("records"), date(2026, 2, 19)).write_text("{", encoding="utf-8")
    assert [one.name for one in night("2026-02-23")] == []
    assert "2026-W08" not in night.written


def test_edits_of_a_day_write_its_week_again(night):
    night("2026-02-23")
    assert "2602.40001" in text(night.config, "2026-W08")
    edit(night.config, "2026-02-16", 'drop: ["2602.40001"]\n')
    night("2026-02-24")
    assert "2602.40001" not in text(night.config, "2026-W08")
    assert "2602.40001" in "".join(p.read_text(encoding="utf-8") for p in night.config.path("records").rglob("*.json"))


def test_a_day_of_a_period_compared_with_does_too(night):
    night("2026-02-23")
    assert "此前共 8 篇" in text(night.config, "2026-W08")
    day(night.config, "2026-01-28", pick("2602.70001", stars=3))
    night("2026-02-24", built=["2026-01-28"])
    assert "此前共 9 篇" in text(night.config, "2026-W08")


def test_an_old_round_up_is_written_again_when_a_build_fills_a_gap(night):
    make(night.config, "2026-W05")
    day(night.config, "2026-01-28", pick("2602.70001", stars=3, name="Late"))
    night("2026-02-23")
    assert "Late" not in text(night.config, "2026-W05")
    night("2026-02-23", built=["2026-01-28"])
    assert "Late" in text(night.config, "2026-W05")


def test_an_old_period_that_nobody_asked_for_is_not_written_because_a_build_fills_a_gap(night):
    day(night.config, "2026-01-28", pick("2602.70001"))
    night("2026-02-23", built=["2026-01-28"])
    assert "2026-W05" not in night.written


def test_a_running_round_up_made_by_hand_is_made_whole_when_the_week_is_over(night):
    make(night.config, "2026-W08", today=date(2026, 2, 20))
    night("2026-02-21", built=["2026-02-19"])
    assert "尚未结束" in text(night.config, "2026-W08")
    night("2026-02-23")
    assert "尚未结束" not in text(night.config, "2026-W08")


def test_one_edited_by_hand_is_left_alone_and_told_once(night):
    night("2026-02-23")
    mine = night.config.path("posts") / "2026" / "2026-W08.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\n手写\n", encoding="utf-8")
    night("2026-02-24")
    assert any("left alone, edited by hand" in line for line in night.said)
    assert "手写" in text(night.config, "2026-W08")
    night("2026-02-25")
    assert night.said == []


def test_one_that_was_deleted_is_written_again(night):
    night("2026-02-23")
    (night.config.path("posts") / "2026" / "2026-W08.md").unlink()
    night("2026-02-24")
    assert "2026-W08" in night.written


def test_a_week_without_an_announcement_is_told_once(tmp_path):
    config = blog(tmp_path, CONFIG + "roundups: [week]\n")
    without(config, "2026-02-18")
    found = Night(config)
    found("2026-02-23")
    assert "2026-W08: nothing was announced, so there is no round-up" in found.said
    found("2026-02-24")
    assert found.said == []


def test_without_the_cache_it_is_looked_at_again_and_the_bytes_are_the_same(night):
    night("2026-02-23")
    before = {path: path.read_bytes() for path in night.stamps}
    (night.config.path("state") / "cache.sqlite").unlink()
    night("2026-02-24")
    assert {path: path.read_bytes() for path in night.stamps} == before


def test_one_that_fails_keeps_no_other_from_being_written(night):
    """A month with a damaged record fails, and is told; the weeks are written."""
    digests.record_path(night.config.path("records"), date(2025, 12, 1)).parent.mkdir(parents=True)
    digests.record_path(night.config.path("records"), date(2025, 12, 1)).write_text("{", encoding="utf-8")
    (failed,) = night("2026-02-23")
    assert isinstance(failed, Failed)
    assert failed.name == "2026-01"
    assert "2025-12-01.json" in str(failed.error)
    assert night.written == ["2026-W07", "2026-W08"]


def test_a_damaged_list_of_round_ups_is_told(night):
    (night.config.path("records") / "roundups.json").write_text("{", encoding="utf-8")
    failed = night("2026-02-23", built=["2026-02-19"])
    assert [one.name for one in failed] == ["round-ups"]
    assert night.written == []


def test_the_turn_of_the_year(tmp_path):
    config = blog(tmp_path, BOTH)
    for name in ("2026-12-30", "2027-01-01"):
        day(config, name, pick(f"2612.{name[-2:]}001", stars=3))
    found = Night(config)
    found("2027-01-03")
    assert found.written == ["2026-12"]
    found("2027-01-04")
    assert found.written == ["2026-12", "2026-W53"]
    assert period("2026-W53").previous.name == "2026-W52"
