"""Where the generators are, and how one is run."""

import os
import shutil
import subprocess
from pathlib import Path

SITES = Path(__file__).parent / "sites"
"""One folder a generator: the settings and layouts of a small blog."""

CACHE = Path(__file__).parents[2] / ".generators"
"""Where `make test-generators` installs what is not part of the system."""


class Missing(Exception):
    """A generator is not installed here; the text says how it would be."""


def python_tool(name: str) -> str:
    return _existing(CACHE / "python" / "bin" / name)


def node_tool(folder: str, name: str) -> str:
    return _existing(CACHE / folder / "node_modules" / ".bin" / name)


def system_tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is not installed: `make test-generators` does it for root on Debian")
    return found


def prepare(site: str, posts: Path, work: Path) -> None:
    """The folder of a site: our settings and layouts, and the posts in it as a dialect laid them out."""
    shutil.copytree(SITES / site, work, dirs_exist_ok=True)
    shutil.copytree(posts, work, dirs_exist_ok=True)


def link_modules(folder: str, work: Path) -> None:
    """npm's packages, installed once, where a generator looks for them."""
    (work / "node_modules").symlink_to(CACHE / folder / "node_modules", target_is_directory=True)


def run(command: list[str], work: Path, **environment: str) -> str:
    """Run a generator in the folder of its site; what it printed.

    Raises:
        RuntimeError: it failed. The message is all that it printed.
    """
    done = subprocess.run(
        command,
        cwd=work,
        env=os.environ | {"TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def _existing(tool: Path) -> str:
    if not tool.exists():
        raise Missing(f"{tool.name} is not installed: `make test-generators` installs it into {CACHE.name}/")
    return str(tool)
