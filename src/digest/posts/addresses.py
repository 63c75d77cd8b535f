"""Where things of the site are, as posts link to them. Absolute, so that a post may stand in another blog."""

from digest.config import Config
from digest.models import CoveredPaper
from digest.paper_id import slug
from digest.posts.escaping import address, markdown


def paper_url(config: Config, paper_id: str) -> str:
    """The page of a paper."""
    return address(f"{config.site.url}papers/{slug(paper_id)}/")


def sentence_anchor(covered: CoveredPaper, number: int) -> str:
    """The anchor of a cited sentence on the paper's page. It names the version that was read: v1's s3 is not v2's."""
    version = covered.reading.version
    return f"s{number}" if version is None else f"v{version}-s{number}"


def evidence_url(config: Config, covered: CoveredPaper, number: int) -> str:
    """Where the sentence stands that a claim rests on."""
    return f"{paper_url(config, covered.paper.id)}#{sentence_anchor(covered, number)}"


def page_link(config: Config, paper_id: str, text: str, *, in_cell: bool = False) -> str:
    """A link to the page of a paper, in Markdown."""
    return f"[{markdown(text, in_cell=in_cell)}]({paper_url(config, paper_id)})"
