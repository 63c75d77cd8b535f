"""Where things of the site are, as posts link to them. Absolute, so that a post may stand in another blog.

Where the blog has no site of its own (`site.enabled: false`), links lead to arXiv instead.
"""

from datetime import date as Date

from digest.config import Config
from digest.models import CoveredPaper, Language
from digest.paper_id import slug
from digest.posts.escaping import address, markdown


def paper_url(config: Config, paper_id: str) -> str:
    """The page of a paper."""
    page = f"{config.site.url}papers/{slug(paper_id)}/"
    return address(page if config.site.enabled else f"https://arxiv.org/abs/{paper_id}")


def day_url(config: Config, day: Date, edition: str, language: Language) -> str:
    """The page of an edition's post; empty where the blog has no site of its own, because posts then stand we know not where.

    The first edition and the site's own language are not named.
    """
    name = "" if edition == config.editions[0].name else f"-{edition}"
    suffix = "" if language == config.site.language else f".{language}"
    return address(f"{config.site.url}{day}{name}{suffix}/") if config.site.enabled else ""


def sentence_anchor(covered: CoveredPaper, number: int) -> str:
    """The anchor of a cited sentence on the paper's page. It names the version that was read: v1's s3 is not v2's."""
    version = covered.reading.version
    return f"s{number}" if version is None else f"v{version}-s{number}"


def evidence_url(config: Config, covered: CoveredPaper, number: int) -> str:
    """Where the sentence stands that a claim rests on."""
    if config.site.enabled:
        return f"{paper_url(config, covered.paper.id)}#{sentence_anchor(covered, number)}"
    quote = covered.quotes.get(number)
    return address(covered.reading.url + (f"#{quote.anchor}" if quote and quote.anchor else ""))


def page_link(config: Config, paper_id: str, text: str, *, in_cell: bool = False) -> str:
    """A link to the page of a paper, in Markdown."""
    return f"[{markdown(text, in_cell=in_cell)}]({paper_url(config, paper_id)})"
