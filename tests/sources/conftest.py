"""A server, and the tools of a run that asks it without a pause."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from digest import config
from digest.clock import Clock
from digest.models import Listing
from digest.tools import Tools, open_tools
from server import Answer, ScriptedServer
from sources.world import (
    WEDNESDAY,
    LittleArxiv,
    rows,
)

OpenTools = Callable[..., Tools]


class Naps(list[float]):
    """How long the code wanted to wait; nobody does."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Wire(httpx.BaseTransport):
    """The real network, kept open over all tests: making one reads every certificate of the machine."""

    def __init__(self) -> None:
        self._network = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._network.handle_request(request)


@pytest.fixture(scope="session")
def wire() -> Wire:
    return Wire()


@pytest.fixture(scope="session")
def running() -> Iterator[ScriptedServer]:
    """One server for all tests; ending one takes longer than most of them."""
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(running: ScriptedServer) -> ScriptedServer:
    """A server that knows nothing yet."""
    running.on(".*", Answer("not found", status=404))
    running.log.clear()
    return running


@pytest.fixture
def arxiv(server: ScriptedServer) -> LittleArxiv:
    return LittleArxiv(server)


@pytest.fixture
def naps() -> Naps:
    return Naps()


def environ_of(url: str) -> dict[str, str]:
    """Overrides that send every request to one server."""
    own = {"HUGGINGFACE__URL": url, "ARXIV__API_URL": f"{url}/api/query", "ARXIV__FEED_URL": url, "ARXIV__SITE_URL": url}
    return {f"DIGEST__SOURCES__{k}": v for k, v in (own | {"GITHUB__URL": url, "ARXIV__INTERVAL": "0"}).items()}


@pytest.fixture
def at(tmp_path: Path, server: ScriptedServer, naps: Naps, wire: Wire) -> Iterator[OpenTools]:
    """`at("2026-02-18T09:00", mode="refresh", SOURCES__ARXIV__CATEGORIES="[cs.AI]")`: the tools of a run at a moment in UTC.

    Runs of one test share their cache. The only category is cs.AI unless a test says otherwise.
    """
    with ExitStack() as stack:

        def tools(now: str, *, mode: Any = "normal", **overrides: str) -> Tools:
            environ = environ_of(server.url) | {"DIGEST__SOURCES__ARXIV__CATEGORIES": "[cs.AI]"}
            environ |= {f"DIGEST__{name}": value for name, value in overrides.items()}
            parsed = config.parse("", path=tmp_path / "config.yaml", environ=environ)
            clock = Clock(now=datetime.fromisoformat(f"{now}+00:00"), sleep=naps)
            return stack.enter_context(open_tools(parsed, clock, {}, mode=mode, transport=wire))

        yield tools


TODAY, WEEK_LATER = "2026-02-18T09:00", "2026-02-25T09:00"
NEXT_TUESDAY, NEXT_WEDNESDAY = date(2026, 2, 24), date(2026, 2, 25)
THREE = "[cs.AI, cs.LG, cs.CL]"
BATCH = rows(WEDNESDAY, 6)

Read = Callable[..., Listing]


@pytest.fixture
def read(at: OpenTools) -> Read:
    """Read the listing of cs.AI, by default of today, a Wednesday."""

    def listing(day: date = WEDNESDAY, now: str = TODAY, **overrides: str) -> Listing:
        source = at(now, **overrides).arxiv
        assert source is not None
        (found,) = source.read(day, source.listings)
        return found

    return listing


@pytest.fixture
def read_all(at: OpenTools) -> Callable[..., dict[str, Listing]]:
    def listings(day: date = WEDNESDAY, now: str = TODAY, categories: str = THREE, **overrides: str) -> dict[str, Listing]:
        source = at(now, SOURCES__ARXIV__CATEGORIES=categories, **overrides).arxiv
        assert source is not None
        return {listing.name: listing for listing in source.read(day, source.listings)}

    return listings


def windows(server: ScriptedServer) -> list[str]:
    """The search queries that were asked."""
    asked = (request.params["search_query"][0] for request in server.log if "search_query" in request.params)
    return [query for query in asked if query]
