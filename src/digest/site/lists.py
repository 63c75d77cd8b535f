"""The lists of a page about one thing as HTML: where a paper stands, tags, related papers, what there is to take away.

A paper's page has some thirty rows in them, each with an address, a language and escaped words, for which a template takes
several times as long, as for cards (`papers.card_html`).
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.labels import Labels
from digest.models import Language, Paper
from digest.site import cjk, routes
from digest.site.facts import PaperRow
from digest.site.markdown import inline
from digest.site.markdown.tree import escaped

if TYPE_CHECKING:
    from digest.site.downloads import Download

_THE_SAME = ("markdown", "json")
_LEAVING = 'rel="noopener nofollow"'


class Lists:
    """Writes the lists of one page. Raises RenderError for a label that cannot be filled.

    Args:
        route: of the page.
        label: the words of its language.
    """

    def __init__(self, route: str, label: Labels) -> None:
        self._route, self._label, self._page = route, label, label.language
        self._beside = routes.relative(route, f"{route}-").removesuffix("-")

    def links(self, paper: Paper) -> Markup:
        """Where the paper stands: on arXiv, and what its authors put beside it."""
        found, label = paper.links, self._label
        stars = "" if paper.stars is None else f"★{paper.stars}"
        upvotes = "" if paper.upvotes is None else f"▲{paper.upvotes}"
        named = (
            ("arXiv", found.abs, ""),
            ("PDF", found.pdf, ""),
            ("HTML", found.html, ""),
            (label("card.code"), found.code, stars),
            (label("card.project"), found.project, ""),
            ("Hugging Face", found.hf, upvotes),
        )
        return _joined(self._link(name, url, count) for name, url, count in named if url and url.startswith("https://"))

    @staticmethod
    def _link(name: str, url: str, count: str) -> str:
        counted = f' <span class="num">{count}</span>' if count else ""
        return f'<li><a href="{escaped(url)}" {_LEAVING}>{escaped(name)}{counted}</a></li>\n'

    def tags(self, names: Iterable[str], language: Language, pages: Mapping[str, str]) -> Markup:
        """What the paper is about; words that have a page lead to it."""
        return _joined(self._tag(name, pages.get(name), self._lang(name, language)) for name in names)

    def _tag(self, name: str, page: str | None, lang: str) -> str:
        if not page:
            return f"<li><span{lang}>{escaped(name)}</span></li>\n"
        return f'<li><a href="{self._url(page)}" rel="tag"{lang}>{escaped(name)}</a></li>\n'

    def rows(self, papers: Iterable[tuple[PaperRow, str]]) -> Markup:
        """Other papers, each with the words that it shares with this one, if any."""
        return _joined(self._row(row, shared) for row, shared in papers)

    def _row(self, row: PaperRow, shared: str) -> str:
        what = f'<span class="name"{self._lang(row.name, row.language)}>{escaped(row.name)}</span>'
        if row.blurb and row.blurb != row.name:
            what += f' <span class="blurb"{self._lang(row.blurb, row.language)}>{inline(row.blurb)}</span>'
        facts = f"<span>{escaped(self._label('site.shared', terms=shared))}</span>" if shared else ""
        facts += f'<time datetime="{row.day}">{row.day}</time>'
        place = f'<li><a class="row" href="{self._url(row.route)}">'
        return f'{place}<span class="what">{what}</span>\n<span class="facts">{facts}</span></a></li>\n'

    def downloads(self, files: "Iterable[Download]") -> Markup:
        """The files beside the page."""
        links = []
        for file in files:
            name = escaped(self._label(f"export.formats.{file.format}"))
            kind = f'type="{file.media_type}" download="{escaped(file.name)}"'
            links.append(f'<a href="{self._url(file.route)}" {kind}>{name}</a>')
        return Markup(escaped(self._label("post.list")).join(links))  # noqa: S704  # escaped piece by piece

    def alternates(self, files: "Iterable[Download]") -> Markup:
        """Those of them that say the same as the page, for its head."""
        same = (file for file in files if file.format in _THE_SAME)
        return _joined(f'<link rel="alternate" type="{file.media_type}" href="{self._url(file.route)}">\n' for file in same)

    def _url(self, route: str) -> str:
        if route.startswith(self._route):  # the files beside the page: their own names need no encoding
            return self._beside + route.removeprefix(self._route)
        return routes.relative(self._route, route)  # percent-encoded: there is nothing to escape

    def _lang(self, text: str, language: Language) -> str:
        """The `lang` attribute of a passage in another language than the page's."""
        spoken = cjk.language_within(text, language)
        return f' lang="{cjk.TAGS[spoken]}"' if spoken != self._page else ""


def _joined(items: Iterable[str]) -> Markup:
    return Markup("".join(items))  # noqa: S704  # escaped piece by piece
