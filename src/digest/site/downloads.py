"""The files beside the pages: every paper and every digest in every export format."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.exports import EXPORTS, DigestExport, PaperExport, file_name, keys
from digest.site.load import Content, Post

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.site.engine import Templates
    from digest.site.views import Coverage


@dataclass(frozen=True)
class Download:
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
        content: what is published.
        templates: knows the words of each language.
    """

    def __init__(self, config: Config, content: Content, templates: "Templates") -> None:
        self._config, self._content, self._templates = config, content, templates
        self._days = {day.date: day for day in content.days}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The citation key of every paper of the site."""
        days = ((day.date, covered) for day in self._content.days for covered in day.digest.carded)
        return keys(days)

    def paper(self, coverage: "Coverage") -> PaperExport:
        """A paper as its newest day covers it, in the site's language."""
        label = self._templates.labels(self._config.site.language)
        return PaperExport(coverage.day, coverage.covered, self.keys[coverage.paper.id], self._config, label)

    def digest(self, post: Post) -> DigestExport | None:
        """A digest, by its post; None for any other post."""
        day: Day | None = self._days.get(post.date)
        if post.edition is None or day is None or post.edition not in day.digest.editions:
            return None
        pages = {one.language: one.route for one in self._languages(post)}
        urls = {language: routes.absolute(self._config.site.url, route) for language, route in pages.items()}
        label = self._templates.labels(post.language)
        return DigestExport(day, post.edition, self.keys, post.front + post.body, urls, self._config, label)

    def shared(self, post: Post) -> str:
        """The page beside which the exports stand that serve all languages of a digest: the one in the site's, if it has one."""
        posts = self._languages(post)
        return next((one for one in posts if one.language == self._config.site.language), posts[0]).route

    def _languages(self, post: Post) -> list[Post]:
        """A digest in all its languages, always in the same order."""
        return sorted((post, *self._content.translations_of(post)), key=lambda one: get_args(Language).index(one.language))

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
