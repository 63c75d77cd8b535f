"""Hugo with two languages configured, so that it reads them from the names of files."""

from pathlib import Path

from generators import hugo
from generators.site import Site
from generators.tools import python_tool

SETTINGS = """
defaultContentLanguage = "zh"
[languages.zh]
weight = 1
[languages.en]
weight = 2
"""

available = hugo.available


def build(posts: Path, work: Path) -> Site:
    """Posts are in content/posts/, those in English under names that end in `.en.md`."""
    return hugo.build_with(python_tool("hugo"), posts, work, SETTINGS)
