"""A digest page shows a post in the order in which it is read, and loses nothing of it."""

import re
from collections.abc import Iterator
from datetime import date as Date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import lxml.html
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import config as configuration
from digest.config import Layout
from digest.labels import Labels, load_labels
from digest.models import Language
from digest.site.arrange import Arranged, Section, arrange
from digest.site.engine import Templates
from digest.site.entries import Entry
from digest.site.facts import PostRow
from digest.site.markdown import Markdown, placed
from digest.site.pieces import plain

URL = "https://papers.example.org/"
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LAYOUTS, LANGUAGES = get_args(Layout), get_args(Language)
DAY = Date(2026, 2, 18)
PAPER = "papers/2602.15620/"


class Places:
    """A site that has every page, with every anchor."""

    def __contains__(self, route: object) -> bool:
        return str(route).endswith("/") and not str(route).endswith("//")

    def __getitem__(self, route: str) -> None:
        return None


@cache
def labels(language: Language = "en") -> Labels:
    return load_labels(language)


def read(
    text: str, language: Language = "en", *, words: Labels | None = None, title: str = "", day: Date | None = None
) -> Arranged:
    body = Markdown(URL, Places()).parse(text, language=language)
    return arrange(body, words or labels(language), title=title, day=day)


def golden(layout: str, language: Language) -> Arranged:
    front, text = front_matter(layout, language)
    return read(text, language, title=front["title"], day=DAY)


def front_matter(name: str, language: Language) -> tuple[dict[str, str], str]:
    _, front, text = (GOLDEN / f"{name}.{language}.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), text


def texts(page: Arranged) -> Iterator[str]:
    """Everything that a page shows, the contents aside as far as they only repeat titles."""
    yield from (*page.facts, *page.notices, page.opening, page.contents, page.must_read, page.intro, page.signature)
    for row in page.told:
        yield from (row.name, row.text)
    for part in (*page.main, *page.folded):
        yield from (part.title, part.shown, part.folded) if isinstance(part, Entry) else (part.html,)


def words(*pieces: str) -> list[str]:
    return re.findall(r"\w+", plain(re.sub(r"<[^>]*>", " ", " ".join(pieces))))


def card(*lines: str, number: int = 1, title: str = "A Paper") -> str:
    body = "\n\n".join(lines)
    return f"## The papers\n\n### {number}. {title}\n\n{body}\n\n[arXiv](https://arxiv.org/abs/2602.15620)\n"


def only(page: Arranged) -> Entry:
    (found,) = page.entries
    return found


# --- the four layouts ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_word_of_a_post_is_on_its_page(layout: str, language: Language) -> None:
    front, text = front_matter(layout, language)
    body = Markdown(URL, Places()).parse(text, language=language)
    page = arrange(body, labels(language), title=front["title"], day=DAY)
    said_by_the_page = {"Title", "Date", *words(labels(language)("post.date", **_date_words(language)))}
    shown = {*words(*texts(page)), *(str(entry.number) for entry in page.entries)}
    assert set(words(*(block.html for block in body.blocks))) - shown - said_by_the_page == set()


def _date_words(language: Language) -> dict[str, object]:
    names = {"weekday": labels(language).raw("weekdays")[2], "weekday_name": labels(language).raw("weekday_names")[2]}
    return {"date": DAY, "year": 2026, "month": 2, "day": 18, "month_name": labels(language).raw("month_names")[1], **names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_claim_is_shown_twice(layout: str, language: Language) -> None:
    page = golden(layout, language)
    claims = re.findall(r"[^<>]{12,}(?=\u2060<a [^>]*evidence)", " ".join(texts(page)))
    rows = " ".join(row.text for row in page.told)
    repeated = {claim for claim in claims if claims.count(claim) > 1 and claim.strip("：: ") not in rows}
    assert claims
    assert repeated == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_card_shows_its_rating_its_links_and_what_was_read(layout: str, language: Language) -> None:
    page = golden(layout, language)
    assert [(entry.number, entry.stars, entry.key) for entry in page.entries] == [
        (1, 3, "2602.15620"),
        (2, 3, "2602.15763"),
        (3, 1, "2602.14299"),
    ]
    word = labels(language)("card.stars.3").lstrip("⭐ ")
    for entry in page.entries[:2]:
        assert word in entry.shown
        assert 'aria-label="' in entry.rating
        assert f"https://arxiv.org/abs/{entry.key}" in entry.shown
        assert labels(language)("card.reading_source" if layout == "report" else "card.read") in entry.shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", ["cards", "insights", "report"])
def test_results_are_seen_and_what_leads_to_them_folds(layout: str, language: Language) -> None:
    first = golden(layout, language).entries[0]
    assert "7.13%" in first.shown[first.shown.index("entry-results") :]
    limits = {"zh": "仅在数学推理任务上验证", "en": "Only mathematical reasoning was tested"}[language]
    assert limits in first.folded
    assert limits not in first.shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_running_text_the_core_idea_is_seen(language: Language) -> None:
    first = golden("brief", language).entries[0]
    name = labels(language)
    assert name("card.innovation") in first.shown
    assert first.names == (name("card.pain"), name("card.technique"), name("card.experiments"))
    assert first.statements == 0


def test_the_summary_of_a_fold_says_what_is_inside() -> None:
    first = golden("cards", "en").entries[0]
    assert first.names == ("Problem & Contribution", "Method", "Evidence", "Takeaways", "Meta")
    assert first.statements == 14
    assert first.summary == "14 more statements: Problem & Contribution, Method, Evidence, Takeaways, Meta"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_contents_lead_to_every_card(layout: str, language: Language) -> None:
    page = golden(layout, language)
    rows = [*page.told, *page.others]
    assert [row.anchor for row in rows] == [entry.anchor for entry in page.entries]
    assert [row.stars for row in rows] == [3, 3, 1]
    assert all("<a " not in row.name for row in rows)


def test_the_preview_gives_rows_their_short_names_and_words() -> None:
    page = golden("cards", "zh")
    assert [(row.name, row.text.partition("\u2060")[0]) for row in page.told] == [
        ("STAPO", "屏蔽极少数 token 即可稳住强化学习训练"),
        (
            "GLM-5",
            "We present GLM-5, a next-generation foundation model designed to transition vibe coding to agentic engineering",
        ),
    ]
    assert page.must_read == "必读推荐"
    (other,) = page.others
    assert plain(other.name).startswith("Scaling")
    assert "at ~50% of the Cost: C_2 & <more>" in plain(other.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_sections_stand_in_the_order_of_reading(layout: str, language: Language) -> None:
    page = golden(layout, language)
    roles = [part.role for part in page.main if isinstance(part, Section) and part.role != "cards"]
    assert (
        roles
        == {
            "cards": ["overview", "also", "trends"],
            "insights": ["also", "overview", "trends"],
            "brief": ["also", "trends"],
            "report": ["also", "trends"],
        }[layout]
    )
    assert [part.role for part in page.folded if part.name] == ["repeated", "sources"]
    assert "a robot" in page.signature


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_head_tells_how_many_claims_were_checked_and_the_sources_do_not_repeat_it(layout: str, language: Language) -> None:
    page = golden(layout, language)
    checked = labels(language)("card.checked", n=17, removed=2)
    assert checked in page.facts[-1]
    assert all(checked not in part.html for part in page.folded)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", ["brief", "report"])
def test_a_line_that_only_says_the_date_is_left_to_the_head(layout: str, language: Language) -> None:
    page = golden(layout, language)
    spoken = {"zh": "2026-02-18 周三", "en": "Wednesday, 18 February 2026"}[language]
    assert spoken not in " ".join([*texts(page)])
    _, text = front_matter(layout, language)
    undated = read(text, language)
    assert spoken in " ".join([*texts(undated)])


@pytest.mark.parametrize(
    ("title", "has_day"),
    [
        ("Papers - 2026-02-18", True),
        ("论文日报 - 2026年02月18日", True),
        ("Papers of 2026/2/18", True),
        ("Papers - 2026-02-180", False),
        ("Papers - 2026-02-19", False),
        ("Papers", False),
    ],
)
def test_a_title_is_known_to_tell_the_date(title: str, has_day: bool) -> None:
    assert read("Words.", title=title, day=DAY).title_has_day is has_day


# --- cards ---------------------------------------------------------------------------------------


def test_at_most_three_authors_are_seen_and_the_others_fold() -> None:
    entry = only(read(card("**Authors**: " + ", ".join(f"Author {n}" for n in range(1, 301)))))
    assert plain(entry.shown).startswith("Authors: Author 1, Author 2, Author 3 et al.")
    assert "Author 4," not in entry.shown
    assert "Author 4, Author 5" in entry.folded
    assert "Author 300" in entry.folded


def test_two_results_are_seen_and_the_others_keep_their_name() -> None:
    entry = only(read(card("#### Evidence", "- **Key results**:\n  - R1\n  - R2\n  - R3\n  - R4\n- **Baselines**: B")))
    assert words(entry.shown[entry.shown.index("entry-results") :])[-4:] == ["Key", "results", "R1", "R2"]
    assert words(entry.folded) == ["Evidence", "Key", "results", "R3", "R4", "Baselines", "B", "arXiv"]
    assert (entry.names, entry.statements) == (("Evidence",), 3)


def test_numbered_results_go_on_where_those_that_are_seen_end() -> None:
    entry = only(read(card("**Results**:", "1. R1\n2. R2\n3. R3")))
    assert "<ol>\n<li>R1</li>\n<li>R2</li>\n</ol>" in entry.shown
    assert '<ol start="3">\n<li>R3</li>\n</ol>' in entry.folded


def test_a_single_result_stands_beside_its_name() -> None:
    entry = only(read(card("#### Evidence", "- **Key results**: R1\n- **Limitations**: L1")))
    assert "<h4>Key results</h4>\n<ul>\n<li>R1</li>\n</ul>" in entry.shown
    assert words(entry.folded) == ["Evidence", "Limitations", "L1", "arXiv"]


def test_a_part_nobody_knows_folds_where_the_others_are_known_and_is_seen_where_none_is() -> None:
    known = only(read(card("**TL;DR**: Short.", "**Remark**: Mine.", "- **Verdict**: fine")))
    assert "Mine." in known.folded
    assert known.names == ("Remark",)
    unknown = only(read(card("**Remark**: Mine.", "#### Doubts", "- **Verdict**: fine")))
    assert words(unknown.shown)[:5] == ["Remark", "Mine", "Doubts", "Verdict", "fine"]
    assert unknown.folded == ""


def test_words_of_an_editor_at_the_beginning_of_a_card_are_seen() -> None:
    entry = only(read(card("> **Correction**: It is 7 %.", "I saw this live.", "**TL;DR**: Short.", "**Method**: Long.")))
    assert words(entry.shown) == "Correction It is 7 I saw this live TL DR Short".split()
    assert words(entry.folded) == ["Method", "Long", "arXiv"]


def test_a_title_is_said_once_and_another_one_is_kept() -> None:
    same = only(read(card(f"- **Title**: [A Paper]({URL}{PAPER})\n- **Venue**: V")))
    assert "A Paper" not in same.shown
    assert placed(same.heading, "2026-02-18/", URL).count(f'<a href="../{PAPER}index.html">A Paper</a>') == 1
    other = only(read(card(f"- **Title**: [Another Paper]({URL}{PAPER})\n- **Venue**: V")))
    assert "Another Paper" in other.shown


def test_a_rating_is_read_out_and_says_its_reasons() -> None:
    entry = only(read(card("**Direction**: RL ⭐⭐ worth reading (code released (today))")))
    assert (entry.stars, words(entry.shown)[1:]) == (2, ["worth", "reading", "code", "released", "today", "RL", "arXiv"])
    assert 'role="img" aria-label="rating: 2 of 3 stars"' in entry.shown


def test_reasons_keep_parentheses_that_are_not_around_all_of_them() -> None:
    why = [only(read(card(f"**Rating**: ⭐ for information {text}"))).shown for text in ("(a) and (b)", "(a (b))", "(a)")]
    assert [re.findall(r'"why">([^<]*)<', html) for html in why] == [["(a) and (b)"], ["a (b)"], ["a"]]


def test_lines_of_one_paragraph_are_parts_of_their_own() -> None:
    entry = only(read(card("**Authors**: A B  \n**Based on**: the abstract only  \n**Rating**: ⭐ for information")))
    places = re.findall(r'<div class="(entry-(?!opening)\w+)"', entry.shown)
    assert places == ["entry-rating", "entry-people", "entry-basis"]
    assert entry.folded == ""


def test_links_become_a_list() -> None:
    entry = only(read(card("**Links**: [PDF](https://arxiv.org/pdf/1) | 💻 [Code](https://github.com/a/b) ⭐ 43")))
    found = lxml.html.fromstring(entry.shown).xpath("//div[@class='entry-links']//li")
    assert [item.text_content() for item in found] == ["PDF", "Code ★ 43"]


def test_the_language_of_a_passage_goes_with_it() -> None:
    entry = only(read(card("- **TL;DR**：屏蔽极少数词元即可稳住强化学习训练的过程\n- **Venue**: V"), "en"))
    assert re.search(r'<p lang="zh-CN"><span class="key">TL;DR：</span>', entry.shown)


def test_headings_go_down_in_steps() -> None:
    for layout in LAYOUTS:
        for entry in golden(layout, "en").entries:
            inside = {int(level) for level in re.findall(r"<h(\d)", entry.shown + entry.folded)}
            assert inside <= {entry.level + 1}


# --- what is not a card --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_roundup_is_shown_as_it_is(language: Language) -> None:
    _, text = front_matter("roundup", language)
    body = Markdown(URL, Places()).parse(text, language=language)
    page = arrange(body, labels(language))
    (part,) = page.main
    assert isinstance(part, Section)
    assert part.html == "".join(block.html for block in body.blocks)
    assert [heading.text for heading in page.headings] == [heading.text for heading in body.headings if heading.level <= 3]


def test_a_post_by_hand_with_numbered_headings_has_no_cards() -> None:
    page = read("## 1. First\n\nWords.\n\n## 2. Second\n\nMore words.")
    assert page.entries == ()
    assert [heading.text for heading in page.headings] == ["1. First", "2. Second"]


def test_an_empty_post_has_an_empty_page() -> None:
    assert words(*texts(read(""))) == []


def test_a_section_by_hand_stays_where_it_stands() -> None:
    text = card("**TL;DR**: Short.") + "\n## A word\n\nMine.\n\n## Trends of the day\n\n1. T\n\n## Left out\n\nX\n"
    page = read(text)
    assert [part.name for part in page.main if isinstance(part, Section)] == ["The papers", "A word", "Trends of the day"]
    assert [part.name for part in page.folded] == ["Left out"]


def test_an_item_of_the_preview_that_no_card_answers_stays_in_view() -> None:
    preview = (
        f"## Today at a glance\n\n- **[One]({URL}{PAPER})**: told\n- **[Two]({URL}papers/2602.00001/)**: not here\n\nBye.\n\n"
    )
    page = read(preview + card(f"**Title**: [A Paper]({URL}{PAPER})"))
    assert [row.name for row in page.told] == ["One"]
    assert words(page.opening, page.intro) == ["Two", "not", "here", "Bye"]


def test_notices_are_known_to_the_head() -> None:
    page = read("> Not complete yet; will be completed automatically.\n\n" + card("**TL;DR**: Short."))
    assert page.tells(labels()("status.provisional"))
    assert not page.tells(labels()("status.stale"))


def test_tokens_and_sources_before_the_cards_are_looked_up_at_the_end() -> None:
    page = read("**Data sources**: HF\n\n> 📊 Tokens: **73**\n\n" + card("**TL;DR**: Short."))
    assert page.notices == ()
    (section,) = page.folded
    assert words(section.html) == ["Data", "sources", "HF", "Tokens", "73"]


def test_words_of_a_blogs_own_are_known(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    own = "card: {results: What came out, stars: {'3': Read this}}\npost: {trends: '🌊 Waves', colon: ' – '}\n"
    (tmp_path / "labels/en.yaml").write_text(own, encoding="utf-8")
    lines = "- **Rating** – Read this (code)\n- **What came out** –\n  - R1\n  - R2\n  - R3"
    page = read("## Waves\n\n1. T\n\n" + card(lines), words=load_labels("en", tmp_path))
    entry = only(page)
    assert entry.stars == 3
    assert words(entry.folded) == ["What", "came", "out", "R3"]
    assert isinstance(page.main[-1], Section)
    assert page.main[-1].role == "trends"


# --- whatever a post holds -----------------------------------------------------------------------

NAMES = ["TL;DR", "Key results", "Key results", "Results", "Results", "Core idea", "Authors", "Links", "Rating", "Title"]
NAMES += ["Based on", "Card", "Venue", "Method", "Experimental setup", "Remark", "Must read", "Data sources", "Date", "Checks"]
HEADS = ["The papers", "Today at a glance", "Summary", "Trends of the day", "Left out", "Sources in detail", "A word"]
PARTS = ["Meta", "Evidence", "Key results", "Core idea", "Doubts", "TL;DR", "Links"]
GLANCE = f"## Today at a glance\n\n**Must read**:\n\n- **[wordAx]({URL}papers/2602.00001/)**: wordBx"


@st.composite
def posts(draw: st.DrawFn) -> str:
    """A post out of known and unknown parts in any order; every passage has a word that no other has."""
    count = iter(range(10_000))

    def word() -> str:
        link = draw(
            st.sampled_from(
                ["", "", "", f"[{{}}]({URL}{PAPER})", "[{}](https://arxiv.org/abs/2602.15763v2)", "*{}*", "{}, b, c, d"]
            )
        )
        text = f"word{next(count)}x"
        return link.format(text) if link else text

    def named() -> str:
        name = draw(st.sampled_from([*NAMES, ""]))
        stars = draw(st.sampled_from(["", "⭐⭐ worth reading (", "⭐⭐ ", "🏷️ ", "👤 ", "📅 ", "📊 "]))
        return (f"**{name}**: " if name else "") + stars + word()

    def items(depth: int, indent: str) -> list[str]:
        ordered, loose = draw(st.booleans()), draw(st.booleans())
        lines = []
        for number in range(draw(st.integers(1, 4))):
            mark = f"{number + 1}. " if ordered else "- "
            has_list = depth and draw(st.booleans())
            name = draw(st.sampled_from(NAMES))
            lines.append(indent + mark + (f"**{name}**:" if has_list and draw(st.booleans()) else named()))
            lines += ([""] if loose else []) + (items(depth - 1, indent + " " * len(mark)) if has_list else [])
        return lines

    def block() -> str:
        kind = draw(st.sampled_from(["paragraph", "list", "list", "name", "quote", "rule", "table", "lines", "part"]))
        return {
            "paragraph": named,
            "list": lambda: "\n".join(items(2, "")),
            "name": lambda: f"**{draw(st.sampled_from(NAMES))}**:",
            "quote": lambda: f"> {named()}",
            "rule": lambda: "---",
            "table": lambda: f"| a | b |\n|---|---|\n| {word()} | {word()} |",
            "lines": lambda: f"{named()}  \n{named()}",
            "part": lambda: f"#### {draw(st.sampled_from(PARTS))}",
        }[kind]()

    def head() -> str:
        if draw(st.booleans()):
            level = draw(st.sampled_from(["##", "###"]))
            return (
                f"{level} {draw(st.integers(1, 9))}. {word()}\n\n[arXiv](https://arxiv.org/abs/2602.{draw(st.integers(1, 3)):05})"
            )
        return f"## {draw(st.sampled_from(HEADS))}"

    found = [draw(st.sampled_from([block, block, block, block, head]))() for _ in range(draw(st.integers(1, 14)))]
    return "\n\n".join([draw(st.sampled_from(["", GLANCE])), *found])


@settings(max_examples=150, deadline=None)
@given(posts())
def test_every_passage_of_any_post_is_shown_exactly_once(text: str) -> None:
    page = read(text)
    shown = " ".join(texts(page))
    tokens = re.findall(r"word\w+x", text)
    assert {token: len(re.findall(token, shown)) for token in tokens} == dict.fromkeys(tokens, 1)


@settings(max_examples=60, deadline=None)
@given(posts())
def test_every_name_of_any_post_is_on_the_page(text: str) -> None:
    page = read(text)
    shown = plain(" ".join(texts(page)))
    names = set(re.findall(r"\*\*([A-Z][^*\n]*)\*\*", text)) - {"Title"}
    assert {name for name in names if name not in shown} == set()


@settings(max_examples=60, deadline=None)
@given(posts())
def test_the_page_of_any_post_is_well_formed(text: str) -> None:
    for piece in texts(read(text)):
        opened = re.findall(r"<(\w+)[^>]*?(?<!/)>", piece)
        closed = re.findall(r"</(\w+)>", piece)
        void = {"br", "hr"}
        assert sorted(tag for tag in opened if tag not in void) == sorted(closed)


# --- the page ------------------------------------------------------------------------------------


def rendered(layout: str, language: Language, tmp_path: Path, **changes: object) -> lxml.html.HtmlElement:
    front, text = front_matter(layout, language)
    body = Markdown(URL, Places()).parse(text, title=front["title"], language=language)
    is_digest = layout != "roundup"
    post = PostRow(
        "2026/post.md",
        "post",
        "2026-02-18/",
        "daily-papers" if is_digest else None,
        None if is_digest else "week",
        8,
        language,
        str(DAY),
        str(DAY),
        front["title"],
        front["description"],
        ("RL",),
        5,
    )._replace(**changes)
    page = arrange(body, labels(language), title=post.title, day=post.date if is_digest else None)
    (tmp_path / "config.yaml").write_text(f"site: {{url: {URL!r}}}\n", encoding="utf-8")
    config = configuration.load(tmp_path / "config.yaml", {})
    html = Templates(config).page(
        "digest",
        post.route,
        language,
        post=post,
        issue=None,
        page=page,
        updated=post.updated,
        minutes=5,
        editions=[],
        translations=[],
        feed=None,
        downloads=(),
        tag_routes={},
        around=(None, None),
    )
    return lxml.html.fromstring(placed(html.decode(), post.route, URL))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_headline_is_the_title_of_the_page_and_the_date_is_said_once(layout: str, language: Language, tmp_path: Path) -> None:
    page = rendered(layout, language, tmp_path)
    front, _ = front_matter(layout, language)
    (title,) = page.xpath("//h1")
    assert title.text_content() == front["description"]
    head = page.xpath("//article/header")[0].text_content()
    assert len(re.findall(r"2026-02-18|2026年02月18日|18 February 2026", head)) == 1


def test_every_card_is_an_article_that_its_heading_names(tmp_path: Path) -> None:
    page = rendered("cards", "en", tmp_path)
    for article in page.xpath("//article[@data-item]"):
        (heading,) = page.xpath("//*[@id=$name]", name=article.get("aria-labelledby"))
        assert heading.getparent() is article
    links = page.xpath("//nav[contains(@class, 'glance')]//a[starts-with(@href, '#')]/@href")
    assert links == [f"#{article.get('aria-labelledby')}" for article in page.xpath("//article[@data-item]")]


@pytest.mark.parametrize("layout", [*LAYOUTS, "roundup"])
def test_a_page_has_no_anchor_twice_and_no_step_missing_in_its_headings(layout: str, tmp_path: Path) -> None:
    page = rendered(layout, "en", tmp_path)
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_title_without_the_date_has_the_date_beside_it(tmp_path: Path) -> None:
    page = rendered("cards", "en", tmp_path, title="A special issue")
    (line,) = page.xpath("//p[@class='eyebrow']")
    assert words(line.text_content())[:7] == ["A", "special", "issue", "Wednesday", "18", "February", "2026"]


def test_a_page_says_nothing_in_style_attributes(tmp_path: Path) -> None:
    assert rendered("cards", "zh", tmp_path).xpath("//@style | //@onclick") == []
