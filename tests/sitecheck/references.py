"""What names other files or elements without being a link that a reader follows."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sitecheck.site import Fault, Page, Site

_IDS = ("for", "headers", "list", "form", "popovertarget", "commandfor", "aria-labelledby", "aria-describedby", "aria-controls")
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def references(site: Site) -> Iterator[Fault]:
    """Every id that an attribute names is in the page."""
    for page in site.pages.values():
        for element in page.elements:
            for name in _IDS:
                missing = [i for i in element.get(name, "").split() if i not in page.ids]
                yield from (Fault(page.name, "references", f"{name}={i!r} of <{element.tag}>: no such id") for i in missing)


def canonical(site: Site) -> Iterator[Fault]:
    """Every page that search engines may know says where it stands, in the short form; the others say nothing."""
    for page in site.pages.values():
        found = [link.get("href") for link in page.links("canonical")]
        hidden = "noindex" in (page.meta("robots") or "")
        wanted = [] if hidden else [site.url + quote(page.route)]
        if found != wanted and not (hidden and found == [site.url + quote(page.route)]):
            yield Fault(page.name, "canonical", f"{found}, not {wanted}")
        for name in ("og:url", "og:image", "citation_pdf_url", "citation_abstract_html_url"):
            address = page.meta(name)
            if address and site.is_inside(address) and (why := site.why_not(address)):
                yield Fault(page.name, "canonical", f"{name} {address}: {why}")


def translations(site: Site) -> Iterator[Fault]:
    """A translation that a page names names the page in turn."""
    for page in site.pages.values():
        for link in page.links("alternate"):
            address = site.resolve(link.get("href", ""), page.name, page.base)
            found = site.target(address) if link.get("hreflang") and site.is_inside(address) else None
            other = site.pages.get(found[0]) if found else None
            if other and other is not page and page.name not in _alternates(site, other):
                yield Fault(page.name, "translations", f"{other.name} does not name it in turn")


def _alternates(site: Site, page: Page) -> set[str]:
    addresses = [site.resolve(link.get("href", ""), page.name, page.base) for link in page.links("alternate")]
    return {found[0] for address in addresses if site.is_inside(address) and (found := site.target(address))}


def sitemap(site: Site) -> Iterator[Fault]:
    """The sitemap's addresses are pages that search engines may know, each once; robots.txt knows the sitemap."""
    seen: dict[str, str] = {}
    for name, place in _places(site, "sitemap.xml"):
        if place in seen:
            yield Fault(name, "sitemap", f"{place} stands in {seen[place]}, too")
        seen[place] = name
        found = site.target(place) if site.is_inside(place) else None
        if found is None:
            yield Fault(name, "sitemap", f"{place}: no such file")
        elif found[0] in site.pages and "noindex" in (site.pages[found[0]].meta("robots") or ""):
            yield Fault(name, "sitemap", f"{place}: not for search engines")
    for line in site.read("robots.txt").decode().splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() == "sitemap" and not (site.is_inside(value.strip()) and site.target(value.strip())):
            yield Fault("robots.txt", "sitemap", f"{value.strip()}: no such file")


def _places(site: Site, name: str) -> Iterator[tuple[str, str]]:
    """Every address of a sitemap, and of those that it is an index of, each with the file that names it."""
    for element in ET.fromstring(site.read(name)).iter(_LOC):
        place = element.text or ""
        yield name, place
        found = site.target(place) if site.is_inside(place) else None
        if found and found[0].endswith(".xml"):
            yield from _places(site, found[0])


def names(site: Site) -> Iterator[Fault]:
    """No two files have names that a disk which ignores case takes for one."""
    seen: dict[str, str] = {}
    for name in sorted(site.files):
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield Fault(name, "names", f"differs from {other} by its case alone")


def machine_files(site: Site) -> Iterator[Fault]:
    """JSON, in files and in data blocks, can be read, and every address of the site in it leads somewhere."""
    texts = {name: site.read(name).decode() for name in sorted(site.files) if name.endswith((".json", ".webmanifest"))}
    blocks = [
        (page.name, "".join(element.itertext()))
        for page in site.pages.values()
        for element in page.all("script")
        if "json" in element.get("type", "")
    ]
    for name, text in [*texts.items(), *blocks]:
        try:
            found = json.loads(text, parse_constant=_no_number)
        except ValueError as error:
            yield Fault(name, "json", f"cannot be read: {error}")
            continue
        for address in dict.fromkeys(_addresses(found)):
            if site.is_inside(address) and (why := site.why_not(address)):
                yield Fault(name, "json", f"{address}: {why}")


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            # JSON-LD's names for things look like links into pages, and are none.
            yield from ((address.partition("#")[0] for address in _addresses(part)) if key == "@id" else _addresses(part))
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, str) and value.startswith("https://") and not set(value) & set(" \n<>{}"):
        yield value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
