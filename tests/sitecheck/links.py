"""Where links lead: inside the site to what is there, outside it by https and without a trace."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from sitecheck.site import Fault, Page, Site, text

LOADS = (
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
)
"""Relations of `<link>` that make a browser ask for something."""
_ATTRIBUTES = ("href", "src", "action", "formaction", "poster", "data", "cite")


def links_of(page: Page) -> Iterator[tuple[ET.Element, str]]:
    """Everything in a page that leads or loads, as the element and its link."""
    for element in page.elements:
        if element.tag == "base":
            continue
        yield from ((element, element.attrib[name]) for name in _ATTRIBUTES if name in element.attrib)
        sources = element.get("srcset", "").split(",")
        yield from ((element, source.split()[0]) for source in sources if source.split())


def internal(site: Site) -> Iterator[Fault]:
    """Every link inside the site leads to a file that is there, by the case of its name, and to an id that is in it."""
    for page in site.pages.values():
        told: set[str] = set()
        for _, link in links_of(page):
            address = site.resolve(link, page.name, page.base)
            if link in told or not site.is_inside(address):
                continue
            told.add(link)
            if why := site.why_not(address):
                yield Fault(page.name, "links", f"{link}: {why}")
            if not link.strip():
                yield Fault(page.name, "links", "an empty link")


def foreign(site: Site) -> Iterator[Fault]:
    """What leads out of the site does so by https (or mailto) and with rel="noopener nofollow"; nothing is loaded from there."""
    for page in site.pages.values():
        for element, link in links_of(page):
            address = site.resolve(link, page.name, page.base)
            if link.startswith("//"):
                yield Fault(page.name, "foreign", f"{link}: names no scheme")
            elif not site.is_inside(address) and (why := _foreign(element, address)):
                yield Fault(page.name, "foreign", f"{link} ({text(element)[:40] or element.tag}): {why}")
        for element in page.elements:
            for name, value in element.attrib.items():
                if name != "xmlns" and not str(name).startswith("{") and value.startswith("http://"):
                    yield Fault(page.name, "foreign", f"{name}={value!r}: not https")


def _foreign(element: ET.Element, address: str) -> str | None:
    scheme = urlsplit(address).scheme
    if scheme not in ("https", "mailto"):
        return f"a link of the scheme {scheme!r}"
    if element.tag == "a":
        missing = {"noopener", "nofollow"} - set(element.get("rel", "").split()) if scheme == "https" else set()
        return f"rel without {' and '.join(sorted(missing))}" if missing else None
    if element.tag == "link" and not set(LOADS) & set(element.get("rel", "").lower().split()):
        return None
    if element.tag in ("blockquote", "q", "ins", "del"):
        return None
    return "is loaded from elsewhere"


def reachable(site: Site) -> Iterator[Fault]:
    """A reader who only follows links from the home page comes to every page, but for the one that says there is none."""
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = site.pages.get(waiting.pop())
        for element, link in links_of(page) if page else ():
            address = site.resolve(link, page.name, page.base) if page else ""
            found = site.target(address) if element.tag == "a" and site.is_inside(address) else None
            if found and found[0] not in seen:
                seen.add(found[0])
                waiting.append(found[0])
    yield from (Fault(name, "reachable", "no link leads here") for name in sorted(set(site.pages) - seen - {"404.html"}))
