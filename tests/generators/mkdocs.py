"""MkDocs with its default theme and settings, which know no posts: a page each, whose title is its first heading."""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import prepare, python_tool, run

LAYOUT = Layout(
    post="//div[@role='main'][not(.//h1[@id='404-page-not-found'])]",
    title="//div[@role='main']/h1[1]",
    date="//no-date",
    tags="//no-tags",
    categories="//no-categories",
    description="//meta[@name='description']/@content",
    body="//div[@role='main']",
    drop=("./h1[1]",),
)


def available() -> None:
    python_tool("mkdocs")


def build(posts: Path, work: Path) -> Site:
    """Posts are in docs/blog/posts/."""
    prepare("mkdocs", posts, work)
    run([python_tool("mkdocs"), "build"], work)
    return Site.read(work / "site", LAYOUT)
