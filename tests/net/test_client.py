"""The client asks politely, keeps to its time, and takes no damaged answer for a whole one."""

import os
import socket
import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

import digest
from digest.errors import (
    Denied,
    FetchError,
    RateLimited,
    SourceError,
    Unreachable,
)
from digest.net import Client, Response, Upstream
from digest.net.waits import asked_for, backoff
from net.conftest import KEY, NOW, text
from server import Answer, ScriptedServer


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
