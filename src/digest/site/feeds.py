"""The feeds: which there are, what stands in them, and posts and papers as their entries.

The HTML of what stands in a feed is remembered between builds, because every new day makes the feeds anew.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.editions import FeedOf, edition_feeds, main_feed
from digest.site.engine import Templates
from digest.site.facts import PostRow
from digest.site.library import Library
from digest.site.routes import File

if TYPE_CHECKING:
    from digest.site.machines.entries import Entry, FeedInfo
    from digest.site.markdown import Body
    from digest.site.papers.views import Coverage

MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


class Feeds:
    """All feeds of a blog.

    Args:
        parse: gives a post as parsed Markdown.
    """

    def __init__(self, config: Config, library: Library, templates: Templates, parse: "Callable[[PostRow], Body]") -> None:
        self._config, self._library, self._templates, self._parse = config, library, templates, parse

    # --- which there are -------------------------------------------------------------------------

    @cached_property
    def main(self) -> FeedOf:
        """The blog's own."""
        return main_feed(self._config, self._library)

    @cached_property
    def of_editions(self) -> dict[tuple[str, Language], FeedOf]:
        """By edition and language."""
        return edition_feeds(self._config, self._library)

    @property
    def all(self) -> tuple[FeedOf, ...]:
        """Those of posts; the terms that people follow have feeds of papers."""
        return self.main, *self.of_editions.values()

    @cached_property
    def told(self) -> list[FeedOf]:
        """Those that readers are told of: an edition that is the blog itself by its title has the blog's."""
        main = self.main
        return [main, *(feed for feed in self.of_editions.values() if (feed.title, feed.language) != (main.title, main.language))]

    @cached_property
    def info(self) -> "FeedInfo":
        """What the blog's own says of itself."""
        from digest.site.machines.entries import FeedInfo

        own = self._config.site
        icon = routes.absolute(own.url, routes.ICON)
        return FeedInfo(own.url, own.title, own.description, "", own.url, own.language, own.author, own.timezone, icon)

    def links(self, feed: FeedOf, route: str) -> list[tuple[str, str, str]]:
        """Title, address as a page links to it, and media type of a feed in its formats."""
        title = self._templates.labels(feed.language)("site.feed_title", title=feed.title)
        return [(title, routes.relative(route, target), MEDIA_TYPES[kind]) for kind, target in feed.routes.items()]

    def files(self, info: "FeedInfo", targets: Mapping[str, str], entries: list["Entry"]) -> Iterator[File]:
        """A feed in all its formats.

        Args:
            targets: the route of each format.
        """
        from digest.site.machines import atom, jsonfeed, rss
        from digest.site.machines.entries import newest

        updated = newest(entries)
        for name, format_ in (("atom", atom), ("rss", rss), ("json", jsonfeed)):
            url = routes.absolute(self._config.site.url, targets[name])
            yield targets[name], format_.feed(info._replace(url=url), [format_.entry(e) for e in entries], updated)

    # --- posts -----------------------------------------------------------------------------------

    def entry(self, post: PostRow, html: str) -> "Entry":
        """A post as an entry with this HTML."""
        from digest.site.machines.entries import Entry

        own, url = self._config.site, routes.absolute(self._config.site.url, post.route)
        signed = (own.author,)
        title, told = post.title, post.description
        return Entry(url, url, title, post.language, told, html, post.date, post.updated, post.tags, signed, own.timezone)

    def entry_of(self, post: PostRow) -> "Entry":
        """A post as an entry, its links absolute. Raises RenderError."""
        name = f"post {post.file}"
        html = self._library.state.body(name)
        if html is None:
            html = self._parse(post).html(None)
            self._library.state.put_body(name, html)
        return self.entry(post, html)

    def keep(self, post: PostRow, html: Callable[[], str]) -> None:
        """Remember a post's HTML where a feed shows it."""
        if post.file in self._posts:
            self._library.state.put_body(f"post {post.file}", html())

    # --- papers ----------------------------------------------------------------------------------

    def paper_entry(self, paper_id: str) -> "Entry":
        """A paper as an entry. Raises RenderError."""
        from digest.site.machines.entries import Entry

        row, own = self._library.paper(paper_id), self._config.site
        html = self._library.state.body(f"paper {paper_id}") or self._paper_html(paper_id)
        url = routes.absolute(own.url, row.route)
        tags = (*row.directions, *row.tags)
        first = self._library.coverages[paper_id][-1].date
        return Entry(url, url, row.title, row.language, row.blurb, html, first, row.date, tags, (own.author,), own.timezone)

    def _paper_html(self, paper_id: str) -> str:
        from digest.site.papers.views import Coverage

        newest = self._library.coverages[paper_id][0]
        return self.keep_paper(Coverage.in_day(self._library.day(newest.name), paper_id, self._config.site.language))

    def keep_paper(self, coverage: "Coverage") -> str:
        """Remember a paper's card as HTML where a feed shows it."""
        if coverage.paper.id not in self._papers:
            return ""
        from digest.site.papers.excerpt import card_html

        html = card_html(coverage, self._templates.labels(self._config.site.language))
        self._library.state.put_body(f"paper {coverage.paper.id}", html)
        return html

    # --- what is remembered ----------------------------------------------------------------------

    @cached_property
    def _posts(self) -> frozenset[str]:
        """The posts, by their files, that stand in a feed."""
        return frozenset(post.file for feed in self.all for post in feed.posts)

    @cached_property
    def _papers(self) -> frozenset[str]:
        return frozenset(paper for term in self._library.topics.followed for paper in term.newest_papers)

    def forget_what_left(self) -> None:
        """Forget the HTML that no feed shows any more: when it comes back, it may not be the same."""
        self._library.state.keep_bodies((*(f"post {file}" for file in self._posts), *(f"paper {i}" for i in self._papers)))
