"""What was paid for is never asked again: runs repeated, killed, failed, at the same time, offline."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import digest
from digest.llm import ModelError
from digest.models import TokenUsage
from llm.chat import CHAT, DAY, VALID, Bursts, ChatServer, Setting, completion, question
from server import Answer

BAD = completion("no JSON")


def test_a_second_run_makes_no_call_and_gives_the_same(server: ChatServer, model: Setting) -> None:
    server.answers(completion(""), BAD, completion(VALID, finish="length"), completion())
    first, usage = model.ask(), model.usage()
    assert server.calls == 4
    assert (model.ask(), model.usage()) == (first, usage)
    assert (usage.calls, usage.failed_calls, usage.prompt_tokens) == (4, 3, 400)
    assert server.calls == 4


def test_another_endpoint_of_the_same_model_is_not_asked_either(server: ChatServer, model: Setting) -> None:
    model.ask()
    model.ask(base_url="http://127.0.0.1:9/v1")
    assert server.calls == 1


@pytest.mark.parametrize(
    "changed", [{"user": "other"}, {"system": "other JSON"}, {"max_tokens": 3999}], ids=["text", "prompt", "max_tokens"]
)
def test_another_question_is_asked(server: ChatServer, model: Setting, changed: dict[str, object]) -> None:
    model.ask()
    model.ask(question(**changed))
    assert server.calls == 2


@pytest.mark.parametrize("settings", [{"name": "other"}, {"extra": {"top_p": 0.5}}])
def test_another_model_is_asked(server: ChatServer, model: Setting, settings: dict[str, object]) -> None:
    model.ask()
    model.ask(**settings)
    assert server.calls == 2


def test_offline_replays_and_makes_no_call(server: ChatServer, model: Setting) -> None:
    model.ask()
    assert model.ask(mode="cached").tldr == "It works"
    with pytest.raises(ModelError) as caught:
        model.ask(question("another"), mode="cached")
    assert caught.value.reason == "not_cached"
    assert server.calls == 1


def test_a_failed_question_is_asked_anew_by_the_next_run(server: ChatServer, model: Setting) -> None:
    server.answers(BAD, BAD, completion())
    with model.open() as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for _ in range(2):
            with pytest.raises(ModelError, match="invalid"):
                day.ask(question())
        assert server.calls == 2, "not twice in one run"
    assert model.ask().tldr == "It works"
    assert (model.usage().calls, model.usage().failed_calls) == (3, 2), "the failed calls of the first run stay in the books"
    model.ask()
    assert server.calls == 3


@pytest.mark.parametrize("mode", ["cached", "replay"])
def test_a_replay_gives_the_same_failure(server: ChatServer, model: Setting, mode: str) -> None:
    server.answers(BAD)
    for how in ("normal", mode):
        with pytest.raises(ModelError, match="invalid"):
            model.ask(mode=how)
    assert (server.calls, model.usage().calls) == (2, 2)


def test_an_answer_of_no_use_is_forgotten_when_asked(server: ChatServer, model: Setting) -> None:
    with model.open() as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        day.ask(question("one", about="1"))
        day.ask(question("two", about="2"))
        endpoint.forget("2")
        day.ask(question("two", about="2"))
    model.ask(question("one", about="1"))
    assert server.calls == 2
    model.ask(question("two", about="2"))
    assert server.calls == 3


def test_a_run_that_breaks_off_repeats_nothing(server: ChatServer, model: Setting) -> None:
    server.answers(BAD)
    with pytest.raises(KeyboardInterrupt), model.open() as endpoint:
        with pytest.raises(ModelError):
            endpoint.on(DAY, TokenUsage()).ask(question())
        raise KeyboardInterrupt
    with pytest.raises(ModelError, match="invalid"):
        model.ask()
    assert server.calls == 2


def test_a_lost_call_does_not_spoil_what_came_before(server: ChatServer, model: Setting) -> None:
    server.answers(BAD, Answer(status=500))
    with pytest.raises(ModelError, match="unavailable"):
        model.ask()
    server.answers(completion())
    model.ask()
    assert len(server.bodies[-1]["messages"]) == 4, "the repair turn goes on where it was"


def test_the_same_question_at_the_same_time_is_one_call(server: ChatServer, model: Setting) -> None:
    server.on(CHAT, Bursts(lambda asked: completion()))
    with model.open() as endpoint, ThreadPoolExecutor(8) as pool:
        day = endpoint.on(DAY, TokenUsage())
        answers = list(pool.map(lambda _: day.ask(question()), range(8)))
    assert server.calls == 1
    assert len({json.dumps(answer.value.model_dump()) for answer in answers}) == 1
    assert model.usage().calls == 1


def test_a_corrupt_tape_is_no_tape(server: ChatServer, model: Setting) -> None:
    model.ask()
    import sqlite3

    with sqlite3.connect(model.cache.path) as database:
        database.execute("UPDATE entries SET value = x'00'")
    assert model.ask().tldr == "It works"
    assert server.calls == 2


_RUN = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from digest.clock import Clock
from digest.config import ModelConfig
from digest.llm import open_models
from digest.models import TokenUsage
from digest.store import Cache
from llm.chat import question
url, state = sys.argv[1:]
settings = ModelConfig(provider="openai", name="m", base_url=url, concurrency=4)
with Cache(Path(state)) as cache, open_models(settings, {}, cache, Clock(datetime(2026, 2, 18, tzinfo=UTC))) as endpoint:
    day = endpoint.on(date(2026, 2, 18), TokenUsage())
    list(endpoint.pool.map(lambda n: day.ask(question(f"paper {n}")), range(40)))
    print(day.usage.model_dump_json())
"""


def test_a_killed_run_loses_only_the_calls_under_way(server: ChatServer, tmp_path: Path) -> None:
    server.on(CHAT, Bursts(lambda asked: completion(), seconds=0.1))
    paths = [str(Path(digest.__file__).parents[1]), str(Path(__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", _RUN, server.url + "/v1", str(tmp_path)]
    with subprocess.Popen(command, env=environment) as process:
        while server.calls < 14:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    time.sleep(0.3)
    before = server.calls
    outputs = [subprocess.check_output(command, env=environment) for _ in range(2)]
    assert json.loads(outputs[0])["calls"] == 40
    assert outputs[0] == outputs[1]
    assert server.calls <= 40 + 4, "at most the four calls under way are made twice"
    assert server.calls < before + 40
