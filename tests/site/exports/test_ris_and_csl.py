"""RIS and CSL-JSON, read by real programs: rispy, a JSON schema, citeproc."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from digest.config import Config
from digest.labels import load_labels
from digest.site.exports import EXPORTS, DigestExport, PaperExport
from fakes import covered, day

Exported = Callable[..., PaperExport]
Shown = Callable[..., DigestExport]
LABELS = load_labels("en")
RIS, CSL = EXPORTS["ris"], EXPORTS["csl"]
AUTHORS = ("GLM-5 Team", "Ludwig van Beethoven", "Martin Luther King Jr.", "曾奥涵", "José Ångström", "Google DeepMind, Inc.")

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NAME: dict[str, Any] = {
    "type": "object",
    "properties": dict.fromkeys(("family", "given", "non-dropping-particle", "suffix", "literal"), TEXT),
    "additionalProperties": False,
    "minProperties": 1,
}
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(("id", "title", "publisher", "archive", "archive_location", "number", "DOI", "URL", "version"), TEXT),
            "type": {"enum": ["article"]},
            "note": TEXT,
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                        "minItems": 1,
                        "maxItems": 2,
                    }
                },
                "required": ["date-parts"],
                "additionalProperties": False,
            },
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}
"""What docs.citationstyles.org's csl-data.json says of the properties that we use; it allows more."""
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


# --- RIS -----------------------------------------------------------------------------------------


def test_a_reference_manager_reads_what_we_know(exported: Exported) -> None:
    (read,) = rispy.loads(RIS.paper(exported(authors=AUTHORS, title="Scaling $\\tau$-Leaping", venue="ICLR 2026")))
    assert read == {
        "type_of_reference": "UNPB",
        "authors": [
            *("GLM-5 Team", "van Beethoven, Ludwig", "King, Martin Luther, Jr.", "曾, 奥涵", "Ångström, José"),
            "Google DeepMind Inc.",
        ],
        "title": "Scaling τ-Leaping",
        "year": "2026",
        "date": "2026/02/17/",
        "publisher": "arXiv",
        "accession_number": "arXiv:2602.15763",
        "doi": "10.48550/arXiv.2602.15763",
        "urls": ["https://arxiv.org/abs/2602.15763"],
        "notes": ["ICLR 2026"],
        "keywords": ["cs.LG", "cs.CL"],
    }


def test_lines_are_tags_and_end_as_the_format_wants(shown: Shown) -> None:
    text = RIS.digest(shown(covered("2602.00001"), covered("2602.00002", published=None)))
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "") and lines.pop() == ""
    assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines)
    assert [line for line in lines if line[:2] in ("TY", "ER")] == ["TY  - UNPB", "ER  - "] * 2
    assert "DA  - 2026/02//" in lines


@given(title=st.text(max_size=60), author=st.text(max_size=40), venue=st.text(max_size=40))
def test_no_text_makes_a_tag_of_its_own(title: str, author: str, venue: str) -> None:
    paper = covered(title=title, authors=(author, "A\nER  - \nTY  - JOUR"), venue=venue)
    text = RIS.paper(PaperExport(day(paper), paper, "key", Config(), LABELS))
    (read,) = rispy.loads(text)
    assert read["type_of_reference"] == "UNPB" and read["doi"] == "10.48550/arXiv.2602.15763"
    assert not any("*" in name for name in read["authors"])


# --- CSL-JSON ------------------------------------------------------------------------------------


def csl(paper: PaperExport) -> dict[str, Any]:
    items = json.loads(CSL.paper(paper))
    VALIDATOR.validate(items)
    (item,) = items
    return dict(item)


def test_an_item_has_what_is_known(exported: Exported) -> None:
    item = csl(exported(authors=AUTHORS, title="Scaling $\\tau$-Leaping to $O(n^2)$ with \\texttt{grep}", venue="ICLR 2026"))
    assert item == {
        "id": "lovelace2026title",
        "type": "article",
        "title": "Scaling τ-Leaping to O(n²) with grep",
        "author": [
            {"literal": "GLM-5 Team"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "曾", "given": "奥涵"},
            {"family": "Ångström", "given": "José"},
            {"literal": "Google DeepMind, Inc."},
        ],
        "issued": {"date-parts": [[2026, 2, 17]]},
        "publisher": "arXiv",
        "archive": "arXiv",
        "archive_location": "2602.15763",
        "number": "arXiv:2602.15763",
        "DOI": "10.48550/arXiv.2602.15763",
        "URL": "https://arxiv.org/abs/2602.15763",
        "version": "1",
        "note": "ICLR 2026",
    }


def test_what_is_not_known_is_left_out(exported: Exported) -> None:
    item = csl(exported(authors=(), published=None, venue=None))
    assert item["issued"] == {"date-parts": [[2026, 2]]}
    assert "author" not in item and "note" not in item


@pytest.mark.filterwarnings("ignore::UserWarning")  # citeproc-py says which properties of CSL 1.0.2 it does not know
def test_citeproc_writes_a_reference(shown: Shown) -> None:
    papers = (covered("2602.00001", authors=AUTHORS[1:3]), covered("2602.00002", authors=("GLM-5 Team",)))
    source = CiteProcJSON(json.loads(CSL.digest(shown(*papers))))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for key in source:
        bibliography.register(Citation([CitationItem(key)]))
    first, second = (str(item) for item in bibliography.bibliography())
    assert first.startswith("van Beethoven, L. and King, M.L., Jr. (2026) “A Title of 2602.00001”. arXiv.")
    assert second.startswith("GLM-5 Team")


@given(title=st.text(max_size=60), author=st.text(max_size=40), venue=st.text(max_size=40))
def test_any_text_makes_a_valid_item(title: str, author: str, venue: str) -> None:
    paper = covered(title=title or "x", authors=(author,), venue=venue)
    csl(PaperExport(day(paper), paper, "key", Config(), LABELS))
