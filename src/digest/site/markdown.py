"""Markdown to HTML, the one path for every post: CommonMark with tables and dollar math, and nothing dangerous in it.

Raw HTML is shown as text, an image as its alternative text, a link only where it leads to https, a mail address or a
place of this site. No style attribute leaves here, because the site's Content-Security-Policy allows none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

from digest.models import Language
from digest.posts import reference
from digest.site import cjk, routes

Places = Mapping[str, frozenset[str] | None]
"""The routes of the site and the anchors on each page; None where any anchor may be."""

_EVIDENCE = re.compile(r"(v\d+-)?s\d+")
_MATH = re.compile(r"(?<![\\$])\$(?![\s$])([^$\n]*[^$\s\\])\$(?![\d$])")


@dataclass(frozen=True)
class Heading:
    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Body:
    """A parsed post: parsing is most of the work, so that it is done once for the page and for the feed."""

    tokens: Sequence[Token]
    headings: tuple[Heading, ...]
    _markdown: MarkdownIt

    def html(self, route: str | None) -> str:
        """The HTML for a page at a route, its links relative; for None, as a feed wants it, with absolute links."""
        rendered = self._markdown.renderer.render(self.tokens, self._markdown.options, {"route": route})
        return str(rendered)


class Markdown:
    """A Markdown parser for a site.

    Args:
        site_url: links that begin with it are this site's own.
        places: what the site has; a link to a paper that it does not have becomes plain text.
    """

    def __init__(self, site_url: str, places: Places) -> None:
        self._site_url, self._places = site_url, places
        self._parser = self._make()

    def parse(self, text: str, *, title: str = "", language: Language = "en") -> Body:
        """Parse a post's body. A first heading that says the title again is left out."""
        env = {"title": title, "language": language}
        tokens = self._parser.parse(text, env)
        return Body(tokens, tuple(_headings(tokens)), self._parser)

    def _make(self) -> MarkdownIt:
        parser = reference.parser()
        parser.validateLink = self._valid  # type: ignore[method-assign]
        parser.core.ruler.push("one_title", _one_title)
        parser.core.ruler.push("links", self._own_links)
        parser.core.ruler.push("no_styles", _no_styles)
        parser.core.ruler.push("languages", _languages)
        parser.use(anchors_plugin, min_level=2, max_level=4, slug_func=_slug)
        for name, rule in _RENDERING.items():
            parser.add_render_rule(name, rule)
        return parser

    def _valid(self, url: str) -> bool:
        return url.startswith(self._site_url) or reference.valid_link(url)

    def _own_links(self, state: StateCore) -> None:
        """Mark the links to this site; the renderer makes them relative."""
        for inline in state.tokens:
            children = inline.children or []
            open_link: Token | None = None
            for index, token in enumerate(children):
                if token.type == "link_open":
                    self._mark(token)
                    open_link = token
                    if token.attrs.get("class") == "evidence":
                        _raise(children, index)
                elif token.type == "link_close" and open_link:
                    token.hidden = open_link.hidden

    def _mark(self, link: Token) -> None:
        found = routes.inside(self._site_url, str(link.attrs.get("href", "")))
        if not found:
            return
        route, fragment = found
        if f"{route}/" in self._places:
            route += "/"
        if route in self._places:
            anchors = self._places[route]
            link.meta["own"] = (route, fragment if anchors is None or fragment in anchors else "")
            if route.startswith("papers/") and _EVIDENCE.fullmatch(fragment):
                link.attrSet("class", "evidence")
        elif route.startswith("papers/"):
            link.hidden = True


def inline(text: str) -> str:
    """A card's text as HTML: plain text in which `$…$` is math."""
    return _MATH.sub(r'<code class="math">\1</code>', escapeHtml(text))


def _raise(children: Sequence[Token], index: int) -> None:
    """Make `claim [[3]](…)` a superscript 3 that stays at the claim's end."""
    if index and children[index - 1].type == "text":
        before = children[index - 1]
        before.content = before.content.rstrip(" ") + cjk.JOINER
    label = children[index + 1]
    label.content = label.content.removeprefix("[").removesuffix("]")


# --- rules over the parsed tokens ----------------------------------------------------------------


def _one_title(state: StateCore) -> None:
    """The page's title is in its header: the body begins at the second level."""
    tokens = state.tokens
    if len(tokens) > 2 and tokens[0].tag == "h1" and tokens[1].content.strip() == str(state.env.get("title", "")).strip():
        del tokens[:3]
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _no_styles(state: StateCore) -> None:
    """A table's alignment as a class."""
    for token in state.tokens:
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrSet("class", style.removeprefix("text-align:"))


def _languages(state: StateCore) -> None:
    """Say the language of a passage that is not in the page's."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        language = cjk.language_of(token.content)
        parent = _container(state.tokens, index)
        if language and parent and language != state.env.get("language"):
            parent.attrSet("lang", cjk.TAGS[language])


def _container(tokens: Sequence[Token], index: int) -> Token | None:
    """The element around an inline token; a tight list item only where it holds nothing else."""
    parent = tokens[index - 1]
    if not parent.hidden:
        return parent
    alone = tokens[index - 2].type == "list_item_open" and tokens[index + 2].type == "list_item_close"
    return tokens[index - 2] if alone else None


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    return [
        Heading(int(token.tag[1]), str(token.attrs["id"]), _plain(tokens[index + 1]))
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and "id" in token.attrs
    ]


def _plain(token: Token) -> str:
    kinds = ("text", "code_inline", "math_inline")
    return "".join(child.content for child in token.children or () if child.type in kinds).strip()


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.casefold()).strip("-")[:60].strip("-") or "section"


# --- rendering -----------------------------------------------------------------------------------


def _link_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Mapping[str, Any]) -> str:
    token, attributes = tokens[idx], dict(tokens[idx].attrs)
    if token.hidden:
        return ""
    own, route = token.meta.get("own"), env.get("route")
    if own and route is not None:
        attributes["href"] = routes.relative(route, *own)
    elif not own and re.match("https?:", str(attributes["href"])):
        attributes["rel"] = "noopener nofollow"
    return "<a" + "".join(f' {name}="{escapeHtml(str(value))}"' for name, value in attributes.items()) + ">"


def _link_close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Mapping[str, Any]) -> str:
    return "" if tokens[idx].hidden else "</a>"


def _image(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return escapeHtml(self.renderInlineAsText(tokens[idx].children or [], options, env))


def _math(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f'<code class="math">{escapeHtml(tokens[idx].content.strip())}</code>'


def _math_block(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f'<pre><code class="math">{escapeHtml(tokens[idx].content.strip())}</code></pre>\n'


def _table_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return '<div class="scroll"><table>\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


_RENDERING = {
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "math_inline": _math,
    "math_inline_double": _math,
    "math_block": _math_block,
    "table_open": _table_open,
    "table_close": _table_close,
}
