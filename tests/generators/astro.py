"""Astro with the schema of its own blog template, widened by tags, category and draft as most blogs do."""

from pathlib import Path

from generators import astro_site
from generators.site import Site

available = astro_site.available


def build(posts: Path, work: Path) -> Site:
    """Posts are in src/content/blog/."""
    return astro_site.build("astro", posts, work)
