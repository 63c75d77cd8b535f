"""Pelican with the settings of `pelican-quickstart` and its default theme, notmyidea."""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import prepare, python_tool, run

LAYOUT = Layout(
    post="//section[@id='content']/article[.//h1[@class='entry-title']]",
    title="//section[@id='content']//h1[@class='entry-title']/a",
    date="substring(//abbr[@class='published']/@title, 1, 10)",
    tags="//footer[@class='post-info']/p[starts-with(., 'tags:')]/a",
    categories="//footer[@class='post-info']/p[starts-with(., 'In ')]/a",
    description="//meta[@name='description']/@content",
    body="//div[@class='entry-content']",
    drop=(".//footer[@class='post-info']",),
)


def available() -> None:
    python_tool("pelican")


def build(posts: Path, work: Path) -> Site:
    """Posts are in content/."""
    prepare("pelican", posts, work)
    printed = run([python_tool("pelican"), "--fatal", "errors", "content"], work)
    # A post whose fields it cannot read is left out, with a message and no failure.
    if "ERROR" in printed or "Skipping" in printed:
        raise RuntimeError(f"pelican:\n{printed}")
    return Site.read(work / "output", LAYOUT)
