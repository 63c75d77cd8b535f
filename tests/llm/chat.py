"""A model behind a server that answers what a test tells it to: questions, answers, and a run's endpoint."""

import json
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel

from digest.clock import Clock
from digest.config import ModelConfig
from digest.llm import Endpoint, Question, open_models
from digest.models import TokenUsage
from digest.store import Cache
from server import Answer, Request, ScriptedServer

DAY = date(2026, 2, 18)
NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
KEY = "sk-canary-0123456789abcdef"
CHAT = "/v1/chat/completions"


class Claim(BaseModel):
    text: str
    evidence: tuple[int, ...] = ()


class Shape(BaseModel):
    """What the tests ask for."""

    tldr: str
    claims: tuple[Claim, ...] = ()
    note: str | None = None


VALID = '{"tldr": "It works", "claims": [{"text": "A", "evidence": [1, 2]}], "note": null}'


def completion(content: Any = VALID, *, finish: str = "stop", usage: Any = (100, 20, 40), **message: Any) -> Answer:
    """A completion; `usage` is prompt, completion and cached tokens, None to leave it out."""
    body: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}],
    }
    if usage is not None:
        prompt, written, cached = usage
        body["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": written,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
    return Answer(json.dumps(body), headers={"Content-Type": "application/json"})


def refusal_of(message: str, status: int = 400, **error: Any) -> Answer:
    """An error as OpenAI words it."""
    body = {"error": {"message": message, "type": "invalid_request_error", **error}}
    return Answer(json.dumps(body), status=status, headers={"Content-Type": "application/json"})


def question(user: str = "[1] One. [2] Two.", **fields: Any) -> Question[Shape]:
    defaults: dict[str, Any] = {"purpose": "card", "about": "2602.15763", "system": "Answer in JSON.", "shape": Shape}
    return Question(**{**defaults, "user": user, **fields})


class ChatServer(ScriptedServer):
    """An endpoint."""

    def answers(self, *answers: Answer) -> None:
        """What calls are answered, in turn; the last again and again."""
        self.on(CHAT, list(answers))

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked, in the order of arrival."""
        return [json.loads(request.body) for request in self.log]

    @property
    def calls(self) -> int:
        return len(self.log)


class Bursts:
    """Answers by a function of the request's body, and knows how many requests were there at once."""

    def __init__(self, answer: Any, seconds: float = 0.1) -> None:
        self.most = self._now = 0
        self._answer, self._seconds = answer, seconds
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self._seconds)
        with self._lock:
            self._now -= 1
        return self._answer(json.loads(request.body))


@dataclass
class Setting:
    """A blog's model, as a run would open it."""

    server: ChatServer
    cache: Cache
    clock: Clock
    slept: list[float]
    said: list[str] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=lambda: {"OPENAI_API_KEY": KEY})
    settings: dict[str, Any] = field(default_factory=dict)

    def open(self, mode: Any = "normal", **settings: Any) -> AbstractContextManager[Endpoint]:
        """A run's endpoint."""
        values = {"provider": "openai", "name": "test-model", "base_url": f"{self.server.url}/v1", "timeout": 5}
        config = ModelConfig.model_validate({**values, **self.settings, **settings})
        return open_models(config, self.environ, self.cache, self.clock, say=self.said.append, mode=mode)

    def ask(self, asked: Question[Shape] | None = None, mode: Any = "normal", **settings: Any) -> Shape:
        """Ask one question in a run of its own."""
        with self.open(mode, **settings) as endpoint:
            return endpoint.on(DAY, TokenUsage()).ask(asked or question()).value

    def usage(self, carried: TokenUsage | None = None, **settings: Any) -> TokenUsage:
        """What the day has cost, as a new run sees it."""
        with self.open(**settings) as endpoint:
            return endpoint.on(DAY, carried or TokenUsage()).usage

    def in_real_time(self) -> None:
        """Let time pass as it does."""
        self.clock = replace(self.clock, monotonic=time.monotonic, sleep=time.sleep)
