"""A digest of any layout is shown in the order in which it is read."""

import re

import pytest

from arranging import (
    DAY,
    LANGUAGES,
    LAYOUTS,
    URL,
    Places,
    front_matter,
    golden,
    labels,
    read,
    texts,
    words,
)
from digest.models import Language
from digest.site.arranged.arrange import arrange
from digest.site.arranged.page import Section
from digest.site.arranged.pieces import plain
from digest.site.markdown import Markdown


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
