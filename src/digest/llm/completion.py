"""A completion as it comes over the wire, from whatever server, reduced to what we use."""

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

_SURROGATE = re.compile("[\ud800-\udfff]")  # half a pair cannot be written as UTF-8


class NoCompletion(Exception):
    """A 200 that holds no completion: a web page, an error entry, nothing.

    Attributes:
        status: the HTTP status that the error entry names, as gateways do.
    """

    def __init__(self, why: str, *, status: int | None = None, body: str = "") -> None:
        super().__init__(why)
        self.why, self.status, self.body = why, status, body


class Completion(BaseModel):
    """One completion.

    Attributes:
        answered: whether there is a choice at all; without one, only the usage counts.
        finish: the finish reason: `stop`, `length`, `content_filter`, …
        prompt_tokens: as counted by the server, None where it does not say; like the other counts.
        cached_tokens: those of the prompt that were in the server's prefix cache.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    answered: bool = True
    content: str = ""
    refusal: str = ""
    finish: str = ""
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None


def read_completion(body: bytes) -> Completion:
    """The completion in the body of a 200.

    An answer without a choice that tells its usage is a completion too: it was paid for.

    Raises:
        NoCompletion: there is none.
    """
    text = body.decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        kind = "a web page" if text.lstrip()[:1] == "<" else "something else"
        raise NoCompletion(f"JSON was expected and {kind} came (is base_url right, with its /v1?)") from None
    if not isinstance(data, dict):
        raise NoCompletion("the JSON is no object")
    usage, choice = _usage(data.get("usage")), _choice(data.get("choices"))
    if choice is None and usage.get("prompt_tokens") is None:
        raise NoCompletion("an answer without a choice", status=_status(data.get("error")), body=text[:2000])
    return Completion.model_validate({"answered": choice is not None, **_said(choice or {}), **usage})


def _choice(choices: Any) -> dict[str, Any] | None:
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None


def _said(choice: dict[str, Any]) -> dict[str, str]:
    """What was said. A `reasoning_content` beside the content is nobody's business."""
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    content = message.get("content")
    if isinstance(content, list):  # a list of parts, as in the requests
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    said = {"content": content, "refusal": message.get("refusal"), "finish": choice.get("finish_reason")}
    return {key: _SURROGATE.sub("", value) for key, value in said.items() if isinstance(value, str)}


def _usage(usage: Any) -> dict[str, int | None]:
    if not isinstance(usage, dict):
        return {}
    details = usage.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    if cached is None:
        cached = _count(usage.get("prompt_cache_hit_tokens"))  # DeepSeek's name for it
    return {
        "prompt_tokens": _count(usage.get("prompt_tokens")),
        "cached_tokens": cached,
        "completion_tokens": _count(usage.get("completion_tokens")),
    }


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _status(error: Any) -> int | None:
    code = error.get("code") if isinstance(error, dict) else None
    code = int(code) if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) == 3 else code
    return code if isinstance(code, int) and 400 <= code < 600 else None
