"""Tiny questions that a very small model can answer, and a program that asks some of them.

python tests/model/questions.py BASE_URL STATE COUNT

prints a line after each answer, so that it can be stopped at one.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from digest.clock import system_clock
from digest.config import ModelConfig
from digest.llm import DayModel, ModelError, Question, open_models
from digest.models import TokenUsage
from digest.store import Cache

DATE = date(2026, 2, 18)


class Count(BaseModel):
    """Small enough to be answered at once, and no text to go on about."""

    answer: int
    sure: Literal["yes", "no"]


def question(number: int) -> Question[Count]:
    """One of many questions that differ in their text alone."""
    # No schema, unlike our own prompts: so small a model would copy it.
    system = 'You answer in JSON. Example: {"answer": 3, "sure": "yes"}'
    user = f"[1] There are {number} papers. How many papers are there?"
    return Question("card", f"question {number}", system, user, Count, max_tokens=200)


@contextmanager
def day_model(base_url: str, state: Path) -> Iterator[DayModel]:
    """A day's model behind this address, with a cache in this folder."""
    config = ModelConfig(
        provider="openai",
        base_url=base_url,
        name="smollm2",
        concurrency=1,  # it answers one call after the other
        timeout=300,
        extra={"seed": 7},
    )
    environ = {"OPENAI_API_KEY": "unused"}
    with Cache(state) as cache, open_models(config, environ, cache, system_clock()) as endpoint:
        yield endpoint.on(DATE, TokenUsage())


def main() -> None:
    base_url, state, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    with day_model(base_url, state) as model:
        for number in range(1, count + 1):
            try:
                model.ask(question(number))
            except ModelError as error:
                print(number, error.reason, flush=True)
            else:
                print(number, "answered", flush=True)


if __name__ == "__main__":
    main()
