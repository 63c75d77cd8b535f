"""The fast way and the reference read the same out of every text: the same tree, the same HTML, the same links."""

import re
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digest.config import Layout
from digest.digests import Day
from digest.models import Language
from digest.posts import frontmatter, render
from digest.posts.escaping import plain
from digest.site.markdown import reference
from digest.site.markdown.builder import Builder
from digest.site.markdown.fast import Scanner
from digest.site.markdown.links import Links, Places
from digest.site.markdown.spans import _ADDRESS, _flanks
from digest.site.markdown.tree import Body
from fakes import sample_day
from injection.payloads import PAYLOADS, everywhere, rich_digest, spoiled
from posts.test_properties import NAME, TEXTS, URL, a_day, hostile, in_turn, settings_of

SITE = "https://papers.example.org/"
PLACES = {"": None, "archive/": None, "papers/2602.1/": frozenset({"v1-s3", "s1"}), "papers/x.pdf": None}
ROOT = Path(__file__).parents[3]
POSTS = sorted((ROOT / "content" / "posts").rglob("*.md"))
EXAMPLES = [
    example.strip("\n").replace("·", " ").replace("→", "\t")
    for example in (Path(__file__).parent / "examples.txt").read_text(encoding="utf-8").split("\n..\n")[:-1]
]


class Everywhere:
    """A site that has every page that it could have, with every anchor."""

    def __contains__(self, route: object) -> bool:
        return str(route).endswith("/") and not str(route).endswith("//")

    def __getitem__(self, route: str) -> None:
        return None


def both(
    text: str, title: str = "", language: Language = "en", site: str = SITE, places: Places = PLACES
) -> tuple[Body, Body, int]:
    """A post read both ways, and how much of it the fast one left to the reference."""
    scanner = Scanner(text, title, Builder(Links(site, places), language))
    return scanner.body(), reference.parse(text, title, Builder(Links(site, places), language)), scanner.doubts


def assert_same(text: str, title: str = "", site: str = SITE) -> None:
    for language in get_args(Language):
        fast, expected, _ = both(text, title, language, site)
        assert fast == expected
        assert fast.html("a/") == expected.html("a/")
        assert fast.refs == expected.refs


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.name)
def test_a_post_of_this_repository_is_the_same_both_ways_and_is_wholly_read_the_fast_way(path: Path) -> None:
    front, body = frontmatter.read(path.read_text(encoding="utf-8"), path.name)
    fast, expected, doubts = both(body, str(front["title"]), front["lang"], "https://example.org/papers/", Everywhere())
    assert fast == expected
    assert doubts == 0


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
def test_a_post_of_every_layout_and_language_is_wholly_read_the_fast_way(layout: Layout, language: Language) -> None:
    day = sample_day(language)
    name = next(iter(day.digest.editions))
    post = render(day, name, language, settings_of(layout, "A title", "A signature"))
    fast, expected, doubts = both(frontmatter.read(post, "x")[1], "", language, URL, Everywhere())
    assert fast == expected
    assert doubts == 0


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
@settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(texts=st.lists(hostile, min_size=TEXTS, max_size=TEXTS, unique_by=lambda text: plain(text).casefold()))
def test_a_post_of_hostile_texts_is_the_same_both_ways(layout: Layout, language: Language, texts: list[str]) -> None:
    word = in_turn(iter(texts))
    post = render(a_day(word), NAME, language, settings_of(layout, word(), word()))
    assert_same(post.split("---\n", 2)[2], site=URL)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_post_of_injections_is_the_same_both_ways(name: str) -> None:
    day = Day(digest=spoiled(rich_digest(), everywhere(PAYLOADS[name])))
    assert_same(render(day, "daily-papers", "en", settings_of("cards", "A title", "")).split("---\n", 2)[2])


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_the_same_both_ways(text: str) -> None:
    assert_same(text)
    assert_same(f"before\n\n{text}\n\nafter\n")
    assert_same(f"- before\n\n{text}")
    assert_same("\n".join(f"- {line}" if line else line for line in text.split("\n")))
    assert_same("\n".join(f"> {line}" if line else line for line in text.split("\n")))


@pytest.mark.parametrize(
    "text",
    [
        f"## It helps [as said]({SITE}papers/2602.1/#s3)",  # a heading's plain text has no joiner
        f"It helps![[3]]({SITE}papers/2602.1/#s3)",  # an image
        f"**It helps!**[[3]]({SITE}papers/2602.1/#s3)",
        f"It helps   [[3]]({SITE}papers/2602.1/#s3) [[1]]({SITE}papers/2602.1/#s1)",
        "[$a]: b$](https://a.b/c)\n\n[$a]",  # the definition of an address in what looks like a link
        "a\n\n\n- b",  # room between items
        "a\n  1. b\n  3. c\n- d\n  - e\n\ntext",
        "a\n  2. b\n- c",  # only a list from 1 can interrupt a paragraph
        "a\u3000\n- b",
    ],
)
def test_a_list_is_the_same_both_ways_whatever_is_in_it(text: str) -> None:
    assert_same(text)
    assert_same(f"- {text}\n\nafter")
    assert_same(f"- before\n  - {text}\n- after\n\n## after")
    assert_same(f"1. before\n2. {text}\n\nafter")


BLOCKS = [
    *(
        "# ",
        "## ",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\n\n",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "10) ",
        "\n  - ",
        "\n   1. ",
        "> ",
        "---",
        "***",
    ),
    *(
        "===",
        "| a | b |\n|---|:-:|\n",
        "\n| x | y |",
        "|",
        "\\|",
        "```",
        "~~~",
        "    a",
        "\t",
        "\r\n",
        "\x00",
        "[a]: ",
        "]:",
        "$$",
    ),
]
SPANS = [
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "``",
        "$",
        "$x$",
        "$p(x|y)$",
        "\\",
        "\\\\",
        "\\*",
        "\\[",
        "\\]",
        "\\$",
        "!",
        "![",
        "[",
        "]",
    ),
    *(
        "](https://a.b/c)",
        f"](archive/{SITE})",
        f" [[3]]({SITE}papers/2602.1/#v1-s3)",
        f"[[9]]({SITE}papers/2602.1/#s9)",
        "(",
        ")",
    ),
    *(f" [[1]]({SITE}papers/lost/#s9)", f"[t]({SITE}archive/)", "[x](http://a.b/)", "[x](https://a.b/?c=d&e=f)", "<https://a.b>"),
    *(
        "<a@b.c>",
        "<b",
        ">",
        "&",
        "&amp;",
        "&#35;",
        '"',
        "'",
        "a",
        "foo",
        "1",
        "中",
        "文",
        "。",
        "：",
        "“",
        "”",
        "（",
        "）",
        "é",
        "—",
        "⭐",
    ),
    *(
        "\u3000",
        "\xa0",
        "\u2028",
        "\x85",
        "**强调：**",
        "**ab**",
        "*a*",
        "`a|b`",
        "snake_case",
        "_b",
        ":",
        "@",
        "=",
        "{",
        "^",
        ";",
        "-",
        ".",
    ),
]
MUCH = settings(max_examples=400, deadline=None)


@MUCH
@given(st.lists(st.sampled_from([*BLOCKS, *SPANS]), max_size=25).map("".join), st.sampled_from(["", "a", "foo"]))
def test_any_text_is_the_same_both_ways(text: str, title: str) -> None:
    assert_same(text, title)


@MUCH
@given(st.lists(st.sampled_from([*SPANS, " ", " ", " "]), max_size=14).map("".join))
def test_any_passage_is_the_same_both_ways_wherever_it_stands(text: str) -> None:
    text = text.replace("\u2028", "")
    assert_same(
        f"{text}\n\n- {text}\n  1. {text}\n\n## {text}\n\n> {text}\n\n"
        f"| {text} | b |\n|---|---|\n| a | {text} |\n\nx {text} y  \n{text}"
    )


def line() -> st.SearchStrategy[str]:
    """A line such as our templates write, with now and then something that they do not."""
    begins = ["", "- ", "- ", "  - ", "  - ", "  1. ", "1. ", "2. ", "   - ", "      - ", "## ", "> ", "    ", " - ", "+ "]
    texts = [
        "a b",
        "中文",
        "**Label**: text",
        "",
        "**强调：**后",
        f"it helps [[3]]({SITE}papers/2602.1/#v1-s3)",
        "| a | b |",
        "---",
        "---|---",
    ]
    return st.tuples(st.sampled_from(begins), st.sampled_from(texts)).map("".join)


@MUCH
@given(st.lists(st.one_of(line(), st.just("")), max_size=14).map("\n".join))
def test_any_lines_are_the_same_both_ways(text: str) -> None:
    assert_same(text, "a b")


@given(st.from_regex(re.compile(_ADDRESS, re.VERBOSE), fullmatch=True))
def test_an_address_that_is_taken_as_it_is_is_what_the_reference_makes_of_it(address: str) -> None:
    parser = reference._parser(SITE)
    assert parser.normalizeLink(address) == address


def test_which_stars_open_and_close_is_decided_as_by_the_reference() -> None:
    """Between any two characters of different kinds."""
    kinds = "a1 \t\n\xa0\u3000\u2003.,_-+$^`|~<>&;中文あ한。：“”（）「」·—…é€⭐😀\u200d\u0301\x85\u2028"
    for before in kinds:
        for after in kinds:
            assert _flanks(before, after) == expected_flanks(before, after), (before, after)


def expected_flanks(before: str, after: str) -> int:
    from markdown_it.rules_inline import StateInline

    from digest.posts.reference import emphasis

    state = StateInline(f"{before}*{after}", reference._parser(SITE), {}, [])
    state.pos = 1
    assert emphasis(state, False)
    (delimiter,) = state.delimiters
    return delimiter.open * 1 | delimiter.close * 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        "*" * 5_000,
        "**a " * 2_000,
        "&lt;" * 5_000,
        "<" * 9_000,
        "`" * 20_001,
        "$a" * 4_000,
        "- " * 5_000,
        "_" * 5_000,
        "\\" * 20_001,
    ],
)
def test_a_hostile_text_takes_no_longer_than_the_reference_needs(text: str) -> None:
    for post in (text, f"- {text}", f"# {text}"):
        begin = time.process_time()
        Scanner(post, "", Builder(Links(SITE, PLACES), "en")).body()
        middle = time.process_time()
        reference.parse(post, "", Builder(Links(SITE, PLACES), "en"))
        assert middle - begin < 2 * (time.process_time() - middle) + 1
