"""AstroPaper 5: the schema of its posts, its remark plugins and its filter of drafts and scheduled posts, on a plain layout."""

from pathlib import Path

from generators import astro_site
from generators.site import Site

available = astro_site.available


def build(posts: Path, work: Path) -> Site:
    """Posts are in src/data/blog/."""
    return astro_site.build("astropaper", posts, work)
