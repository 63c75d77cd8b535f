"""A post that is parsed and written again says the same, in the same structure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it.token import Token

from digest.posts import escape, read
from digest.posts.dialects.blocks import blocks
from digest.posts.dialects.flavour import Flavour
from digest.posts.reference import parser

COMMONMARK = Flavour(escape="backslash", formulas="dollars", indent=0, hard_break="\\\n")
ROOT = Path(__file__).parents[3]
POSTS = [*sorted((ROOT / "tests/golden").glob("*.md")), *sorted((ROOT / "content/posts").rglob("*.md"))]


def written(text: str, flavour: Flavour = COMMONMARK) -> str:
    return "\n\n".join(block.written for block in blocks(parser().parse(text), flavour))


def shape(text: str) -> list[tuple[str, ...]]:
    """What of a parsed post must not change: not the marks that were used, nor blanks where they mean nothing."""
    return list(block_shape(parser().parse(text)))


def is_degenerate(text: str) -> bool:
    """Formulas of nothing or with dollars, and empty list items: nobody writes them."""
    tokens = parser().parse(text)
    formulas = [token for block in tokens for token in block.children or [] if token.type.startswith("math")]
    items = [two for two in pairwise(token.type for token in tokens) if two == ("list_item_open", "list_item_close")]
    return bool(items) or any("$" in token.content or not token.content.strip() for token in formulas)


def block_shape(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type == "inline":
            yield from inline_shape(token.children or [], breaks="heading" not in before.type)
        elif token.type in ("fence", "code_block"):
            yield "code", token.content.removesuffix("\n"), "" if "`" in token.info else (token.info.split() or [""])[0]
        elif token.type == "math_block":
            yield "math_block", " ".join(token.content.split())
        else:
            yield token.type, token.tag, str(token.hidden), str(token.attrs.get("start", "")), str(token.attrs.get("style", ""))


def inline_shape(children: Sequence[Token], breaks: bool) -> Iterator[tuple[str, ...]]:
    text, around = "", [""]
    for token in children:
        around += [token.tag] if token.type in ("em_open", "strong_open") else []
        nested = token.type.startswith(("em_", "strong_")) and around.count(token.tag) > 1
        if token.type in ("em_close", "strong_close"):
            around.pop()
        if nested:  # emphasis within emphasis of its kind shows nowhere
            continue
        if token.type == "hardbreak" and not breaks:  # a heading stands in one line
            text += " "
            continue
        if token.type in ("text", "text_special", "softbreak", "image"):
            text += {"softbreak": " ", "image": words(token)}.get(token.type, token.content.strip("\n"))
            continue
        if text.strip():
            yield "text", " ".join(text.split())
        text = ""
        if token.type in ("code_inline", "math_inline", "math_inline_double"):
            yield token.type, " ".join(token.content.split())
        else:
            yield token.type, unquote(str(token.attrs.get("href", ""))), str(token.attrs.get("title", "")).replace("\n", " ")
    if text.strip():
        yield "text", " ".join(text.split())


def words(token: Token) -> str:
    if token.children:
        return "".join(map(words, token.children))
    return " " if "break" in token.type else token.content


@pytest.mark.parametrize("post", POSTS, ids=lambda path: path.name)
def test_a_real_post_keeps_its_words_and_structure(post: Path) -> None:
    _, body = read(post.read_text(encoding="utf-8"), post.name)
    assert shape(written(body)) == shape(body)


@pytest.mark.parametrize("post", POSTS, ids=lambda path: path.name)
def test_what_was_written_once_is_written_the_same_again(post: Path) -> None:
    _, body = read(post.read_text(encoding="utf-8"), post.name)
    assert written(written(body)) == written(body)


MARKS = st.text(alphabet="ab 中，：\\`*_[]()<>{}|~$#+-=.!&;:@%^\"'1\n", max_size=30)
LINES = st.lists(
    st.sampled_from(
        [
            "",
            "- ",
            "  - ",
            "1. ",
            "> ",
            "# ",
            "## ",
            "    ",
            "```\n",
            "| a | b |\n|---|:-:|\n| x | ",
            "$$\n",
            "***\n",
            "***",
            "\t",
        ]
    ),
    max_size=6,
)


@given(MARKS)
@example("**强调：**后面")
@example("a\n===")
@example("![a *b*](x)\\\nc")
def test_a_line_of_any_marks_keeps_its_words_and_structure(text: str) -> None:
    assume(not is_degenerate(text))
    assert shape(written(text)) == shape(text)


@given(st.text())
def test_any_escaped_text_keeps_its_words(text: str) -> None:
    line = escape(text)
    assert shape(written(line)) == shape(line)


@given(st.lists(st.tuples(LINES, MARKS), max_size=6))
def test_any_blocks_keep_their_words_and_structure(parts: list[tuple[list[str], str]]) -> None:
    text = "\n".join("".join(prefixes) + line for prefixes, line in parts)
    assume(not is_degenerate(text))
    assert shape(written(text)) == shape(text)
