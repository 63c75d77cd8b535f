"""arXiv ids: every form that upstreams and people write, and nothing else."""

import re

import pytest

from digest.errors import PaperIdError
from digest.paper_id import PaperId, slug


@pytest.mark.parametrize(
    ("text", "expected", "version"),
    [
        ("2602.15763", "2602.15763", None),
        ("2602.15763v2", "2602.15763", 2),
        ("2602.15763v12", "2602.15763", 12),
        ("0704.0001", "0704.0001", None),
        ("1412.9999v1", "1412.9999", 1),
        ("arXiv:2602.15763", "2602.15763", None),
        ("arxiv:2602.15763v3", "2602.15763", 3),
        ("oai:arXiv.org:2602.15763v1", "2602.15763", 1),
        ("http://arxiv.org/abs/2602.15763v1", "2602.15763", 1),
        ("https://www.arxiv.org/abs/2602.15763", "2602.15763", None),
        ("https://export.arxiv.org/abs/2602.15763", "2602.15763", None),
        ("https://arxiv.org/pdf/2602.15763v2", "2602.15763", 2),
        ("https://arxiv.org/html/2602.15763", "2602.15763", None),
        ("https://arxiv.org/pdf/2602.15763v1.pdf", "2602.15763", 1),
        ("arxiv.org/abs/2602.15763", "2602.15763", None),
        ("cs/0112017", "cs/0112017", None),
        ("math.GT/0309136v2", "math.GT/0309136", 2),
        ("hep-th/9901001", "hep-th/9901001", None),
        ("http://arxiv.org/abs/quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("arXiv:astro-ph/0601001", "astro-ph/0601001", None),
    ],
)
def test_every_form_is_read(text: str, expected: str, version: int | None) -> None:
    assert PaperId.parse(text) == PaperId(expected, version)


HOSTILE = [
    "",
    " ",
    "v1",
    "2602",
    "2602.",
    "2602.157",
    "2602.157631",
    "2600.15763",
    "2613.15763",
    "2602.15763v",
    "2602.15763v0",
    "2602.15763v01",
    "2602.15763v-1",
    "2602.15763v999",
    "2602.15763 ",
    " 2602.15763",
    "2602.15763\n",
    "2602.15763\x00",
    "2602.15763/../x",
    "2602.15763%2f..",
    "2602.15763%00",
    "2602.15763?x=1",
    "2602.15763#x",
    "../../etc/passwd",
    "/etc/passwd",
    "cs/../0112017",
    "../0112017",
    "cs/0112017/x",
    "cs/0112017\n",
    "CS/0112017",
    "cs/011201",
    "cs/0113017",
    "math.gt/0309136",
    "26arXiv:02.15763",
    "arXiv:arXiv:2602.15763",
    "https://evil.example/abs/2602.15763",
    "https://arxiv.org.evil.example/abs/2602.15763",
    "https://arxiv.org@evil.example/abs/2602.15763",
    "javascript:2602.15763",
    "٢٦٠٢.١٥٧٦٣",
    "２６０２.１５７６３",
    "2602.١٥٧٦٣",
    "2602.15763v٢",
    "cs/٠١١٢٠١٧",
    "2602․15763",
    None,
    2602.15763,
    ["2602.15763"],
    {"id": "2602.15763"},
    b"2602.15763",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_anything_else_is_refused_in_one_line(text: object) -> None:
    with pytest.raises(PaperIdError) as caught:
        PaperId.parse(text)
    message = str(caught.value)
    assert "is no arXiv id" in message and message.isprintable() and "2602.15763v2" in message


def test_an_endless_text_is_refused_with_a_short_message() -> None:
    with pytest.raises(PaperIdError) as caught:
        PaperId.parse("2" * 1_000_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "name"),
    [("2602.15763v2", "2602.15763"), ("cs/0112017", "cs_0112017"), ("math.GT/0309136v2", "math.GT_0309136")],
)
def test_a_slug_is_one_flat_safe_name_whichever_the_version(text: str, name: str) -> None:
    paper_id = PaperId.parse(text)
    assert paper_id.slug == slug(paper_id.id) == name
    assert re.fullmatch(r"[A-Za-z0-9._-]+", name) and not name.startswith(".")


def test_versions_of_a_paper_share_its_id() -> None:
    assert PaperId.parse("2602.15763v1").id == PaperId.parse("2602.15763v4").id
