"""What a part of the site is, and what all of them are made with."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.editions import FeedOf, edition_feeds, main_feed
from digest.site.engine import Templates
from digest.site.facts import PostRow
from digest.site.kinship.kin import Kin, find_kin
from digest.site.library import Library

if TYPE_CHECKING:
    from digest.labels import Labels
    from digest.site.downloads import Downloads
    from digest.site.drawing.images import Fonts
    from digest.site.machines.entries import Entry, FeedInfo
    from digest.site.markdown import Body, Markdown
    from digest.site.papers.views import Coverage

File = tuple[str, bytes]
"""A route and what stands there."""
MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


class Part(NamedTuple):
    """Files that are made together, from the same things.

    Attributes:
        name: what it is, and which: `day/2026-02-18`.
        key: a hash of all that it is made from, apart from the settings of the whole site. As long as it stays the same,
            the files do.
        make: renders the files. Of a part with pieces, those of the pieces whose places it is given.
        pieces: a key for each file that depends on more than the others do: it is made alone when only that has changed.
    """

    name: str
    key: str
    make: Callable[..., Iterable[File]]
    pieces: tuple[str, ...] = ()

    @property
    def whole_key(self) -> str:
        """The keys of the part and of its pieces."""
        return " ".join((self.key, *self.pieces))

    def made(self, before: str) -> tuple[bool, Iterable[File]]:
        """What is to be made: whether it is all of the part's files, and the files.

        Args:
            before: the whole key with which the part was made last; empty if it never was.
        """
        if not self.pieces:
            return True, self.make()
        key, *pieces = before.split(" ")
        if key != self.key or len(pieces) != len(self.pieces):
            return True, self.make(range(len(self.pieces)))
        return False, self.make([n for n, (old, new) in enumerate(zip(pieces, self.pieces, strict=True)) if old != new])


def key(*what: object) -> str:
    """The hash of plain values: strings, numbers, and tuples and lists of them."""
    return hashlib.sha256(repr(what).encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Site:
    """What the parts are made with.

    Args:
        config: of the blog.
        library: what there is.
    """

    def __init__(self, config: Config, library: Library) -> None:
        self.config, self.library = config, library
        self.own: Language = config.site.language
        self.templates = Templates(config)

    def page(self, template: str, route: str, language: Language | None = None, **values: object) -> File:
        """A page. Raises RenderError."""
        shown = {"feeds": self.links(self.main_feed, route), "social": None, "structured": "", **values}
        return routes.file_of(route), self.templates.page(template, route, language or self.own, **shown)

    def label(self, language: Language | None = None) -> "Labels":
        """The words of a language, the site's own by default. Raises RenderError."""
        return self.templates.labels(language or self.own)

    @cached_property
    def kin(self) -> Kin:
        """Which papers the pages of others lead to."""
        return find_kin(self.library)

    @cached_property
    def downloads(self) -> "Downloads":
        from digest.site.downloads import Downloads

        return Downloads(self.config, self.library, self.templates)

    # --- pictures --------------------------------------------------------------------------------

    @cached_property
    def fonts(self) -> "Fonts | None":
        """What pictures are drawn with; None where Pillow is not installed."""
        from digest.site.drawing import images

        return images.find_fonts() if images.available() else None

    @cached_property
    def drawn_with(self) -> str:
        """What changes when pictures of the same words come out differently; empty where none are drawn."""
        from digest.site.drawing import images

        return key(images.fingerprint(self.fonts)) if self.fonts else ""

    def picture_of(self, post: PostRow) -> str:
        """The route of a digest's picture; empty where it has none."""
        from digest.site.drawing.images import can_show

        words = (self.config.site.title, post.title, post.description, self.label(post.language)("post.colon"))
        return f"{post.route}social.png" if self.fonts and can_show(words, self.fonts) else ""

    # --- Markdown --------------------------------------------------------------------------------

    @cached_property
    def markdown(self) -> "Markdown":
        from digest.site.markdown import Markdown

        return Markdown(self.config.site.url, self.library.places)

    def parsed(self, post: PostRow) -> "Body":
        """A post as parsed Markdown. Raises RenderError."""
        return self.markdown.parse(self.library.file(post).body, title=post.title, language=post.language)

    def refs_key(self, refs: Iterable[str]) -> list[str]:
        """Changes with where the links of a post lead."""
        return [self.library.ref_mark(route) for route in refs]

    # --- feeds -----------------------------------------------------------------------------------

    @cached_property
    def main_feed(self) -> FeedOf:
        return main_feed(self.config, self.library)

    @cached_property
    def edition_feeds(self) -> dict[tuple[str, Language], FeedOf]:
        return edition_feeds(self.config, self.library)

    @cached_property
    def told_feeds(self) -> list[FeedOf]:
        """The feeds that readers are told of: an edition that is the blog itself by its title has the blog's."""
        main = self.main_feed
        others = [feed for feed in self.edition_feeds.values() if (feed.title, feed.language) != (main.title, main.language)]
        return [main, *others]

    @cached_property
    def in_feeds(self) -> frozenset[str]:
        """The posts, by their files, that stand in a feed: their HTML is remembered."""
        return frozenset(post.file for feed in (self.main_feed, *self.edition_feeds.values()) for post in feed.posts)

    @cached_property
    def papers_in_feeds(self) -> frozenset[str]:
        """The papers that stand in a feed: their HTML is remembered."""
        from digest.site.parts.terms import FOLLOWED, newest_papers

        kinds = self.library.topics.kinds
        return frozenset(paper for kind in FOLLOWED for term in kinds[kind].values() for paper in newest_papers(term))

    @cached_property
    def info(self) -> "FeedInfo":
        """What the blog's feed says of itself."""
        from digest.site.machines.entries import FeedInfo

        own = self.config.site
        icon = routes.absolute(own.url, routes.ICON)
        return FeedInfo(own.url, own.title, own.description, "", own.url, own.language, own.author, own.timezone, icon)

    def links(self, feed: FeedOf, route: str) -> list[tuple[str, str, str]]:
        """Title, address as a page links to it, and media type of a feed in its formats."""
        title = self.label(feed.language)("site.feed_title", title=feed.title)
        return [(title, routes.relative(route, target), MEDIA_TYPES[kind]) for kind, target in feed.routes.items()]

    def entry(self, post: PostRow, html: str) -> "Entry":
        """A post as an entry of feeds."""
        from digest.site.machines.entries import Entry

        own, url = self.config.site, routes.absolute(self.config.site.url, post.route)
        signed = (own.author,)
        title, told = post.title, post.description
        return Entry(url, url, title, post.language, told, html, post.date, post.updated, post.tags, signed, own.timezone)

    def post_entry(self, post: PostRow) -> "Entry":
        """A post as an entry of feeds, its links absolute. Raises RenderError."""
        name = f"post {post.file}"
        html = self.library.state.body(name)
        if html is None:
            html = self.parsed(post).html(None)
            self.library.state.put_body(name, html)
        return self.entry(post, html)

    def keep_for_feeds(self, post: PostRow, html: Callable[[], str]) -> None:
        """Remember a post's HTML where a feed shows it."""
        if post.file in self.in_feeds:
            self.library.state.put_body(f"post {post.file}", html())

    def forget_what_left_feeds(self) -> None:
        """Forget the HTML that no feed shows any more: when it comes back, it may not be the same."""
        shown = (*(f"post {file}" for file in self.in_feeds), *(f"paper {paper_id}" for paper_id in self.papers_in_feeds))
        self.library.state.keep_bodies(shown)

    def paper_entry(self, paper_id: str) -> "Entry":
        """A paper as an entry of feeds. Raises RenderError."""
        from digest.site.machines.entries import Entry

        row, own = self.library.paper(paper_id), self.config.site
        html = self.library.state.body(f"paper {paper_id}")
        if html is None:
            from digest.site.parts.days import coverage

            newest = self.library.coverages[paper_id][0]
            html = self.keep_paper_for_feeds(coverage(self, self.library.day(newest.name), paper_id))
        url = routes.absolute(own.url, row.route)
        tags = (*row.directions, *row.tags)
        first = self.library.coverages[paper_id][-1].date
        return Entry(url, url, row.title, row.language, row.blurb, html, first, row.date, tags, (own.author,), own.timezone)

    def keep_paper_for_feeds(self, coverage: "Coverage") -> str:
        """Remember a paper's card as HTML where a feed shows it."""
        if coverage.paper.id not in self.papers_in_feeds:
            return ""
        from digest.site.papers.excerpt import card_html

        html = card_html(coverage, self.label())
        self.library.state.put_body(f"paper {coverage.paper.id}", html)
        return html

    def made_feeds(self, info: "FeedInfo", targets: Mapping[str, str], entries: list["Entry"]) -> Iterator[File]:
        """A feed in all its formats."""
        from digest.site.machines import atom, jsonfeed, rss
        from digest.site.machines.entries import newest

        updated = newest(entries)
        for name, format_ in (("atom", atom), ("rss", rss), ("json", jsonfeed)):
            url = routes.absolute(self.config.site.url, targets[name])
            yield targets[name], format_.feed(info._replace(url=url), [format_.entry(e) for e in entries], updated)
