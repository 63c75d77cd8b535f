"""The files beside the pages: every paper and every digest in every export format."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from digest.config import Config
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
        url = routes.absolute(self._config.site.url, post.route)
        label = self._templates.labels(post.language)
        return DigestExport(day, post.edition, self.keys, post.front + post.body, url, self._config, label)

    @staticmethod
    def links(what: PaperExport | DigestExport, route: str) -> tuple[Download, ...]:
        """Where the exports stand that belong to the page at a route."""
        kind = "paper" if isinstance(what, PaperExport) else "digest"
        return tuple(
            Download(name, f"{route}{kind}{export.SUFFIX}", file_name(name, what), export.MEDIA_TYPE)
            for name, export in EXPORTS.items()
        )

    @staticmethod
    def files(what: PaperExport | DigestExport, route: str) -> Iterator[tuple[str, bytes]]:
        """The exports themselves, by their routes. Raises RenderError."""
        for link in Downloads.links(what, route):
            export = EXPORTS[link.format]
            text = export.paper(what) if isinstance(what, PaperExport) else export.digest(what)
            yield link.route, text.encode()
