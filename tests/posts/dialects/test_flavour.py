"""Every character of a text comes out as itself, and formulas, code and emphasis are spelled as a generator reads them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.posts.dialects.blocks import blocks
from digest.posts.dialects.flavour import Flavour, entity
from digest.posts.dialects.formulas import neutral
from digest.posts.dialects.inline import inline
from digest.posts.reference import parser

STRICT = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
TEXTS = st.text(
    alphabet=st.characters(blacklist_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]) | st.sampled_from(" \\`*_[]<>&:#-.{}~$")
)


def shown(markdown: str) -> str:
    """What a reader sees of one paragraph, in a Markdown without any extension of ours."""
    html = STRICT.render(markdown)
    found = re.fullmatch(r"<p>(.*)</p>\n", html, re.DOTALL)
    assert found, html
    return unescape(found[1])


def written(text: str, flavour: Flavour) -> str:
    return "\n\n".join(block.written for block in blocks(parser().parse(text), flavour))


@pytest.mark.parametrize("escape", ["backslash", "entity"])
@given(text=TEXTS)
def test_a_text_is_read_as_its_characters(escape: str, text: str) -> None:
    line = f"x{text.strip()}"[1:] or "x"
    literal = Flavour(escape=escape).literal(line, line_start=True)  # type: ignore[arg-type]
    assert shown(literal) == line


def test_an_entity_keeps_what_template_languages_look_for_apart() -> None:
    literal = Flavour().literal("{{ a }} {% b %} {# c #} {{< d >}} --- ... $5 @key :name |")
    assert not re.search(r"\{[{%#]|[%}]\}|--|\.\.|\$|@|:name|\|", literal)
    assert shown(literal) == "{{ a }} {% b %} {# c #} {{< d >}} --- ... $5 @key :name |"


def test_words_and_numbers_stay_readable() -> None:
    assert Flavour().literal("foo_bar 7.13% (a), 12:30; a - b = c + d / e #1 中文：（）") == (
        "foo_bar 7.13% (a), 12:30; a - b = c + d / e #1 中文：（）"
    )


def test_what_a_typographer_would_join_is_kept_apart_by_a_comment() -> None:
    flavour = Flavour(escape="backslash", seams=True)
    assert flavour.literal("--flag and ... and https://a.b") == ("-<!-- -->-flag and .<!-- -->.. and https\\:<!-- -->//a.b")


@pytest.mark.parametrize(
    "text", ["**强调：**后面", "前**“引用”**后", "a**b**c*d*e", "***a*** b", "**a*b***", "*x***y**z", "a~~b~~"]
)
def test_emphasis_beside_letters_is_emphasis_by_the_letter_of_commonmark(text: str) -> None:
    """What the lenient rule of our own parser reads, a strict one reads, too."""
    tokens = [token.type for token in parser().parseInline(text)[0].children or [] if "open" in token.type]
    strict = [token.type for token in STRICT.parseInline(written(text, Flavour()))[0].children or [] if "open" in token.type]
    assert strict == tokens


def test_a_formula_reaches_the_page_as_mathjax_and_katex_look_for_it() -> None:
    assert shown(written(r"$\{a_{1}\} < b$", Flavour())) == r"\(\{a_{1}\} < b\)"
    assert shown(written("$$\nx\n= y\n$$", Flavour())) == "\\[\nx\n= y\n\\]"
    classed = written("$x$", Flavour(formula_class="arithmatex"))
    assert classed == '<span class="arithmatex">&#92;(x&#92;)</span>'


def test_a_formula_between_dollars_stands_as_it_is() -> None:
    flavour = Flavour(escape="backslash", formulas="dollars")
    assert written("costs \\$5, $\\{a\\}|b|$\n\n$$\n\\tau\n$$", flavour) == "costs \\$5, $\\{a\\}|b|$\n\n$$\n\\tau\n$$"
    cell = parser().parse("| $\\|a\\|$ |\n|---|")[4].children
    assert inline(cell or [], flavour, in_cell=True) == r"$\vert a\vert$"


@pytest.mark.parametrize(
    ("tex", "spelled"),
    [
        (r"\tau_p \leq x_{1}^{2}", r"\tau_p \leq x_{1}^{2}"),
        (r"\{a\}*b", r"\lbrace a\rbrace \ast b"),
        (r"\mathcal{L}_a + b_{c}", r"\mathcal{L}_a + b _{c}"),
        (r"\mathbf{x}_{a}\_", r"\mathbf{x} _{a}\_"),
        ("f[x](y)<z", r"f[x] (y)\lt z"),
    ],
)
def test_a_formula_that_a_plugin_may_or_may_not_read(tex: str, spelled: str) -> None:
    assert neutral(tex) == spelled


def test_code_stays_code_unless_it_would_be_interpreted() -> None:
    liquid = Flavour(code_trigger=re.compile(r"\{[{%]"))
    assert written("`a b` and ``c`d``", liquid) == "`a b` and ``c`d``"
    assert written("`{{ x }}`", liquid) == f"<code>{liquid.literal('{{ x }}')}</code>"
    assert written("```python\nf'{x}'\n```", liquid) == "```python\nf'{x}'\n```"
    assert written("```\n{% x %}\n\n<y>\n```", liquid) == ("<pre><code>&#123;&#37; x &#37;&#125;\n\n&#60;y&#62;</code></pre>")


def test_without_html_such_code_is_text() -> None:
    hugo = Flavour(html=False, code_trigger=re.compile(r"\{\{<"))
    made = written("`{{< x >}}`\n\n```\n{{< x >}}\ny\n```", hugo)
    assert "<" not in made and "`" not in made
    assert shown(made.split("\n\n")[0]) == "{{< x >}}"


def test_lists_are_indented_so_that_every_generator_nests_them() -> None:
    assert written("- a\n  - b\n    1. c\n\n       d\n", Flavour()) == "-   a\n    -   b\n        1.  c\n\n            d"


def test_a_list_right_after_another_stays_apart() -> None:
    assert written("- a\n\n1. b", Flavour(list_break="<!-- -->")) == "-   a\n\n<!-- -->\n\n1.  b"
    assert written("- a\n\n* b", Flavour(indent=0)) == "- a\n\n+ b"


def test_fenced_code_in_a_list_is_indented_where_fences_are_not_read() -> None:
    text = "- a\n\n  ```\n  x\n\n  y\n  ```"
    assert written(text, Flavour(nested_fences=False)) == "-   a\n\n        x\n\n        y"


def test_a_table_cell_keeps_its_bars_and_alignment() -> None:
    assert written("| a \\| b | c |\n|:-:|--:|\n| `x \\| y` | 1 |", Flavour()) == (
        "| a &#124; b | c |\n| :---: | ---: |\n| <code>x &#124; y</code> | 1 |"
    )


def test_links_and_images() -> None:
    flavour = Flavour(escape="backslash")
    assert written('[a [b]](https://e.org/x_(y)?a=1&b={{c}} "say \\"t\\"")', flavour) == (
        '[a \\[b\\]](https://e.org/x_%28y%29?a=1&b=%7B%7Bc%7D%7D "say &quot;t&quot;")'
    )
    assert written("![a *b*](x.png) c", flavour) == "a b c"
    assert written("[a](javascript:x)", flavour) == "\\[a\\](javascript\\:x)"


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]"])
def test_a_list_item_that_begins_with_a_box_is_no_task(box: str) -> None:
    """Pandoc makes one of `[x] ` even where the brackets are written by their numbers, but not of another blank."""
    escaped = box.replace("[", "&#91;").replace("]", "&#93;")
    assert written(f"- {box} a {box} b", Flavour(tasks=True)) == f"-   {escaped}&#32;a {escaped} b"
    assert written(f"- {box} **a**", Flavour(tasks=True)) == f"-   {escaped}&#32;**a**"
    assert written(f"- {box} a", Flavour()) == f"-   {escaped} a"


def test_entity() -> None:
    assert entity("{") == "&#123;"
