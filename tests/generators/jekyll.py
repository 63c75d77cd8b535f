"""Jekyll 4, with layouts after those of minima, the theme of `jekyll new`."""

from pathlib import Path

from generators.site import Site
from generators.tools import prepare, run, system_tool


def available() -> None:
    system_tool("jekyll")


def build(posts: Path, work: Path) -> Site:
    """Posts are in _posts/."""
    prepare("jekyll", posts, work)
    run([system_tool("jekyll"), "build", "--disable-disk-cache"], work)
    return Site.read(work / "_site")
