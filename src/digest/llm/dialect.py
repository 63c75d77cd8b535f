"""What an endpoint accepts: learned from its refusals, once per endpoint and model, and remembered.

The ladder goes from json_schema (strict) over json_object with a schema and json_object alone to plain text. The schema, an
example and the word JSON stand in every prompt, whatever the rung.
"""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from pydantic import TypeAdapter, ValidationError

from digest.llm.schema import Schema
from digest.llm.wire import CallFailed
from digest.store import Cache

KIND = "endpoint"
"""Of cache entries."""

Format = Literal["json_schema", "json_object with a schema", "json_object", "text"]
_LADDER: tuple[Format, ...] = get_args(Format)
# As servers word it: OpenAI and LM Studio "response_format", Groq "response formats", llama.cpp "json_schema" or "grammar".
_FORMAT = re.compile(r"response[_ ]format|json_schema|json_object|structured output|grammar|guided_json", re.IGNORECASE)
_LONGER_NAME = re.compile("max_completion_tokens", re.IGNORECASE)
_TOO_MUCH = re.compile("too large|context length|context window|at most", re.IGNORECASE)
_TEMPERATURE = re.compile("temperature", re.IGNORECASE)
_CAPS = ("max_tokens", "max_completion_tokens")


def has_cap(extra: Mapping[str, Any]) -> bool:
    """Whether `model.extra` says how long an answer may be."""
    return any(name in extra for name in _CAPS)


@dataclass(frozen=True)
class Dialect:
    """How a request is written for one endpoint and model.

    Attributes:
        cap: the name that the limit of an answer goes by.
        temperature: whether 0 may be asked for; reasoning models insist on their own.
    """

    format: Format = "json_schema"
    cap: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True

    def options(self, schema: Schema, max_tokens: int, extra: Mapping[str, Any]) -> dict[str, Any]:
        """The request's body beside model and messages; `model.extra` goes over everything."""
        options: dict[str, Any] = {}
        if self.format == "json_schema":
            wanted = {"name": "answer", "strict": True, "schema": schema}
            options["response_format"] = {"type": "json_schema", "json_schema": wanted}
        elif self.format == "json_object with a schema":  # llama.cpp's servers and Together hold the shape then
            options["response_format"] = {"type": "json_object", "schema": schema}
        elif self.format == "json_object":
            options["response_format"] = {"type": "json_object"}
        if not has_cap(extra):
            options[self.cap] = max_tokens
        if self.temperature:
            options["temperature"] = 0
        return {**options, **extra}

    def lowered(self, failed: CallFailed, extra: Mapping[str, Any]) -> "Dialect | None":
        """What to try after a refusal; None if the refusal is about something else."""
        if failed.status is None or failed.status in (401, 402, 403, 429):
            return None
        if failed.status < 500:
            if _LONGER_NAME.search(failed.body) and not _TOO_MUCH.search(failed.body) and self.cap == "max_tokens":
                return replace(self, cap="max_completion_tokens")
            if _TEMPERATURE.search(failed.body) and self.temperature and "temperature" not in extra:
                return replace(self, temperature=False)
        if _FORMAT.search(failed.body) and self.format != "text" and "response_format" not in extra:
            return replace(self, format=_LADDER[_LADDER.index(self.format) + 1])
        return None


_ADAPTER = TypeAdapter(Dialect)


class Dialects:
    """The dialect of each model of an endpoint, shared by all threads.

    Nobody waits until it is known: everyone asks as it is known by then, and who is refused looks whether another has
    learned from the same refusal already.

    Args:
        base_url: the endpoint.
        extra: `model.extra`; what it says is not for us to change.
        remembered: whether what an earlier run has learned counts.
    """

    def __init__(
        self, base_url: str, extra: Mapping[str, Any], cache: Cache, say: Callable[[str], None], *, remembered: bool = True
    ) -> None:
        self._base_url, self._extra, self._cache, self._say, self._remembered = base_url, extra, cache, say, remembered
        self._lock = threading.Lock()
        self._current: dict[str, Dialect] = {}
        self._kept: dict[str, Dialect] = {}

    def of(self, model: str) -> Dialect:
        """The dialect as it is known now."""
        with self._lock:
            if model not in self._current:
                self._kept[model] = self._read(model)
                self._current[model] = self._kept[model] if self._remembered else Dialect()
            return self._current[model]

    def learn(self, model: str, used: Dialect, failed: CallFailed) -> bool:
        """Learn from a refusal. Tells whether asking again at once makes sense."""
        lowered = used.lowered(failed, self._extra)
        if lowered is None:
            return False
        with self._lock:
            first = self._current[model] == used
            if first:
                self._current[model] = lowered
        if first and lowered.format != used.format:
            self._say(f"{model} takes no {used.format}; going on with {lowered.format}")
        return True

    def confirm(self, model: str, used: Dialect) -> None:
        """Remember a dialect that was answered, for later runs. A mere refusal may have been a passing fault."""
        with self._lock:
            if self._kept.get(model) == used or self._current[model] != used:
                return
            self._kept[model] = used
        self._cache.put(KIND, self._key(model), _ADAPTER.dump_json(used).decode())

    def _read(self, model: str) -> Dialect:
        text = self._cache.get(KIND, self._key(model))
        try:
            return _ADAPTER.validate_json(text) if text else Dialect()
        except ValidationError:
            return Dialect()

    def _key(self, model: str) -> str:
        return f"{self._base_url} {model}"
