"""llms.txt: the site for programs that read text (llmstxt.org). In English whatever the site's language, titles as they are."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.posts.escaping import markdown
from digest.site import routes
from digest.site.engine import clean
from digest.site.exports.markdown import TWIN
from digest.site.facts import PostRow
from digest.site.machines import api, sitemap
from digest.site.machines.entries import FeedInfo, FeedLinks

_LANGUAGES = {"zh": "Chinese", "en": "English"}
DIGESTS = 14
"""Newest posts that are listed."""

_WHAT = """\
Papers of arXiv and Hugging Face Daily Papers, picked day by day. Each picked paper has a card of claims, and each claim
names the numbered sentences of the paper that it rests on. Code compares the two: every number and name of a claim has to
stand in those sentences or at least in the text that was read; what fails is mended or removed, and the card says how many
claims were checked and removed, and whether the full text was read or the abstract alone. Suggestions are marked as such:
they are not the paper's. Links, authors, dates and stars come from metadata, never from a model.

To quote a result, follow the claim to its sentence on the paper's page, or read `quotes` in its `paper.json`; cite the
paper, and the version that was read."""
_TWINS = """\
Every digest has a Markdown twin beside its page (`digest.md`), every paper too (`paper.md`), and both have JSON, BibTeX, RIS
and CSL-JSON of the same name (`paper.json`, `paper.bib`, `paper.ris`, `paper.csl.json`). Other posts and pages have theirs as
`index.md`. A paper's page stands at `papers/ID/`, with the arXiv id without its version, `/` replaced by `_`."""


class Page(NamedTuple):
    """A page or a file that is worth a link."""

    title: str
    route: str
    note: str = ""


def llms(
    site: FeedInfo,
    posts: Sequence[PostRow],
    directions: Iterable[api.Term],
    feeds: Iterable[FeedLinks],
    pages: Iterable[Page] = (),
) -> bytes:
    """The file.

    Args:
        site: the site's own feed; its home is the site's URL.
        posts: newest first; those beyond `DIGESTS` are left out.
        directions: of research, in the order in which they shall stand.
        pages: others, such as the archive: what a reader with little room may skip.
    """
    data = [
        Page("What the API has", api.INDEX, "JSON: days by year, papers by month, tags; where each stands"),
        Page("Tags", api.TAGS, "JSON: directions, tags, categories and organisations with their counts"),
        Page("Sitemap", sitemap.INDEX, "every page, with the date of its content where it has one"),
    ]
    feeds = list(feeds)
    ways = [
        Page(f"{feed.title} ({kind}{_language(feed, feeds)})", route, "full text")
        for feed in feeds
        for kind, route in (("Atom", feed.atom), ("RSS", feed.rss), ("JSON Feed", feed.json))
        if route
    ]
    sections = {
        "Newest": [_post(post) for post in posts[:DIGESTS]],
        "Data": data,
        "Directions": [Page(term.name, term.route, f"{term.bearers} papers and posts") for term in directions],
        "Feeds": ways,
        "Optional": list(pages),
    }
    opening = f"# {markdown(site.title)}\n\n> {markdown(site.subtitle or site.title)}\n\n{_WHAT}\n\n{_TWINS}\n"
    return clean(opening + "".join(_section(name, found, site.home) for name, found in sections.items())).encode()


def _post(post: PostRow) -> Page:
    """A post, linked as Markdown."""
    return Page(post.title, post.route + ("digest.md" if post.edition else TWIN), post.description)


def _language(feed: FeedLinks, feeds: Iterable[FeedLinks]) -> str:
    """The language of a feed, where one in another has the same title."""
    is_unclear = any(other.title == feed.title and other.language != feed.language for other in feeds)
    return f", {_LANGUAGES[feed.language]}" if is_unclear else ""


def _section(name: str, pages: Sequence[Page], site_url: str) -> str:
    lines = [_line(page, site_url) for page in pages]
    return f"\n## {name}\n\n" + "\n".join(lines) + "\n" if lines else ""


def _line(page: Page, site_url: str) -> str:
    note = f": {markdown(page.note)}" if page.note else ""
    return f"- [{markdown(page.title)}]({routes.absolute(site_url, page.route)}){note}"
