"""The sources of a post in words."""

from collections.abc import Iterable, Sequence
from datetime import date as Date

from digest.labels import Labels
from digest.models import SourceStatus
from digest.posts.escaping import link, markdown

_BARE = {"huggingface": "Hugging Face", "arxiv": "arXiv"}


def short_names(sources: Iterable[str]) -> list[str]:
    """Sources by their bare names, each once."""
    return list(dict.fromkeys(_BARE.get(source, source) for source in sources))


def source_names(pairs: Iterable[tuple[str, str]], label: Labels) -> list[str]:
    """Listings by what readers call them, the categories of arXiv together: `arXiv cs.AI/cs.LG`.

    Args:
        pairs: source and listing, such as ("arxiv", "cs.AI").
    """
    listings: dict[str, list[str]] = {}
    for source, listing in pairs:
        listings.setdefault(source, []).append(listing)
    return [label(f"post.source.{source}", listings="/".join(dict.fromkeys(names))) for source, names in listings.items()]


def source_line(source: SourceStatus, day: Date, label: Labels) -> str:
    """A listing with how many entries it had, which way it came and, where it differs, the day that it bears."""
    (name,) = source_names([(source.name, source.listing)], label)
    if source.status == "announced":
        parts = [label("post.entries", n=source.entries), *([label(f"post.via.{source.via}")] if source.via else [])]
    else:
        parts = [label(f"status.{source.status}")]
    if source.date and source.date != day:
        parts.append(label("post.listing_date", date=source.date))
    return link(name, source.url) + label("post.colon") + label("post.comma").join(parts)


def troubles(sources: Sequence[SourceStatus], label: Labels) -> list[str]:
    """The listings that are stale or failed, named."""
    lines = []
    for status in ("stale", "failed"):
        names = source_names([(s.name, s.listing) for s in sources if s.status == status], label)
        lines += [markdown(name) + label("post.colon") + label(f"status.{status}") for name in names]
    return lines


def listing_dates(sources: Sequence[SourceStatus], day: Date, label: Labels) -> str:
    """The sources, each with the date that its list bears, be it the post's or not.

    Args:
        day: the date of listings that bear none.
    """
    lines = []
    for name in dict.fromkeys(source.name for source in sources):
        own = [source for source in sources if source.name == name]
        shown = "".join(source_names([(s.name, s.listing) for s in own], label))
        dates = sorted({str(source.date or day) for source in own})
        lines.append(markdown(shown) + label("post.parentheses", text=label("post.list").join(dates)))
    return " + ".join(lines)
