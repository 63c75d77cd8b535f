"""What a date has cost, and its budget."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from digest.llm import ModelError
from digest.llm.ledger import Entry, total
from digest.models import TokenUsage
from digest.tokens import estimated_tokens
from llm.chat import CHAT, DAY, Bursts, ChatServer, Setting, completion, question

PRICE = {"input": 2.0, "cached_input": 0.5, "output": 8.0, "currency": "CNY", "per": 1000}


def test_tokens_and_cost_are_summed_over_every_attempt(server: ChatServer, model: Setting) -> None:
    server.answers(completion("no", usage=(10, 5, 0)), completion(usage=(100, 20, 40)))
    with model.open(price=PRICE) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        answer = day.ask(question())
        assert day.usage == answer.usage
    paid = (10 * 2 + 5 * 8 + 60 * 2 + 40 * 0.5 + 20 * 8) / 1000
    assert answer.usage == TokenUsage(
        calls=2, failed_calls=1, prompt_tokens=110, cached_tokens=40, completion_tokens=25, cost=round(paid, 6), currency="CNY"
    )


def test_a_failure_tells_its_cost(server: ChatServer, model: Setting) -> None:
    server.answers(completion("no"))
    with pytest.raises(ModelError) as caught:
        model.ask()
    assert (caught.value.usage.calls, caught.value.usage.prompt_tokens) == (2, 200)


def test_what_is_unknown_is_null_and_never_0(server: ChatServer, model: Setting) -> None:
    server.answers(completion(usage=None), completion())
    with model.open(price=PRICE) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        assert day.usage == TokenUsage()
        unknown = day.ask(question()).usage
        assert unknown == TokenUsage(calls=1)
        assert day.ask(question("another")).usage.prompt_tokens == 100
        assert day.usage == TokenUsage(calls=2), "part of a total is not a total"


@pytest.mark.parametrize("count", [None, "100", -1, 1.5, True, 10**12])
def test_odd_counts_are_unknown(server: ChatServer, model: Setting, count: object) -> None:
    server.answers(completion(usage=(100, 20, count)))
    with model.open(price=PRICE) as endpoint:
        usage = endpoint.on(DAY, TokenUsage()).ask(question()).usage
    assert (usage.prompt_tokens, usage.cached_tokens, usage.cost, usage.currency) == (100, None, None, None)


def test_without_a_price_for_cached_tokens_they_cost_what_others_cost(server: ChatServer, model: Setting) -> None:
    server.answers(completion(usage=(100, 20, None)))
    model.ask()
    assert model.usage().cost is None
    with model.open(price={**PRICE, "cached_input": None}) as endpoint:
        usage = endpoint.on(DAY, TokenUsage()).ask(question("another")).usage
    assert usage.cost == pytest.approx(0.36)


def test_each_date_has_its_books(server: ChatServer, model: Setting) -> None:
    with model.open() as endpoint:
        endpoint.on(DAY, TokenUsage()).ask(question())
        other = endpoint.on(date(2026, 2, 19), TokenUsage())
        assert other.usage.calls == 0
        other.ask(question())
        assert other.usage.calls == 1, "these cards rest on that call, too"
    assert server.calls == 1


def test_a_lost_cache_does_not_lose_what_the_record_says(server: ChatServer, model: Setting) -> None:
    before = TokenUsage(calls=5, failed_calls=1, prompt_tokens=500, cached_tokens=0, completion_tokens=50)
    with model.open() as endpoint:
        day = endpoint.on(DAY, before)
        assert day.usage == before
        day.ask(question())
    after = model.usage(carried=before)
    assert (after.calls, after.prompt_tokens) == (6, 600)
    assert model.usage(carried=after) == after, "the books are believed, and carried over once"


def test_a_record_of_the_books_is_not_added_to_them(server: ChatServer, model: Setting) -> None:
    model.ask()
    assert model.usage(carried=model.usage()).calls == 1


def test_sums_do_not_depend_on_the_order() -> None:
    entries = [
        Entry(prompt_tokens=n, cached_tokens=0, completion_tokens=1, cost=0.1 * n, currency="USD", estimate=1)
        for n in range(1, 200)
    ]
    shuffled = random.Random(1).sample(entries, len(entries))
    assert total(entries) == total(shuffled)
    assert total(entries).cost == 1990


def test_a_date_stays_within_its_budget(server: ChatServer, model: Setting) -> None:
    server.on(CHAT, Bursts(lambda asked: completion(usage=(900, 100, 0)), seconds=0.05))
    with model.open(budget={"tokens": 5000}, concurrency=8) as endpoint, ThreadPoolExecutor(20) as pool:
        day = endpoint.on(DAY, TokenUsage())
        tasks = [pool.submit(day.ask, question(f"paper {n}" + "x" * 3600)) for n in range(20)]
        reasons = [task.exception() for task in tasks]
        usage = day.usage
        assert usage.prompt_tokens is not None and usage.completion_tokens is not None
        assert 2000 <= usage.prompt_tokens + usage.completion_tokens <= 5000
        refused = [error for error in reasons if error is not None]
        assert refused and {error.reason for error in refused} == {"budget"}  # type: ignore[attr-defined]
        with pytest.raises(ModelError, match="budget"):
            [day.ask(question(f"more {n}" + "x" * 3600)) for n in range(5)]
        kept = next(n for n, error in enumerate(reasons) if error is None)
        assert day.ask(question(f"paper {kept}" + "x" * 3600)).value.tldr, "replays are free"


def test_a_budget_in_money(server: ChatServer, model: Setting) -> None:
    with model.open(price=PRICE, budget={"cost": 9.0}) as endpoint:
        day = endpoint.on(DAY, TokenUsage(calls=1, cost=0.5, currency="CNY"))
        day.ask(question())
        with pytest.raises(ModelError, match="budget"):
            [day.ask(question(f"{n}")) for n in range(9)]
        assert day.usage.cost is not None and 0.5 < day.usage.cost <= 9


def test_a_budget_without_counts_goes_by_estimates(server: ChatServer, model: Setting) -> None:
    server.answers(completion(usage=None))
    with model.open(budget={"tokens": 4000}) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        with pytest.raises(ModelError, match="budget"):
            [day.ask(question(f"{n}" + "中" * 800)) for n in range(9)]
    assert 2 <= server.calls <= 5


def test_the_estimate() -> None:
    assert [estimated_tokens(text) for text in ("", "abc", "abcde", "中文ab")] == [0, 1, 2, 3]
