"""What we say to a model and make of its answers, over the wire and with a real one. Its prose is worthless."""

import hashlib
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from digest.llm import ModelError
from model.questions import Count, day_model, question

ROOT = Path(__file__).resolve().parents[2]


def test_a_schema_is_answered_with_500_and_the_name_of_what_was_not_understood(relay):
    """A fact of that server which the ladder rests on: a step down, and not another try, is the right thing after it."""
    body = b'{"messages": [{"role": "user", "content": "Hi"}], "response_format": {"type": "json_schema"}}'
    request = urllib.request.Request(f"{relay.base_url}/chat/completions", body, {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as answer:
        assert answer.code == 500
        assert b"response_format" in answer.read()


def test_a_question_is_answered_in_the_shape_that_was_asked_for(relay, tmp_path):
    with day_model(relay.base_url, tmp_path) as model:
        answer = model.ask(question(4))
    assert isinstance(answer.value, Count)


def test_an_answer_that_stays_wrong_is_a_typed_error(relay, tmp_path):
    """Nothing is right here: the repair turn goes over the wire too, and what both turns cost is told."""
    stubborn = replace(question(5), complaints=lambda answer: ["answer: must be another number"])
    with day_model(relay.base_url, tmp_path) as model, pytest.raises(ModelError) as failed:
        model.ask(stubborn)
    assert failed.value.reason == "invalid"
    answered = [body for (status, body) in relay.answers if status == 200]
    assert len(answered) == 2
    assert failed.value.usage.prompt_tokens == sum(body["usage"]["prompt_tokens"] for body in answered)
    assert "must be another number" in str(relay.asked()[-1]["messages"][-1])


def test_tokens_are_those_that_the_server_counted(relay, tmp_path):
    with day_model(relay.base_url, tmp_path) as model:
        usage = model.ask(question(6)).usage
    counts = relay.answers[-1][1]["usage"]
    assert usage.prompt_tokens == counts["prompt_tokens"] > 0
    assert usage.completion_tokens == counts["completion_tokens"] > 0
    assert usage.cached_tokens is None, "this server does not say"
    assert usage.cost is None, "no price was configured"


def test_the_ladder_is_gone_down_once(relay, tmp_path):
    with day_model(relay.base_url, tmp_path) as model:
        model.ask(question(7))
        model.ask(question(8))
    formats = [asked.get("response_format", {}).get("type") for asked in relay.asked()]
    assert relay.statuses() == [500, 200, 200]
    assert formats == ["json_schema", "json_object", "json_object"]


def test_settings_of_the_endpoint_are_in_the_request(relay, tmp_path):
    with day_model(relay.base_url, tmp_path) as model:
        model.ask(question(9))
    assert {asked["seed"] for asked in relay.asked()} == {7}


def test_what_was_answered_is_not_asked_in_a_later_run(relay, tmp_path):
    with day_model(relay.base_url, tmp_path) as model:
        first = model.ask(question(10))
    calls = len(relay.log)
    with day_model(relay.base_url, tmp_path) as model:
        second = model.ask(question(10))
    assert second.value == first.value
    assert len(relay.log) == calls


def test_a_killed_run_is_taken_up_where_it_was(relay, tmp_path):
    command = [sys.executable, str(ROOT / "tests/model/questions.py"), relay.base_url, str(tmp_path), "5"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as run:
        told = [run.stdout.readline().split() for _ in range(3)]
        run.kill()
    assert told == [["1", "answered"], ["2", "answered"], ["3", "answered"]]
    before = len(relay.log)
    done = {digest(request.body) for request in relay.log if re.search(rb"There are [123] ", request.body)}

    again = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert again.stdout.split("\n")[:5] == [f"{number} answered" for number in range(1, 6)]
    later = relay.log[before:]
    assert later, "the last questions were never answered"
    assert not done & {digest(request.body) for request in later}
    assert relay.statuses().count(500) == 1, "what the endpoint accepts is known from the run before"


def digest(body):
    return hashlib.sha256(body).hexdigest()
