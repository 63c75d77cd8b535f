"""MkDocs with Material: its blog and tags plugins, and the Markdown extensions that its documentation recommends.

What is recommended there takes many a sign as its own: `^x^`, `==x==`, `++x++`, `(c)`, `:smile:`, `--8<--`.
"""

from pathlib import Path

from generators.site import Layout, Site
from generators.tools import prepare, python_tool, run

LAYOUT = Layout(
    post="//div[contains(@class, 'md-content--post')]",
    title="//article/h1",
    date="substring(//div[contains(@class, 'md-post') or contains(@class, 'md-sidebar--post')]//time[1]/@datetime, 1, 10)",
    tags="//nav[@class='md-tags']/*",
    categories="//ul[contains(@class, 'md-post__meta')]//a[contains(@href, 'category/')]",
    description="//meta[@name='description']/@content",
    body="//article",
    noise="//a[@class='headerlink']",
    drop=("./nav[@class='md-tags']", "./h1"),
)


def available() -> None:
    python_tool("mkdocs")


def build(posts: Path, work: Path) -> Site:
    """Posts are in docs/blog/posts/."""
    prepare("mkdocs_material", posts, work)
    run([python_tool("mkdocs"), "build"], work, NO_MKDOCS_2_WARNING="1")
    return Site.read(work / "site", LAYOUT)
