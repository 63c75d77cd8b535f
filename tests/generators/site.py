"""What a reader sees of a built site: posts with their title, tags, words, links, tables and formulas.

Every generator's pages are read with the same eyes. What differs between their layouts is a `Layout`: where on a post's
page the parts stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 td th tr table ul ol div section blockquote pre br hr dt dd figure".split())
INVISIBLE = frozenset("script style template head".split())


@dataclass(frozen=True)
class Layout:
    """Where a page shows the parts of a post, as XPath. The defaults are what the layouts in `sites/` write."""

    post: str = "//article[@data-post]"
    title: str = "//*[@data-title]"
    date: str = "//*[@data-date]"
    tags: str = "//*[@data-tag]"
    categories: str = "//*[@data-category]"
    description: str = "//*[@data-description]"
    body: str = "//*[@data-body]"
    noise: str = "//nothing"
    """What a generator puts into the page of its own: anchors beside headings, for example."""
    drop: tuple[str, ...] = ()
    """What stands within the body and is no part of it, seen from there."""


@dataclass(frozen=True)
class Post:
    """One post's page."""

    path: str
    source: str
    layout: Layout = Layout()

    @cached_property
    def _page(self) -> HtmlElement:
        page = html.document_fromstring(self.source)
        for element in page.xpath(self.layout.noise):
            element.drop_tree()
        return page

    @cached_property
    def body(self) -> HtmlElement:
        """The body alone, formulas that were rendered put back as `$source$`, `\\(source\\)` too."""
        found = self._page.xpath(self.layout.body)
        assert found, f"{self.path}: no body at {self.layout.body} in {self.source[:2000]}"
        body = html.fragment_fromstring(html.tostring(found[0], encoding="unicode"))
        for path in self.layout.drop:
            for element in body.xpath(path):
                element.drop_tree()
        return body

    @property
    def title(self) -> str:
        return next(self._texts(self.layout.title), "")

    @property
    def date(self) -> str:
        return next(self._texts(self.layout.date), "")

    @property
    def description(self) -> str:
        return next(self._texts(self.layout.description), "")

    @property
    def tags(self) -> list[str]:
        return list(self._texts(self.layout.tags))

    @property
    def categories(self) -> list[str]:
        return list(self._texts(self.layout.categories))

    @cached_property
    def lines(self) -> list[str]:
        """The words of the body: one entry a block, white space folded; a formula as `$source$`."""
        return _lines(self.body)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def links(self) -> list[tuple[str, str]]:
        """Text and target of every link with a target, in order."""
        return [(_folded(a), a.get("href")) for a in self.body.iter("a") if a.get("href")]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every row of a table; not of code that is laid out as one."""
        return [[_folded(cell) for cell in row.xpath("./td|./th")] for row in self.body.xpath(".//tr[not(ancestor::figure)]")]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(int(h.tag[1]), _folded(h)) for h in self.body.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    @property
    def code(self) -> list[str]:
        """What stands in monospace: spans and whole blocks, without the last line's end."""
        return [c.text_content().rstrip("\n") for c in self.body.iter("code") if not list(c.iter("code"))[1:]]

    @property
    def items(self) -> list[tuple[int, str, str]]:
        """Every list item: its depth from 1, `ul` or `ol`, its own words without those of lists inside."""
        return [(_depth(li), li.getparent().tag, _own(li)) for li in self.body.iter("li")]

    @property
    def bold(self) -> list[str]:
        return [_folded(b) for b in self.body.iter("strong", "b")]

    @property
    def formulas(self) -> list[str]:
        """The TeX of every formula, whether a plugin rendered it or a script in the page will find its delimiters."""
        return re.findall(r"⟦(.*?)⟧", self.text)

    def _texts(self, path: str) -> Iterator[str]:
        found = self._page.xpath(path)
        nodes = [found] if isinstance(found, str) else found
        return (str(node) if isinstance(node, str) else _folded(node) for node in nodes)


@dataclass(frozen=True)
class Site:
    """A built site.

    Attributes:
        pages: HTML by path in the output folder.
    """

    pages: dict[str, str]
    layout: Layout = field(default_factory=Layout)

    @classmethod
    def read(cls, folder: Path, layout: Layout | None = None) -> "Site":
        pages = {str(file.relative_to(folder)): file.read_text("utf-8") for file in sorted(folder.rglob("*.html"))}
        return cls(pages, layout or Layout())

    @cached_property
    def posts(self) -> list[Post]:
        """The pages of posts, each once; lists of posts are none."""
        return [Post(path, text, self.layout) for path, text in self.pages.items() if self._is_post(text)]

    @cached_property
    def excerpts(self) -> list[list[str]]:
        """What the layouts in `sites/` show of posts on lists: lines of words."""
        lists = [html.document_fromstring(text) for text in self.pages.values() if "data-excerpt" in text]
        return [_lines(excerpt) for page in lists for excerpt in page.xpath("//*[@data-excerpt]")]

    def _is_post(self, text: str) -> bool:
        return bool(text.strip()) and bool(html.document_fromstring(text).xpath(self.layout.post))


def _lines(element: HtmlElement) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in _spoken(element).split("\n")) if line]


def _spoken(element: HtmlElement) -> str:
    """The words in an element, a line's end at every border of a block, formulas between ⟦ and ⟧."""
    parts: list[str] = []
    _speak(element, parts)
    return _in_brackets("".join(parts))


def _speak(element: HtmlElement, parts: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in INVISIBLE:
        parts.append(_flowing(element.tail, element.getparent()))
        return
    around = "\n" if element.tag in BLOCKS else ""
    tex = _tex(element)
    parts.append(around)
    if tex is not None:
        parts.append(f"⟦{tex.strip()}⟧")
    else:
        parts.append(_flowing(element.text, element))
        for child in element:
            _speak(child, parts)
    parts += [around, _flowing(element.tail, element.getparent())]


def _flowing(text: str | None, parent: HtmlElement | None) -> str:
    """Text whose lines mean nothing, unless it stands in a `pre`."""
    if not text or parent is None or parent.tag == "pre" or list(parent.iterancestors("pre")):
        return text or ""
    return " ".join(re.split(r"[ \t\n\r]+", text))


def _tex(element: HtmlElement) -> str | None:
    """The source of a formula that KaTeX rendered, or that a plugin marked for a script."""
    classes = (element.get("class") or "").split()
    if "katex" in classes or "katex-display" in classes:
        found = element.xpath(".//*[local-name()='annotation']")
        return found[0].text_content() if found else element.text_content()
    if element.tag in ("span", "div") and {"math", "arithmatex"} & set(classes):
        return element.text_content().strip().removeprefix("\\(").removesuffix("\\)")
    return None


def _in_brackets(text: str) -> str:
    r"""`\(…\)` is what MathJax and KaTeX look for in a page unless they are told otherwise; a dollar is a dollar."""
    return re.sub(r"\\\((.+?)\\\)", lambda m: f"⟦{m[1].strip()}⟧", text)


def _folded(element: HtmlElement) -> str:
    copy = html.fragment_fromstring(html.tostring(element, encoding="unicode", with_tail=False), create_parent="span")
    return " ".join(_spoken(copy).split())


def _depth(item: HtmlElement) -> int:
    return sum(1 for up in item.iterancestors("li")) + 1


def _own(item: HtmlElement) -> str:
    copy = html.fragment_fromstring(html.tostring(item, encoding="unicode", with_tail=False))
    for inner in copy.xpath(".//ul|.//ol"):
        inner.drop_tree()
    return " ".join(_spoken(copy).split())
