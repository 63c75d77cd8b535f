"""The picture of each digest that other sites show beside a link to it, where Pillow is installed."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from digest.site.facts import PostRow
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.units import Unit, day_row

if TYPE_CHECKING:
    from digest.site.drawing.images import Fonts


def parts(site: Site) -> Iterator[Part]:
    """A part for each digest, also for one in words that no font here has: it then has no picture."""
    if site.fonts:
        for unit in site.library.days:
            for post in unit.posts:
                if post.edition:
                    made = f"{unit.mark} {site.drawn_with}"
                    yield Part(f"picture/{post.route}", made, partial(_make, site, unit, post))


def _make(site: Site, unit: Unit, post: PostRow) -> Iterable[File]:
    from digest.posts.post_view import spoken_date

    assert site.fonts
    row = day_row(site.library.day(unit.name), post, unit.posts)
    names = tuple((paper.name, paper.stars) for paper in row.must_reads)
    told = spoken_date(post.date, site.label(post.language))
    picture = site.picture_of(post)
    drawn = _drawn(site.config.site.title, told, post.description or post.title, names, site.fonts) if picture else None
    if drawn:
        yield picture, drawn


@lru_cache(maxsize=32)
def _drawn(site: str, date: str, headline: str, names: tuple[tuple[str, int], ...], fonts: "Fonts") -> bytes | None:
    """As `picture`. A preview builds a day again and again, and mostly in the same words."""
    from digest.site.drawing.images import picture

    return picture(site, date, headline, names, fonts)
