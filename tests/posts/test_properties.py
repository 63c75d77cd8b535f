"""Whatever its texts are made of, a record becomes a post that says exactly these texts, in every layout and language.

A day of plain words is rendered beside the same day with other texts in their places. Front matter and page of the one
must be those of the other with each word replaced: what a text is made of changes nothing around it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from itertools import count, islice
from typing import Any, get_args

import lxml.html
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digest.config import Config, EditionConfig, Layout, Site
from digest.digests.edits import Correction, Day
from digest.models import (
    Advice,
    Card,
    Evidence,
    Highlight,
    Language,
    Meta,
    Method,
    NamedClaim,
    Problem,
    Result,
    Takeaways,
    Trend,
    Usage,
)
from digest.posts import render
from digest.posts.escaping import plain
from digest.site.markdown import Markdown, math
from fakes import card, claim, covered, digest, edition, mention, overview

URL = "https://papers.example.org/"
NAME = "daily-papers"
SPECIALS = [
    *"\\`*_[]<>#|!&~$:=+-.()1a ß中。，\n\t\"'{}^@/;x%?,\x00\x85\u2028\ud800\u202e\ufeff",
    *("&amp;", "<b>", "</p>", "<!--", "$x$", "$a_|b|$", "**", "~~", "](https://a.b)", "![", "---", "1. ", "```", "| a |"),
    *(
        "{{ 7*7 }}",
        "{% x %}",
        "{#",
        ":name[x]",
        "@key",
        "yes",
        "1e5",
        "2026-02-18",
        "null",
        "https://a.b/c",
        "a@b.cc",
        "% ",
        "{}",
    ),
    *("et al.", "”", "😀", "e\u0301", "\u200d", "&#35;", "[x]: y", "[^1]", "\\alpha"),
]
hostile = st.one_of(st.text(max_size=15), st.lists(st.sampled_from(SPECIALS), max_size=8).map("".join)).filter(
    # dollarmath takes the last character of a text for the one before its first: a "\\" there makes it miss a formula.
    lambda text: plain(text) != "" and not (plain(text).startswith("$") and plain(text).endswith("\\"))
)
Words = Callable[[], str]
TEXTS = 48
"""That `front_and_page` asks for."""


def a_day(word: Words) -> Day:
    """Two papers in one edition: one with something in every part, one with little. `word` gives each text in turn."""

    def said(number: int) -> Any:
        return claim(word(), number)

    def named(number: int) -> Any:
        return NamedClaim(name=f"{word()}ж", text=word(), evidence=(number,))

    meta = {name: word() for name in ("short_name", "title_translated")}
    labels = {"tags": (word(), word()), "directions": (word(),), "application_areas": (word(),)}
    usage = Usage(inputs=(said(3),), procedure=(said(1), said(4)))
    results = (Result(text=word(), evidence=(2,)), Result(text=word(), name=f"{word()}ж", evidence=(3,)))
    full = card(
        meta=Meta(tldr=said(1), **meta, **labels),
        problem=Problem(
            background=said(1),
            gaps=(said(2), said(3)),
            core_idea=said(2),
            findings=(said(4),),
            contributions=(named(2), named(3)),
        ),
        method=Method(pipeline=(said(1), said(2)), usage=usage),
        evidence=Evidence(setup=(said(1),), results=results, limitations=(said(4),)),
        takeaways=Takeaways(
            insight=said(1), transfers=(Advice(text=word()),), risks=(Advice(text=word()),), next_action=Advice(text=word())
        ),
        filled_by="model",
    )
    card_in_both: dict[Language, Card] = {"zh": full, "en": full}
    facts = {"title": word(), "authors": (word(), word()), "organisation": word(), "venue": word()}
    first = covered(cards=card_in_both, stars=3, **facts)
    named_too = card(meta=card().meta.model_copy(update={"short_name": "Second"}))  # else a title up to its colon is the name
    second = covered("2602.15620", title=word(), authors=(word(),), cards={"en": named_too})
    told = overview(
        headline=word(),
        highlights=(Highlight(paper=first.paper.id, text=word()),),
        trends=(Trend(name=word(), text=word(), papers=(first.paper.id,)),),
    )
    also, excluded = (
        mention("2602.15829", title=word(), reason={"en": word()}),
        mention("2602.15830", title=word(), why="excluded"),
    )
    seen = mention("2602.13949", title=word(), why="repeated")
    ids = {m.why: (m.id,) for m in (also, excluded, seen)}
    shown = edition(first, second, overview={"en": told}, **ids)
    record = digest(first, second, mentions={m.id: m for m in (also, excluded, seen)}, editions={NAME: shown})
    return Day(digest=record, corrections=(Correction(id=first.paper.id, text={"en": f"{word()}ж"}),))


def in_turn(texts: Iterator[str]) -> Words:
    return lambda: next(texts)


def placeholders() -> Iterator[str]:
    return (f"zq{number:03}x" for number in count())


def settings_of(layout: Layout, title: str, signature: str) -> Config:
    own = EditionConfig(name=NAME, layout=layout, title=title, signature=signature, tags=("Own",))
    return Config(site=Site(url=URL, title="Papers"), editions=(own,))


def as_written(html: str, texts: Iterable[str]) -> str:
    """A page's HTML with the formulas of its texts as TeX again, instead of the MathML that each of them becomes."""
    for source in {found for text in texts for found in re.findall(r"(?<=\$)[^$]+(?=\$)", plain(text))}:
        for written in (source, source.replace(r"\|", r"\Vert ").replace("|", r"\vert ")):  # the second in tables
            html = html.replace(math.inline(written), escape(written))
    return html


def front_and_page(layout: Layout, language: Language, texts: Iterator[str]) -> tuple[dict[str, Any], str]:
    """The front matter of a post as PyYAML reads it, and the text of its page."""
    said = list(islice(texts, TEXTS))
    word = in_turn(iter(said))
    post = render(a_day(word), NAME, language, settings_of(layout, word(), word()))
    _, front, body = post.split("---\n", 2)
    html = Markdown(URL, {}).parse(body, language=language).html(None)
    shown = lxml.html.document_fromstring(f"<main>{as_written(html, said)}</main>").text_content()
    return yaml.safe_load(front), shown


@cache
def expected(layout: Layout, language: Language) -> tuple[dict[str, Any], str]:
    return front_and_page(layout, language, placeholders())


def bare(text: str, layout: Layout) -> str:
    r"""A text without blanks and dollars; without bars, which are `\vert` in the formulas of a table.

    Running paragraphs give every claim a stop that it may have had: there texts are compared without.
    """
    bared = re.sub(r"\\?\||\\[vV]ert ?|[\s$\u2060]", "", text)
    return re.sub("[.。]", "", bared) if layout in ("insights", "brief") else bared


def test_every_layout_shows_most_of_the_texts() -> None:
    shown = {layout: set(re.findall("zq[0-9]{3}x", str(expected(layout, "en")))) for layout in get_args(Layout)}
    assert {layout: len(words) for layout, words in shown.items() if len(words) < TEXTS / 2} == {}
    assert len(set().union(*shown.values())) == TEXTS


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", get_args(Language))
@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(texts=st.lists(hostile, min_size=TEXTS, max_size=TEXTS, unique_by=lambda text: plain(text).casefold()))
def test_any_text_survives_front_matter_markdown_and_html(layout: Layout, language: Language, texts: list[str]) -> None:
    assert_survival(layout, language, texts)


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize(
    "text",
    [
        "GLM-5: from # x --- @y \\alpha {a} 'q' \"r\"",
        "[x](javascript:alert(1)) ![i](https://a.b/c.png) <script>alert(1)</script> <!-- c -->",
        "<a@b.cc> <5@10> <https://a.b/> <=@k>",
        "a | b `c` $|x|$ \\| $5 and $10, 50$",
        "{{ 7*7 }} {% raw %} {# c #} :name[x]{.y} @key ~50% *a* _b_ **c",
        "# H1 > quote - item 1. first &amp; &#35; ***",
        "屏蔽 0.01% 的 token：提升 7.13%，**即可**（见表 3）",
        "\u202eright to left\u202c e\u0301 👩\u200d💻 \x00\x85\u2028\ud800",
    ],
)
def test_hostile_texts_survive_everywhere_at_once(layout: Layout, text: str) -> None:
    """In every place of a record, before and after another word."""
    for texts in ([f"{text} {n}" for n in range(TEXTS)], [f"{n} {text}" for n in range(TEXTS)]):
        assert_survival(layout, "zh", texts)


def assert_survival(layout: Layout, language: Language, texts: list[str]) -> None:
    words = dict(zip(placeholders(), texts, strict=False))

    def put(text: Any) -> Any:
        if isinstance(text, list):
            return [put(item) for item in text]
        return plain(re.sub("zq[0-9]{3}x", lambda match: words[match[0]], text)) if isinstance(text, str) else text

    front, page = front_and_page(layout, language, iter(texts))
    plain_front, plain_page = expected(layout, language)
    assert front == {key: put(value) for key, value in plain_front.items()}
    known = re.sub("zq[0-9]{3}x", lambda match: f"\0{match[0]}\0", plain_page).split("\0")
    assert bare(page, layout) == bare("".join(plain(words[part]) if part in words else part for part in known), layout)
