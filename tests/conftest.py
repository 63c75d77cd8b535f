"""What all tests share: an environment without surprises, the sample day as a server, a blog that asks it."""

import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.sample import DATE, SampleUpstream
from model_server import ModelServer
from server import Answer, Request, ScriptedServer

MORNING_AFTER = "2026-02-17T09:00:00Z"
"""When the lists of the sample day are settled."""


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, clock, key or token of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith("DIGEST") or name in ("GITHUB_TOKEN", "GITHUB_OUTPUT", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
            monkeypatch.delenv(name)
    for name in ("EDITOR", "VISUAL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> None:
    """A shell starts what runs in the background deaf to interrupts, and so would be the commands that tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class SampleServer(ScriptedServer):
    """The five services of the sample day on loopback.

    `on` puts another answer before the sample's; `log` and `paths()` tell what was asked.

    Attributes:
        today: the day on which the services believe to be; None for the sample's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.today: date | None = None
        self._upstream = SampleUpstream()
        self.on(r"/.*", self._sample)

    def _sample(self, request: Request) -> Answer:
        path = f"{request.path}?{request.query}" if request.query else request.path
        answer = self._upstream.respond(path, self.today)
        return Answer(answer.body, status=answer.status, headers=answer.headers)


@pytest.fixture
def sample_server() -> Iterator[SampleServer]:
    """A running server of the sample day."""
    with SampleServer() as server:
        yield server


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    status: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """The run report of `--json`."""
        report: dict[str, Any] = json.loads(self.stdout)
        return report


@dataclass
class Blog:
    """A blog in a temporary folder whose upstreams are the sample server.

    Attributes:
        environ: set for every command.
    """

    folder: Path
    server: SampleServer
    environ: dict[str, str] = field(default_factory=lambda: {"DIGEST_NOW": MORNING_AFTER})
    day: date = DATE

    @property
    def config_file(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def record(self) -> Path:
        return self.folder / f"content/records/{self.day.year}/{self.day}.json"

    @property
    def post(self) -> Path:
        return self.folder / f"content/posts/{self.day.year}/{self.day}-daily-papers.md"

    def configure(self, old: str, new: str) -> None:
        """Change the text of config.yaml."""
        text = self.config_file.read_text(encoding="utf-8")
        assert old in text, f"config.yaml has no {old!r}"
        self.config_file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def __call__(self, command: str, *args: str, **environ: str) -> Outcome:
        """Run a command on this blog, `blog("build", "--date", "2026-02-16")`, in this process."""
        return run_digest(command, *args, "--config", str(self.config_file), **{**self.environ, **environ})


@pytest.fixture
def blog(tmp_path: Path, sample_server: SampleServer) -> Blog:
    """A new blog with the shipped configuration that asks the sample server without a pause."""
    from digest.cli.init import blog_config

    text = blog_config(language="zh").replace("interval: 3.0", "interval: 0.0")
    for upstream, path in {
        "https://huggingface.co": "",
        "https://export.arxiv.org/api/query": "/api/query",
        "https://rss.arxiv.org": "",
        "site_url: https://arxiv.org": "",
        "https://api.github.com": "",
    }.items():
        key = "site_url: " if upstream.startswith("site_url") else ""
        assert upstream in text
        text = text.replace(upstream, f"{key}{sample_server.url}{path}", 1)
    found = Blog(tmp_path / "blog", sample_server)
    found.folder.mkdir()
    found.config_file.write_text(text, encoding="utf-8")
    return found


def run_digest(*args: str, **environ: str) -> Outcome:
    """Run the command line in this process, exit status and all."""
    from digest.cli import root
    from digest.cli.edge import guarded

    out, err = io.StringIO(), io.StringIO()
    terminate = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["digest", *args])
        for name, value in environ.items():
            patch.setenv(name, value)
        try:
            status = guarded(root)
        finally:
            signal.signal(signal.SIGTERM, terminate)
    return Outcome(status, out.getvalue(), err.getvalue())


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A chat model that fills whatever schema it is asked for."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def night(blog: Blog, model: ModelServer) -> Blog:
    """The blog of the sample day, in English, whose cards come from the model; few picks and no patience."""
    blog.environ |= {
        "OPENAI_API_KEY": "sk-canary-0123456789",
        "DIGEST__MODEL__PROVIDER": "openai",
        "DIGEST__MODEL__NAME": "stand-in",
        "DIGEST__MODEL__BASE_URL": f"{model.url}/v1",
        "DIGEST__MODEL__TIMEOUT": "20",
        "DIGEST__SITE__LANGUAGE": "en",
        "DIGEST__POSTS__LANGUAGES": "[en]",
        "DIGEST__READING__FULL_TEXT": "false",
    }
    return blog
