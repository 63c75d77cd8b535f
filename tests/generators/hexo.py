"""Hexo with the plugins of `hexo init`'s starter that make posts: marked, index, archive, category, tag."""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import link_modules, node_tool, prepare, run

LAYOUT = Layout(noise="//a[@class='headerlink'] | //td[@class='gutter'] | //span[@id='more']")


def available() -> None:
    node_tool("hexo", "hexo")


def build(posts: Path, work: Path) -> Site:
    """Posts are in source/_posts/, drafts in source/_drafts/."""
    tool = node_tool("hexo", "hexo")
    prepare("hexo", posts, work)
    link_modules("hexo", work)
    printed = run([tool, "generate"], work)
    # Hexo goes on after a post that it cannot render, and ends with 0.
    if "ERROR" in printed or "FATAL" in printed:
        raise RuntimeError(f"hexo generate:\n{printed}")
    return Site.read(work / "public", LAYOUT)
