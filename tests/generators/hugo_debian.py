"""Hugo as Debian has it: years older, and what many a server runs."""

from pathlib import Path

from generators import hugo
from generators.site import Site
from generators.tools import system_tool


def available() -> None:
    system_tool("hugo")


def build(posts: Path, work: Path) -> Site:
    """Posts are in content/posts/."""
    return hugo.build_with(system_tool("hugo"), posts, work)
