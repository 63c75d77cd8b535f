"""A chat model on this machine that fills whatever JSON schema it is asked for with sentences of the prompt.

It proves the wire and the way through the program, not what a model is worth. The same request gets the same answer.

    with ModelServer() as model:
        model.on(r"/v1/chat/completions", Answer(status=500))  # or any other misbehaviour, see `server.Answer`
        model.spoil = lambda answer, body: ...                 # changes an answer before it is sent
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from server import Answer, Request, ScriptedServer

CHAT = "/v1/chat/completions"
_NUMBERED = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_LABELLED = re.compile(r"^(t\d+): (.+)$", re.MULTILINE)
_ID = re.compile(r"\b\d{4}\.\d{4,5}\b")
_CITABLE = re.compile(r"\d+(?:\.\d+)?%?|[A-Z][\w-]*[A-Z0-9][\w-]*")

Json = dict[str, Any]


class ModelServer(ScriptedServer):
    """An OpenAI-compatible endpoint at `url` + `/v1`.

    Attributes:
        spoil: is given each answer, as a value, and the request's body; what it returns is sent.
        usage: told with every answer; None leaves it out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spoil: Callable[[Any, Json], Any] = lambda answer, body: answer
        self.usage: Json | None = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        self.on(CHAT, self.chat)

    @property
    def calls(self) -> list[Json]:
        """The bodies of all chat requests, in the order of arrival."""
        return [json.loads(request.body) for request in self.log if request.path == CHAT]

    def chat(self, request: Request) -> Answer:
        """The answer to one request, well filled."""
        body = json.loads(request.body)
        answer = self.spoil(_answer(body), body)
        return completion(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False), self.usage)


def completion(content: str | None, usage: Json | None = None, finish_reason: str = "stop", **message: Any) -> Answer:
    """A chat completion with this text."""
    choice = {"index": 0, "finish_reason": finish_reason, "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "stand-in", "choices": [choice]}
    return Answer(json.dumps(body | ({"usage": usage} if usage else {})), headers={"Content-Type": "application/json"})


def _answer(body: Json) -> Any:
    system, user = (_text(body, role) for role in ("system", "user"))
    schema = body["response_format"]["json_schema"]["schema"]
    return _Filler(schema, user, chinese="用中文" in system).fill(schema)


def _text(body: Json, role: str) -> str:
    return "\n".join(m["content"] for m in body["messages"] if m["role"] == role)


class _Filler:
    """Fills one schema from one prompt."""

    def __init__(self, schema: Json, user: str, *, chinese: bool) -> None:
        self._defs: Json = schema.get("$defs", {})
        self._chinese = chinese
        self._sentences = [(int(n), text) for n, text in _NUMBERED.findall(user)]
        self._ids = list(dict.fromkeys(_ID.findall(user)))
        self._about = dict(_passages(user))
        self._labelled = dict(_LABELLED.findall(user))
        self._turn = 0

    def fill(self, schema: Json, name: str = "", paper: str = "") -> Any:
        schema = self._defs[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        for kind in schema.get("anyOf", ()):
            if kind.get("type") != "null":
                return self.fill(kind, name, paper)
        if "enum" in schema or "const" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
        simple = {"integer": 5, "number": 5.0, "boolean": False}
        if kind in simple:
            return simple[kind]
        return {"object": self._object, "array": self._array, "string": self._string}[kind](schema, name, paper)

    def _object(self, schema: Json, name: str, paper: str) -> Json:
        properties: Json = schema["properties"]
        if "evidence" not in properties or not self._sentences:
            return {key: self.fill(value, key, paper) for key, value in properties.items()}
        self._turn += 1
        number, text = self._sentences[self._turn % len(self._sentences)]
        own: Json = {"evidence": [number], "text": self._worded(text), "name": None}
        return {key: own.get(key) for key in properties}

    def _array(self, schema: Json, name: str, paper: str) -> list[Any]:
        items = schema["items"]
        items = self._defs[items["$ref"].rpartition("/")[2]] if "$ref" in items else items
        key = next((k for k in ("id", "paper") if k in items.get("properties", {})), None)
        if key is not None:
            return [self.fill(items, name, i) | {key: i} for i in self._ids]
        if name in ("papers", "ids"):
            return self._ids[:2]
        return [self.fill(items, name, paper)] if items.get("type") == "object" or "evidence" in str(items) else []

    def _string(self, schema: Json, name: str, paper: str) -> str | None:
        if name in self._labelled:
            return self._worded(self._labelled[name])
        if name in ("id", "paper"):
            return paper or next(iter(self._ids), "")
        source = self._about.get(paper) or next(iter(self._about.values()), "a paper")
        return self._worded(source)

    def _worded(self, text: str) -> str:
        """The sentence itself, or Chinese words around its names and numbers."""
        if not self._chinese:
            return text.rstrip(".")
        return "该工作给出了方法与结果" + "".join(f"，涉及 {word}" for word in _CITABLE.findall(text))


def _passages(user: str) -> Iterator[tuple[str, str]]:
    """Each id of a prompt with the longest line between it and the next one."""
    marks = list(_ID.finditer(user))
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(user)
        lines = [line.strip() for line in user[mark.end() : end].splitlines()]
        yield mark[0], max(lines, key=len, default="")
