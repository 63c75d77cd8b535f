"""Posts read by markdown-it-py, the reference: every Markdown there is, and what `fast` has to agree with."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from digest.posts import reference
from digest.site.markdown import code, math
from digest.site.markdown.builder import Builder, Cell, finished
from digest.site.markdown.tree import RAISED, Block, Body, Item, cleaned, escaped

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_PLAIN = ("text", "code_inline")
_FORMULAS = ("math_inline", "math_inline_double")


def parse(text: str, title: str, builder: Builder) -> Body:
    """A whole post. A first heading that says the title again is left out."""
    found = tokens(text, builder.links.site_url)
    return builder.body(_Reader(builder).blocks(found[3:] if _says(found, title) else found))


def tokens(text: str, site_url: str) -> "list[Token]":
    """What a post is made of to the parser, before anything of it becomes HTML."""
    return _parser(site_url).parse(cleaned(text))


class Session:
    """Reads single blocks and passages of a post that something else reads the most of.

    Args:
        text: the post, cleaned, without a definition of a link's address.
        title: a first heading that says it again is left out.
    """

    def __init__(self, text: str, title: str, builder: Builder) -> None:
        self._text, self._title = text, title
        self._reader = _Reader(builder)
        self._parser = _parser(builder.links.site_url)
        self._environment = {"builder": builder}
        self._state: StateBlock | None = None

    def blocks(self, line: int, *, first: bool) -> tuple[list[Block], int]:
        """The block that begins at a line, which is not blank, and the line after it; no block for the title said again."""
        from markdown_it.rules_block import StateBlock

        if self._state is None:
            self._state = StateBlock(self._text, self._parser, self._environment, [])
        state = self._state
        state.tokens, state.line = [], line
        for rule in self._parser.block.ruler.getRules(""):
            if rule(state, line, state.lineMax, False):
                break
        tokens, after = state.tokens, state.line
        for token in tokens:
            if token.type == "inline":
                token.children = list(self._children(token.content))
        return self._reader.blocks(tokens[3:] if first and _says(tokens, self._title) else tokens), after

    def inline(self, source: str) -> str:
        """The finished HTML of a passage."""
        return self._reader.inline(self._children(source))

    def heading(self, source: str) -> tuple[str, str, str]:
        """The HTML of a heading, its plain text, and that without formulas."""
        children = self._children(source)
        return self._reader.inline(children), *_plain(children)

    def _children(self, source: str) -> "Sequence[Token]":
        return self._parser.parseInline(source, self._environment)[0].children or ()


def _says(tokens: "Sequence[Token]", title: str) -> bool:
    """Whether a post begins with its title, which the page's header has already."""
    return len(tokens) > 2 and tokens[0].tag == "h1" and tokens[1].content.strip() == title.strip()


def _plain(children: "Sequence[Token]") -> tuple[str, str]:
    """The plain text of a heading, with its formulas and without."""
    with_formulas = "".join(child.content for child in children if child.type in (*_PLAIN, *_FORMULAS))
    return with_formulas.strip(), "".join(child.content for child in children if child.type in _PLAIN)


# --- from tokens to blocks -----------------------------------------------------------------------


class _Reader:
    """Turns tokens into blocks."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._parser = _parser(builder.links.site_url)
        self._renderer = cast("RendererHTML", self._parser.renderer)
        self._readers = {
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "blockquote_open": self._quote,
            "table_open": self._table,
        }

    def inline(self, children: "Sequence[Token]") -> str:
        """A passage as finished HTML."""
        return finished(self._renderer.renderInline(children, self._parser.options, {"builder": self._builder}))

    def blocks(self, tokens: "Sequence[Token]") -> list[Block]:
        return [self._block(group) for group in _groups(tokens)]

    def _block(self, tokens: "Sequence[Token]") -> Block:
        first = tokens[0]
        if read := self._readers.get(first.type):
            return read(tokens)
        if first.type == "hr":
            return Block("rule", "<hr />\n")
        if first.type in ("fence", "code_block"):
            return Block("code", code.block(first.content, _info(first)))
        if first.type == "math_block":
            return Block("math", f'<div class="math" role="group" tabindex="0">{math.display(first.content)}</div>\n')
        return Block("other", self._renderer.render(tokens, self._parser.options, {"builder": self._builder}))

    def _heading(self, tokens: "Sequence[Token]") -> Block:
        children = tokens[1].children or ()
        html = self.inline(children)
        return self._builder.heading(int(tokens[0].tag[1]), html, self._builder.language_mark(html), *_plain(children))

    def _paragraph(self, tokens: "Sequence[Token]") -> Block:
        html = self.inline(tokens[1].children or ())
        if tokens[0].hidden:
            return self._builder.bare(html)
        return self._builder.paragraph(html, self._builder.language_mark(html))

    def _quote(self, tokens: "Sequence[Token]") -> Block:
        return self._builder.quote(self.blocks(tokens[1:-1]))

    def _list(self, tokens: "Sequence[Token]") -> Block:
        start = int(tokens[0].attrs.get("start", 1)) if tokens[0].tag == "ol" else None
        items = [self._item(group[1:-1]) for group in _groups(tokens[1:-1])]
        return self._builder.list(items, start)

    def _item(self, tokens: "Sequence[Token]") -> Item:
        if tokens and tokens[0].type == "paragraph_open" and tokens[0].hidden:
            html = self.inline(tokens[1].children or ())
            return self._builder.item(html, self._builder.language_mark(html), self.blocks(tokens[3:]))
        return self._builder.loose_item(self.blocks(tokens))

    def _table(self, tokens: "Sequence[Token]") -> Block:
        head, *rows = [self._row(group) for part in _groups(tokens[1:-1]) for group in _groups(part[1:-1])]
        return self._builder.table(head, rows)

    def _row(self, tokens: "Sequence[Token]") -> list[Cell]:
        return [self._cell(cell[0], cell[1]) for cell in _groups(tokens[1:-1])]

    def _cell(self, opening: "Token", content: "Token") -> Cell:
        html = self.inline(content.children or ())
        return html, self._builder.language_mark(html), str(opening.attrs.get("style", "")).removeprefix("text-align:")


def _groups(tokens: "Sequence[Token]") -> "Iterator[Sequence[Token]]":
    """The tokens of one element after the other."""
    depth = start = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if not depth:
            yield tokens[start : index + 1]
            start = index + 1


def _info(token: "Token") -> str:
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(token.info)


# --- the parser ----------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _parser(site_url: str) -> "MarkdownIt":
    parser = reference.parser()
    parser.validateLink = lambda url: url.startswith(site_url) or reference.valid_link(url)  # type: ignore[method-assign]
    for name, rule in _RENDERING.items():
        parser.add_render_rule(name, rule)
    return parser


def _text(self: "RendererHTML", tokens: "Sequence[Token]", idx: int, options: Any, env: Mapping[str, Any]) -> str:
    """Text; the address of an autolink is shown decoded, so that control characters can come back with it."""
    return escaped(cleaned(tokens[idx].content))


def _link_open(self: "RendererHTML", tokens: "Sequence[Token]", idx: int, options: Any, env: Mapping[str, Any]) -> str:
    """A link. One to evidence is a mere number: `claim [[3]](…)`."""
    token = tokens[idx]
    tag = env["builder"].links.opening(str(token.attrs["href"]), str(token.attrs.get("title", "")))
    if tag is None:
        _closing(tokens, idx).hidden = True
        return ""
    if tag.startswith(RAISED) and tokens[idx + 1].type == "text":
        label = tokens[idx + 1]
        label.content = label.content.removeprefix("[").removesuffix("]")
    return str(tag)


def _closing(tokens: "Sequence[Token]", idx: int) -> "Token":
    """The end of a link; there is no link inside of a link."""
    return next(token for token in tokens[idx:] if token.type == "link_close")


def _link_close(self: "RendererHTML", tokens: "Sequence[Token]", idx: int, options: Any, env: Mapping[str, Any]) -> str:
    return "" if tokens[idx].hidden else "</a>"


def _image(self: "RendererHTML", tokens: "Sequence[Token]", idx: int, options: Any, env: Any) -> str:
    return escaped(cleaned(self.renderInlineAsText(tokens[idx].children or [], options, env)))


def _math(self: "RendererHTML", tokens: "Sequence[Token]", idx: int, options: Any, env: Any) -> str:
    return math.inline(tokens[idx].content)


_RENDERING = {
    "text": _text,
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "math_inline": _math,
    "math_inline_double": _math,
}
