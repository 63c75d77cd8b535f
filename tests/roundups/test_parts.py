"""The parts of a round-up below its must-reads: directions, papers with a new version, days."""

import re
from datetime import date

import pytest

from fakes import reading, source
from roundups.weeks import (
    CONFIG,
    blog,
    day,
    edit,
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


@pytest.fixture
def config(tmp_path):
    """An empty blog in two languages."""
    return blog(tmp_path)


# --- directions -----------------------------------------------------------------------------------


def test_without_an_earlier_period_there_is_no_comparison(config):
    week(config, "2026-W08", ["RL"] * 6 + ["Vision"] * 4)
    table = section(made(config, "2026-W08"), "方向")
    assert table == "| 方向 | 本周 |\n|---|--:|\n| RL | 6 篇（60%） |\n| Vision | 4 篇（40%） |"


def test_halves_are_rounded_up(config):
    for name in ("2026-W04", "2026-W05", "2026-W06", "2026-W07"):
        week(config, name, ["RL"] * (name == "2026-W07") + ["Vision"] * (8 - (name == "2026-W07")), first=100)
    week(config, "2026-W08", ["RL"] * 3 + ["Vision"] * 21)
    rows = section(made(config, "2026-W08"), "方向")
    assert "| RL | 3 篇（13%） | 0.3 篇（3%） |" in rows
    assert "| Vision | 21 篇（88%） | 7.8 篇（97%） |" in rows


def test_a_gap_before_is_no_zero(config):
    week(config, "2026-W04", ["RL"] * 10 + ["Vision"] * 10, first=100)
    week(config, "2026-W08", ["RL"] * 10 + ["Vision"] * 10)
    table = section(made(config, "2026-W08"), "方向")
    assert "| 方向 | 本周 | 前 1 周平均 | 变化 |" in table
    assert "| RL | 10 篇（50%） | 10.0 篇（50%） | = |" in table


def test_with_few_papers_there_is_no_arrow(config):
    week(config, "2026-W07", ["Vision"] * 5, first=100)
    week(config, "2026-W08", ["RL"] * 5)
    assert "| RL | 5 篇（100%） | 0.0 篇（0%） | · |" in section(made(config, "2026-W08"), "方向")


def test_dropped_papers_count_in_no_period(config):
    week(config, "2026-W07", ["RL"] * 10, days=1, first=100)
    week(config, "2026-W08", ["RL"] * 10, days=1)
    edit(config, "2026-02-09", 'drop: ["2602.09100", "2602.09101"]\n')
    assert "（本周共 10 篇，此前共 8 篇）" in made(config, "2026-W08")


def test_a_long_table_is_cut_but_keeps_every_arrow(config):
    many = [f"D{n:02}" for n in range(12) for _ in range(2)]
    week(config, "2026-W07", ["Gone"] * 20, first=100)
    week(config, "2026-W08", many)
    rows = section(made(config, "2026-W08"), "方向").splitlines()
    assert [row[2:6].strip() for row in rows if re.match(r"\| (D\d|Gone)", row)] == [*(f"D{n:02}" for n in range(10)), "Gone"]


def test_organisations_with_several_papers_are_named(config):
    organisations = ["Z.ai"] * 3 + ["Qwen"] * 2 + ["Once", None]
    day(config, "2026-02-16", *(pick(f"2602.{n:05}", organisation=name) for n, name in enumerate(organisations)))
    assert "\n**机构**：Z.ai 3 篇、Qwen 2 篇（列表中注明机构的精选论文共 6 篇）。\n" in made(config, "2026-W08")


# --- papers with a new version --------------------------------------------------------------------


def test_a_new_version_that_was_read_tells_what_its_card_says_otherwise(config):
    realistic_week(config)
    lines = section(made(config, "2026-W08"), "论文更新").splitlines()
    assert lines[0].endswith("v1 → v2（[02-18](https://papers.example.org/2026-02-18/)），已按新版本重写卡片，两张卡片的差异：")
    assert [line.partition("**：")[0].strip(" -*") for line in lines[1:]] == [
        "TL;DR（旧）",
        "TL;DR（新）",
        "关键结果，数字有变",
        "关键结果，新增",
        "关键结果，不再出现",
    ]
    assert "#v1-s11) → Accuracy is 8.02%" in lines[3]


def test_a_new_version_that_was_not_read_says_so(config):
    day(config, "2026-01-05", version(1, model_card("A")))
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 3),))
    assert section(made(config, "2026-W08"), "论文更新") == (
        "- **[STAPO](https://papers.example.org/papers/2602.15620/)**：v1 → v3"
        "（[02-16](https://papers.example.org/2026-02-16/)），新版本没有重读，卡片仍是旧版本的。"
    )


def test_two_new_versions_in_a_month_are_told_as_one(config):
    day(config, "2026-01-05", version(1, model_card("It is 3 times faster")))
    second, third = model_card("It is 4 times faster"), model_card("It is 5 times faster")
    day(config, "2026-02-09", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),), recarded=(version(2, second),))
    day(config, "2026-02-16", pick("2602.00002"), updated=(updated("2602.15620", 2, 3),), recarded=(version(3, third),))
    told = section(made(config, "2026-02"), "论文更新")
    assert "v1 → v3（[02-16]" in told
    assert "It is 3 times faster" in told
    assert "It is 5 times faster" in told
    assert "It is 4 times faster" not in told


def test_a_card_from_the_abstract_is_told_to_be_one(config):
    first = version(1, model_card("It is 3 times faster"), reading=reading(version=1))
    day(config, "2026-01-05", first)
    again = version(2, model_card("Humans prefer it"))
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),), recarded=(again,))
    assert "旧卡片只读了摘要，以下差异未必是论文的改动：\n" in made(config, "2026-W08")


def test_a_card_that_says_the_same_is_told_to(config):
    day(config, "2026-01-05", version(1, model_card("It is 3 times faster")))
    again = version(2, model_card("It is 3 times faster"))
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),), recarded=(again,))
    assert section(made(config, "2026-W08"), "论文更新").endswith("已按新版本重写卡片，内容没有实质变化。")


def test_many_differences_are_counted(config):
    old = model_card(*(f"It was tested on {w} tasks" for w in ("red", "blue")))
    new = model_card(*(f"The {w} robots were counted carefully" for w in ("tall", "small", "young", "older", "brown", "green")))
    day(config, "2026-01-05", version(1, old))
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),), recarded=(version(2, new),))
    assert section(made(config, "2026-W08"), "论文更新").endswith("\n  - 另有 2 处差异。")


def test_an_updated_paper_that_the_editor_has_dropped_is_not_told(config):
    day(config, "2026-01-05", version(1, model_card("A")))
    again = version(2, model_card("B"))
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),), recarded=(again,))
    edit(config, "2026-02-16", 'drop: ["2602.15620"]\n')
    assert "论文更新" not in made(config, "2026-W08")


def test_an_update_of_a_paper_that_was_never_shown_is_not_told(config):
    day(config, "2026-01-05", version(1, model_card("A")))
    edit(config, "2026-01-05", 'drop: ["2602.15620"]\n')
    day(config, "2026-02-16", pick("2602.00001"), updated=(updated("2602.15620", 1, 2),))
    assert "论文更新" not in made(config, "2026-W08")


# --- days -----------------------------------------------------------------------------------------


def test_each_day_has_its_row(config):
    day(config, "2026-02-16", pick("2602.00001", title="One"))
    day(config, "2026-02-17")
    day(config, "2026-02-18", pick("2602.00002", title="Two"), provisional=True)
    day(config, "2026-02-19", pick("2602.00003", title="Three"), sources=(source(), source("cs.LG", status="failed")))
    without(config, "2026-02-20", "failed")
    without(config, "2026-02-21")
    day(config, "2026-02-22", pick("2602.00004", title="Four"), status="quiet", listed_on=date(2026, 2, 19))
    rows = [re.sub(r"\]\([^)]*\)", "]", row) for row in section(made(config, "2026-W08"), "每日").splitlines()[:7]]
    assert rows == [
        "- [02-16 周一]：精选 1 篇：One",
        "- [02-17 周二]：没有入选论文",
        "- [02-18 周三]：精选 1 篇：Two（未收齐，将自动补全）",
        "- [02-19 周四]：精选 1 篇：Three（有来源未能读到）",
        "- 02-20 周五：读取失败",
        "- 02-21 周六：无公告",
        "- [02-22 周日]：精选 1 篇：Four（选自 2026-02-19 的公告）",
    ]


def test_days_in_a_row_with_nothing_to_tell_share_a_line(config):
    day(config, "2026-02-12", pick("2602.00001", title="One"))
    for date_ in ("2026-02-13", "2026-02-14", "2026-02-17"):
        without(config, date_)
    day(config, "2026-02-16", pick("2602.00002", title="Two"), status="quiet", listed_on=date(2026, 2, 12))
    without(config, "2026-02-18", "failed")
    without(config, "2026-02-19", "failed")
    rows = [re.sub(r"\]\([^)]*\)", "]", row) for row in section(made(config, "2026-02"), "每日").splitlines() if row[:1] == "-"]
    assert rows == [
        "- 02-01 至 02-11：无记录",
        "- [02-12 周四]：精选 1 篇：One",
        "- 02-13 至 02-14：无公告",
        "- 02-15 周日：无记录",
        "- [02-16 周一]：精选 1 篇：Two（选自 2026-02-12 的公告）",
        "- 02-17 周二：无公告",
        "- 02-18 周三：读取失败",
        "- 02-19 周四：读取失败",
        "- 02-20 至 02-28：无记录",
    ]
    assert "- 02-20 to 02-28: no record" in text(config, "2026-02", "en")


def test_papers_of_a_quiet_day_are_picks_but_their_list_is_not_counted_twice(config):
    day(config, "2026-02-20", pick("2602.00001"))
    day(config, "2026-02-21", pick("2602.00002", stars=3), status="quiet", listed_on=date(2026, 2, 20))
    written = made(config, "2026-W08")
    assert "共列出 300 篇（各日合计），精选 2 篇。" in written
    assert "1 天有公告，1 天无公告" in written


def test_a_language_that_a_day_was_not_written_in_leads_to_the_one_it_was(config):
    posts = {"content/posts/2026/2026-02-16-daily-papers.md": "0" * 64}
    day(config, "2026-02-16", pick("2602.00001"), posts=posts)
    make(config, "2026-W08")
    assert "[02-16 Mon](https://papers.example.org/2026-02-16/)" in text(config, "2026-W08", "en")


def test_without_a_site_papers_lead_to_arxiv_and_days_nowhere(tmp_path):
    config = blog(tmp_path, CONFIG.replace("site: {", "site: {enabled: false, "))
    day(config, "2026-02-16", pick("2602.00001", stars=3, name="A"))
    written = made(config, "2026-W08")
    assert "papers.example.org" not in written
    assert "**[A](https://arxiv.org/abs/2602.00001)**（02-16）：" in written
    assert "- 02-16 周一：精选 1 篇" in written
