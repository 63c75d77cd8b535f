"""What an endpoint accepts is learned once and remembered."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from digest.llm import ModelError, strict_schema
from digest.models import TokenUsage
from llm.chat import CHAT, DAY, Bursts, ChatServer, Setting, Shape, completion, question, refusal_of
from server import Answer

WITH_SCHEMA = "json_object with a schema"


def kind(body: dict[str, Any]) -> str:
    wanted = body.get("response_format", {"type": "text"})
    return WITH_SCHEMA if wanted["type"] == "json_object" and "schema" in wanted else wanted["type"]


def test_a_request_asks_for_a_strict_schema_at_temperature_0(server: ChatServer, model: Setting) -> None:
    assert model.ask().tldr == "It works"
    [body] = server.bodies
    assert body["model"] == "test-model"
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    wanted = body["response_format"]["json_schema"]
    assert wanted["strict"] is True and wanted["schema"] == strict_schema(Shape)
    assert (body["max_tokens"], body["temperature"]) == (4000, 0)


WORDINGS = [
    (400, '{"error": {"message": "This response_format type is unavailable now"}}'),
    (400, "{\"error\": \"'response_format.type' must be 'text'\"}"),
    (400, "The model only supports response formats: [text]."),
    (422, '{"detail": [{"loc": ["body", "response_format", "type"]}]}'),
    (500, "{\"error\": {\"message\": \"[{'loc': ('body', 'response_format', 'type')}]\"}}"),
    (500, '{"error": {"message": "failed to parse grammar"}}'),
]


@pytest.mark.parametrize(("status", "body"), WORDINGS)
def test_the_ladder_is_gone_down_to_text_and_remembered(server: ChatServer, model: Setting, status: int, body: str) -> None:
    picky = Bursts(lambda asked: Answer(body, status=status) if "response_format" in asked else completion(), seconds=0)
    server.on(CHAT, picky)
    assert model.ask().tldr == "It works"
    assert model.ask(question("another")).tldr == "It works"
    assert [kind(asked) for asked in server.bodies] == ["json_schema", WITH_SCHEMA, "json_object", "text", "text"]
    assert model.slept == []
    assert [line.split("takes no ")[1] for line in model.said] == [
        "json_schema; going on with json_object with a schema",
        "json_object with a schema; going on with json_object",
        "json_object; going on with text",
    ]


def test_refusals_are_no_completions_and_no_failed_calls(server: ChatServer, model: Setting) -> None:
    server.answers(refusal_of("response_format"), completion())
    model.ask()
    usage = model.usage()
    assert (usage.calls, usage.failed_calls) == (1, 0)


def test_32_first_calls_at_once_go_down_one_step_only(server: ChatServer, model: Setting) -> None:
    refuse = refusal_of("This response_format type is unavailable now")
    picky = Bursts(lambda asked: refuse if kind(asked) == "json_schema" else completion())
    server.on(CHAT, picky)
    with model.open(concurrency=32) as endpoint, ThreadPoolExecutor(32) as pool:
        day = endpoint.on(DAY, TokenUsage())
        found = list(pool.map(lambda n: day.ask(question(f"paper {n}")), range(32)))
    assert len(found) == 32
    kinds = [kind(asked) for asked in server.bodies]
    assert (kinds.count(WITH_SCHEMA), kinds.count("json_object"), kinds.count("text")) == (32, 0, 0)
    assert picky.most > 16, "nobody waits until the dialect is known"


def test_a_passing_500_is_not_remembered(server: ChatServer, model: Setting) -> None:
    server.answers(Answer("response_format", status=500), Answer("down", status=500))
    with pytest.raises(ModelError):
        model.ask()
    server.answers(completion())
    model.ask(question("another"))
    assert kind(server.bodies[-1]) == "json_schema"


def test_refresh_tries_what_was_refused_before(server: ChatServer, model: Setting) -> None:
    server.answers(refusal_of("response_format"), completion())
    model.ask()
    for n, mode in enumerate(("normal", "refresh", "normal")):
        model.ask(question(f"paper {n}"), mode=mode)
    assert [kind(asked) for asked in server.bodies[2:]] == [WITH_SCHEMA, "json_schema", "json_schema"]


def test_each_model_has_its_own_dialect(server: ChatServer, model: Setting) -> None:
    server.on(CHAT, Bursts(lambda asked: refusal_of("response_format") if asked["model"] == "small" and "response_format" in asked
                           else completion(), seconds=0))  # fmt: skip
    with model.open(triage="small") as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        day.ask(question("a", purpose="triage"))
        day.ask(question("b"))
    assert [(asked["model"], kind(asked)) for asked in server.bodies] == [
        ("small", "json_schema"), ("small", WITH_SCHEMA), ("small", "json_object"), ("small", "text"),
        ("test-model", "json_schema"),
    ]  # fmt: skip


def test_the_limit_is_renamed_and_the_temperature_dropped_where_a_model_wants_that(server: ChatServer, model: Setting) -> None:
    server.answers(
        refusal_of("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
        refusal_of("Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is supported."),
        completion(),
    )
    model.ask()
    model.ask(question("another"))
    for body in server.bodies[2:]:
        assert body["max_completion_tokens"] == 4000
        assert "max_tokens" not in body and "temperature" not in body
        assert kind(body) == "json_schema"


def test_a_prompt_beyond_the_context_changes_nothing(server: ChatServer, model: Setting) -> None:
    server.answers(refusal_of("'max_tokens' or 'max_completion_tokens' is too large: the maximum context length is 2048 tokens"))
    with pytest.raises(ModelError) as caught:
        model.ask()
    assert (caught.value.reason, server.calls) == ("rejected", 1)


def test_extra_goes_over_everything(server: ChatServer, model: Setting) -> None:
    extra = {"enable_thinking": False, "temperature": 0.7, "max_completion_tokens": 99, "response_format": {"type": "text"}}
    server.answers(refusal_of("temperature, response_format"))
    with pytest.raises(ModelError, match="rejected"):
        model.ask(extra=extra)
    [body] = server.bodies
    assert {key: body[key] for key in extra} == extra
    assert "max_tokens" not in body


def test_what_was_learned_stands_in_the_cache_without_the_key(server: ChatServer, model: Setting) -> None:
    server.answers(refusal_of("response_format"), completion())
    model.ask()
    text = model.cache.get("endpoint", f"{server.url}/v1 test-model")
    assert text is not None and json.loads(text)["format"] == WITH_SCHEMA
