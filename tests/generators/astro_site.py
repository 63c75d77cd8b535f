"""Astro, as the three dialects that are made for it build their sites: one installation, three settings."""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import link_modules, node_tool, prepare, run

LAYOUT = Layout(noise="//a[@class='anchor']")


def available() -> None:
    node_tool("astro", "astro")


def build(site: str, posts: Path, work: Path) -> Site:
    """Build `sites/<site>`; a post that its schema refuses fails the build."""
    tool = node_tool("astro", "astro")
    prepare(site, posts, work)
    link_modules("astro", work)
    run([tool, "build"], work, ASTRO_TELEMETRY_DISABLED="1")
    return Site.read(work / "dist", LAYOUT)
