"""Papers, and the listings that they come from."""

from datetime import date as Date
from datetime import datetime

from digest.models.base import AnnounceType, Model, Status, Via


class Links(Model):
    """Where a paper is found. All https, all from metadata, never from a model."""

    abs: str
    pdf: str
    html: str | None = None
    code: str | None = None
    project: str | None = None
    hf: str | None = None


class Paper(Model):
    """A paper as its metadata tells it, in one version.

    Attributes:
        id: arXiv id without version, `2602.15763` or `cs/0112017`.
        version: the version that the rest describes; None where no upstream told it.
        authors: names in order; a collaboration ("GLM-5 Team") is one of them, its `:` is not.
        published: v1's submission time in UTC. It decides no day.
        venue: from the comment ("Accepted at ICLR 2026"); of a covered paper without one, "arXiv preprint".
        stars: GitHub stars of `links.code`.
        upvotes: on Hugging Face.
        as_of: the UTC date on which stars and upvotes were read.
    """

    id: str
    version: int | None = None
    title: str
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    organisation: str | None = None
    categories: tuple[str, ...] = ()
    primary_category: str | None = None
    published: datetime | None = None
    comment: str | None = None
    venue: str | None = None
    links: Links
    stars: int | None = None
    upvotes: int | None = None
    as_of: Date | None = None


class Entry(Model):
    """One row of one listing, cleaned."""

    paper: Paper
    abstract: str = ""
    announce_type: AnnounceType = "new"


class Listing(Model):
    """One upstream's listing of a day, read whole, or why it could not be.

    Attributes:
        source: `huggingface` or `arxiv`.
        name: which listing of it: `daily_papers`, `cs.AI`.
        url: where a person sees it.
        via: which way it was obtained; None where it was not.
        date: the day that it bears, by its content.
        entries: what it lists (announce types new and cross).
        replacements: new versions of older papers; not listings.
        notes: what a run report should mention, a line each.
    """

    source: str
    name: str
    url: str
    status: Status
    date: Date | None = None
    via: Via | None = None
    entries: tuple[Entry, ...] = ()
    replacements: tuple[Entry, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()


class Candidate(Model):
    """A paper after merging: one per version-less id.

    Attributes:
        listed_by: the listings it stands in, `huggingface/daily_papers`, `arxiv/cs.AI`, in the config's order.
    """

    paper: Paper
    abstract: str = ""
    listed_by: tuple[str, ...] = ()
