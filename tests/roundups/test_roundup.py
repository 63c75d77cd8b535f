"""What a round-up says, part by part, and what it leaves out.

The golden files are written again with `UPDATE_GOLDEN=1 pytest tests/roundups/test_roundup.py`.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from digest.errors import EditsError, RecordError, RenderError
from digest.models import Support, TokenUsage
from digest.posts.escaping import plain
from fakes import card, covered, edition, mention, overview
from roundups.weeks import (
    blog,
    day,
    edit,
    fields,
    made,
    make,
    model_card,
    pick,
    realistic_week,
    section,
    text,
    updated,
    version,
    week,
    without,
)

GOLDEN = Path(__file__).parents[1] / "golden"
HOSTILE = "a | b :dir{x} $5 [x](javascript:1) <script> *b* {{7*7}}"


@pytest.fixture
def config(tmp_path):
    """An empty blog in two languages."""
    return blog(tmp_path)


# --- the whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_realistic_week(config, language):
    realistic_week(config)
    written = made(config, "2026-W08", language)
    golden = GOLDEN / f"roundup.{language}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_front_matter_is_that_of_the_first_edition(config):
    realistic_week(config)
    front = fields(made(config, "2026-W08"))
    assert list(front) == ["title", "published", "description", "tags", "category", "draft", "lang"]
    assert front["published"] == date(2026, 2, 22)
    assert front["category"] == "Paper-Digest"
    assert front["tags"] == ["Daily-Papers", "Agentic RL", "Reasoning", "Tag"]
    assert front["description"].startswith("必读 16 篇：GLM-5、")


def test_a_month_is_told_in_its_own_words(config):
    for name in ("2026-W05", "2026-W08"):
        week(config, name, ["Agentic RL"] * 10, first=int(name[-2:]) * 10)
    written = made(config, "2026-02")
    assert fields(written)["title"] == "Daily AI Papers - 2026 年 2 月回顾"
    assert fields(written)["published"] == date(2026, 2, 28)
    assert "| 方向 | 本月 | 前 1 个月平均 | 变化 |" in written
    assert "- 02-21 至 02-28：无记录\n" in written
    assert fields(text(config, "2026-02", "en"))["title"] == "Daily AI Papers - 2026-02 in review"


def test_a_week_over_the_turn_of_the_year_has_the_year_of_its_thursday(config):
    day(config, "2026-12-31", pick("2612.00001", "RL", stars=3))
    day(config, "2027-01-01", pick("2701.00001", "RL", stars=3))
    written = made(config, "2026-W53")
    assert fields(written)["title"] == "Daily AI Papers - 2026 年第 53 周回顾（12-28 至 01-03）"
    assert fields(written)["published"] == date(2027, 1, 3)
    assert (config.path("posts") / "2026" / "2026-W53.md").is_file()
    assert "[12-31 周四](https://papers.example.org/2026-12-31/)" in written
    assert "[01-01 周五](https://papers.example.org/2027-01-01/)" in written


def test_the_same_records_give_the_same_bytes(config, tmp_path):
    realistic_week(config)
    first = made(config, "2026-W08")
    assert not make(config, "2026-W08").posts.files
    other = tmp_path / "other"
    other.mkdir()
    again = blog(other)
    realistic_week(again)
    assert made(again, "2026-W08", today=date(2027, 1, 1)) == first


def test_parts_with_nothing_to_tell_are_left_out(config):
    day(config, "2026-02-18", covered(cards={"en": card(meta={}, support=Support())}, assessment=_unremarkable()))
    written = made(config, "2026-W08")
    assert re.findall(r"^## (.*)$", written, re.MULTILINE) == ["每日"]
    assert "核对" not in written
    assert "用量" not in written
    assert "\n\n\n" not in written


def _unremarkable():
    plain_one = covered().assessment
    return plain_one.model_copy(update={"signals": plain_one.signals.model_copy(update={"interests": ()})})


# --- the period at a glance -----------------------------------------------------------------------


def test_the_first_line_counts_days_papers_claims_and_tokens(config):
    realistic_week(config)
    made(config, "2026-W08")
    assert (
        "Days: 4 announced, 1 without announcement, 1 not updated yet, 1 without a record. "
        "Papers: 1,200 listed (all days added up), 16 picked. Claims: 16 checked, 0 removed. "
        "Model usage: 160 calls, 1,800,000 tokens"
    ) in text(config, "2026-W08", "en")


def test_a_cost_that_one_day_does_not_know_is_unknown(config):
    day(config, "2026-02-16", pick("2602.00001"), usage=TokenUsage(calls=2, prompt_tokens=10, completion_tokens=1, cost=0.1))
    day(config, "2026-02-17", pick("2602.00002"), usage=TokenUsage(calls=2, prompt_tokens=10, completion_tokens=1))
    assert "模型用量：4 次调用，22 tokens，费用未知。" in made(config, "2026-W08")


def test_a_failed_day_is_told_as_one(config):
    day(config, "2026-02-16", pick("2602.00001"))
    without(config, "2026-02-17", "failed")
    written = made(config, "2026-W08")
    assert "1 天读取失败" in written
    assert "- 02-17 周二：读取失败\n" in written


def test_a_week_without_an_announcement_writes_nothing(config):
    for date_ in ("2026-02-16", "2026-02-17"):
        without(config, date_)
    without(config, "2026-02-18", "stale")
    done = make(config, "2026-W08")
    assert done.is_empty
    assert not config.path("posts").exists()
    assert make(config, "2026-W07").is_empty


def test_a_week_that_is_not_over_says_so_until_it_is(config):
    day(config, "2026-02-16", pick("2602.00001"))
    day(config, "2026-02-18", pick("2602.00002"))
    written = made(config, "2026-W08", today=date(2026, 2, 22))
    assert "> 本周尚未结束，以下内容截至 2026-02-18。" in written
    assert fields(written)["published"] == date(2026, 2, 18)
    assert "- 02-17 周二：无记录\n" in written
    over = made(config, "2026-W08", today=date(2026, 2, 23))
    assert "尚未结束" not in over
    assert fields(over)["published"] == date(2026, 2, 22)
    assert "- 02-17 周二：无记录\n- [02-18 周三]" in over
    assert "- 02-19 至 02-22：无记录" in over


def test_a_day_that_was_revised_after_the_week_moves_updated(config):
    day(config, "2026-02-20", pick("2602.00001"), revised=(date(2026, 2, 21), date(2026, 2, 25)))
    assert fields(made(config, "2026-W08"))["updated"] == date(2026, 2, 25)


def test_a_day_that_was_completed_within_the_week_does_not(config):
    day(config, "2026-02-18", pick("2602.00001"), revised=(date(2026, 2, 19),))
    assert "updated" not in fields(made(config, "2026-W08"))


# --- must-reads -----------------------------------------------------------------------------------


def names(written, title="必读"):
    return re.findall(r"^\d+\. \*\*\[(.*?)\]", section(written, title), re.MULTILINE)


def test_must_reads_are_ordered_by_place_on_their_day_then_by_upvotes(config):
    day(
        config, "2026-02-16", pick("2602.00001", stars=3, upvotes=5, name="A"), pick("2602.00002", stars=3, upvotes=900, name="B")
    )
    day(config, "2026-02-17", pick("2602.00003", stars=3, upvotes=9, name="C"), pick("2602.00004", stars=3, name="D"))
    day(
        config, "2026-02-18", pick("2602.00005", stars=2, upvotes=999, name="E"), pick("2602.00006", stars=3, upvotes=9, name="F")
    )
    assert names(made(config, "2026-W08")) == ["C", "A", "B", "F", "D"]


def test_a_must_read_has_its_sentence_direction_day_and_code(config):
    day(
        config,
        "2026-02-16",
        pick("2602.00001", "RL", "Agents", stars=3, name="GLM", code="https://github.com/a/b", github_stars=1049),
    )
    assert (
        "1. **[GLM](https://papers.example.org/papers/2602.00001/)**（RL / Agents，[02-16](https://papers.example.org/2026-02-16/)，"
        "[代码](https://github.com/a/b) ⭐ 1049）：The method of 2602.00001 helps [[2]](https://papers.example.org/papers/2602.00001/#v1-s2)\n"
    ) in made(config, "2026-W08")


def test_a_repository_without_a_star_has_no_count(config):
    day(config, "2026-02-16", pick("2602.00001", stars=3, code="https://github.com/a/b", github_stars=0))
    assert "[代码](https://github.com/a/b)）" in made(config, "2026-W08")


def test_more_than_a_screen_is_counted_by_day(config):
    day(config, "2026-02-16", *(pick(f"2602.{n:05}", stars=3) for n in range(10)))
    day(config, "2026-02-17", *(pick(f"2602.1{n:04}", stars=3) for n in range(6)))
    written = made(config, "2026-W08")
    assert len(names(written)) == 12
    assert "另有 4 篇必读：[02-16](https://papers.example.org/2026-02-16/)（4）。" in written


def test_a_paper_of_two_days_is_told_once(config):
    day(config, "2026-02-16", pick("2602.00001", stars=3, name="A"))
    day(config, "2026-02-17", pick("2602.00001", stars=3, name="A"), pick("2602.00002", stars=3, name="B"))
    written = made(config, "2026-W08")
    assert names(written) == ["A", "B"]
    assert "精选 2 篇" in written


def test_only_the_first_edition_counts(config):
    mine, other = pick("2602.00001", stars=3, name="A"), pick("2602.00002", stars=3, name="B")
    editions = {"other": edition(other), "daily-papers": edition(mine, overview={"zh": overview(headline="H")})}
    day(config, "2026-02-16", mine, other, editions=editions)
    written = made(config, "2026-W08")
    assert names(written) == ["A"]
    assert "精选 1 篇" in written


def test_a_day_whose_first_edition_has_another_name_leads_to_its_own_page(config):
    mine = pick("2602.00001", stars=3, name="A")
    posts = {"content/posts/2026/2026-02-16-before.md": "0" * 64}
    day(config, "2026-02-16", mine, editions={"before": edition(mine)}, posts=posts)
    assert "[02-16](https://papers.example.org/2026-02-16-before/)" in made(config, "2026-W08")


# --- edits ----------------------------------------------------------------------------------------


def test_the_editor_decides_what_is_a_must_read(config):
    papers = [pick(f"2602.0000{n}", stars=3 if n < 4 else 2, name=f"P{n}") for n in range(1, 5)]
    day(config, "2026-02-16", *papers)
    edit(config, "2026-02-16", 'drop: ["2602.00001"]\nstars: {"2602.00002": 1, "2602.00004": 3}\norder: ["2602.00004"]\n')
    written = made(config, "2026-W08")
    assert names(written) == ["P4", "P3"]
    assert "精选 3 篇" in written
    assert "2602.00001" not in written


def test_an_edited_sentence_is_told(config):
    day(config, "2026-02-16", pick("2602.00001", stars=3))
    edit(config, "2026-02-16", 'replace: [{id: "2602.00001", field: meta.tldr, lang: en, text: In other words}]\n')
    assert "）：In other words（编辑改写）\n" in made(config, "2026-W08")


def test_a_correction_is_told_in_the_readers_language(config):
    day(config, "2026-02-16", pick("2602.00001", name="GLM"))
    edit(config, "2026-02-16", 'correction: [{id: "2602.00001", text: {zh: 数字有误, en: A wrong *number*}}]\n')
    line = "- [GLM](https://papers.example.org/papers/2602.00001/)（[02-16](https://papers.example.org/2026-02-16/)）：数字有误"
    assert section(made(config, "2026-W08"), "更正") == line
    assert r"A wrong \*number\*" in section(text(config, "2026-W08", "en"), "Corrections")


def test_wrong_edits_stop_with_their_line(config):
    day(config, "2026-02-16", pick("2602.00001"))
    edit(config, "2026-02-16", 'drop:\n  - "2602.99999"\n')
    with pytest.raises(EditsError, match=r"2026-02-16\.yaml:2"):
        make(config, "2026-W08")


# --- hostile text, templates, damage --------------------------------------------------------------


def test_hostile_text_stays_text(config):
    also = mention(title=HOSTILE)
    first = version(1, model_card(HOSTILE, tldr=HOSTILE), title=HOSTILE)
    day(config, "2026-01-05", first)
    again = version(2, model_card(f"{HOSTILE} 2", tldr=f"{HOSTILE} 2"), title=HOSTILE)
    mine = pick("2602.00001", HOSTILE, stars=3, name=HOSTILE, tldr=HOSTILE, title=HOSTILE, organisation=HOSTILE)
    twin = pick("2602.00002", HOSTILE, stars=3, organisation=HOSTILE)
    update = {"updated": (updated("2602.15620", 1, 2),), "recarded": (again,)}
    day(config, "2026-02-16", mine, twin, also=[also], **update)
    edit(config, "2026-02-16", "correction: [{id: '2602.00001', text: {zh: '" + HOSTILE + "'}}]\n")
    written = made(config, "2026-W08")
    assert fields(written)["tags"][1] == plain(HOSTILE)
    for raw in ("[x](javascript", " <script>", " :dir{", " *b*"):
        assert raw not in written.partition("---\n\n")[2]
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert {line.replace(r"\|", "").count("|") for line in rows} == {3}


def test_a_template_of_the_blog_goes_first_and_its_mistake_is_named(config):
    day(config, "2026-02-16", pick("2602.00001"))
    own = config.path("templates") / "posts"
    own.mkdir(parents=True)
    (own / "roundup.md.j2").write_text("{{ roundup.title }}\n{{ nothing }}\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"roundup\.md\.j2:2"):
        make(config, "2026-W08")
    (own / "roundup.md.j2").write_text("My own: {{ roundup.title }}\n", encoding="utf-8")
    assert made(config, "2026-W08").endswith("\nMy own: Daily AI Papers - 2026 年第 8 周回顾（02-16 至 02-22）\n")


def test_a_damaged_record_is_named(config):
    day(config, "2026-02-16", pick("2602.00001"))
    (config.path("records") / "2026" / "2026-02-10.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordError, match=r"2026-02-10\.json"):
        make(config, "2026-W08")
