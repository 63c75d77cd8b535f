"""Whatever a post holds, nothing of it is lost or shown twice."""

import re
from datetime import date as Date

from hypothesis import given, settings
from hypothesis import strategies as st

from arranging import (
    DAY,
    PAPER,
    URL,
    read,
    texts,
)
from digest.site.arranged.pieces import plain

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
@given(posts(), st.sampled_from([None, DAY]))
def test_every_passage_of_any_post_is_shown_exactly_once(text: str, day: Date | None) -> None:
    page = read(text, day=day)
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
