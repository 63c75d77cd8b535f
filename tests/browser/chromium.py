"""The browser, and one look at a page with it.

What this folder needs and does not find is a `Missing`, whose text says how it would be there.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browser.install import CHROMIUM
from browser.served import Served, kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CACHE = Path(__file__).parents[2] / ".browser"
"""Where `make test-browser` installs what is not part of the system."""
WIDTHS = {360: 740, 768: 1024, 1440: 900}
"""Of a telephone, a tablet and a desk, each with its height."""
THEMES = ("light", "dark")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
]
SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""A folder that pictures of all pages are put into; none where it is not set."""


TALLEST = 12_000
"""Pixels of a page that a picture shows."""


class Missing(Exception):
    """Something is not installed here; the text says how it would be."""


@dataclass(frozen=True)
class Finding:
    """Something about a page that must not be.

    Attributes:
        setting: how it was looked at: `360 light`.
    """

    page: str
    setting: str
    check: str
    what: str


def told(findings: Iterable[Finding]) -> str:
    """Findings, one a line; what is the same in several settings, once."""
    settings: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        settings.setdefault((finding.page, finding.what), []).append(finding.setting)
    lines = [f"{page} [{kind(page.partition(':')[2])}] {_listed(seen)}: {what}" for (page, what), seen in settings.items()]
    return "\n".join(["", *lines])


def _listed(settings: list[str]) -> str:
    return settings[0] + (f" and {len(settings) - 1} more settings" if len(settings) > 1 else "")


def executable() -> str:
    """The system's Chromium. Raises Missing."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if not found:
        raise Missing("Chromium is not installed: `make test-browser` does it for root on Debian")
    return found


@contextmanager
def launched() -> "Iterator[Browser]":
    """A browser of its own, with a profile that ends with it. Raises Missing."""
    chromium = executable()
    packages = str(CACHE / "python")
    if not (CACHE / "python" / ".installed").exists():
        raise Missing(f"playwright is not installed: `make test-browser` installs it into {CACHE.name}/")
    if packages not in sys.path:
        sys.path.append(packages)  # last, so that what the project has itself comes first
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root its sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *root])
        try:
            yield browser
        finally:
            browser.close()


@cache
def axe() -> str:
    """axe-core's source. Raises Missing."""
    path = CACHE / "npm/node_modules/axe-core/axe.min.js"
    if not path.exists():
        raise Missing(f"axe-core is not installed: `make test-browser` installs it into {CACHE.name}/ where there is npm")
    return path.read_text(encoding="utf-8")


@cache
def _functions() -> str:
    return (Path(__file__).parent / "page.js").read_text(encoding="utf-8")


def ask(page: "Page", call: str, *values: Any) -> Any:
    """Call one of the functions of page.js."""
    return page.evaluate(f"values => (window.paperTests ??= {_functions()}).{call}(...values)", list(values))


def until(page: "Page", expression: str, seconds: float = 5.0) -> None:
    """Wait until an expression is true of a page. Playwright's own waiting evaluates text, which the site's policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(20)


def open_page(context: "BrowserContext", site: Served, name: str, fragment: str = "", *, width: int = 1440) -> "Page":
    """A page in a tab of its own, everything loaded."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(site.address(name, fragment), wait_until="load")
    return page


class Eyes:
    """Two tabs of a browser, one with JavaScript and one without, that go from page to page and note what must not be."""

    def __init__(self, browser: "Browser") -> None:
        self.findings: list[Finding] = []
        self.site, self.name, self.how = Served("", Path()), "", ""
        self._scripted, self._bare = (self._tab(browser, scripts) for scripts in (True, False))

    def look(self, site: Served, name: str) -> list[Finding]:
        """What is wrong with a page, in every width, light and dark, folded and unfolded, with JavaScript and without."""
        self.findings, self.site, self.name = [], site, name
        for page, scripts in ((self._scripted, "JavaScript"), (self._bare, "no JavaScript")):
            self.how = f"loading, {scripts}"
            page.goto(site.address(name), wait_until="load")
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                for theme in THEMES:
                    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                    self.how = f"{width} {theme}, {scripts}"
                    self._measure(page, theme)
                    if page is self._scripted:
                        self._picture(page, theme, width)
                        self._accessible(page, theme, width)
        return self.findings

    def _found(self, check: str, what: str) -> None:
        self.findings.append(Finding(f"{self.site.name}:{self.name}", self.how, check, what))

    def _tab(self, browser: "Browser", scripts: bool) -> "Page":
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))"
        )
        page.on("console", lambda m: self._found("console", f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._found("console", f"not caught: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", lambda request: self._found("requests", f"{request.failure} for {request.url}"))
        return page

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((f"{self.site.origin}/", "data:", "blob:")):
            self._found("requests", f"asks for {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400 and not (self.name == "404.html" and response.request.is_navigation_request()):
            self._found("requests", f"{response.status} for {response.url}")

    def _measure(self, page: "Page", theme: str) -> None:
        found, how = ask(page, "survey"), self.how
        for folds in ("folded", "unfolded"):
            self.how = f"{how}, {folds}"
            if wide := found[folds]["overflow"]:
                self._found("overflow", f"{wide['width']} px wide: {'; '.join(wide['elements'])}")
            for element in found[folds]["cut"]:
                self._found("cut", f"text is cut off: {element}")
            for words in found[folds]["overlap"]:
                self._found("overlap", f"words on words: {words}")
            for mark in found[folds]["orphans"]:
                self._found("punctuation", f"a line begins with {mark}")
        self.how = how
        lightness = found["ground"]
        if lightness is None or (lightness < 0.25 if theme == "light" else lightness > 0.25):
            self._found("theme", f"the page's ground has the lightness {lightness}")

        for heading in found["jumping"]:
            self._found("order", f"stands above the heading before it: {heading}")
        if page is self._bare:
            for control in found["controls"]:
                self._found("controls", f"does nothing without JavaScript: {control}")

    def _accessible(self, page: "Page", theme: str, width: int) -> None:
        """axe with everything unfolded, narrow and light, wide and dark: contrast differs by theme, targets by width."""
        if (width, theme) not in ((360, "light"), (1440, "dark")):
            return
        try:
            source = axe()
        except Missing:
            return  # the test says so
        ask(page, "openAll")
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        options = {"runOnly": AXE_TAGS, "resultTypes": ["violations"], "iframes": False, "preload": False}
        for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
            nodes = violation["nodes"]
            seen = "; ".join(f"{node['target'][-1]} ({_summary(node)})" for node in nodes[:3])
            self._found("axe", f"{violation['id']} {len(nodes)} times: {seen}")
        ask(page, "closeAll")

    def _picture(self, page: "Page", theme: str, width: int) -> None:
        if SCREENSHOTS:
            name = self.name.removesuffix(".html").removesuffix("/index").replace("/", "_")
            path = Path(SCREENSHOTS) / f"{self.site.name}-{kind(self.name).replace(' ', '_')}-{name}-{width}-{theme}.png"
            height = min(page.evaluate("document.scrollingElement.scrollHeight"), TALLEST)
            clip: Any = {"x": 0, "y": 0, "width": width, "height": height}
            page.screenshot(path=path, full_page=True, clip=clip, animations="disabled", timeout=120_000)


def _summary(node: Any) -> str:
    return " ".join(node.get("failureSummary", "").split())[:200]
