"""The files beside the pages: every paper and every digest in every export format."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, get_args

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.exports import EXPORTS, DigestExport, PaperExport, file_name
from digest.site.facts import PostRow

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.models import CoveredPaper
    from digest.posts.files import PostFile
    from digest.site.engine import Templates
    from digest.site.library import Library


class Download(NamedTuple):
    """A link to an export.

    Attributes:
        format: its name, `export.formats.` + which is its label.
        name: under which a browser keeps it.
    """

    format: str
    route: str
    name: str
    media_type: str


class Downloads:
    """The exports of a site.

    Args:
        library: what there is.
        templates: knows the words of each language.
    """

    def __init__(self, config: Config, library: "Library", templates: "Templates") -> None:
        self._config, self._library, self._templates = config, library, templates
        self._day: Day | None = None
        self._exported: dict[str, PaperExport] = {}

    def paper(self, day: "Day", covered: "CoveredPaper") -> PaperExport:
        """A paper as a day covers it, in the site's language. Until another day is asked for, it is the same one each time."""
        if day is not self._day:
            self._day, self._exported = day, {}
        paper_id = covered.paper.id
        if paper_id not in self._exported:
            label = self._templates.labels(self._config.site.language)
            self._exported[paper_id] = PaperExport(day, covered, self._library.citations[paper_id], self._config, label)
        return self._exported[paper_id]

    def digest(self, day: "Day", post: PostRow, file: "PostFile") -> DigestExport:
        """A digest, by its post and the post's file."""
        pages = {one.language: one.route for one in self._languages(post)}
        urls = {language: routes.absolute(self._config.site.url, route) for language, route in pages.items()}
        label = self._templates.labels(post.language)
        keys = self._library.citations
        is_own = post.language == self._config.site.language
        exported = {covered.paper.id: self.paper(day, covered) for covered in day.digest.papers} if is_own else {}
        return DigestExport(day, post.edition or "", keys, file.front + file.body, urls, self._config, label, exported)

    def shared(self, post: PostRow) -> str:
        """The page beside which the exports stand that serve all languages of a digest: the one in the site's, if it has one."""
        posts = self._languages(post)
        return next((one for one in posts if one.language == self._config.site.language), posts[0]).route

    def _languages(self, post: PostRow) -> list[PostRow]:
        """A digest in all its languages, always in the same order."""
        posts = (one for one in self._library.unit_of(post).posts if one.name == post.name)
        return sorted(posts, key=lambda one: get_args(Language).index(one.language))

    @staticmethod
    def links(what: PaperExport | DigestExport, route: str, shared: str = "") -> tuple[Download, ...]:
        """Where the exports stand that belong to the page at a route.

        Args:
            shared: the route of the page beside which those stand that serve all languages of a digest.
        """
        kind = "paper" if isinstance(what, PaperExport) else "digest"
        found = []
        for name, export in EXPORTS.items():
            beside = route if export.BY_LANGUAGE else shared or route
            found.append(Download(name, f"{beside}{kind}{export.SUFFIX}", file_name(name, what), export.MEDIA_TYPE))
        return tuple(found)

    @staticmethod
    def files(what: PaperExport | DigestExport, links: Iterable[Download], route: str) -> Iterator[tuple[str, bytes]]:
        """Those exports that stand beside the page at a route, by their own routes. Raises RenderError."""
        for link in links:
            if link.route.startswith(route):
                export = EXPORTS[link.format]
                text = export.paper(what) if isinstance(what, PaperExport) else export.digest(what)
                yield link.route, text.encode()
