"""Each page by itself: valid HTML, one heading over all, languages that exist, nothing inline."""

import re
from collections import Counter
from collections.abc import Iterator

from sitecheck.site import Fault, Page, Site, text

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""BCP 47, as far as a blog needs it: zh-CN, zh-Hans, en."""

ALLOWED = ("'none'", "'self'", "file:", "'wasm-unsafe-eval'")
"""Sources of a policy. WebAssembly, which pagefind's search is, needs the last; it lets no text become a script."""

_POLICY = "content-security-policy"

DATA = ("application/ld+json", "application/json")
"""Types of `<script>` that no browser runs."""


def html(site: Site) -> Iterator[Fault]:
    """A parser of the HTML standard has nothing to complain of, and no id stands twice."""
    for page in site.pages.values():
        yield from (Fault(page.name, "html", error) for error in page.errors)
        ids = Counter(element.get("id") for element in page.elements if element.get("id") is not None)
        yield from (Fault(page.name, "html", f"id {found!r} {times} times") for found, times in ids.items() if times > 1)
        yield from (Fault(page.name, "html", f"id {found!r}") for found in ids if not found or re.search(r"\s", found))


def outline(site: Site) -> Iterator[Fault]:
    """One first heading, one `<main>`, no level left out on the way down, a title and a description."""
    for page in site.pages.values():
        yield from (Fault(page.name, "outline", what) for what in _outline(page))


def _outline(page: Page) -> Iterator[str]:
    for tag in ("h1", "main", "title"):
        found = [text(element) for element in page.all(tag)]
        if len(found) != 1 or not found[0]:
            yield f"{len(found)} times <{tag}>: {[words[:60] for words in found]}"
    if not page.meta("description"):
        yield "no description"
    before = 0
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(str(heading.tag)[1])
        if level > before + 1:
            yield f"<{heading.tag}> {text(heading)[:60]!r} after <h{before}>"
        if not text(heading):
            yield f"an empty <{heading.tag}>"
        before = level


def languages(site: Site) -> Iterator[Fault]:
    """The page names its language, and every other `lang` and `hreflang` is one, too."""
    for page in site.pages.values():
        if not page.root.get("lang"):
            yield Fault(page.name, "languages", "the page names none")
        for element in page.elements:
            for name in ("lang", "hreflang"):
                value = element.get(name)
                if value is not None and not LANGUAGE.fullmatch(value) and (name, value) != ("hreflang", "x-default"):
                    yield Fault(page.name, "languages", f"{name}={value!r}")


def inline(site: Site) -> Iterator[Fault]:
    """No style, no script and no handler stands in the page: data blocks alone, which nothing runs."""
    for page in site.pages.values():
        for element in page.elements:
            bad = [name for name in element.attrib if isinstance(name, str) and (name == "style" or name.startswith("on"))]
            yield from (Fault(page.name, "inline", f"{name} of <{element.tag}>") for name in bad)
            if element.tag == "style":
                yield Fault(page.name, "inline", "<style>")
            if element.tag == "script" and not element.get("src") and element.get("type") not in DATA:
                yield Fault(page.name, "inline", f"<script type={element.get('type')!r}>")
            if element.tag in ("iframe", "object", "embed", "frame", "applet"):
                yield Fault(page.name, "inline", f"<{element.tag}>")


def policy(site: Site) -> Iterator[Fault]:
    """A Content-Security-Policy that allows nothing by default, nothing inline and nothing foreign, before all that loads."""
    for page in site.pages.values():
        yield from (Fault(page.name, "policy", what) for what in _policy(page))


def _policy(page: Page) -> Iterator[str]:
    head = list(page.all("meta", "link", "script", "base"))
    place = next((n for n, element in enumerate(head) if element.get("http-equiv", "").lower() == _POLICY), None)
    if place is None:
        yield "there is none"
        return
    if any(element.tag != "meta" for element in head[:place]):
        yield "stands after something that it should hold for"
    rules = {parts[0]: parts[1:] for rule in head[place].get("content", "").split(";") if (parts := rule.split())}
    if rules.get("default-src") != ["'none'"]:
        yield "default-src is not 'none'"
    for name, sources in rules.items():
        yield from (f"{name} {source}" for source in sources if source not in ALLOWED)
