"""Completions that are not what was asked for: asked again, repaired once, or given up with the reason."""

import json
import logging
from typing import Any

import pytest

from digest.llm import ModelError
from llm.chat import VALID, ChatServer, Setting, Shape, completion, question


def reason_of(model: Setting, **fields: Any) -> str:
    with pytest.raises(ModelError) as caught:
        model.ask(question(**fields))
    assert "2602.15763" in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("content", [None, "", " " * 100_000, "\n\t", "<think>I wonder", "<think>so</think>"])
def test_nothing_is_asked_for_three_times(server: ChatServer, model: Setting, content: str | None) -> None:
    server.answers(completion(content), completion(content), completion())
    assert model.ask().tldr == "It works"
    server.answers(completion(content))
    assert reason_of(model, user="another") == "empty"
    assert server.calls == 6
    assert (model.usage().calls, model.usage().failed_calls) == (6, 5)


def test_a_cut_off_answer_gets_twice_the_room_once(server: ChatServer, model: Setting) -> None:
    server.answers(completion(VALID[:30], finish="length"), completion())
    assert model.ask().tldr == "It works"
    assert [body["max_tokens"] for body in server.bodies] == [4000, 8000]


def test_a_cut_off_answer_is_never_taken_for_a_whole_one(server: ChatServer, model: Setting) -> None:
    server.answers(completion(VALID, finish="length"))
    assert reason_of(model) == "truncated"
    assert server.calls == 2


def test_a_server_without_room_for_more_makes_it_truncated(server: ChatServer, model: Setting) -> None:
    from llm.chat import refusal_of

    server.answers(completion(VALID, finish="length"), refusal_of("maximum context length"))
    assert reason_of(model) == "truncated"


@pytest.mark.parametrize(
    "answer",
    [
        completion("", finish="content_filter"),
        completion(None, refusal="I can't help with that."),
        completion("I'm sorry, but I can't assist with that request."),
        completion("I cannot help with this."),
        completion("抱歉，我无法协助处理该请求。"),
    ],
)
def test_a_refusal_is_taken_as_one(server: ChatServer, model: Setting, answer: Any) -> None:
    server.answers(answer)
    assert reason_of(model) == "refused"
    assert server.calls == 1
    assert model.usage().failed_calls == 1


def test_a_repair_shows_only_what_was_wrong(server: ChatServer, model: Setting) -> None:
    wrong = json.dumps({"tldr": 5, "claims": [{"text": "x", "evidence": ["1"]}]})
    server.answers(completion(wrong), completion())
    assert model.ask().tldr == "It works"
    first, second = (body["messages"] for body in server.bodies)
    assert second[:2] == first, "the stable part stays first, for the server's prefix cache"
    assert second[2] == {"role": "assistant", "content": wrong}
    lines = [line for line in second[3]["content"].splitlines() if line.startswith("- ")]
    assert lines == ["- tldr: Input should be a valid string", "- claims.0.evidence.0: Input should be a valid integer"]
    assert "json" in second[3]["content"].lower()


@pytest.mark.parametrize(
    "content", ["I am sorry, I cannot produce JSON today.", VALID[:60], '{"tldr": "a", "tldr": "b"}', "[]", "null"]
)
def test_there_is_one_repair_turn(server: ChatServer, model: Setting, content: str) -> None:
    server.answers(completion(content))
    assert reason_of(model) == "invalid"
    assert server.calls == 2


def test_an_endless_bad_answer_is_not_sent_back_whole(server: ChatServer, model: Setting) -> None:
    server.answers(completion("blah " * 20_000), completion())
    model.ask()
    assert len(server.bodies[1]["messages"][2]["content"]) <= 500


def complain(*lines: str) -> Any:
    return lambda value: lines if value.tldr == "bad" else ()


BAD = json.dumps({"tldr": "bad"})


def test_complaints_make_the_repair_turn(server: ChatServer, model: Setting) -> None:
    server.answers(completion(BAD), completion())
    asked = question(complaints=complain("tldr: 97.3 % stands in no sentence"))
    assert model.ask(asked).tldr == "It works"
    assert "- tldr: 97.3 % stands in no sentence\n" in server.bodies[1]["messages"][3]["content"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("language: English", "language"), ("mismatch: 2602.1", "mismatch"), ("tldr: no", "invalid")],
)
def test_a_complaint_that_stays_gives_the_reason(server: ChatServer, model: Setting, line: str, reason: str) -> None:
    server.answers(completion(BAD))
    assert reason_of(model, complaints=complain(line)) == reason
    assert (server.calls, model.usage().failed_calls) == (2, 2)


def test_unknown_keys_are_dropped_without_a_call_and_logged(
    server: ChatServer, model: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "digest")
    server.answers(completion(VALID.replace("{", '{"html": "<script>alert(1)</script>", ', 1)))
    assert "script" not in repr(model.ask())
    assert server.calls == 1
    assert "2602.15763: dropped keys that were not asked for: ('html',)" in caplog.text


def test_reasoning_beside_the_content_is_ignored(server: ChatServer, model: Setting) -> None:
    server.answers(completion(VALID, reasoning_content='{"tldr": "a thought"}'))
    assert model.ask().tldr == "It works"


def test_content_may_come_in_parts(server: ChatServer, model: Setting) -> None:
    server.answers(completion([{"type": "text", "text": VALID[:20]}, {"type": "text", "text": VALID[20:]}]))
    assert model.ask().tldr == "It works"


def test_half_a_surrogate_pair_hurts_nobody(server: ChatServer, model: Setting) -> None:
    server.answers(completion('{"tldr": "a\ud800"}'))
    assert model.ask(question("half a pair: \ud800")).tldr == "a"
    assert model.ask(question("half a pair: \ud800")) == Shape(tldr="a")
    assert server.calls == 1


def test_why_stands_on_one_printable_line(server: ChatServer, model: Setting) -> None:
    server.answers(completion(None, refusal="no\n\x1b[31m" + "x" * 1000))
    with pytest.raises(ModelError) as caught:
        model.ask()
    assert str(caught.value).isprintable() and len(str(caught.value)) < 500


def test_an_answer_that_the_configuration_caps_is_not_asked_for_again(server: ChatServer, model: Setting) -> None:
    """More room cannot be asked for, and the same request would be paid for twice."""
    server.answers(completion("{", finish="length"))
    with pytest.raises(ModelError) as caught:
        model.ask(extra={"max_tokens": 50})
    assert (caught.value.reason, server.calls) == ("truncated", 1)
