"""The client asks politely, keeps to its time, and takes no damaged answer for a whole one."""

import os
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

import digest
from digest.clock import Clock
from digest.errors import (
    DeadlineExceeded,
    Denied,
    DigestError,
    FetchError,
    RateLimited,
    SourceError,
    TooLarge,
    Unreachable,
)
from digest.net import Client, Response, Upstream
from digest.net.waits import asked_for, backoff
from server import Answer, Request, ScriptedServer, gzip_bomb, redirect

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
KEY = "hf_canary_0123456789"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as scripted:
        yield scripted


@pytest.fixture
def slept() -> list[float]:
    """The seconds that the client slept, all of which pass at once."""
    return []


@pytest.fixture
def clock(slept: list[float]) -> Clock:
    def sleep(seconds: float) -> None:
        assert seconds > 0
        slept.append(seconds)

    return Clock(now=NOW, monotonic=lambda: time.monotonic() + sum(slept), sleep=sleep)


@pytest.fixture
def client(clock: Clock, tmp_path: Path) -> Iterator[Client]:
    with Client(
        user_agent="paper-digest/1 (mailto:a@b.example)",
        timeout=5,
        retries=3,
        clock=clock,
        gate_folder=tmp_path,
    ) as made:
        yield made


@pytest.fixture
def upstream(client: Client) -> Upstream:
    return client.upstream("test", deadline=60)


def text(response: Response) -> str:
    return response.text()


def test_one_request(server: ScriptedServer, upstream: Upstream) -> None:
    """Address, query, headers and body arrive, and the User-Agent is ours."""
    server.on("/api", Answer("<一/>", headers={"X-Kind": "atom"}))
    response = upstream.fetch(server.url + "/api?a=1", lambda it: it, headers={"X-Key": KEY}, params={"q": "x y", "n": 2})
    assert (response.status, response.text(), response.headers["x-kind"]) == (200, "<一/>", "atom")
    assert response.url == server.url + "/api?a=1&q=x+y&n=2"
    [request] = server.log
    assert request.params == {"a": ["1"], "q": ["x y"], "n": ["2"]}
    assert request.headers["user-agent"] == "paper-digest/1 (mailto:a@b.example)"
    assert request.headers["accept-encoding"] == "gzip"
    assert request.headers["x-key"] == KEY
    assert (upstream.requests, upstream.retries) == (1, 0)


def test_importing_is_cheap() -> None:
    """Neither httpx nor SQLite is imported before it is needed."""
    script = "import sys, digest.net, digest.store; print({'httpx', 'sqlite3'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(Path(digest.__file__).parents[1])}
    assert subprocess.check_output([sys.executable, "-c", script], env=environment, text=True) == "set()\n"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_trouble_is_tried_again(server: ScriptedServer, upstream: Upstream, slept: list[float], status: int) -> None:
    """429 and the passing 5xx: waits that double, with jitter on top only, then the answer."""
    server.on("/api", [Answer(status=status), Answer(status=status), Answer("yes")])
    assert upstream.fetch(server.url + "/api", text) == "yes"
    assert (upstream.requests, upstream.retries) == (3, 2)
    assert 0.1 <= slept[0] <= 0.125 and 0.2 <= slept[1] <= 0.25
    assert upstream.seconds_waited == pytest.approx(sum(slept), abs=0.05)
    assert upstream.closed is None


@pytest.mark.parametrize("status", [400, 404, 410, 418, 501, 520, 304, 302])
def test_lasting_trouble_is_not(server: ScriptedServer, upstream: Upstream, status: int) -> None:
    """Any other status is a FetchError that names it, after one request."""
    server.on("/api", Answer("why", status=status))
    with pytest.raises(FetchError, match=f"{server.url}/api: HTTP status {status}"):
        upstream.fetch(server.url + "/api", text)
    assert len(server.log) == 1
    assert upstream.closed is None


def test_absent_is_an_answer(server: ScriptedServer, upstream: Upstream) -> None:
    """A status that the caller expects reaches `parse` with its body."""
    server.on("/html/1", Answer("no HTML", status=404))
    parsed = upstream.fetch(server.url + "/html/1", lambda it: (it.status, it.text()), absent=frozenset({404}))
    assert parsed == (404, "no HTML")


def test_denied_closes_the_upstream(server: ScriptedServer, client: Client) -> None:
    """After a 403 nothing more is asked of this upstream; another one is not concerned."""
    server.on("/api", Answer("denied", status=403))
    server.on("/other", Answer("yes"))
    first, second = client.upstream("first"), client.upstream("second")
    for path in ("/api", "/other"):
        with pytest.raises(Denied, match="403"):
            first.fetch(server.url + path, text)
    assert isinstance(first.closed, Denied)
    assert server.paths() == ["/api"]
    assert second.fetch(server.url + "/other", text) == "yes"


def test_rate_limit_to_the_end_closes_the_upstream(server: ScriptedServer, upstream: Upstream) -> None:
    """429 to every try: RateLimited, and no request after it."""
    server.on("/api", Answer("Rate exceeded.", status=429))
    for _ in range(2):
        with pytest.raises(RateLimited, match="tried 3 times"):
            upstream.fetch(server.url + "/api", text)
    assert len(server.log) == 3
    assert isinstance(upstream.closed, RateLimited)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=30), usegmt=True)}, 30),
        ({"RateLimit": '"api";r=0;t=55'}, 55),
    ],
)
def test_server_asks_for_a_wait(
    server: ScriptedServer, upstream: Upstream, slept: list[float], headers: dict[str, str], seconds: float
) -> None:
    """Retry-After, as seconds or as a date, and a used-up quota lengthen the wait."""
    server.on("/api", [Answer(status=429, headers=headers), Answer("yes")])
    assert upstream.fetch(server.url + "/api", text) == "yes"
    assert slept == [pytest.approx(seconds, abs=1)]
    assert max(slept) <= seconds


@pytest.mark.parametrize("status", [429, 503])
def test_wait_beyond_the_deadline_is_not_waited(
    server: ScriptedServer, upstream: Upstream, slept: list[float], status: int
) -> None:
    """Retry-After: 3600 under a deadline of 60 s ends the request at once."""
    server.on("/api", Answer(status=status, headers={"Retry-After": "3600"}))
    with pytest.raises(FetchError, match="too late") as caught:
        upstream.fetch(server.url + "/api", text)
    assert type(caught.value) is (RateLimited if status == 429 else FetchError)
    assert (len(server.log), slept) == (1, [])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": ""}, 0),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "٣"}, 0),
        ({"retry-after": "Wed, 99 Feb 99999 99:99:99 GMT"}, 0),
        ({"retry-after": "Wed, 18 Feb 2026 08:59:00 GMT"}, 0),
        ({"retry-after": "Wed, 18 Feb 2026 09:01:00 -0000"}, 60),
        ({"retry-after": "Wed, 18 Feb 2026 17:01:00 +0800"}, 60),
        ({"retry-after": " 2.5 "}, 2.5),
        ({"retry-after": "9" * 5000}, float("inf")),
        ({"ratelimit": '"api";r=499;t=55'}, 0),
        ({"ratelimit": '"api";r=5;t=9, "pages"; r=0; t=12'}, 12),
        ({"ratelimit": '"api";t=55'}, 0),
        ({"ratelimit": '"api";r=0;t=-1'}, 0),
        ({"ratelimit": "limit=1, remaining=0"}, 0),
        ({"retry-after": "3", "ratelimit": '"api";r=0;t=55'}, 55),
    ],
)
def test_asked_for(headers: dict[str, str], seconds: float) -> None:
    """Whatever makes no sense in these headers is no wait."""
    assert asked_for(headers, NOW) == seconds


def test_backoff_never_undercuts_the_interval() -> None:
    """At three seconds between requests, retries wait 3, 6, 12 s or up to a quarter more."""
    for failures, base in ((1, 3), (2, 6), (3, 12)):
        assert all(base <= backoff(3, failures) <= base * 1.25 for _ in range(50))


def test_what_parse_refuses_is_tried_again(server: ScriptedServer, upstream: Upstream) -> None:
    """An empty body, then HTML in place of Atom, then the feed: two retries, and the feed."""
    server.on("/api", [Answer(""), Answer("<html>"), Answer("<feed/>")])

    def feed(response: Response) -> str:
        if not response.text().startswith("<feed"):
            raise SourceError("not a feed", where=response.url)
        return response.text()

    assert upstream.fetch(server.url + "/api", feed) == "<feed/>"
    assert len(server.log) == 3
    server.on("/api", Answer("<html>"))
    with pytest.raises(SourceError, match="not a feed"):
        upstream.fetch(server.url + "/api", feed)
    assert len(server.log) == 6


@pytest.mark.parametrize("body", ["", "{", "NaN", '{"a": -Infinity}', "[" * 100_000, "9" * 5000, b"\xff\xfe\xff"])
def test_bad_json(body: str | bytes) -> None:
    """What is not JSON is a SourceError, however it goes wrong."""
    content = body if isinstance(body, bytes) else body.encode()
    with pytest.raises(SourceError, match="not JSON"):
        Response("https://x.example/", 200, {}, content).json()


def test_parse_errors_of_other_kinds_are_not_hidden(server: ScriptedServer, upstream: Upstream) -> None:
    """A mistake in `parse` is not retried."""
    server.on("/api", Answer("yes"))
    with pytest.raises(ZeroDivisionError):
        upstream.fetch(server.url + "/api", lambda _: 1 // 0)
    assert len(server.log) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Answer("0123456789", reset=True),
        Answer("0123456789", reset=True, cut=4),
        Answer("0123456789", cut=4),
        Answer("0123456789" * 99, gzipped=True, cut=20),
        Answer("0123456789", headers={"Content-Encoding": "gzip"}),
        Answer(Answer("0123456789", gzipped=True).content()[:-4], headers={"Content-Encoding": "gzip"}),
    ],
)
def test_damaged_answer_is_tried_again(server: ScriptedServer, upstream: Upstream, bad: Answer) -> None:
    """A reset, a short body, a broken compression: never half an answer."""
    server.on("/api", [bad, Answer("whole", gzipped=True)])
    assert upstream.fetch(server.url + "/api", text) == "whole"
    assert len(server.log) == 2
    server.on("/api", bad)
    with pytest.raises(FetchError, match=r"no answer: .*tried 3 times"):
        upstream.fetch(server.url + "/api", text)


def test_gzip_in_two_members(server: ScriptedServer, upstream: Upstream) -> None:
    """A body of several gzip members is read to its end."""
    members = Answer("one ", gzipped=True).content() + Answer("two", gzipped=True).content()
    server.on("/api", Answer(members, headers={"Content-Encoding": "GZIP"}))
    assert upstream.fetch(server.url + "/api", text) == "one two"


def test_encoding_that_was_not_asked_for(server: ScriptedServer, upstream: Upstream) -> None:
    """Brotli, say, is refused rather than handed on as it is."""
    server.on("/api", Answer("…", headers={"Content-Encoding": "br"}))
    with pytest.raises(FetchError, match="encoding"):
        upstream.fetch(server.url + "/api", text)


def test_nobody_there(upstream: Upstream) -> None:
    """A refused connection is a FetchError after all tries."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match=r"Connection refused.*tried 3 times"):
        upstream.fetch(f"http://127.0.0.1:{port}/", text)


def test_a_host_without_connection_is_tried_once_for_all(upstream: Upstream, server: ScriptedServer) -> None:
    """After all tries of one request the next ones to that host fail at once; other hosts are asked on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(Unreachable):
        upstream.fetch(f"{gone}/a", Response.text)
    asked = upstream.requests
    with pytest.raises(Unreachable):
        upstream.fetch(f"{gone}/b", Response.text)
    assert upstream.requests == asked
    server.on("/c", Answer("here"))
    assert upstream.fetch(f"{server.url}/c", Response.text) == "here"


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


def impatient(clock: Clock, timeout: float, retries: int = 2) -> Client:
    return Client(user_agent="test", timeout=timeout, retries=retries, clock=replace(clock, monotonic=time.monotonic))


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
