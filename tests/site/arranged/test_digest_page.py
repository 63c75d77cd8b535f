"""The page of a digest: headings, dates, anchors."""

import re
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from arranging import (
    DAY,
    LANGUAGES,
    LAYOUTS,
    URL,
    Places,
    front_matter,
    labels,
    words,
)
from digest import config as configuration
from digest.models import Language
from digest.site.arranged.arrange import arrange
from digest.site.engine import Templates
from digest.site.facts import PostRow
from digest.site.lists import Lists
from digest.site.markdown import Markdown, placed


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
        lists=Lists(post.route, labels(language)),
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
