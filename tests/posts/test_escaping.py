"""What a paper's text says is what a reader sees."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from digest.posts.escaping import address, cell, link, markdown, plain
from digest.site.markdown import reference

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WITH_MATH = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)
SPECIALS = [*"\\`*_[]<>#|!&~$:=+-.()1a ß中\n\t\"'{}^@/;x", "&amp;", "<b>", "$x$", "**", "](https://a.b)", "---", "1. "]
SITE = "https://example.org/"
PIECES = [
    *"$`\\|![]*~_^ 5a",
    "$$",
    "[a](https://b.cc/d)",
    "![a](https://b.cc/d.png)",
    "~~a~~",
    "*a*",
    "<b>",
    "\\times",
    " to ",
    "**b**",
]
hostile = st.one_of(st.text(), st.lists(st.sampled_from(SPECIALS), max_size=12).map("".join)).filter(
    # dollarmath takes the last character of a text for the one before its first: a "\\" there makes it miss a formula.
    lambda text: not (plain(text).startswith("$") and plain(text).endswith("\\"))
)


def shown(source: str, parser: MarkdownIt = WITH_MATH) -> tuple[str, set[str]]:
    """The text of rendered Markdown, and the kinds of tokens that are in it."""
    text, kinds = "", set()
    for block in parser.parse(source):
        kinds.add(block.type)
        for token in block.children or []:
            kinds.add(token.type)
            text += f"${token.content}$" if token.type == "math_inline" else token.content
    return text, kinds


LITERAL = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "math_inline"}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *((0, 0x1F), (0x7F, 0x9F), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069)),
        *((0xD800, 0xDFFF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F)),
    ],
)
def test_characters_that_nobody_sees_are_removed_or_folded(first: int, last: int) -> None:
    assert {plain(f"a{chr(code)}b") for code in range(first, last + 1)} <= {"ab", "a b"}


@given(hostile)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    seen, kinds = shown(markdown(text))
    assert seen == plain(text)
    assert kinds <= LITERAL


@given(hostile)
def test_without_formulas_any_text_is_shown_by_plain_commonmark_too(text: str) -> None:
    text = text.replace("$", "")
    seen, kinds = shown(markdown(text), COMMONMARK)
    assert seen == plain(text)
    assert kinds <= LITERAL


@given(hostile)
def test_any_text_is_literal_after_a_bullet_in_bold_in_a_heading_and_in_a_link(text: str) -> None:
    expected = plain(text)
    if not expected:
        return
    written = markdown(text)
    assert shown(f"- {written}")[0] == expected
    assert shown(f"### 1. {written}")[0] == f"1. {expected}"
    assert shown(f"**{written}**：後")[0] == f"{expected}：後"
    seen, kinds = shown(link(text, "https://example.org/") + " [[3]](https://example.org/)")
    assert seen == f"{expected} [3]"
    assert {"link_open", "link_close"} <= kinds <= LITERAL | {"link_open", "link_close"}


@given(st.lists(hostile, min_size=2, max_size=3))
def test_any_texts_in_cells_make_one_row(texts: list[str]) -> None:
    bars = "| " + " | ".join("h" for _ in texts) + " |\n|" + "---|" * len(texts)
    row = "| " + " | ".join(cell(t) for t in texts) + " |"
    tokens = WITH_MATH.parse(f"{bars}\n{row}\n")
    assert sum(t.type == "tr_open" for t in tokens) == 2
    cells = [t for t in tokens if t.type == "inline"][len(texts) :]
    seen = ["".join(f"${c.content}$" if c.type == "math_inline" else c.content for c in t.children or []) for t in cells]
    assert [bare(t) for t in seen] == [bare(plain(t)) for t in texts]


def bare(text: str) -> str:
    r"""A text without its bars: within a formula `|` becomes `\vert `."""
    return re.sub(r"\\?\||\\[vV]ert ?", "", text)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_no_text_becomes_markup_on_our_own_pages(text: str) -> None:
    """Escaper and site agree on what a formula is: what one takes for a formula the other does not read as a link."""
    for written in (markdown(text), f"- **x**: {markdown(text)} tail", f"| a |\n|---|\n| {cell(text)} |"):
        tokens = [t for token in reference.tokens(written, SITE) for t in (token, *(token.children or ()))]
        assert not {"link_open", "image", "s_open", "em_open", "html_inline", "html_block"} & {t.type for t in tokens}


@given(hostile)
def test_fuwaris_directives_never_begin_in_a_text(text: str) -> None:
    """remark-directive takes a colon before a letter for one, unless it is escaped; formulas are taken out before."""
    without_formulas = re.sub(r"(?<!\\)\$.*?\$", " ", markdown(text))
    assert not re.search(r"(?<!\\):[^\W\d_]", without_formulas)


@pytest.mark.parametrize(
    "text",
    [
        "foo_bar and C_2, 7.13% (+3.1), a < b, x > y, AT&T, R&D, 10:30 #3 A - B",
        r"\alpha-Net",
        "GLM-5: from Vibe Coding",
        "~50% faster, at 2:1",
        "What? Yes! No.",
        "$a<b$, $\\tau_p$ and 20$\\times$ at $>$0.96",
        "-5% and 2026",
    ],
)
def test_what_needs_no_escape_gets_none(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# H1", r"\# H1"),
        ("Learning C #", r"Learning C \#"),
        ("1. first", r"1\. first"),
        ("2024) x", r"2024\) x"),
        ("- item", r"\- item"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("> quote", r"\> quote"),
        ("fit:foo", r"fit\:foo"),
        ("::name", r":\:name"),
        ("costs $5", r"costs \$5"),
        ("from $5 to $10", r"from \$5 to \$10"),
        ("$a$$b$", r"\$a\$\$b\$"),
        ("&amp; &#35;", r"\&amp; \&#35;"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript\:alert(1))"),
        ("![x](https://a.b/c.png)", r"\!\[x\](https://a.b/c.png)"),
        ("wow!", r"wow\!"),
        ("{{7*7}}", r"{{7\*7}}"),
        ("a\x00b\u2028c\ud800d\ufeff\u202e", "ab cd"),
    ],
)
def test_what_would_be_interpreted_is_escaped(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


def test_two_prices_are_no_formula_and_the_formula_after_them_is_one() -> None:
    assert markdown("costs $5 and a$ then $x$") == r"costs \$5 and a\$ then $x$"


def test_a_tag_cannot_hide_in_two_formulas() -> None:
    """Where formulas are not known, `<img …>` would begin in the first and end in the second."""
    text = '$x<img src=a onerror="$ alert(1) //$">$'
    seen, kinds = shown(markdown(text), COMMONMARK)
    assert seen == text
    assert kinds <= LITERAL


def test_a_long_formula_and_many_dollars_take_no_time() -> None:
    long = "$" + "x+" * 5000 + "y$"
    assert markdown(long) == long
    assert markdown("$ " * 5000).count("\\$") == 5000


def test_a_cell_with_a_bar_a_line_break_and_a_backtick() -> None:
    assert cell("a | b\n`c` $|x|$ \\|") == r"a \| b \`c\` $\vert x\vert$ \\\|"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "http://example.org/",
        "//example.org",
        "https://github.com@evil.example/",
        "https://",
        "data:text/html,x",
        "https://a b/",
    ],
)
def test_only_https_addresses_become_links(url: str | None) -> None:
    assert link("Code [1]", url) == r"Code \[1\]"


def test_an_address_cannot_end_its_link() -> None:
    assert link("x", 'https://a.org/b_(c)[d]"<e>') == "[x](https://a.org/b_%28c%29%5Bd%5D%22%3Ce%3E)"
    assert address("https://a.org/?a=1&copy;=中") == "https://a.org/?a=1&amp;copy;=%E4%B8%AD"


@given(st.text())
def test_any_tail_of_an_address_stays_in_it(tail: str) -> None:
    seen, _ = shown(link("x", f"https://a.org/{tail}") + " end")
    assert seen == "x end"
