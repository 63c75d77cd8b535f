"""Round-ups, and posts and pages by hand."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from digest.models import Language
from digest.site import routes
from digest.site.facts import PostRow
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.parts.days import translations
from digest.site.routes import File
from digest.site.units import Unit

if TYPE_CHECKING:
    from digest.posts.files import PostFile
    from digest.site.downloads import Download


def parts(site: Site) -> Iterator[Part]:
    """A part for each post that is no digest, and for each page."""
    pages = site.library.topics.routes
    for unit in site.library.units.values():
        for post in unit.posts:
            if not post.edition:
                around = [f"{other.route} {other.title}" if other else "" for other in site.library.around[post.route]]
                terms, refs = [pages.get(tag) for tag in post.tags], site.refs_key(unit.refs)
                made = mark_of(unit.mark, around, terms, refs)
                yield Part(f"post/{post.route}", made, partial(_post, site, unit, post))
        for page in unit.pages:
            if page.route != routes.ABOUT:
                yield Part(f"page/{page.route}", mark_of(unit.mark, site.refs_key(unit.refs)), partial(_page, site, page))


def _post(site: Site, unit: Unit, post: PostRow) -> Iterable[File]:
    from digest.site.arranged.arrange import arrange
    from digest.site.exports import markdown
    from digest.site.parts.days import structured_post

    library, twin = site.library, twin_of(post)
    file = library.file(post)
    body = site.markdown.parse(file.body, title=post.title, language=post.language)
    site.feeds.keep(post, lambda: body.html(None))
    yield site.page(
        "digest",
        post.route,
        post.language,
        post=post,
        issue=None,
        page=arrange(body, site.label(post.language), title=post.title),
        updated=post.updated,
        minutes=post.minutes,
        editions=[],
        translations=translations(unit, post),
        feed=None,
        downloads=(twin,),
        tag_routes=library.topics.routes,
        around=library.around[post.route],
        structured=structured_post(site, post, ()),
    )
    yield twin.route, markdown.post(file).encode()


def _page(site: Site, page: PostRow) -> Iterable[File]:
    from digest.site.exports import markdown

    twin = twin_of(page)
    yield site.page("page", page.route, page.language, **page_values(site, page), downloads=(twin,))
    yield twin.route, markdown.post(file_of_page(site, page)).encode()


def twin_of(post: PostRow) -> "Download":
    """The Markdown beside the page of a post or page."""
    from digest.site.downloads import Download
    from digest.site.exports import markdown

    return Download("markdown", post.route + markdown.TWIN, post.file.rpartition("/")[2], markdown.MEDIA_TYPE)


def page_translations(site: Site, name: str, language: Language) -> list[PostRow]:
    """A page by hand in the other languages."""
    return [other for other in site.library.pages if other.name == name and other.language != language]


def page_values(site: Site, page: PostRow) -> dict[str, object]:
    """What the template of a page by hand shows. Raises RenderError."""
    from markupsafe import Markup

    body = site.markdown.parse(file_of_page(site, page).body, title=page.title, language=page.language)
    return {
        "title": page.title,
        "description": page.description,
        "updated": page.updated if page.changed != page.day else None,
        "translations": page_translations(site, page.name, page.language),
        "body": Markup(body.html(page.route)),  # noqa: S704  # made by our own Markdown, raw HTML off
    }


def file_of_page(site: Site, page: PostRow) -> "PostFile":
    """A page by hand as its file says it. Raises RenderError."""
    from digest.site.units import read_page

    source = next(s for s in site.library.sources[site.library.unit_of(page).name] if s.name == page.file)
    return read_page(source, site.config)
