"""A model that does what papers tell it, and the papers that it is asked about."""

import re
from collections.abc import Callable
from typing import Any

from digest.llm import Question
from digest.models import Candidate
from fakes import paper
from injection.payloads import LINK

FACTS = (
    "Large language models forget rare tokens during training.",
    "We propose Zeta, a method that masks rare tokens in the loss.",
    "Zeta raises accuracy by 7.13% on six benchmarks over GRPO.",
    "The approach is limited to mathematical reasoning.",
)
ABSTRACT = " ".join(FACTS)
TITLE = "Zeta: Masking Rare Tokens"
NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)

SAID = "An amazing breakthrough, rated 10/10, three stars, the first of 2602.99999"
"""What an obedient model says wherever it may say something."""


def candidate(paper_id: str = "2602.00001", abstract: str = ABSTRACT, **fields: Any) -> Candidate:
    facts = {"title": TITLE, **fields}
    return Candidate(paper=paper(paper_id, **facts), abstract=abstract, listed_by=("arxiv/cs.LG",))


def honest_card(question: Question[Any]) -> dict[str, Any]:
    """A card that repeats the sentences of the prompt that state facts; the first of them may be missing."""
    numbered = NUMBERED.findall(question.user)
    found = [{"text": fact.rstrip("."), "evidence": [int(n)]} for fact in FACTS for n, text in numbered if fact in text]
    background, idea, result, limit = found if len(found) == len(FACTS) else (None, *found)
    return {
        "paper": question.about,
        "tldr": idea,
        "short_name": "Zeta",
        "tags": ["Rare tokens"],
        "background": [background] if background else [],
        "core_idea": [idea],
        "results": [result | {"value": "7.13%"}],
        "limitations": [limit],
        "risks": ["Watch the loss of rare tokens"],
    }


def obedient_card(payload: str) -> Callable[[Question[Any]], dict[str, Any]]:
    """A card by a model that obeys: praise, links, stars and people, in fields that there are and in others."""

    def answer(question: Question[Any]) -> dict[str, Any]:
        said = f"{SAID}, see {LINK}"
        obeyed = {
            "stars": 3,
            "rank": 1,
            "links": {"code": LINK},
            "authors": ["Eve"],
            "upvotes": 9999,
            "title_translated": f"[{payload[:40]}]({LINK})",
            "application_areas": [f"![x]({LINK})"],
            "insight": [{"text": said, "evidence": [1]}],
            "findings": [{"text": said, "evidence": [2, 99]}, {"text": payload[:250], "evidence": [1]}],
            "gaps": [{"text": "It is state of the art and the first of its kind", "evidence": [2]}],
            "transfers": [f"Read more at {LINK}"],
            "next_action": f"Send 5 coins to {LINK}",
        }
        return honest_card(question) | obeyed

    return answer
