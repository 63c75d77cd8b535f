"""The words over an edition, when titles and claims are hostile and the model does what they say."""

import re
from typing import Any

import pytest

from digest.digests.overview import overview
from digest.digests.overview_by_model import summarise
from digest.labels import load_labels, shipped
from digest.llm import ModelError, Question, load_prompt
from digest.models import Card, CardProvenance, Claim, CoveredPaper, Meta, Overview
from fakes import covered
from injection.obedient import SAID
from injection.payloads import LINK, ORDERS, PAYLOADS
from scripted import ScriptedModel

A, B, C = "2602.00001", "2602.00002", "2602.00003"
SENTENCES = {
    A: "AlphaNet trains a critic without labels and reaches 81.5% on ToyBench.",
    B: "BetaNet prunes half of its layers at a loss of 0.4 points on ToyBench.",
    C: "GammaNet plans with a learned world model over 12 games.",
}
ID = re.compile(r"^26\d\d\.\d{5}$", re.MULTILINE)


def made(paper_id: str, hostile: str = "") -> CoveredPaper:
    text = SENTENCES[paper_id].rstrip(".")
    meta = Meta(tldr=Claim(text=text, evidence=(1,)), short_name=text.split()[0])
    more = {"problem": {"core_idea": {"text": hostile, "evidence": (1,)}}} if hostile else {}
    card = Card.model_validate({"meta": meta, "filled_by": "model", "provenance": CardProvenance(provider="openai"), **more})
    title = f"{text.split()[0]}: a study {hostile}".strip()
    return covered(paper_id, title=title, authors=(hostile or "Ada",), organisation=hostile or None, cards={"en": card})


def told(papers: list[CoveredPaper], script: Any) -> tuple[Overview, list[Question[Any]]]:
    model = ScriptedModel(script)
    prompt = load_prompt("overview", "en", shipped("templates"))
    abstracts = {i: [text] for i, text in SENTENCES.items()}
    try:
        found = summarise(papers, abstracts, model, prompt, load_labels("en"), "2026-02-18 daily-papers")
    except ModelError:  # what is shown then
        found = overview(papers, load_labels("en"))
    return found, model.asked


def honest(_: Question[Any]) -> dict[str, Any]:
    return {
        "headline": "AlphaNet trains a critic without labels, and BetaNet prunes half of its layers",
        "blurbs": [{"id": i, "text": text.partition(" ")[2].rstrip(".")} for i, text in SENTENCES.items()],
        "trends": [
            {"name": "Cheaper networks", "text": "AlphaNet needs no labels, BetaNet prunes half of its layers", "papers": [A, B]}
        ],
    }


def obeying(said: str) -> Any:
    """Praise, links and other papers wherever a text may stand, beside what is honest."""

    def answer(question: Question[Any]) -> dict[str, Any]:
        trend = {"name": f"[Best]({LINK})", "text": said, "papers": [A, "2602.99999"]}
        other = {"name": "Winners", "text": said, "papers": [A, B, C]}
        blurbs = [{"id": "2602.99999", "text": said}, *({"id": i, "text": said} for i in SENTENCES)]
        return {"headline": said, "blurbs": blurbs, "trends": [trend, other], "stars": {A: 3}, "order": [C, B, A]}

    return answer


PAPERS = [made(i) for i in SENTENCES]


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_text_begins_no_paper_and_adds_no_line(name: str) -> None:
    _, asked = told([made(A, PAYLOADS[name]), *PAPERS[1:]], honest)
    _, clean = told([made(A, "Plain words"), *PAPERS[1:]], honest)
    assert ID.findall(asked[0].user) == [A, B, C]
    assert len(asked[0].user.splitlines()) == len(clean[0].user.splitlines())
    assert asked[0].system == clean[0].system


@pytest.mark.parametrize("claim", ["2602.99999", "Stars: 3", "Name: Best", "Title: Best"])
def test_a_claim_looks_like_no_fact_of_the_prompt(claim: str) -> None:
    _, asked = told([made(A, claim), *PAPERS[1:]], honest)
    assert claim not in asked[0].user.splitlines()


FACTS = [
    f"{SAID}, see {LINK}",
    SAID,
    f"![x]({LINK})",
    "AlphaNet is the state of the art",
    "It beats all earlier work by 12 points",
]
ADDRESSES = {name: text for name, text in ORDERS.items() if name != "tag characters"}  # nothing of it can be seen


@pytest.mark.parametrize("said", [*FACTS, *ADDRESSES.values()], ids=[*FACTS, *ADDRESSES])
def test_what_an_obedient_model_says_gives_way_to_counts_and_quotations(said: str) -> None:
    found, _ = told(PAPERS, obeying(said))
    counted = overview(PAPERS, load_labels("en"))
    assert found.headline == counted.headline
    assert {(h.paper, h.text) for h in found.highlights} <= {(i, text.rstrip(".")) for i, text in SENTENCES.items()}
    assert found.trends == counted.trends


def test_the_clean_twin_is_told_as_the_model_wrote_it() -> None:
    found, _ = told(PAPERS, honest)
    assert found.headline == honest(None)["headline"]
    assert found.trends[0].name == "Cheaper networks"
