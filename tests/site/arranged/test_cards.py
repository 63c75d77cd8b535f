"""What of a card is seen at once and what folds; and what is no card."""

import re
from pathlib import Path

import lxml.html
import pytest

from arranging import (
    LANGUAGES,
    LAYOUTS,
    PAPER,
    URL,
    Places,
    card,
    front_matter,
    golden,
    labels,
    only,
    read,
    texts,
    words,
)
from digest.labels import load_labels
from digest.models import Language
from digest.site.arranged.arrange import arrange
from digest.site.arranged.page import Section
from digest.site.arranged.pieces import plain
from digest.site.markdown import Markdown, placed


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
    assert page.tells("provisional")
    assert not page.tells("stale")


def test_each_notice_is_known_by_the_state_that_it_tells() -> None:
    lines = ("arXiv cs.LG: could not be read.", "Hugging Face Daily Papers: not updated yet.", "A word of the editors.")
    page = read("".join(f"> {line}\n\n" for line in lines) + card("**TL;DR**: Short."))
    assert [notice.state for notice in page.notices] == ["failed", "stale", ""]


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
