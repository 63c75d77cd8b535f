"""The sites, built and served once; the browser; and what looking at every page with it has found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from browser import served
from browser.chromium import SCREENSHOTS, Eyes, Finding, Missing, launched
from browser.served import Served

WORKERS = 2


@pytest.fixture(scope="session")
def site_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output folders of both sites by name."""
    folder = tmp_path_factory.mktemp("sites")
    return {"demo": served.demo(folder / "demo"), "extremes": served.strained(folder / "extremes")}


@pytest.fixture(scope="session")
def sites(site_folders: dict[str, Path]) -> Iterator[dict[str, Served]]:
    """Both sites, served."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(served.serving(name, folder)) for name, folder in site_folders.items()}


@pytest.fixture(scope="session")
def findings(sites: dict[str, Served]) -> list[Finding]:
    """What is wrong with the pages of both sites."""
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    waiting: SimpleQueue[tuple[Served, str]] = SimpleQueue()
    for site in sites.values():
        for name in site.shown:
            waiting.put((site, name))
    with ThreadPoolExecutor(WORKERS) as pool:
        found = [future.result() for future in [pool.submit(_look, waiting) for _ in range(WORKERS)]]
    return [finding for part in found for finding in part]


def _look(waiting: "SimpleQueue[tuple[Served, str]]") -> list[Finding]:
    found: list[Finding] = []
    try:
        with launched() as browser:
            eyes = Eyes(browser)
            while True:
                found += eyes.look(*waiting.get_nowait())
    except Empty:
        return found
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def chromium(sites: dict[str, Served]) -> Iterator[Any]:
    """A browser. It comes after the sites, which are built before its event loop runs."""
    try:
        with launched() as browser:
            yield browser
    except Missing as missing:
        pytest.skip(str(missing))
