"""Hugo as it is now, with the settings that `hugo new site` writes and layouts as its documentation shows them."""

from pathlib import Path

from generators.site import Site
from generators.tools import prepare, python_tool, run


def available() -> None:
    python_tool("hugo")


def build(posts: Path, work: Path) -> Site:
    """Posts are in content/posts/."""
    return build_with(python_tool("hugo"), posts, work)


def build_with(tool: str, posts: Path, work: Path, settings: str = "") -> Site:
    """Build with one of several Hugos; `settings` are lines for its hugo.toml."""
    prepare("hugo", posts, work)
    with (work / "hugo.toml").open("a") as file:
        file.write(settings)
    run([tool, "--cacheDir", str(work / ".cache")], work)
    return Site.read(work / "public")
