"""Code in posts that are written by hand: highlighted with classes that the style sheet gives colours to."""

from itertools import groupby
from typing import TYPE_CHECKING

from digest.site.markdown.tree import escaped

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LENGTH = 100_000
"""Characters of code that is highlighted; more is shown as it is."""

CLASSES = {
    "Comment": "c",
    "Keyword": "k",
    "Operator.Word": "k",
    "Literal.String": "s",
    "Literal.Number": "m",
    "Name.Function": "f",
    "Name.Class": "f",
    "Name.Decorator": "f",
    "Name.Tag": "f",
    "Name.Attribute": "a",
    "Name.Builtin": "a",
    "Generic.Deleted": "d",
    "Generic.Inserted": "i",
}
"""What gets a colour, by the names that Pygments gives to kinds of tokens; the rest is text."""


def block(source: str, info: str = "") -> str:
    """A block of code as HTML. It can be reached with the keyboard, since a long line scrolls.

    Args:
        info: what stands after the fence; its first word is the language, one that is unknown is shown as it is.
    """
    language = info.split(maxsplit=1)[0] if info.strip() else ""
    name = f' class="language-{escaped(language)}"' if language else ""
    lexer = _lexer(language) if language and len(source) <= LENGTH else None
    return f'<pre tabindex="0"><code{name}>{_highlighted(source, lexer) if lexer else escaped(source)}</code></pre>\n'


def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _highlighted(source: str, lexer: "Lexer") -> str:
    parts = []
    for name, group in groupby(lexer.get_tokens(source), key=lambda token: _class_of(str(token[0]))):
        text = escaped("".join(part for _, part in group))
        parts.append(f'<span class="hl-{name}">{text}</span>' if name else text)
    return "".join(parts)


def _class_of(kind: str) -> str:
    """The class for a kind of token, `Token.Literal.String.Double`, or nothing."""
    words = kind.split(".")[1:3]
    return CLASSES.get(".".join(words)) or CLASSES.get(".".join(words[:1]), "")
