"""Where the endpoint is, what is imported when, and where its key never shows."""

import io
import json
import logging
import os
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import digest
from digest.config import ModelConfig
from digest.errors import ConfigError
from digest.llm import ModelError
from digest.llm.address import base_url
from digest.models import TokenUsage
from llm.chat import CHAT, DAY, KEY, ChatServer, Setting, completion, question, refusal_of
from server import Answer, redirect


@pytest.mark.parametrize(
    ("configured", "environment", "used"),
    [
        (None, None, "https://api.openai.com/v1"),
        (None, "http://localhost:1/v1", "http://localhost:1/v1"),
        ("https://api.deepseek.com/", "http://localhost:1/v1", "https://api.deepseek.com"),
        ("http://192.168.1.20:8000/v1", None, "http://192.168.1.20:8000/v1"),
        ("http://ollama:11434/v1", None, "http://ollama:11434/v1"),
        ("http://[::1]:8000/v1", None, "http://[::1]:8000/v1"),
        ("http://box.local/v1", None, "http://box.local/v1"),
    ],
)
def test_where_the_endpoint_is(configured: str | None, environment: str | None, used: str) -> None:
    environ = {"OPENAI_BASE_URL": environment} if environment else {}
    assert base_url(ModelConfig(base_url=configured), environ) == used


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1", "http://8.8.8.8/v1", "ftp://localhost/v1", "api.openai.com/v1", "https://",
        f"https://user:{KEY}@example.com/v1", f"https://example.com/v1?key={KEY}", "https://example.com:99999/v1", "https://[::1/v1",
    ],
)  # fmt: skip
def test_addresses_that_a_key_is_not_sent_to(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        base_url(ModelConfig(), {"OPENAI_BASE_URL": url})
    assert KEY not in str(caught.value)


def test_the_setting_of_a_refused_address_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^OPENAI_BASE_URL: "):
        base_url(ModelConfig(), {"OPENAI_BASE_URL": "http://8.8.8.8/v1"})
    with pytest.raises(ConfigError, match=r"^model\.base_url: "):
        base_url(ModelConfig(base_url="http://8.8.8.8/v1"), {})


def test_the_key_is_taken_from_the_named_variable(server: ChatServer, model: Setting) -> None:
    model.environ = {"OPENAI_API_KEY": "wrong", "MY_KEY": f" {KEY}\n"}
    model.ask(key_env="MY_KEY")
    assert server.log[0].headers["authorization"] == f"Bearer {KEY}"


_AMBIENT = {
    "OPENAI_API_KEY": "canary-other-key",
    "OPENAI_ADMIN_KEY": "canary-admin",
    "OPENAI_ORG_ID": "canary-organisation",
    "OPENAI_PROJECT_ID": "canary-project",
    "OPENAI_WEBHOOK_SECRET": "canary-webhook",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/canary",
    "OPENAI_CUSTOM_HEADERS": (
        "X-Gateway: canary-1\nauthorization: Bearer canary-2\nUser-Agent: canary-3\nCookie: canary=4\nHost: canary-5\n"
        "ACCEPT: canary/6\nConnection: canary-7\nContent-Length: 8"
    ),
}


def test_an_endpoint_is_told_nothing_of_the_environment(
    server: ChatServer, model: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in _AMBIENT.items():
        monkeypatch.setenv(name, value)
    model.environ = {**_AMBIENT, "MY_KEY": KEY}
    assert model.ask(key_env="MY_KEY").tldr == "It works"
    headers = dict(server.log[0].headers)
    assert headers.pop("user-agent").startswith("OpenAI/Python ")
    assert headers == {
        "host": server.url.removeprefix("http://"),
        "accept": "application/json",
        "accept-encoding": "gzip",
        "authorization": f"Bearer {KEY}",
        "connection": "keep-alive",
        "content-length": str(len(server.log[0].body)),
        "content-type": "application/json",
    }
    assert b"canary-o" not in server.log[0].body


def test_headers_of_the_environment_that_cannot_be_sent_are_a_failed_call(
    model: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Name: é")
    with pytest.raises(ModelError, match="OPENAI_CUSTOM_HEADERS"):
        model.ask()


def test_a_local_server_needs_no_key(server: ChatServer, model: Setting) -> None:
    model.environ = {}
    assert model.ask().tldr == "It works"
    assert server.log[0].headers["authorization"] == "Bearer none"


def test_a_key_that_no_header_can_hold_is_not_shown(model: Setting) -> None:
    model.environ = {"OPENAI_API_KEY": KEY + "\x00é"}
    with pytest.raises(ConfigError, match="OPENAI_API_KEY") as caught, model.open():
        pass
    assert KEY not in str(caught.value)


def test_a_redirect_takes_the_key_nowhere(server: ChatServer, model: Setting) -> None:
    with ChatServer() as other:
        server.answers(redirect(f"{other.url}{CHAT}", 307))
        with pytest.raises(ModelError, match="redirect"):
            model.ask()
        assert other.log == []


ECHO = f"You sent {KEY}"


@pytest.mark.parametrize(
    "answer",
    [
        refusal_of(ECHO, 401), refusal_of(ECHO, 400), refusal_of(ECHO, 429), Answer(ECHO, status=500), Answer(ECHO, hang=9),
        Answer(f"<html>{ECHO}</html>", headers={"X-Echo": KEY}), completion(ECHO), completion(None, refusal=ECHO),
        completion(json.dumps({"tldr": ECHO, KEY: 1})), Answer(status=302, headers={"Location": f"http://127.0.0.1:9/{KEY}"}),
        Answer(reset=True), Answer(f'{{"choices": null, "error": {{"code": 400, "message": "{KEY}"}}}}'),
    ],
)  # fmt: skip
def test_the_key_shows_nowhere(
    server: ChatServer, model: Setting, answer: Answer, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(answer)
    shown = io.StringIO()
    try:
        print(repr(model.ask(timeout=0.3)), file=shown)
    except ModelError:
        traceback.print_exc(file=shown)
    assert server.log[0].headers["authorization"].endswith(KEY)
    logs = "\n".join(record.getMessage() for record in caplog.records)
    assert {"openai", "httpcore2"} <= {record.name.split(".")[0] for record in caplog.records}, "they log at this level"
    for text in (shown.getvalue(), logs, "\n".join(model.said)):
        assert KEY not in text
    model.cache.close()
    kept = [model.cache.get(kind, key) or "" for kind, key in _entries(model)]
    assert KEY not in "\n".join(kept)


def _entries(model: Setting) -> list[tuple[str, str]]:
    import sqlite3

    with sqlite3.connect(model.cache.path) as database:
        return list(database.execute("SELECT kind, key FROM entries"))


def test_a_short_key_is_a_word_and_stays_in_answers(server: ChatServer, model: Setting) -> None:
    model.environ = {"OPENAI_API_KEY": "ollama"}
    server.answers(completion('{"tldr": "We use ollama"}'))
    assert model.ask().tldr == "We use ollama"


def test_importing_and_replaying_is_cheap(server: ChatServer, model: Setting) -> None:
    """openai and httpx2 are imported for a live call only."""
    model.ask()
    script = (
        "import sys; from pathlib import Path; from datetime import UTC, date, datetime; from digest.clock import Clock\n"
        "from digest.config import ModelConfig; from digest.llm import open_models; from digest.models import TokenUsage\n"
        "from digest.store import Cache; from llm.chat import question\n"
        "with Cache(Path(sys.argv[1])) as cache, open_models(ModelConfig(name='test-model'), {}, cache,\n"
        "        Clock(datetime(2026, 2, 18, tzinfo=UTC))) as endpoint:\n"
        "    endpoint.on(date(2026, 2, 18), TokenUsage()).ask(question())\n"
        "print({'httpx2', 'openai'} & set(sys.modules))"
    )
    paths = [str(Path(digest.__file__).parents[1]), str(Path(__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", script, str(model.cache.path.parent)]
    assert subprocess.check_output(command, env=environment, text=True) == "set()\n"


def test_warming_up_makes_no_call(server: ChatServer, model: Setting) -> None:
    with model.open() as endpoint:
        endpoint.warm()
        assert endpoint.on(DAY, TokenUsage()).ask(question()).value.tldr
    assert server.calls == 1


def test_many_threads_can_write_at_once(server: ChatServer, model: Setting) -> None:
    with model.open(concurrency=32) as endpoint, ThreadPoolExecutor(32) as pool:
        day = endpoint.on(DAY, TokenUsage())
        answers = list(pool.map(lambda n: day.ask(question(f"paper {n}")), range(96)))
        assert len(answers) == day.usage.calls == 96
    assert model.usage().calls == 96


def test_the_names_of_models(server: ChatServer, model: Setting) -> None:
    with model.open(triage="small") as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        assert day.name == "test-model"
        day.ask(question(purpose="triage"))
        day.ask(question(purpose="overview"))
    assert [body["model"] for body in server.bodies] == ["small", "test-model"]
