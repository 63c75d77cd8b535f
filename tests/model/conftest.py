"""A real, very small model on loopback, and a relay before it that keeps what it is asked."""

import http.client
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from server import Answer, Request, ScriptedServer

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parents[1] / ".venv-model" / "bin" / "python"
PATIENCE = 300.0
"""Seconds for one answer: a card's worth of text, on a slow and busy core."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the model; the default run leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def model_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running model, `http://127.0.0.1:PORT`.

    The server ends with its standard input: after the tests, and also when they are killed.
    """
    if not PYTHON.exists():
        pytest.skip("there is no .venv-model; `make test-model` sets it up")
    command = [str(PYTHON), str(HERE / "serve.py")]
    told = tmp_path_factory.mktemp("model") / "stderr"
    with (
        told.open("wb") as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdin and server.stdout
        ready = server.stdout.readline()
        assert ready.startswith("ready "), told.read_text(encoding="utf-8", errors="replace")
        parts = urlsplit(ready.split()[1])
        yield f"http://{parts.netloc}"
        server.stdin.close()
        server.wait(10)


class Relay(ScriptedServer):
    """Passes everything on to the model.

    Attributes:
        answers: status and JSON of the answers, in the order in which they came back.
    """

    def __init__(self, model_url: str) -> None:
        super().__init__()
        self._host = urlsplit(model_url).netloc
        self.answers: list[tuple[int, dict[str, Any]]] = []
        self.on(r"/v1/.*", self._pass_on)

    @property
    def base_url(self) -> str:
        """What a client of OpenAI's takes."""
        return f"{self.url}/v1"

    def asked(self) -> list[dict[str, Any]]:
        """The bodies of the chat calls, in the order of arrival."""
        return [json.loads(request.body) for request in self.log if request.path.endswith("/chat/completions")]

    def statuses(self) -> list[int]:
        """Of the answers."""
        return [status for status, _ in self.answers]

    def _pass_on(self, request: Request) -> Answer:
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE)
        try:
            connection.request(request.method, request.path, request.body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        self.answers.append((answer.status, json.loads(body)))
        return Answer(body, status=answer.status, headers={"Content-Type": "application/json"})


@pytest.fixture
def relay(model_url: str) -> Iterator[Relay]:
    """A relay before the model, fresh for each test."""
    with Relay(model_url) as found:
        yield found
