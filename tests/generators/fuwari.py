"""Fuwari: the schema of its posts and every remark and rehype plugin of its settings, on a plain layout."""

from pathlib import Path

from generators import astro_site
from generators.site import Site

available = astro_site.available


def build(posts: Path, work: Path) -> Site:
    """Posts are in src/content/posts/."""
    return astro_site.build("fuwari", posts, work)
