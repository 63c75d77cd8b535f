"""TeX in the titles and abstracts of four recorded days."""

import gzip
import json
import re
from functools import cache

from digest.sources import clean
from digest.tex import FONTS, readable
from recordings import NEEDED, UPSTREAM

pytestmark = NEEDED

FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)")
KNOWN = re.compile(rf"\\(?:{'|'.join(FONTS)}|cite|ref|href|url|[%&_#,;: ])|``|(?<=[A-Za-z.)])~(?=[A-Za-z(])|(?<=[\w%])--(?=\w)")
OWN = {"resource", "ntask", "corecraft", "port", "name", "fullname", "acrshort", "bm", "footnote"}
"""What papers define themselves, and what prints more than its words."""


@cache
def texts() -> frozenset[str]:
    """Titles and abstracts, as the sources clean them."""
    arxiv = [gzip.decompress(file.read_bytes()).splitlines() for file in (UPSTREAM / "data" / "arxiv").glob("*.jsonl.gz")]
    papers = [json.loads(line) for lines in arxiv for line in lines]
    papers += [row["paper"] for file in (UPSTREAM / "data" / "hf").glob("*.json") for row in json.loads(file.read_bytes())]
    return frozenset(clean.text(paper.get(key)) for paper in papers for key in ("title", "abstract", "summary"))


def outside(text: str) -> str:
    return FORMULA.sub(" ", text)


def test_no_text_command_is_left_outside_formulas() -> None:
    assert sum(bool(KNOWN.search(outside(text))) for text in texts()) > 100
    assert not [found[0] for text in texts() for found in KNOWN.finditer(outside(readable(text)))]


def test_what_is_left_is_what_papers_define_themselves() -> None:
    left = {found for text in texts() for found in re.findall(r"\\([A-Za-z]+|.)", outside(readable(text)))}
    assert left <= OWN


def test_a_second_time_changes_nothing() -> None:
    assert all(readable(shown) == shown for shown in map(readable, texts()))


def test_formulas_are_those_of_the_source() -> None:
    for text in texts():
        mathematics = [f for f in re.findall(r"\$[^$]*\$", text) if not re.search(r"\\(?:text|href)", f)]
        shown = readable(text)
        assert all(formula in shown for formula in mathematics if formula[1] != " " != formula[-2]), text
