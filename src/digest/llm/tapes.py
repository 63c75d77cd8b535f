"""Completions that were paid for, kept so that none is paid for twice.

Every completion is kept the moment it arrives and before it is looked at, the unusable ones too. A question that is
asked again is answered from what is kept, through the same code, and only where that ends is the model called. So a
run again costs nothing, and a crash costs at most the calls that were under way.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from digest.llm.completion import Completion
from digest.llm.schema import Schema
from digest.store import Cache, sha256

KIND = "completion"
"""Of cache entries."""

Message = dict[str, str]


@dataclass(frozen=True)
class Turn:
    """What is asked of a model in one call: all that decides its answer, but not how it is written for an endpoint."""

    model: str
    messages: Sequence[Message]
    schema: Schema
    max_tokens: int

    def key(self, extra: Mapping[str, Any]) -> str:
        """The hash of it; the same for all endpoints, as a model has the same name at many."""
        parts = [self.model, list(self.messages), self.schema, self.max_tokens, dict(extra)]
        return sha256(json.dumps(parts, sort_keys=True).encode())


class Taped(BaseModel):
    """A kept completion.

    Attributes:
        generation: how often this try was made anew.
        failed: it led to no usable answer; the next run asks anew.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    completion: Completion
    generation: int = 0
    failed: bool = False

    @property
    def id(self) -> str:
        """What tells it from all other completions."""
        return f"{self.key}.{self.generation}"


class Tapes:
    """The kept completions.

    Args:
        replay_failed: whether those count that led to nothing in an earlier run.
    """

    def __init__(self, cache: Cache, *, replay_failed: bool) -> None:
        self._cache, self._replay_failed = cache, replay_failed

    def get(self, turn: str, attempt: int) -> Taped | None:
        """What the model said when a turn was asked for the nth time, from 0; None if it is to be asked."""
        taped = self._read(f"{turn}-{attempt}")
        return taped if taped is not None and (self._replay_failed or not taped.failed) else None

    def keep(self, turn: str, attempt: int, completion: Completion) -> Taped:
        """Keep a completion, in place of one that led to nothing."""
        key = f"{turn}-{attempt}"
        old = self._read(key)
        taped = Taped(key=key, completion=completion, generation=old.generation + 1 if old else 0)
        self._cache.put(KIND, key, taped.model_dump_json())
        return taped

    def mark_failed(self, keys: Iterable[str]) -> None:
        """Let later runs ask anew what was answered in vain."""
        found = [taped for key in sorted(keys) if (taped := self._read(key)) is not None]
        marked = {taped.key: taped.model_copy(update={"failed": True}).model_dump_json() for taped in found}
        if marked:
            self._cache.put_many(KIND, marked)

    def _read(self, key: str) -> Taped | None:
        text = self._cache.get(KIND, key)
        try:
            return Taped.model_validate_json(text) if text else None
        except ValidationError:
            return None
