"""Nikola with the settings of `nikola init` and its default theme, bootblog4."""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import prepare, python_tool, run

LAYOUT = Layout(
    post="//article[contains(@class, 'postpage')]",
    title="//h1[contains(@class, 'entry-title')]",
    date="substring(//article//time[contains(@class, 'published')]/@datetime, 1, 10)",
    tags="//ul[@itemprop='keywords']/li",
    categories="//meta[@property='article:section']/@content",
    description="//meta[@name='description']/@content",
    body="//div[contains(@class, 'e-content')]",
)


def available() -> None:
    python_tool("nikola")


def build(posts: Path, work: Path) -> Site:
    """Posts are in posts/."""
    prepare("nikola", posts, work)
    printed = run([python_tool("nikola"), "build", "--strict", "-v", "2"], work)
    if "ERROR" in printed:
        raise RuntimeError(f"nikola build:\n{printed}")
    return Site.read(work / "output", LAYOUT)
