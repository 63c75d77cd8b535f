"""A card as feeds show it: plain HTML that needs no style sheet, without the sentences behind the claims."""

from html import escape
from typing import TYPE_CHECKING

from digest.labels import Labels
from digest.site.markdown import inline

if TYPE_CHECKING:
    from digest.site.papers.card import Item
    from digest.site.papers.views import Coverage


def card_html(shown: "Coverage", label: Labels) -> str:
    """A paper's card, and links to the paper. Raises RenderError."""
    made = [f"<p><strong>{inline(shown.tldr.text)}</strong></p>"] if shown.tldr else []
    for section in shown.sections:
        made.append(f"<h3>{escape(label(f'card.{section.key}'))}</h3>")
        for group in section.groups:
            tag = "ol" if group.ordered else "ul"
            items = "".join(f"<li>{_statement(item, label)}</li>" for item in group.items)
            made.append(f"<p>{escape(group.name(label))}</p><{tag}>{items}</{tag}>")
    links = shown.paper.links
    named = (("arXiv", links.abs), ("PDF", links.pdf), (label("card.code"), links.code), (label("card.project"), links.project))
    linked = [f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in named if url and url.startswith("https://")]
    return "".join([*made, f"<p>{' · '.join(linked)}</p>"])


def _statement(item: "Item", label: Labels) -> str:
    name = f"<strong>{inline(item.name)}</strong>{escape(label('post.colon'))}" if item.name else ""
    return name + inline(item.text)
