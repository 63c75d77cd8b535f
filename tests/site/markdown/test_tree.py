"""A post is a tree of blocks that a page can be arranged from, and their HTML stands on any page."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.site import routes
from digest.site.markdown import Block, Body, Heading, Item, Markdown, placed
from digest.site.markdown.tree import INDEX, RAISED, ROOT, cleaned

SITE = "https://example.org/papers/"
PLACES = {"": None, "archive/": None, "feed.xml": None, "papers/2602.15763/": frozenset({"v1-s3"}), "papers/2602.1/": None}
PAPER = f"{SITE}papers/2602.15763/"


def parse(text: str, **words: str) -> Body:
    return Markdown(SITE, PLACES).parse(text, **words)  # type: ignore[arg-type]


def only(text: str, **words: str) -> Block:
    (block,) = parse(text, **words).blocks
    return block


def test_a_heading_has_its_level_anchor_and_text() -> None:
    block = only("### 1. *A* `b` [c](https://a.b/)")
    assert (block.kind, block.level, block.anchor, block.text) == ("heading", 3, "1-a-b-c", "1. A b c")
    assert block.html == f'<h3 id="1-a-b-c">{block.inner}</h3>\n'


def test_a_formula_stands_in_the_text_of_a_heading_as_tex_and_not_in_its_anchor() -> None:
    block = only("## The $\\tau_p$ of “x”")
    assert (block.text, block.anchor) == ("The \\tau_p of “x”", "the-of-x")
    assert "<msub>" in block.inner


def test_a_first_level_is_shown_as_the_second_and_the_lowest_two_have_no_anchor() -> None:
    assert [(b.level, b.anchor) for b in parse("# a\n\n##### b\n\n###### c").blocks] == [(2, "a"), (5, ""), (6, "")]


def test_headings_are_listed_in_order_also_those_in_quotes() -> None:
    assert parse("## a\n\n> ### b\n\n## a").headings == (Heading(2, "a", "a"), Heading(3, "b", "b"), Heading(2, "a-1", "a"))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("**Method**: it helps", "Method"),
        ("**强调：**后面", "强调"),
        ("**[A & B](https://a.b/)**: blurb", "A & B"),
        ("**Alone**", "Alone"),
        ("plain **bold**", ""),
        ("plain", ""),
    ],
)
def test_the_bold_words_that_a_passage_begins_with_are_its_label(text: str, label: str) -> None:
    assert only(text).label == label
    assert only(f"- {text}").items[0].label == label
    assert only(f"- {text}\n\n- b").items[0].label == label
    assert only(f"> {text}").label == label


def test_a_list_in_a_list() -> None:
    block = only("- **Steps**:\n  3. one\n  4. two\n- end".replace("3.", "1.").replace("4.", "2."))
    steps, end = block.items
    assert (block.kind, block.ordered, steps.html, end) == ("list", False, "<strong>Steps</strong>:", Item("end"))
    (inner,) = steps.children
    assert (inner.ordered, inner.start, [item.html for item in inner.items]) == (True, 1, ["one", "two"])
    assert steps.whole == "<li><strong>Steps</strong>:\n<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n</li>"
    assert block.html == f"<ul>\n{steps.whole}\n{end.whole}\n</ul>\n"


def test_a_list_with_room_between_its_items_has_paragraphs_in_them() -> None:
    first, second = only("2. **A**: b\n\n3. c\n\n   d").items
    assert (first.html, first.label, [child.kind for child in second.children]) == ("", "A", ["paragraph", "paragraph"])
    assert first.whole == "<li>\n<p><strong>A</strong>: b</p>\n</li>"


def test_an_item_says_its_language_where_it_holds_nothing_else() -> None:
    block = only("- 中文条目\n- an item in English\n- another one in English\n  - 下一级", language="zh")
    assert [item.attrs for item in block.items] == ["", ' lang="en"', ""]


def test_the_kinds_of_blocks() -> None:
    text = "a\n\n- a\n\n| a |\n|---|\n\n> a\n\n```\na\n```\n\n$$\na\n$$\n\n---\n\n    a\n\n## a"
    kinds = ["paragraph", "list", "table", "quote", "code", "math", "rule", "code", "heading"]
    assert [block.kind for block in parse(text).blocks] == kinds


def test_a_block_names_the_routes_that_it_links_to_each_once_in_order() -> None:
    text = f"- [a]({PAPER}) [[3]]({PAPER}#v1-s3) [b]({SITE}archive/)\n  - [c]({PAPER}#gone) [d](https://other.org/)"
    assert only(text).refs == ("papers/2602.15763/", "archive/")


def test_a_post_names_all_its_links_to_this_site_with_their_fragments() -> None:
    body = parse(f"[a]({SITE}#top)\n\n[[3]]({PAPER}#v1-s3) [[9]]({PAPER}#v1-s9) [f]({SITE}feed.xml) [x](https://other.org/)")
    assert body.refs == {("", "top"), ("papers/2602.15763/", "v1-s3"), ("papers/2602.15763/", ""), ("feed.xml", "")}


@pytest.mark.parametrize("target", ["", "archive/", "feed.xml", "papers/2602.15763/"])
@pytest.mark.parametrize("source", ["", "2026-02-18/", "papers/2602.1/", "404.html"])
def test_a_link_leads_from_any_page_to_where_it_should(source: str, target: str) -> None:
    body = parse(f"[a]({SITE}{target}) [b]({SITE}{target}#x)" if not target.startswith("papers") else f"[a]({SITE}{target})")
    assert f'href="{routes.relative(source, target)}"' in body.html(source)
    assert f'href="{routes.absolute(SITE, target)}"' in body.html(None)


def test_pieces_of_a_post_are_placed_like_the_whole() -> None:
    body = parse(f"## a\n\n[x]({SITE}archive/)\n\n- [y]({PAPER}#v1-s3)")
    assert "".join(placed(block.html, "a/b/", SITE) for block in body.blocks) == body.html("a/b/")


class Lazy(Mapping[str, frozenset[str] | None]):
    """Places that are looked up when they are asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, route: str) -> frozenset[str] | None:
        self.asked.append(route)
        if not route.startswith("papers/26"):
            raise KeyError(route)
        return frozenset({"s1"})

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("nobody may ask for all places")

    def __len__(self) -> int:
        raise AssertionError("nobody may ask for all places")


def test_places_may_be_a_mapping_that_looks_them_up_and_is_asked_once_for_each() -> None:
    lazy = Lazy()
    text = "\n\n".join(f"[[1]]({SITE}papers/2602.1/#s1) [a]({SITE}papers/2602.1/) [b]({SITE}papers/x/)" for _ in range(9))
    html = Markdown(SITE, lazy).parse(text).html("")
    assert html.count("<a ") == 18
    assert len(lazy.asked) <= 8


@given(
    st.lists(
        st.sampled_from([*"\x00\x01\x02\x03\x04\x0b\x0c\x1f\x7f\r\n\t a[]()<>&#;%\"'02", "&#2;", "&#x3;", "<https://a.b/%02>"])
    ).map("".join)
)
def test_no_text_contains_the_marks_of_links(text: str) -> None:
    html = parse(text).html(None)
    assert not {ROOT, INDEX, RAISED, "\x00", "\x01"} & set(html)


def test_no_address_that_is_shown_contains_the_marks_of_links() -> None:
    assert "\x02" not in parse("<https://a.b/%02> ![<https://a.b/%02>](x)").html(None)


def test_control_characters_are_taken_out_and_lines_end_one_way() -> None:
    assert cleaned("a\x00\x02b\r\nc\rd\te\x85") == "ab\nc\nd\te\x85"
    assert cleaned("\ud800\x02") == "\ud800"
