"""Posts whose words are signs to one generator or another, and what a reader is to see of them.

The Markdown is written with the escapes that every post's text goes through; beside it stands what it says, block by
block, so that what a generator shows is compared with words and not with another program's reading of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from digest.posts import escape
from digest.posts.escaping import link

TITLE = r"""Papers: a # b --- c @d \e {f} {{ g }} {% raw %} <Tag> & "q" 'r' $5 *x* _y_ | z `k` [l](m) &amp; :s: 中文：（）"""
DESCRIPTION = r"""A: {{ b }} {% c %} <d> & "e" # f @g \h $6 and *i*"""
CATEGORY = "R&D: {{ c }}"
TAGS = ("1e5", "yes", "2026", "Agentic RL", "C++", "a: b", "中文", "#x", "{{ t }}", "<b>", "Pre-training & Data", 'q"q', "null")

_LINES = r"""
:name and a:b word:name 12:30
:::note
::leaf[x]{a=b}
:中文 x
costs $5 and $6 or $7,$8
price $x_1 and $y_2
a {{ x }} b {{ unclosed
a {% raw %} b {% endraw
{# c #} and #{d}
a {{< rel >}} b {{% rel %}} c
a <%= x %> b <?php c ?>
{% include x %}
@key and @foo:bar and [@key]
<Tag> a <b>x</b> c <!-- d --> e
a <!--more--> b
<!-- TEASER_END -->
<!-- x
a < b and c > d
a | b
| x | y |
:smile: ++x++ ==y== ^z^ H~2~O
a ~x~ ~~y~~ ~50%
a_b_c _x_ __y__ *z* **w** a*b*c
para {: .cls}
para {.cls}
{:toc}
{::options x=y /}
{::comment}
\alpha \beta C:\dir\file
a \\ b \{x\} \[y\] \begin{z} end\
text[^1] x
[^1]: note
*[HTML]: abc
[x]: y
[x] [[wikilink]] [text](y) ![alt](x.png)
!!! note
??? note
[TOC]
[[_TOC_]]
- [ ] task
[ ] task
1. one
2026. year
2) two
# head
#head
> quote
+ plus
- minus
===
---
|filename|x {filename}x {static}x
%s %x %d %%comment%%
&copy; &#35; &amp;copy; AT&T a&nbsp;b
``x `y` ```z
title: x
(c) (tm) 1/2 a -> b
key:: value
++a++ {++a++} {>>c<<}
^[inline] ^block
é 中文“引号” — – …
""".strip("\n")
LINES = tuple(_LINES.split("\n"))
"""Paragraphs of one line each."""

TYPOGRAPHY = ("a -- b --- c a--b --flag", "\"quotes\" and 'x' it's", "and so on... a... b", "<<x>> ``y''")
"""Paragraphs of signs that most generators make typography of."""

FORMULAS = (r"x^2", r"a_1 + b_2", r"\alpha \leq \beta", r"\mathbf{x}_i^{(t)}")
HARD_FORMULAS = (r"a*b*c", r"\{x\}", r"x_i^* y_j^*", r"a < b", r"x_{{a}}", r"\|w\|_2")
"""Formulas in which a Markdown parser that does not know formulas finds something."""


@dataclass(frozen=True)
class Hostile:
    """The body of a post and what is to be seen of it.

    Attributes:
        paragraphs: the words of paragraphs of their own.
        items: depth from 1, kind of list, words.
        links: words and target, evidence marks included.
    """

    body: str
    paragraphs: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    items: tuple[tuple[int, str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str], ...]
    code: tuple[str, ...]
    bold: tuple[str, ...]


_HEADINGS = {
    "zh": ((2, "今日预览 {#id}"), (3, "1. A: {{ b }} <Tag> {: .x}"), (4, "Problem & Contribution #"), (4, "论文 C#")),
    "en": ((2, "Preview {#id}"), (3, "1. A: {% b %} @key $5 {.x}"), (4, "Problem & Contribution #"), (4, "In C#")),
}
_NESTED = (
    (1, "ul", "one {{ a }}"),
    (2, "ul", "two :b | c"),
    (2, "ul", "three $5 @d"),
    (1, "ul", "four <e>"),
    (1, "ol", "first {% f %}"),
    (2, "ul", "under first"),
    (1, "ol", "second"),
    (1, "ul", "steps"),
    (2, "ol", "step a"),
    (2, "ol", "step b"),
)
_ROWS = (
    ("#", "论文", "Rating | x"),
    ("1", "a | b {{ c }}", "⭐⭐⭐ 必读"),
    ("2", r"<Tag> \ $5 @k", "a_b *c* 1. d"),
)
_LINKS = (
    ("{{ Title }} [a] | <b>: $5", "https://example.org/papers/2602.11858/"),
    ("[4]", "https://example.org/papers/2602.11858/#v1-s4"),
    ("a_b*c*", "https://example.org/x_%28y%29_z?a=1&b=2#v1-s4"),
)
_QUOTED = "quoted: {{ q }} @x"
_CODE = ("--flag x", "a_b: $5 {c} @d <T>", "x | y")


def hostile(language: str) -> Hostile:
    """The hostile post in a language."""
    headings = _HEADINGS[language]
    bold = ("作者" if language == "zh" else "Authors", "{{ B }} 1.5 | <c>")
    parts = [
        *(_heading(level, text) for level, text in headings),
        *(escape(line) for line in LINES),
        _list(_NESTED),
        _table(_ROWS),
        *(f"see {link(text, url)} there" for text, url in _LINKS),
        *(f"`{code}`" for code in _CODE),
        *(f"**{escape(text)}** x" for text in bold),
        "> " + escape(_QUOTED),
    ]
    body = "\n\n".join(parts) + "\n"
    return Hostile(body, (*LINES, _QUOTED), headings, _NESTED, _ROWS, _LINKS, _CODE, bold)


INTRO = """An *editor's* note, written by hand: {{ x }} and {% y %}, @key, 5 | 6 and :name.
A second line with `{{ code }}` and [a link](https://example.org/a_b).
- straight after a line
  - two blanks deep
    1. five blanks

| a | b |
|---|---|
| `x` | **y** |

```python
values = {"a": [1, 2], "b": "{{ c }}"}
# no heading
```

> a quotation
> of two lines

Term
: no definition here

1. one

   a second paragraph of one
2. two
"""
"""What an editor may put before a digest: Markdown as the sites of most people take it, not as our escapes write it."""


_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WORDS = (
    "a b1 word 2026 1 中文 ， 。 ： x_y https://example.org/a_b www.example.org me@example.org http://x.org mailto:a@b.co // /x/ "
    "-- --- ... <b> </b> <!-- --> &amp; &#35; &copy; {{ }} {% %} {{< [^1] ]( ![ [x] ** __ ~~ :: ::: == ++ ^1^ | || => -> "
    '- + * > # $x$ $5 C:\\d \\n %s (c) 1. a) #x @k § “q” ’ é 😀 ⭐ i.e. \'s "q" '
).split()
_NOT_TO_BE_KEPT = re.compile(r"\\[(\[]|``")
"""`\\(` reaches every page and is the beginning of a formula to the scripts there; TeX's quotes are curled in Astro."""


def random_lines(count: int, seed: int = 20260218) -> list[str]:
    """Lines of signs and words in any order, the same ones every time."""
    chance = Random(seed)
    made: list[str] = []
    while len(made) < count:
        parts = [_part(chance) + " " * (chance.random() < 0.45) for _ in range(chance.randint(1, 7))]
        line = "".join(parts).strip()
        if line and not _NOT_TO_BE_KEPT.search(line):
            made.append(line)
    return made


def everywhere(lines: Sequence[str]) -> str:
    """Lines as headings, list items, cells, links and bold words, each a third of them, and all as paragraphs."""
    some = lines[: len(lines) // 3]
    return "\n\n".join(
        [
            *(escape(line) for line in lines),
            *(f"## {escape(line)}" for line in some),
            "\n".join(f"- {escape(line)}\n  - {escape(line)}" for line in some),
            _table((("one", "two"), *((line, line) for line in some))),
            *(f"{link(line, 'https://example.org/x')} and **{escape(line)}** there" for line in some),
        ]
    )


def paragraphs(texts: Iterable[str]) -> str:
    """Texts of papers as paragraphs of a post."""
    return "\n\n".join(escape(text) for text in texts) + "\n"


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {escape(text)}"


def _part(chance: Random) -> str:
    return chance.choice(_WORDS) if chance.random() < 0.6 else chance.choice(_SIGNS) * chance.choice((1, 1, 1, 2, 3))


def _list(items: tuple[tuple[int, str, str], ...]) -> str:
    """Indented as our templates do it: two blanks under a bullet, three under a number."""
    written: list[str] = []
    indents = [""]
    previous = None
    for depth, kind, text in items:
        indents = indents[:depth]
        if depth == 1 and previous not in (None, kind):
            written.append("")
        if depth == 1:
            previous = kind
        marker = "- " if kind == "ul" else "1. "
        written.append(f"{indents[-1]}{marker}{escape(text)}")
        indents.append(indents[-1] + " " * len(marker))
    return "\n".join(written)


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ["| " + " | ".join(escape(cell, in_cell=True) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
