"""What the client does not do: endless bodies and waits, foreign addresses, keys in messages."""

import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from digest.clock import Clock
from digest.errors import (
    DeadlineExceeded,
    Denied,
    DigestError,
    FetchError,
    TooLarge,
)
from digest.net import Client, Upstream
from net.conftest import KEY, NOW, impatient, text
from server import Answer, Request, ScriptedServer, gzip_bomb, redirect


@pytest.mark.parametrize("headers", [{}, {"Content-Length": ""}])
def test_cap(server: ScriptedServer, client: Client, headers: dict[str, str]) -> None:
    """A body may be as large as the cap and not a byte larger; larger is not tried again."""
    server.on("/fits", Answer(bytes(1000), headers=headers))
    server.on("/over", Answer(bytes(1001), headers=headers))
    upstream = client.upstream("test", cap=1000)
    assert len(upstream.fetch(server.url + "/fits", text)) == 1000
    with pytest.raises(TooLarge, match="1,000 bytes"):
        upstream.fetch(server.url + "/over", text)
    assert len(server.log) == 2
    assert len(upstream.fetch(server.url + "/over", text, cap=2000)) == 1001


def test_gzip_bomb_costs_no_memory(server: ScriptedServer, upstream: Upstream) -> None:
    """100 MB in 100 kB stop at the cap, and no more than it is ever held."""
    server.on("/bomb", gzip_bomb(100 * 2**20))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        upstream.fetch(server.url + "/bomb", text, cap=2**20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20
    assert len(server.log) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://localhost.example.org/",
        "http://169.254.169.254/",
        "http://0.0.0.0/",
        "ftp://localhost/",
        "file:///etc/passwd",
        "https://",
        "//example.org/",
        "example.org",
        "",
        "https://exa mple.org/\x00",
        "https://[::1",
        "https://127.0.0.1:99999/",
    ],
)
def test_refused_addresses(upstream: Upstream, url: str) -> None:
    """Anything but https, or http on this machine, is a FetchError before any request."""
    with pytest.raises(FetchError):
        upstream.fetch(url, text)
    assert upstream.requests == 0


def test_password_in_an_address(upstream: Upstream) -> None:
    """An address with a password is refused, and the message does not hold it."""
    with pytest.raises(FetchError) as caught:
        upstream.fetch(f"https://user:{KEY}@x.example/", text)
    assert KEY not in str(caught.value)


def test_redirects_on_the_same_server(server: ScriptedServer, upstream: Upstream) -> None:
    """Three redirects are followed, relative ones too; four are not."""
    for number in range(5):
        server.on(f"/{number}", redirect(f"{number - 1}", status=[301, 302, 303, 307, 308][number]))
    server.on("/0", Answer("here"))
    response = upstream.fetch(server.url + "/3", lambda it: it)
    assert (response.text(), response.url) == ("here", server.url + "/0")
    with pytest.raises(FetchError, match="redirected more than 3 times"):
        upstream.fetch(server.url + "/4", text)
    assert upstream.requests == 8


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "https://127.0.0.1:{port}/x",
        "http://127.0.0.1:1/x",
        "http://[/",
    ],
)
def test_redirect_to_another_server(server: ScriptedServer, upstream: Upstream, target: str) -> None:
    """Another host, scheme or port is a FetchError that names both, after one request."""
    location = target.replace("{port}", server.url.rpartition(":")[2])
    server.on("/api", redirect(location))
    with pytest.raises(FetchError, match="redirected to") as caught:
        upstream.fetch(server.url + "/api", text)
    assert server.url + "/api" in str(caught.value)
    assert "/x" in str(caught.value) or target == "http://[/"
    assert len(server.log) == 1


def test_server_that_never_answers(server: ScriptedServer, clock: Clock) -> None:
    """A read times out after the configured seconds, in each try."""
    server.on("/api", Answer("late", hang=30))
    with impatient(clock, timeout=0.2) as client:
        start = time.monotonic()
        with pytest.raises(FetchError, match=r"ReadTimeout.*tried 2 times"):
            client.upstream("test").fetch(server.url + "/api", text)
        assert 0.4 <= time.monotonic() - start < 3


@pytest.mark.parametrize(
    "slow",
    [
        Answer("x" * 1000, drip=0.05),
        Answer("x" * 1000, drip=0.05, headers={"Content-Length": ""}),
        Answer("x" * 1000, drip_head=0.05),
        Answer("x" * 1000, gzipped=True, drip=0.05),
        Answer("late", hang=30),
        Answer("late", hang=30, status=404),
    ],
)
def test_deadline(server: ScriptedServer, clock: Clock, slow: Answer) -> None:
    """A body or head that drips, or never comes, ends with the deadline; then nothing is asked any more."""
    server.on("/slow", slow)
    server.on("/api", Answer("yes"))
    with impatient(clock, timeout=10) as client:
        upstream = client.upstream("test", deadline=0.3)
        start = time.monotonic()
        with pytest.raises(DeadlineExceeded, match=r"the 0\.3 s for test are used up"):
            upstream.fetch(server.url + "/slow", text)
        assert 0.25 <= time.monotonic() - start < 2
        with pytest.raises(DeadlineExceeded):
            upstream.fetch(server.url + "/api", text)
        assert "/api" not in server.paths()
        upstream.restart_deadline()
        assert upstream.fetch(server.url + "/api", text) == "yes"


def test_no_deadline(server: ScriptedServer, client: Client) -> None:
    """An endless deadline is allowed."""
    server.on("/api", Answer("yes"))
    assert client.upstream("test", deadline=float("inf")).fetch(server.url + "/api", text) == "yes"


def test_deadline_counts_requests_only(server: ScriptedServer, upstream: Upstream, slept: list[float]) -> None:
    """Time between requests is free; time of all requests adds up: the third of 20 s is beyond 60 s."""

    def slow(_request: Request) -> Answer:
        slept.append(20)
        return Answer("yes")

    server.on("/api", slow)
    for _ in range(2):
        assert upstream.fetch(server.url + "/api", text) == "yes"
        slept.append(1000)
    with pytest.raises(DeadlineExceeded):
        upstream.fetch(server.url + "/api", text)
    assert len(server.log) == 3


@pytest.mark.parametrize("value", [f"{KEY}\n", f"{KEY}…", f"{KEY}\0"])
def test_key_that_cannot_be_sent(server: ScriptedServer, upstream: Upstream, value: str) -> None:
    """A header with a line break or a stray character is a FetchError that does not quote it."""
    with pytest.raises(FetchError, match="header") as caught:
        upstream.fetch(server.url + "/api", text, headers={"Authorization": f"Bearer {value}"})
    assert KEY not in str(caught.value)
    assert caught.value.__suppress_context__, "the traceback would show it"
    assert server.log == []


def test_key_is_in_no_message(server: ScriptedServer, upstream: Upstream, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the log, at any level, nor an error holds a header's value."""
    caplog.set_level(0)
    server.on("/api", [Answer(status=503), Answer(reset=True), Answer(status=403)])
    with pytest.raises(DigestError) as caught:
        upstream.fetch(server.url + "/api", text, headers={"Authorization": f"Bearer {KEY}"})
    assert "asking again" in caplog.text
    assert KEY not in caplog.text + repr(caught.value)


def test_odd_user_agent(server: ScriptedServer, clock: Clock) -> None:
    """A name that no header can hold is written as far as possible."""
    server.on("/api", Answer("yes"))
    with Client(user_agent="digest (张三)", timeout=1, retries=1, clock=clock) as client:
        client.upstream("test").fetch(server.url + "/api", text)
    assert server.log[0].headers["user-agent"] == "digest (??)"


def test_threads_share_an_upstream(server: ScriptedServer, upstream: Upstream) -> None:
    """Requests of many threads are all made and counted."""
    server.on("/[0-9]+", lambda request: Answer(request.path))
    with ThreadPoolExecutor(8) as threads:
        paths = [f"/{number}" for number in range(40)]
        fetch: Callable[[str], str] = lambda path: upstream.fetch(server.url + path, text)  # noqa: E731
        assert list(threads.map(fetch, paths)) == paths
    assert upstream.requests == 40


def test_denied_while_others_wait(server: ScriptedServer, tmp_path: Path) -> None:
    """A 403 to one thread also stops those that wait for their turn."""
    server.on("/api", Answer(status=403, hang=0.1))
    client = Client(user_agent="test", timeout=5, retries=3, clock=Clock(now=NOW), gate_folder=tmp_path)
    upstream = client.upstream("test", interval=0.05)

    def fetch(_number: int) -> type[BaseException] | None:
        try:
            upstream.fetch(server.url + "/api", text)
        except FetchError as error:
            return type(error)
        return None

    with client, ThreadPoolExecutor(4) as threads:
        assert set(threads.map(fetch, range(4))) == {Denied}
    assert len(server.log) == 1


def test_another_transport(clock: Clock) -> None:
    """A transport takes the place of the network."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, text=f"no network: {request.url}"))
    with Client(user_agent="test", timeout=1, retries=1, clock=clock, transport=transport) as client:
        assert client.upstream("test").fetch("https://x.example/", text) == "no network: https://x.example/"


def test_no_proxy_for_this_machine(server: ScriptedServer, upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    """http goes to servers on this machine, past any proxy of the environment."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.on("/api", Answer("yes"))
    assert upstream.fetch(server.url + "/api", text) == "yes"


def test_request_log_of_the_server(server: ScriptedServer) -> None:
    """The scripted server itself: the newest rule counts, no rule is 404, a POST keeps its body."""
    server.on("/a", Answer("old"))
    server.on("/a", lambda request: Answer(request.body + b"!"))
    assert httpx.post(server.url + "/a", content=b"hello").text == "hello!"
    assert httpx.get(server.url + "/b").status_code == 404
    first: Request = server.log[0]
    assert (first.method, first.body, server.paths()) == ("POST", b"hello", ["/a", "/b"])
