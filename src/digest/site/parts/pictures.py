"""The picture of each digest that other sites show beside a link to it, where Pillow is installed."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from digest.site.facts import PostRow
from digest.site.parts.base import File, Part, Site, key
from digest.site.units import Unit, day_row

if TYPE_CHECKING:
    from digest.site.drawing.images import Fonts


def parts(site: Site) -> Iterator[Part]:
    """A part for each digest that has a picture."""
    if not site.fonts:
        return
    from digest.site.drawing.images import fingerprint

    drawn_with = fingerprint(site.fonts)
    for unit in site.library.days:
        for post in unit.posts:
            if post.edition and site.picture_of(post):
                made = key(drawn_with, unit.mark)
                yield Part(f"picture/{post.route}", made, partial(_make, site, unit, post))


def _make(site: Site, unit: Unit, post: PostRow) -> Iterable[File]:
    from digest.posts.post_view import spoken_date

    assert site.fonts
    row = day_row(site.library.day(unit.name), post, unit.posts)
    names = tuple((paper.name, paper.stars) for paper in row.must_reads)
    told = spoken_date(post.date, site.label(post.language))
    drawn = _drawn(site.config.site.title, told, post.description or post.title, names, site.fonts)
    if drawn:
        yield site.picture_of(post), drawn


@lru_cache(maxsize=32)
def _drawn(site: str, date: str, headline: str, names: tuple[tuple[str, int], ...], fonts: "Fonts") -> bytes | None:
    """As `picture`. A preview builds a day again and again, and mostly in the same words."""
    from digest.site.drawing.images import picture

    return picture(site, date, headline, names, fonts)
