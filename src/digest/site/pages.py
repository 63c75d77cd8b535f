"""The pages: which template shows what, and where; beside them, what readers can take away."""

from collections.abc import Iterator
from datetime import date as Date
from functools import cached_property

from markupsafe import Markup

from digest.config import Config
from digest.models import Language
from digest.site import exports, routes
from digest.site.downloads import Downloads
from digest.site.editions import Feed, edition_feeds, edition_title, main_feed
from digest.site.engine import Templates
from digest.site.load import Content, Post
from digest.site.markdown import Body, Markdown
from digest.site.views import Views, places
from digest.typography import reading_minutes

EARLIER = 10
"""Days on the home page below the newest."""


class Pages:
    """All pages of a site.

    Args:
        config: the site's title, language and address.
        content: what is published.
        templates: renders them.
    """

    def __init__(self, config: Config, content: Content, templates: Templates) -> None:
        self.config, self.content, self.templates = config, content, templates
        self.own: Language = config.site.language
        languages = dict.fromkeys((self.own, *(post.language for post in content.posts)))
        self._views = {language: Views(content, language) for language in languages}
        self._places = places([self.views], content)
        self._feed_html: dict[str, str] = {}
        self._downloads = Downloads(config, content, templates)
        self._markdown = Markdown(config.site.url, self._places)

    @cached_property
    def main_feed(self) -> Feed:
        return main_feed(self.config, self.content)

    @cached_property
    def edition_feeds(self) -> dict[tuple[str, Language], Feed]:
        return edition_feeds(self.config, self.content)

    def feed_html(self, post: Post) -> str:
        """A post for feeds, its links absolute; made once for all feeds that it stands in."""
        if post.route not in self._feed_html:
            self._feed_html[post.route] = self._body(post).html(None)
        return self._feed_html[post.route]

    @cached_property
    def _in_feeds(self) -> frozenset[str]:
        """The posts that stand in a feed. Their HTML is kept; of the others, years of them, nothing stays in memory."""
        return frozenset(post.route for feed in (self.main_feed, *self.edition_feeds.values()) for post in feed.posts)

    def _body(self, post: Post) -> Body:
        return self._markdown.parse(post.body, title=post.title, language=post.language)

    @property
    def views(self) -> Views:
        """The content in the site's own language."""
        return self._views[self.own]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Every page and every export as its route and its bytes. Raises RenderError."""
        yield from self._home()
        for post in self.content.posts:
            yield from self._post(post)
        for paper_id in self.views.coverages:
            yield from self._paper(paper_id)
        yield self._page("archive", routes.ARCHIVE, months=self.views.months, written=self.views.written)
        yield self._page("tags", routes.TAGS, tags=self.views.tags)
        for tag in self.views.tags:
            yield self._page("tag", tag.route, tag=tag)
        yield self._page("404", routes.NOT_FOUND)

    def modified(self) -> Iterator[tuple[str, Date | None]]:
        """Every route that a search engine should know, and the date of its content."""
        newest = self.content.days[0].date if self.content.days else None
        yield from ((route, newest) for route in (routes.HOME, routes.ARCHIVE))
        yield routes.TAGS, None
        yield from ((post.route, self.updated(post)) for post in self.content.posts)
        yield from ((c[0].route, changed(c[0].day.date, c[0].day.digest.revised)) for c in self.views.coverages.values())
        yield from ((tag.route, None) for tag in self.views.tags)

    def updated(self, post: Post) -> Date:
        """When a post's content changed last, by what the records and the post itself say."""
        issue = self._views[post.language].issue_of(post)
        revised = issue.day.digest.revised if issue else ()
        return changed(post.updated or post.date, revised)

    def _home(self) -> Iterator[tuple[str, bytes]]:
        issues = self.views.issues
        newest = next((issue for issue in issues if issue.edition and (issue.picked or issue.post)), None)
        current = issues[0] if issues else None
        earlier = [issue for issue in issues if issue is not newest and issue is not current][:EARLIER]
        yield self._page(
            "home",
            routes.HOME,
            current=current,
            newest=newest,
            earlier=earlier,
            roundups=self.views.recent_roundups,
            written=self.views.written,
        )

    def _post(self, post: Post) -> Iterator[tuple[str, bytes]]:
        views, body = self._views[post.language], self._body(post)
        html = Markup(body.html(post.route))  # noqa: S704  # made by our own Markdown, raw HTML off
        if post.route in self._in_feeds:
            self._feed_html[post.route] = body.html(None)
        export = self._downloads.digest(post)
        downloads = self._downloads.links(export, post.route, self._downloads.shared(post)) if export else ()
        page = self.templates.page(
            "digest",
            post.route,
            post.language,
            post=post,
            issue=views.issue_of(post),
            updated=self.updated(post),
            minutes=reading_minutes(post.body),
            editions=[(other, edition_title(self.config, other.edition or "", post.language)) for other in views.beside(post)],
            translations=self.content.translations_of(post),
            feed=self.edition_feeds.get((post.edition or "", post.language)),
            downloads=downloads,
            tag_routes=self._tag_routes,
            body=html,
            contents=_contents(body),
            around=self._around[post.route],
        )
        yield post.route, page
        if export:
            yield from self._downloads.files(export, downloads, post.route)

    @cached_property
    def _around(self) -> dict[str, tuple[Post | None, Post | None]]:
        """For each post the older and the newer one of the same kind (edition, period, by hand) and language."""
        found: dict[str, tuple[Post | None, Post | None]] = {}
        newer: dict[tuple[str | None, Language], Post] = {}
        for post in self.content.posts:
            kind = post.edition or (post.period.kind if post.period else None), post.language
            after = newer.get(kind)
            found[post.route] = (None, after)
            if after:
                found[after.route] = (post, found[after.route][1])
            newer[kind] = post
        return found

    def _paper(self, paper_id: str) -> Iterator[tuple[str, bytes]]:
        coverages = self.views.coverages[paper_id]
        digests = [(post, edition_title(self.config, post.edition or "", self.own)) for post in self.views.digests_of(paper_id)]
        route, export = coverages[0].route, self._downloads.paper(coverages[0])
        downloads = self._downloads.links(export, route)
        files = dict(self._downloads.files(export, downloads, route))
        yield self._page(
            "paper",
            route,
            coverages=coverages,
            digests=digests,
            bibtex=files[f"{route}paper{exports.bibtex.SUFFIX}"].decode(),
            downloads=downloads,
            tag_routes=self._tag_routes,
        )
        yield from files.items()

    @cached_property
    def _tag_routes(self) -> dict[str, str]:
        return {tag.name: tag.route for tag in self.views.tags}

    def _page(self, template: str, route: str, **values: object) -> tuple[str, bytes]:
        return route, self.templates.page(template, route, self.own, **values)


def changed(first: Date, revised: tuple[Date, ...]) -> Date:
    """The latest of a date and the dates of its revisions."""
    return max((first, *revised))


def _contents(body: Body) -> list[tuple[str, str, int]]:
    """Anchor, text and level of the headings that a table of contents lists."""
    return [(heading.anchor, heading.text, heading.level) for heading in body.headings if heading.level <= 3 and heading.text]
