"""BibTeX that real parsers read, whatever a title or a name is made of."""

import re
import unicodedata
from collections.abc import Callable

import pybtex.database
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.richtext import Text

from digest.config import Config
from digest.labels import load_labels
from digest.site.exports import EXPORTS, DigestExport, PaperExport
from digest.site.exports.tex import latex
from fakes import covered, day

Exported = Callable[..., PaperExport]
Shown = Callable[..., DigestExport]
BIBTEX = EXPORTS["bibtex"]


def parsed(text: str) -> pybtex.database.BibliographyData:
    return pybtex.database.parse_string(text, "bibtex")


def entry(paper: PaperExport) -> pybtex.database.Entry:
    found = parsed(BIBTEX.paper(paper)).entries
    assert list(found) == [paper.key]
    return found[paper.key]


def people(paper: PaperExport) -> list[tuple[str, ...]]:
    """First names, particles, last names, suffix of each author, as BibTeX takes them apart."""
    parts = ("first_names", "middle_names", "prelast_names", "last_names", "lineage_names")
    return [tuple(" ".join(getattr(person, part)) for part in parts) for person in entry(paper).persons["author"]]


def test_the_entry_is_the_one_that_arxiv_exports_with_its_doi(exported: Exported) -> None:
    found = entry(exported(authors=("GLM-5 Team", "Aohan Zeng"), venue="Accepted at ICLR 2026", title="GLM-5: from Vibe Coding"))
    assert found.type == "misc"
    assert dict(found.fields) == {
        "title": "{GLM-5}: from Vibe Coding",
        "year": "2026",
        "eprint": "2602.15763",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.LG",
        "doi": "10.48550/arXiv.2602.15763",
        "url": "https://arxiv.org/abs/2602.15763",
        "note": "Accepted at ICLR 2026",
    }
    assert [str(person) for person in found.persons["author"]] == ["{GLM-5 Team}", "Zeng, Aohan"]


def test_a_preprint_has_no_note_and_an_old_id_no_subject_class(exported: Exported) -> None:
    fields = entry(exported(covered("math.GT/0309136", venue="arXiv preprint", published=None))).fields
    assert "note" not in fields and fields["year"] == "2003"
    assert (fields["eprint"], fields["doi"]) == ("math/0309136", "10.48550/arXiv.math/0309136")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Scaling $\\tau$-Leaping to $S_n$", "Scaling {$\\tau$}-Leaping to {$S_n$}"),
        ("Sets $\\{x\\}$ of it", "Sets {$\\lbrace x\\rbrace $} of it"),
        ("Using \\texttt{a_b} Well", "Using a\\_b Well"),
        ("50% of R&D_x #1 at $5 to $10", "50\\% of {R\\&D\\_x} \\#1 at \\$5 to \\$10"),
        ("τ-leaping", "{$\\tau$}-leaping"),
        ("A study of graphs by Bayes and K. Gödel", "A study of graphs by {Bayes} and {K}. {G{\\\"o}del}"),
        ("A Study of Graphs by Bayes", "A Study of Graphs by Bayes"),
        ('Schr\\"odinger and the ideas of Erd\\H{o}s', "Schr{\\\"o}dinger and the ideas of {Erd{\\H{o}}s}"),
        ("Read \\input{/etc/passwd}", "Read \\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}"),
        ("Cost $\\write18{rm}$", "Cost \\$\\textbackslash{}write18\\textbraceleft{}rm\\textbraceright{}\\$"),
    ],
)  # fmt: skip
def test_a_title_keeps_its_capitals_and_its_formulas(exported: Exported, title: str, written: str) -> None:
    assert f"title = {{{written}}}," in BIBTEX.paper(exported(title=title))


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Ludwig van Beethoven", ("Ludwig", "", "van", "Beethoven", "")),
        ("Martin Luther King Jr.", ("Martin", "Luther", "", "King", "Jr.")),
        ("Luc Van Gool", ("Luc", "", "", "Van Gool", "")),
        ("Juan de la Cruz", ("Juan", "", "de la", "Cruz", "")),
        ("hyunwoo kim", ("hyunwoo", "", "", "{kim}", "")),
        ("GLM-5 Team", ("", "", "", "{GLM-5 Team}", "")),
        ("Smith and Sons", ("", "", "", "{Smith and Sons}", "")),
        ("Google DeepMind, Inc.", ("", "", "", "{Google DeepMind, Inc.}", "")),
        ("曾奥涵", ("", "", "", "{曾奥涵}", "")),
        ("José Ångström", ("Jos{\\'e}", "", "", '{\\r{A}}ngstr{\\"o}m', "")),
    ],
)
def test_a_name_is_taken_apart_as_it_should(exported: Exported, author: str, parts: tuple[str, ...]) -> None:
    assert people(exported(authors=(author,))) == [parts]


def test_names_begin_with_a_letter_that_classic_bibtex_can_make_an_initial_of(exported: Exported) -> None:
    text = BIBTEX.paper(exported(authors=("Élodie Żak", "Đặng Ngô", "Jean-Ấn Ngô", "Пётр Иванов", "阳 欧")))
    initials = re.findall(r", (\S)", text.split("author = {")[1].split("},\n")[0])
    assert all(initial.isascii() for initial in initials)
    assert "{Пётр Иванов}" in text and "{Jean-Ấn Ng{\\^o}}" in text


@pytest.mark.parametrize(
    "text", ["Ångström", "Erdős", "naïve façade", "Łukasz Žižek", "Ñandú", "Nguyễn", "Æther & Øre", "50% _x_ #1"]
)
def test_accents_survive_being_read(text: str) -> None:
    assert str(Text.from_latex(latex(text))) == unicodedata.normalize("NFC", text)


def test_a_digest_has_its_papers_in_order(shown: Shown) -> None:
    papers = [covered(f"2602.0000{n}", title=f"Paper {n}") for n in (3, 1, 2)]
    found = parsed(BIBTEX.digest(shown(*papers))).entries
    assert [entry.fields["eprint"] for entry in found.values()] == ["2602.00003", "2602.00001", "2602.00002"]


HOSTILE = st.text(st.one_of(st.sampled_from("{}\\$\"%&#_~^@=,\n\r\t`'<>|() aZ0é中τ"), st.characters()), max_size=80)


@given(title=HOSTILE, author=HOSTILE, venue=HOSTILE)
def test_no_text_can_break_out_of_its_field(title: str, author: str, venue: str) -> None:
    shown = covered(title=title, authors=(author, "Ada Lovelace"), venue=venue)
    text = BIBTEX.paper(PaperExport(day(shown), shown, "key", Config(), load_labels("en")))
    found = parsed(text).entries
    assert list(found) == ["key"] and found["key"].type == "misc"
    assert set(found["key"].fields) <= {"title", "year", "eprint", "archivePrefix", "primaryClass", "doi", "url", "note"}
    assert found["key"].fields["eprint"] == "2602.15763"
    last = found["key"].persons["author"][-1]
    assert (last.first_names, last.last_names) == (["Ada"], ["Lovelace"]) and len(found["key"].persons["author"]) <= 2
    assert text.count("\n") == text.count(" = {") + 2
    commands = set(re.findall(r"\\([A-Za-z]+)", text))
    assert not commands & {"input", "include", "write", "def", "let", "csname", "catcode", "openin", "read", "special"}


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x17F), min_size=1, max_size=60)


@given(title=WORDS)
def test_a_title_without_tex_comes_back_word_for_word(title: str) -> None:
    line = " ".join(unicodedata.normalize("NFC", title).split())
    read = str(Text.from_latex(latex(line, protect=True))).replace("\xa0", " ")
    assert unicodedata.normalize("NFC", read) == line
