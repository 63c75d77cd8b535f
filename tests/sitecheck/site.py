"""A built site as it stands on the disk: its files by name, its pages parsed."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import html5rdf

INDEX = "index.html"


@dataclass(frozen=True)
class Fault:
    """Something that must not be: where, which check found it, and what it is."""

    file: str
    check: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.check}: {self.what}"


class Page:
    """An HTML file.

    Attributes:
        name: its place below the output folder.
        errors: what the parser of the HTML standard complains of, each with its line.
        elements: all of them, in the order of the document.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        parser = html5rdf.HTMLParser(namespaceHTMLElements=False)
        self.root: ET.Element = parser.parse(data.decode("utf-8"))
        self.errors = [f"line {line}: {code} {_named(values)}".rstrip() for (line, _), code, values in parser.errors]
        # A comment's tag is a function.
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]

    @property
    def route(self) -> str:
        """Its place below the site's address: without `index.html`."""
        folder, _, file = self.name.rpartition("/")
        return (f"{folder}/" if folder else "") if file == INDEX else self.name

    @cached_property
    def ids(self) -> set[str]:
        return {element.get("id", "") for element in self.elements} - {""}

    @cached_property
    def base(self) -> str | None:
        return next((e.get("href") for e in self.elements if e.tag == "base" and e.get("href")), None)

    def all(self, *tags: str) -> Iterator[ET.Element]:
        """The elements of these names, or of any."""
        return (element for element in self.elements if not tags or element.tag in tags)

    def meta(self, name: str) -> str | None:
        """The content of `<meta name=…>`, or of `property=…`."""
        for element in self.all("meta"):
            if name.lower() in (element.get(key, "").lower() for key in ("name", "property")):
                return element.get("content", "")
        return None

    def links(self, relation: str) -> list[ET.Element]:
        """The `<link>` elements of a relation."""
        return [element for element in self.all("link") if relation in element.get("rel", "").lower().split()]


class Site:
    """An output folder.

    Attributes:
        url: the address that the site was built for.
        files: the names of all files, with the case that they have on the disk.
    """

    def __init__(self, folder: Path, url: str) -> None:
        assert url.endswith("/"), "the address of a site ends with a slash"
        self.folder, self.url = folder, url
        self.files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    @cached_property
    def pages(self) -> dict[str, Page]:
        """All HTML files by name."""
        return {name: Page(name, self.read(name)) for name in sorted(self.files) if name.endswith(".html")}

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(parent.as_posix() for name in self.files for parent in Path(name).parents)

    def resolve(self, link: str, source: str, base: str | None = None) -> str:
        """A link's whole address, for one who reads the file `source` at the site's own address."""
        address = self.url + quote(source.removesuffix(INDEX) if source.endswith(f"/{INDEX}") or source == INDEX else source)
        return urljoin(urljoin(address, base) if base else address, link)

    def is_inside(self, address: str) -> bool:
        """Whether an address is one of this site."""
        return f"{urldefrag(address).url}/".startswith(self.url) or address.startswith(self.url)

    def target(self, address: str) -> tuple[str, str] | None:
        """The file and the fragment that an address of this site leads to; None where there is no such file."""
        parts = urlsplit(address)
        path = unquote(parts.path)[len(unquote(urlsplit(self.url).path)) :]
        name = path + INDEX if not path or path.endswith("/") else path
        return (name, unquote(parts.fragment)) if name in self.files else None

    def why_not(self, address: str) -> str | None:
        """What is wrong with a link to an address of this site; None where it leads somewhere."""
        found = self.target(address)
        if found is None:
            same = re.escape(unquote(urlsplit(address).path).rsplit("/", 2)[-1] or "/")
            near = [name for name in self.files if re.search(same, name, re.IGNORECASE)]
            return "no such file" + (f" (there is {near[0]})" if len(near) == 1 else "")
        name, fragment = found
        if fragment and name in self.pages and fragment not in self.pages[name].ids:
            return f"{name} has no id {fragment!r}"
        return None


def text(element: ET.Element) -> str:
    """What an element says, in one line."""
    return " ".join("".join(element.itertext()).split())


def _named(values: dict[str, object]) -> str:
    return " ".join(str(value) for value in values.values())
