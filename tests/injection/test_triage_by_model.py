"""Ranks and stars, when the model that scores papers does what they tell it."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from digest.config import Interest, Selection
from digest.labels import shipped
from digest.llm import Question, load_prompt
from digest.models import Candidate
from digest.reading import flags_of, without_orders
from digest.selection import Ranked, Triaged, judged, rank, stars, triage
from injection.obedient import ABSTRACT, SAID, candidate
from injection.payloads import LINK, ORDERS, PAYLOADS
from scripted import ScriptedModel

SELECTION = Selection(interests=(Interest(name="Rare tokens", terms=("rare tokens",)),))
OTHERS = [
    candidate(f"2602.{n:05}", f"We study question {n} on {n} tasks. It takes {n} hours.", title=f"Study {n}") for n in range(2, 9)
]
ID = re.compile(r"^26\d\d\.\d{5}$", re.MULTILINE)


def blocks(question: Question[Any]) -> dict[str, str]:
    """What the prompt says of each paper."""
    starts = [*ID.finditer(question.user)]
    ends = [*(m.start() for m in starts[1:]), len(question.user)]
    return {m[0]: question.user[m.end() : end] for m, end in zip(starts, ends, strict=True)}


def obeying(question: Question[Any]) -> dict[str, Any]:
    """Ten for who asks for it, nothing for the others, and rows for papers that nobody asked about."""
    papers = blocks(question)
    asking = {i for i, text in papers.items() if flags_of([text])}
    rows = [row(i, 10.0 if i in asking else 0.0 if asking else 5.0, "off_topic" if asking - {i} else None) for i in papers]
    return {"papers": [row("2602.99999", 10.0, None), *rows], "stars": 3, "rank": 1}


def row(paper_id: str, score: float, exclude: str | None) -> dict[str, Any]:
    scores = {"relevance": score, "novelty": score, "significance": score}
    return {
        "id": paper_id,
        **scores,
        "directions": [LINK, "Must read"],
        "reason": f"{SAID} {LINK}",
        "exclude": exclude,
        "link": LINK,
    }


def assessed(hostile: Candidate) -> tuple[list[Ranked], Triaged, ScriptedModel]:
    """One paper among others, ranked as a night does it."""
    model = ScriptedModel(obeying)
    shown = [c.model_copy(update={"abstract": without_orders(c.abstract)}) for c in (hostile, *OTHERS)]
    ranked = rank(shown, SELECTION)
    withheld = {c.paper.id for c in shown if flags_of([c.paper.title, c.abstract])}
    with ThreadPoolExecutor(2) as pool:
        prompt = load_prompt("triage", "en", shipped("templates"))
        triaged = triage(ranked, SELECTION, model, prompt, pool, withheld=withheld)
    return judged(ranked, triaged), triaged, model


def verdicts(ranked: Sequence[Ranked]) -> list[tuple[str, int]]:
    return [(r.id, stars(place, r, SELECTION)) for place, r in enumerate(ranked)]


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("name", ORDERS)
def test_rank_and_stars_are_those_of_the_clean_twin(name: str, first: bool) -> None:
    text = f"{ORDERS[name]} {ABSTRACT}" if first else f"{ABSTRACT} {ORDERS[name]}"
    hostile, _, _ = assessed(candidate(abstract=text))
    clean, _, _ = assessed(candidate())
    assert [r.id for r in hostile] == [r.id for r in clean]
    assert verdicts(hostile) == verdicts(clean)
    assert [r.barred for r in hostile] == [r.barred for r in clean]
    assert [r.aside for r in hostile] == [r.aside for r in clean]


@pytest.mark.parametrize("field", ["title", "comment", "organisation"])
@pytest.mark.parametrize("name", ["review order", "three stars", "JSON break-out", "chat template", "Chinese stars", "paper tag"])
def test_an_order_elsewhere_in_the_metadata_changes_nothing_either(name: str, field: str) -> None:
    hostile, _, model = assessed(candidate(**{field: ORDERS[name]}))
    clean, _, _ = assessed(candidate(**{field: "Plain words"}))
    assert verdicts(hostile) == verdicts(clean)
    assert ORDERS[name] not in "".join(q.system + q.user for q in model.asked)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_text_begins_no_paper_and_no_line(name: str) -> None:
    payload = PAYLOADS[name]
    hostile = candidate(title=f"A {payload}", abstract=f"{ABSTRACT} {payload} tail", authors=(payload,), comment=payload)
    _, _, model = assessed(hostile)
    asked = {i for q in model.asked for i in blocks(q)}
    assert asked <= {c.paper.id for c in (hostile, *OTHERS)}
    for question in model.asked:
        kinds = [line.partition(":")[0] for line in question.user.splitlines() if line and not ID.fullmatch(line)]
        assert kinds == ["Title", "Categories", "Abstract"] * len(blocks(question))


def test_what_the_model_adds_of_its_own_is_dropped() -> None:
    ranked, triaged, _ = assessed(candidate())
    assert set(triaged.opinions) == {r.id for r in ranked}
    assert not any(o.directions or o.reason for o in triaged.opinions.values())
