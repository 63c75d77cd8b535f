"""What went wrong with real models in other digests must not reach a card."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cards.scripted import prompts
from digest.cards import check_card, claims_of
from digest.cards.answers import CardAnswer
from digest.cards.complaints import complaints
from digest.cards.compose import compose
from digest.cards.fill import ask_for_card
from digest.checking import Ground
from digest.llm import Answer, Question, strict_schema
from digest.models import Candidate, CardProvenance, Document, Language, TokenUsage
from digest.reading import read_abstract
from digest.tokens import estimated_tokens
from fakes import paper

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "upstream" / "data"
FAILURES = DATA / "llm-failures.jsonl.gz"
_FIELDS = dict(tldr="tldr", task="tldr", motivation="gaps", method="pipeline", result="results", conclusion="insight")  # noqa: C408
_REFUSED = ("all_fields_Error", "fallback_placeholder_full", "wrong_language_all_english", "very_long_field")
_ABSENT = re.compile(r"(?:论文|摘要|文中)[^，。；]{0,8}(?:未|没有)(?:明确|完整|具体)?(?:提供|提及|说明|显示|给出|报告)")

pytestmark = [
    pytest.mark.upstream,
    pytest.mark.skipif(not FAILURES.is_file(), reason="the recorded failures are not on this machine"),
]


def documents(name: str) -> Iterator[Document]:
    with gzip.open(DATA / "arxiv" / name, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield read(row)


def read(row: dict[str, Any]) -> Document:
    found = paper(row["id"].split("v")[0], title=row["title"])
    return read_abstract(Candidate(paper=found, abstract=row["abstract"]))


def failures(*kinds: str) -> list[Any]:
    if not FAILURES.is_file():
        return []
    with gzip.open(FAILURES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [pytest.param(row, id=f"{row['id']}-{n}") for n, row in enumerate(rows) if row["kind"] in kinds]


def answer_of(row: dict[str, Any], document: Document) -> CardAnswer:
    """The card of another digest as an answer to our question, each text on the whole abstract."""
    evidence = [sentence.number for sentence in document.sentences]
    fields: dict[str, Any] = {"paper": row["id"]}
    for theirs, ours in _FIELDS.items():
        if theirs in row["card"]:
            claim = {"text": row["card"][theirs], "evidence": evidence}
            fields[ours] = claim if ours == "tldr" else [claim]
    return CardAnswer.model_validate(fields)


@pytest.mark.parametrize("row", failures(*_REFUSED))
def test_a_card_of_placeholders_or_in_another_language_is_refused(row: dict[str, Any]) -> None:
    document = read(row)
    assert list(complaints(answer_of(row, document), document, "zh"))


@pytest.mark.parametrize("row", failures("says_not_stated_or_refusal", "mixed_language_field"))
def test_no_claim_says_that_the_paper_says_nothing_or_is_half_translated(row: dict[str, Any]) -> None:
    document = read(row)
    answer = answer_of(row, document)
    card = compose(answer, "zh", CardProvenance(provider="openai"))
    checked, problems = check_card(card, Ground.of(document), "zh")
    refused = {problem.claim.text for problem in problems}
    left = [claim.text for claim in claims_of(checked) if claim.text not in refused]
    assert not [text for text in left if _ABSENT.search(text)]
    assert all(re.search("[\u4e00-\u9fff]", text) for text in left)
    if row["kind"] == "mixed_language_field":
        assert len(left) < len(list(claims_of(card)))


class _Meter:
    """Takes the question and gives an empty answer. A `digest.llm.Model`."""

    name = "meter"
    question: Question[Any]

    def ask(self, question: Question[Any]) -> Answer[Any]:
        self.question = question
        return Answer(CardAnswer.model_validate({"tldr": {"text": "", "evidence": []}}), TokenUsage())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("day", ["2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"])
def test_every_recorded_abstract_costs_at_most_2000_prompt_tokens(day: str, language: Language) -> None:
    words, meter = prompts(language), _Meter()
    costs = []
    for document in documents(f"{day}.jsonl.gz"):
        ask_for_card(document, meter, words)
        asked = meter.question
        costs.append(sum(map(estimated_tokens, (asked.system, asked.user, json.dumps(strict_schema(asked.shape))))))
    assert max(costs) <= 2000
