"""What is common to all layouts, and what each of them promises. The whole posts stand in tests/golden."""

import re
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from markdown_it import MarkdownIt

from digest.config import Config, EditionConfig, Layout, Site, parse
from digest.digests.edits import Day
from digest.errors import RenderError
from digest.labels import load_labels
from digest.models import Advice, Digest, Evidence, Language, Meta, Method, Problem, Result, Support, Takeaways, TokenUsage, Usage
from digest.posts import read, render, render_paper
from fakes import card, claim, covered, day, digest, edition, mention, overview, reading, sample_day, source

LAYOUTS = get_args(Layout)
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAME = "daily-papers"


def post(shown: Day, layout: Layout, language: Language = "en", **settings: object) -> str:
    own = EditionConfig(layout=layout, **settings)
    return render(shown, NAME, language, Config(site=Site(url="https://papers.example.org/"), editions=(own,)))


def text(markdown: str) -> str:
    """A post without its links' addresses."""
    return re.sub(r"\]\([^)]*\)", "]", markdown)


def busy(count: int = 4) -> Digest:
    """A day with everything that a list can hold: picks of three and two stars, noted, repeated and excluded papers."""
    papers = [covered(f"2602.1500{n}", stars=2 if n % 2 else 3, code="https://github.com/a/b") for n in range(count)]
    also = [mention(f"2602.1600{n}", code="https://github.com/a/b" if n else None) for n in range(3)]
    repeated = [mention("2602.13949", why="repeated", first=date(2026, 2, 17))]
    excluded = [mention(f"2602.17{n:03}", why="excluded", reason={"en": "avoided", "zh": "回避"}) for n in range(25)]
    ids = {"also": also, "repeated": repeated, "excluded": excluded}
    shown = edition(*papers, **{name: tuple(m.id for m in mentions) for name, mentions in ids.items()})
    mentions = {m.id: m for m in (*also, *repeated, *excluded)}
    return digest(*papers, mentions=mentions, editions={NAME: shown})


def empty_places(body: str) -> list[str]:
    """Blocks without content, and names with a colon over which the next thing is no content of theirs."""
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    found = [t.type for t, after in pairwise(tokens) if t.type.removesuffix("_open") + "_close" == after.type]
    for token, after in zip(tokens, tokens[2:], strict=False):
        if token.type == "inline" and re.search(r"\*\*(：|: ?)$", token.content) and after.type in ("heading_open", "hr"):
            found.append(token.content)
    return [place for place in found if place not in ("td_open", "th_open")]


# --- all layouts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_empty_nothing_twice_nothing_insecure(layout: Layout, language: Language) -> None:
    for shown in (
        sample_day(language),
        Day(digest=busy()),
        day(),
        day(covered(cards={"en": card(meta=Meta(), support=Support())})),
    ):
        written = post(shown, layout, language)
        fields, body = read(written, "post.md")
        assert not empty_places(body), body
        assert "\n\n\n" not in written
        assert "http://" not in written
        assert str(fields["title"]) not in body
        assert "None" not in body.replace("None picked", "")
        assert "Undefined" not in body


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_of_one_style_and_nest(layout: Layout, language: Language) -> None:
    tokens = MarkdownIt("commonmark").parse(read(post(sample_day(language), layout, language), "post.md")[1])
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    assert min(levels) == 2
    assert all(below <= above + 1 for above, below in zip([1, *levels], levels, strict=False))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_heading_stands_over_nothing(layout: Layout) -> None:
    for shown in (Day(digest=busy()), day(), day(covered(stars=1)), day(covered(stars=3))):
        body = read(post(shown, layout), "post.md")[1]
        for match in re.finditer(r"^(#+) .*\n+(?=(#+) |---$)", body, flags=re.MULTILINE):
            assert match[2] and len(match[2]) > len(match[1]), match[0]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [0, 1, 4])
def test_numbers_are_contiguous_and_counts_match_the_items(layout: Layout, count: int) -> None:
    body = text(post(Day(digest=busy(count)), layout))
    numbers = re.findall(r"^#{2,3} (?:📄 )?(\d+)\. ", body, flags=re.MULTILINE)
    assert numbers == [str(n + 1) for n in range(count)]
    assert f"50 scanned, {count} picked, 3 noted, 25 left out, 1 covered before" in body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_post_names_its_lists_what_was_checked_and_what_it_cost(layout: Layout) -> None:
    usage = TokenUsage(calls=47, prompt_tokens=90_000, completion_tokens=2_254)
    lists = (source(date=date(2026, 2, 17), entries=130), source("cs.LG"))
    body = post(day(covered(), usage=usage, sources=lists), layout, "zh")
    assert (
        "- [Hugging Face Daily Papers](https://huggingface.co/papers/date/2026-02-18)：130 条，每日榜单，列表日期 2026-02-17\n"
        in body
    )
    assert "- 论断：核对 1 条，删去 0 条\n" in body
    assert "- 模型用量：47 次调用，92,254 tokens，费用未知\n" in body
    assert "仅摘要" in body
    assert "原句摘录（未使用模型），核对 1 条，删去 0 条" in body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edition_has_its_own_title_category_tags_and_signature(layout: Layout) -> None:
    settings = {"title": "ArXiv AI 日报", "category": "Papers", "tags": ("Daily",), "signature": "Curated by *us*"}
    fields, body = read(post(sample_day("zh"), layout, "zh", **settings), "post.md")
    assert (fields["title"], fields["category"], fields["tags"][0]) == ("ArXiv AI 日报 - 2026年02月18日", "Papers", "Daily")
    assert "\n*Curated by \\*us\\**\n" in body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_and_signature_may_be_given_in_each_language(layout: Layout) -> None:
    settings = {"title": {"zh": "日报", "en": "Daily"}, "signature": {"zh": "某某"}}
    chinese, english = (post(sample_day(), layout, language, **settings) for language in LANGUAGES)
    assert 'title: "日报 - 2026年02月18日"' in chinese
    assert 'title: "Daily - 2026-02-18"' in english
    assert chinese.endswith("\n*某某*\n")
    assert "某某" not in english


@pytest.mark.parametrize("layout", LAYOUTS)
def test_stars_and_the_reasons_for_them_stand_with_every_paper(layout: Layout) -> None:
    body = post(day(covered(stars=3), covered("2602.15001", stars=1)), layout)
    assert body.count("⭐⭐⭐ must read (12 upvotes on Hugging Face)") == 1
    assert body.count("⭐ for information (12 upvotes on Hugging Face)") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_and_a_claim_that_an_editor_changed_are_shown_in_every_layout(layout: Layout) -> None:
    mine = claim("Mine alone").model_copy(update={"evidence": (), "status": "edited"})
    results = Evidence(results=(Result(text="Mine alone", status="edited"),))
    body = post(day(covered(cards={"en": card(meta=Meta(tldr=mine), evidence=results)})), layout)
    assert re.search(r"Mine alone \(edited\)", body)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_blog_without_a_site_links_to_arxiv_instead(layout: Layout) -> None:
    config = Config(site=Site(enabled=False), editions=(EditionConfig(layout=layout),))
    body = render(
        day(covered(stars=3, reading=reading(source="html", url="https://arxiv.org/html/2602.15763v1"))), NAME, "en", config
    )
    assert "example.org" not in body
    assert "[[2]](https://arxiv.org/html/2602.15763v1)" in body


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_templates_and_labels_of_a_user_go_first(layout: Layout, tmp_path) -> None:  # type: ignore[no-untyped-def]
    config = parse(f"editions: [{{name: {NAME}, layout: {layout}}}]", path=tmp_path / "config.yaml", environ={})
    (tmp_path / "templates/posts").mkdir(parents=True)
    (tmp_path / "templates/labels").mkdir()
    (tmp_path / "templates/labels/en.yaml").write_text("post: {source_details: Where from}", encoding="utf-8")
    assert "## Where from" in render(day(covered()), NAME, "en", config)
    (tmp_path / f"templates/posts/{layout}.md.j2").write_text("{{ post.title }}: {{ post.papers | length }}", encoding="utf-8")
    assert read(render(day(covered()), NAME, "en", config), "post.md")[1] == "Daily AI Papers: 1\n"


# --- one by one ----------------------------------------------------------------------------------


def test_brief_shows_must_reads_first_and_goes_on_counting_in_its_table() -> None:
    body = text(post(Day(digest=busy()), "brief", "zh"))
    assert "📅 **2026-02-18 周三** | 🤖 扫描/精选：**50/7**" in body
    assert body.index("## 🔥 今日必读") < body.index("### 2. ") < body.index("## ⭐ 今日精选") < body.index("### 3. ")
    assert re.findall(r"^\| (\d+) \|", body, flags=re.MULTILINE) == ["5", "6", "7"]
    assert "| 6 | [A Title of 2602.16001] 💻 `cs.LG (机器学习)` | 代码已公开 |" in body


def test_brief_tells_tokens_and_cost_and_that_a_cost_is_unknown() -> None:
    known = TokenUsage(calls=3, prompt_tokens=92_000, completion_tokens=254, cost=0.03, currency="CNY")
    assert "\n> 📊 Tokens：**92,254**（¥0.0300）\n" in post(day(covered(), usage=known), "brief", "zh")
    assert "\n> 📊 Tokens：**未知**（费用未知）\n" in post(day(covered(), usage=TokenUsage(calls=3)), "brief", "zh")
    assert "Tokens" not in post(day(covered()), "brief", "zh")


def test_briefs_paragraphs_are_prose_with_a_stop_after_every_sentence_and_links_within_it() -> None:
    problem = Problem(background=claim("背景如此", 1), gaps=(claim("缺口一", 2), claim("缺口二？", 2), claim("背景如此", 1)))
    body = text(post(day(covered(cards={"zh": card(problem=problem)})), "brief", "zh"))
    assert "**背景与痛点**：背景如此 [[1]]。缺口一。缺口二？ [[2]]\n" in body
    english = Problem(background=claim("It was so", 1), gaps=(claim("One gap", 2),))
    body = text(post(day(covered(cards={"en": card(problem=english)})), "brief"))
    assert "**Background and gaps**: It was so [[1]]. One gap [[2]].\n" in body


def test_insights_lists_at_most_twenty_excluded_papers_and_says_how_many_more() -> None:
    body = text(post(Day(digest=busy()), "insights", "zh"))
    assert body.count("] | 回避 |") == 20
    assert "以下 25 篇经初筛后未入选：" in body
    assert "另有 5 篇，不再逐一列出。" in body


def test_insights_gives_no_false_reason_for_a_paper_that_another_edition_shows() -> None:
    first, second = covered("2602.15001"), covered("2602.15002")
    editions = {NAME: edition(first, excluded=("2602.15002",)), "other": edition(second)}
    body = text(post(day(first, second, editions=editions), "insights"))
    assert "| [A Title of 2602.15002] | in another edition of the day |" in body


def test_insights_names_the_lists_own_date() -> None:
    lists = (source(date=date(2026, 2, 17)), source("cs.LG"), source("cs.CL"))
    body = post(day(covered(), sources=lists), "insights", "zh")
    assert "*2026-02-18 | 来源：Hugging Face Daily Papers（2026-02-17） + arXiv cs.LG/cs.CL（2026-02-18）*" in body


def test_insights_keeps_the_editors_advice_apart_from_the_papers_limits() -> None:
    takeaways = Takeaways(transfers=(Advice(text="Try it"),), risks=(Advice(text="Mind it"),), next_action=Advice(text="Wait"))
    filled = card(takeaways=takeaways, evidence=Evidence(limitations=(claim("Only one task", 3),)))
    body = text(post(day(covered(cards={"en": filled})), "insights"))
    limits, advice = body.split("*Suggestions (not from the paper)*")
    assert "- ⚠️ **Limitations**: Only one task [[3]]." in limits
    assert "- ✅ **Good for**: Try it.\n- ⚠️ **Watch out for**: Mind it.\n- 📌 **Next action**: Wait.\n" in advice


def test_report_numbers_its_parts_without_a_gap_whatever_is_missing() -> None:
    usage = Usage(inputs=(claim("A text"),), procedure=(claim("First this"), claim("Then that")), hardware=(claim("One GPU"),))
    full = card(method=Method(usage=usage), evidence=Evidence(results=(Result(text="It wins", evidence=(4,)),)))
    body = text(post(day(covered(cards={"en": full}), covered("2602.15001", cards={"en": card(meta=Meta())})), "report"))
    first, second = body.split("## 📄 2. ")
    assert re.findall(r"^(\d)\. \*\*(.*?)\*\*", first, flags=re.MULTILINE) == [
        ("1", "Areas of application"),
        ("2", "Core contribution in a sentence"),
        ("3", "How to use it"),
        ("4", "Results"),
    ]
    assert "   - **Procedure**:\n      1. First this [[1]]\n      2. Then that [[1]]\n   - **Hardware**: One GPU [[1]]\n" in first
    assert re.findall(r"^(\d)\. \*\*(.*?)\*\*", second, flags=re.MULTILINE) == [("1", "Areas of application")]


def test_only_a_model_that_read_the_whole_text_says_that_something_is_not_in_it() -> None:
    by_model = card(filled_by="model", evidence=Evidence(setup=(claim("One task"),)))
    whole = reading(source="html")
    for found, expected in [
        (covered(cards={"en": by_model}, reading=whole), 2),
        (covered(cards={"en": by_model}, reading=reading(source="html", truncated=True)), 0),
        (covered(cards={"en": by_model}), 0),
        (covered(reading=whole), 0),
    ]:
        assert post(day(found), "cards").count("not mentioned in the text read") == expected


def test_a_card_by_itself() -> None:
    shown = sample_day("en")
    written = render_paper(shown, "2602.15763", load_labels("en"), Config())
    assert written.startswith("# GLM-5: from Vibe Coding to Agentic Engineering\n\n## Meta\n")
    assert "GLM-5 adopts DSA" in written
    assert "STAPO" not in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_of_ones_own_made_of_the_macros_says_the_same(tmp_path: Path, language: Language) -> None:
    """`macros.md.j2` has what a card can be put together from; ours has its rows from code, in a third of the time."""
    own = parse("", path=tmp_path / "config.yaml", environ={})
    (own.path("templates") / "posts").mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("card_of_macros.md.j2"), own.path("templates") / "posts" / "card.md.j2")
    advised = card(takeaways=Takeaways(risks=(Advice(text="A"), Advice(text="B")), next_action=Advice(text="C")))
    shown = [sample_day(language), day(covered(cards={"en": advised})), day(covered())]
    for one in shown:
        assert render(one, NAME, language, own) == render(one, NAME, language, Config())


def test_a_card_that_no_edition_shows() -> None:
    newer = covered("2602.15001", title="Again", reading=reading(version=2))
    written = render_paper(day(editions={}, status="quiet", recarded=(newer,)), "2602.15001", load_labels("en"), Config())
    assert written.startswith("# Again\n")
    with pytest.raises(RenderError, match=r"2026-02-18 has no card of '2602.99999'"):
        render_paper(day(), "2602.99999", load_labels("en"), Config())


def test_trends_come_from_counts_where_no_model_wrote_any() -> None:
    papers = (covered("2602.15001"), covered("2602.15002"))
    seen = {"en": overview(*papers, trends=({"name": "Agentic RL", "text": "2 of the 2 papers: A, B", "papers": ()},))}
    for layout in LAYOUTS:
        body = post(day(*papers, editions={NAME: edition(*papers, overview=seen)}), layout)
        assert "1. **Agentic RL**: 2 of the 2 papers: A, B\n" in body
        assert "## Trends of the day" not in post(day(*papers), layout)
