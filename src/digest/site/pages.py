"""The pages: which template shows what, and where."""

from collections.abc import Iterator
from datetime import date as Date
from functools import cached_property

from markupsafe import Markup

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.engine import Templates
from digest.site.load import Content, Post
from digest.site.markdown import Body, Markdown
from digest.site.views import Views, places

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
        markdown = Markdown(config.site.url, self._places)
        self.bodies = {p.route: markdown.parse(p.body, title=p.title, language=p.language) for p in content.posts}

    @property
    def views(self) -> Views:
        """The content in the site's own language."""
        return self._views[self.own]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Every page as its route and its bytes. Raises RenderError."""
        yield from self._home()
        for post in self.content.posts:
            yield self._post(post)
        for paper_id in self.views.coverages:
            yield self._paper(paper_id)
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
        yield self._page("home", routes.HOME, current=current, newest=newest, earlier=earlier, written=self.views.written)

    def _post(self, post: Post) -> tuple[str, bytes]:
        views, body = self._views[post.language], self.bodies[post.route]
        issue = views.issue_of(post)
        values = {"post": post, "issue": issue, "updated": self.updated(post), "tag_routes": self._tag_routes}
        html = Markup(body.html(post.route))  # noqa: S704  # made by our own Markdown, raw HTML off
        around = self._around[post.route]
        page = self.templates.page(
            "digest", post.route, post.language, body=html, contents=_contents(body), around=around, **values
        )
        return post.route, page

    @cached_property
    def _around(self) -> dict[str, tuple[Post | None, Post | None]]:
        """For each post the older and the newer one of the same edition and language."""
        found: dict[str, tuple[Post | None, Post | None]] = {}
        newer: dict[tuple[str | None, Language], Post] = {}
        for post in self.content.posts:
            kind = post.edition, post.language
            after = newer.get(kind)
            found[post.route] = (None, after)
            if after:
                found[after.route] = (post, found[after.route][1])
            newer[kind] = post
        return found

    def _paper(self, paper_id: str) -> tuple[str, bytes]:
        coverages, digests = self.views.coverages[paper_id], self.views.digests_of(paper_id)
        route = coverages[0].route
        return self._page("paper", route, coverages=coverages, digests=digests, tag_routes=self._tag_routes)

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
