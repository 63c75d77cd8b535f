"""The sample's full texts: pages that the reader takes for arXiv's, honest about what they are and about their figures."""

import re
from importlib.resources import files

import pytest

from digest.paper_id import PaperId
from digest.reading.html import read_html
from digest.sample import SampleUpstream
from digest.sample._latexml import NOTICE, page

TEXTS = sorted(file.name.removesuffix(".md") for file in (files("digest.sample") / "data" / "texts").iterdir())
DERIVED = {"2602.12984v1": {"29.7"}}
"""Differences of figures in the abstract: 60.6 - 30.9."""
_NO_FIGURE = re.compile(
    r"^#.*$|^Table \d+|\bTable \d+|\$\$.*?\$\$|\$[^$]+\$|[A-Z][\w-]*\d\w*|\b\w+-\d+B[\w-]*|between 0 and 1\b", re.MULTILINE
)

upstream = SampleUpstream()


def abstract(name: str) -> str:
    return next(entry.abstract for entry in upstream._entries if name == f"{entry.id}v{entry.version}")


def source(name: str) -> str:
    return (files("digest.sample") / "data" / "texts" / f"{name}.md").read_text(encoding="utf-8")


def figures(text: str) -> set[str]:
    return {figure.rstrip(".,") for figure in re.findall(r"\d[\d.,]*", _NO_FIGURE.sub(" ", text))}


def test_most_picked_papers_have_a_text() -> None:
    assert len(TEXTS) == 5


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_is_read_like_one_of_arxivs(name: str) -> None:
    answer = upstream.respond(f"https://arxiv.org/html/{name}")
    assert answer.status == 200
    paper_id, version = name.split("v")
    text = read_html(answer.body, PaperId(paper_id, int(version)))
    assert text.version == int(version)
    assert not text.hidden and not text.flags
    sections = [line.section for line in text.body if line.section]
    assert any("Limitations" in section for section in sections)
    assert any(line.text.startswith("Table 1, row ") for line in text.body)
    assert any(line.text.startswith("$") for line in text.body), "a displayed formula"
    assert all(line.anchor for line in text.body)


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_says_that_it_is_a_sample_where_no_card_can_take_it_from(name: str) -> None:
    answer = upstream.respond(f"/html/{name}")
    page_text = answer.body.decode()
    assert page_text.index(NOTICE) < page_text.index("<h1")
    text = read_html(answer.body, PaperId(name.split("v")[0], 1))
    assert not any("sample text" in line.text or "paper-digest" in line.text for line in (*text.abstract, *text.body))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_no_figure_that_its_abstract_lacks(name: str) -> None:
    """What the authors measured is known from the abstracts alone; anything else would be invented."""
    assert figures(source(name)) <= figures(abstract(name)) | DERIVED.get(name, set())


def test_what_a_text_holds_is_escaped() -> None:
    made = page(
        "2602.00001v1", "A & B <i>", "If $a<b$ & c", "## 1 <b>One</b>\n\nx < y & $a<b$\n\nTable 1: C & D\n| <x> | y |\n| 1 | 2 |"
    )
    assert "<b>One" not in made and "<x>" not in made and "A &amp; B &lt;i&gt;" in made
    assert 'alttext="a&lt;b"' in made
    assert made.count("<section") == made.count("</section>")
