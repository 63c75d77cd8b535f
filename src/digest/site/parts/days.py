"""One day: its digests, the pages of the papers that it covers last, and everything to take away beside them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.site import routes
from digest.site.editions import edition_title
from digest.site.facts import PaperRow, PostRow
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.units import Unit, day_row

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.site.exports.citation import Citation
    from digest.site.papers.views import Coverage


def parts(site: Site) -> Iterator[Part]:
    """For each day a part with its digests and exports, and one with the pages of its papers, a piece each."""
    coverages = site.library.coverages
    for unit in site.library.days:
        papers = [paper.id for paper in unit.papers if coverages[paper.id][0] is unit]
        made = _key(site, unit)
        yield Part(f"day/{unit.name}", f"{made}-{_digest_key(site, unit)}", partial(_make_day, site, unit, papers))
        if papers:
            pieces = tuple([_later_mark(site, paper_id) for paper_id in papers])
            made += f"-{_kin_key(site, unit, papers)}"
            yield Part(f"papers/{unit.name}", made, partial(_make_papers, site, papers), pieces)


def _key(site: Site, unit: Unit) -> str:
    """The day's own files; the pages of its terms, how its papers are cited, and what other days say of them."""
    again, citations, pages = site.library.again, site.library.citations, site.library.topics.routes
    others = [[other.mark for other in again[paper.id]] for paper in unit.papers if paper.id in again]
    return mark_of(unit.mark, others, [citations[paper.id] for paper in unit.papers], list(map(pages.get, unit.names)))


def _digest_key(site: Site, unit: Unit) -> str:
    """The neighbours of its digests, where their links lead, and what pictures of them are drawn with."""
    around = [_around_key(site, post) for post in unit.posts if post.edition]
    return mark_of(around, site.refs_key(unit.refs) if unit.refs else "", site.drawn_with)


def _around_key(site: Site, post: PostRow) -> list[str]:
    return [f"{other.route} {other.title}" if other else "" for other in site.library.around[post.route]]


def _kin_key(site: Site, unit: Unit, papers: list[str]) -> str:
    """The related papers, as lists show them now: a day that covers one of them again may tell it in other words.

    They were found for the day that covered each paper first.
    """
    again, marks, of_days = site.library.again, site.library.marks, site.kin.of_days
    earlier = {again[paper][-1].name for paper in papers if paper in again}
    found = [of_days[day] for day in (unit.name, *sorted(earlier))]
    return mark_of("".join([mark for one in found for mark in (one.mark, *[marks[other] for other in one.ids])]))


def _later_mark(site: Site, paper_id: str) -> str:
    later = site.kin.later.get(paper_id)
    return "".join([site.library.marks[other][:10] for other in later]) if later else "-"


def _make_day(site: Site, unit: Unit, papers: list[str]) -> Iterable[File]:
    from digest.site.papers.views import Coverage

    day = site.library.day(unit.name)
    for post in unit.posts:
        if post.edition:
            yield from _digest(site, unit, day, post)
    for paper_id in papers:
        newest = Coverage.in_day(day, paper_id, site.own)
        export = site.downloads.paper(day, newest.covered)
        yield from site.downloads.files(export, site.downloads.links(export, newest.route), newest.route)


def _make_papers(site: Site, papers: list[str], places: Iterable[int]) -> Iterable[File]:
    related_of = cache(site.library.state.related)  # most papers of a day were new on it
    for place in places:
        yield _paper(site, papers[place], related_of)


# --- the digest ----------------------------------------------------------------------------------


def _digest(site: Site, unit: Unit, day: "Day", post: PostRow) -> Iterator[File]:
    from digest.site.arranged.arrange import arrange
    from digest.typography import reading_minutes

    library, label = site.library, site.label(post.language)
    file = library.file(post)
    body = site.markdown.parse(file.body, title=post.title, language=post.language)
    site.feeds.keep(post, lambda: body.html(None))
    row = day_row(day, post, unit.posts)
    export = site.downloads.digest(day, post, file)
    downloads = site.downloads.links(export, post.route, site.downloads.shared(post))
    feed = site.feeds.of_editions[post.edition or "", post.language]
    told = [one for one in (feed, site.feeds.main) if one in site.feeds.told]
    picture = site.picture_of(post)
    yield site.page(
        "digest",
        post.route,
        post.language,
        post=post,
        issue=row,
        page=arrange(body, label, title=post.title, day=post.date),
        updated=post.updated,
        minutes=reading_minutes(file.body),
        editions=[
            (other, edition_title(site.config, other.edition or "", post.language))
            for other in unit.posts
            if other.edition and other.language == post.language and other is not post
        ],
        translations=translations(unit, post),
        feed=feed,
        feeds=[link for one in told for link in site.feeds.links(one, post.route)],
        downloads=downloads,
        tag_routes=library.topics.routes,
        around=library.around[post.route],
        social=routes.absolute(site.config.site.url, picture) if picture else None,
        structured=structured_post(site, post, row.papers, picture),
    )
    yield from site.downloads.files(export, downloads, post.route)


def translations(unit: Unit, post: PostRow) -> list[PostRow]:
    """The same post in the other languages."""
    return [other for other in unit.posts if other.name == post.name and other is not post]


def structured_post(site: Site, post: PostRow, papers: Iterable[PaperRow], picture: str = "") -> Markup:
    """The data about a post for machines that read its page."""
    from digest.site.machines import structured

    url = site.config.site.url
    about = [(paper.title, routes.absolute(url, paper.route)) for paper in papers]
    trail = [(site.config.site.title, url), (post.title, routes.absolute(url, post.route))]
    entry, info = site.feeds.entry(post, ""), site.feeds.info
    drawn = routes.absolute(url, picture) if picture else ""
    meta = structured.article_meta(post.date, post.updated, site.config.site.timezone, post.tags)
    return meta + structured.data_block(structured.blog_posting(entry, info, about, drawn), structured.breadcrumbs(trail))


# --- the paper -----------------------------------------------------------------------------------


def _paper(site: Site, paper_id: str, related_of: Callable[[str], dict[str, dict[str, list[str]]]]) -> File:
    """A paper's page.

    Args:
        related_of: the related papers of a day's papers, with the words that they share.
    """
    from digest.site.exports import bibtex
    from digest.site.papers.card_html import shown_cards
    from digest.site.papers.views import Coverage

    library = site.library
    covering = library.coverages[paper_id]
    coverages = [Coverage.in_day(library.day(unit.name), paper_id, site.own) for unit in covering]
    newest = coverages[0]
    export = site.downloads.paper(newest.day, newest.covered)
    downloads = site.downloads.links(export, newest.route)
    related = related_of(covering[-1].name).get(paper_id, {})
    site.feeds.keep_paper(newest)
    return site.page(
        "paper",
        newest.route,
        coverages=coverages,
        cards=shown_cards(coverages, site.label()),
        digests=[(post, edition_title(site.config, post.edition or "", site.own)) for post in _digests(site, covering, paper_id)],
        bibtex=bibtex.paper(export),
        downloads=downloads,
        tag_routes=library.topics.routes,
        related=[(library.paper(other), site.label()("post.list").join(shared[:4])) for other, shared in related.items()],
        later=[(library.paper(other), "") for other in site.kin.later.get(paper_id, ())],
        structured=_structured_paper(site, newest, export.cited),
    )


def _digests(site: Site, covering: Iterable[Unit], paper_id: str) -> Iterator[PostRow]:
    """The digests that show a paper, newest first."""
    for unit in covering:
        editions = site.library.day(unit.name).digest.editions
        for post in unit.posts:
            edition = editions.get(post.edition or "")
            if post.language == site.own and post.edition and (edition is None or paper_id in edition.picked):
                yield post


def _structured_paper(site: Site, newest: "Coverage", cited: "Citation") -> Markup:
    from digest.site.machines import structured

    url = site.config.site.url
    page = routes.absolute(url, newest.route)
    article = structured.scholarly_article(cited, page, site.own, description=newest.blurb, keywords=newest.tags)
    trail = [(site.config.site.title, url), (newest.name, page)]
    return structured.citation_meta(cited, newest.tags) + structured.data_block(article, structured.breadcrumbs(trail))
