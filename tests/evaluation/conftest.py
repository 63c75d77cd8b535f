"""Papers and claims for the tests of the evaluation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digest.evaluation import Shelf, TrueClaim
from digest.models import Document, Sentence
from fakes import paper, reading

UPSTREAM = Path(__file__).resolve().parents[2].parent / "shared" / "upstream" / "data"
CLAIMS = Path(__file__).resolve().parents[1] / "data" / "claims"


def document(paper_id: str, title: str, *sentences: str) -> Document:
    """A paper of these sentences, numbered from 1."""
    numbered = tuple(Sentence(number=n, text=text, section="Abstract") for n, text in enumerate(sentences, 1))
    return Document(paper=paper(paper_id, title=title), reading=reading(sentences=len(numbered)), sentences=numbered)


@pytest.fixture
def shelf() -> Shelf:
    """Three papers: a quantiser, a benchmark, and one without names or numbers."""
    papers = (
        document(
            "2602.00001",
            "BitFold: Folding Bits",
            "Large models are hard to serve.",
            "We propose BitFold (Bit-Plane Folding), which does not need calibration data.",
            "BitFold serves Qwen2.5-72B on three GPUs and reaches 83.85% on GSM8K, 7.1 points above GPTQ.",
            "It cuts latency by 30-50% and was trained on 1.5B tokens.",
        ),
        document(
            "2602.00002",
            "ToolArena: Agents at Work",
            "ToolArena has 86 tasks in four domains.",
            "GPT-5 solves 36% of AlpacaEval and outperforms Llama-3-8B.",
        ),
        document("2602.00003", "On Foundations", "Theory is useful.", "Proofs are given."),
    )
    return Shelf({p.paper.id: p for p in papers})


@pytest.fixture
def claim() -> Callable[..., TrueClaim]:
    """A claim about the first paper, resting on its third sentence unless told otherwise."""

    def make(text: str, *evidence: int, paper: str = "2602.00001") -> TrueClaim:
        return TrueClaim(paper, text, evidence or (3,))

    return make
