"""Install the blog generators that the tests build sites with into a folder of the checkout; nothing that is up to date.

Usage: python tests/generators/install.py FOLDER [python debian hexo astro]

What this machine cannot install, because it is no Debian with root or has no Node, is named and left out, and its tests
are skipped; if it was asked for by name, the status is 1. An installation that begins and fails ends with 1 too.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
DEBIAN = ("hugo", "jekyll")
NODE = 20
"""What Hexo 8 and Astro 5 need."""


def main(folder: Path, wanted: list[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    refusals = 0
    for name in wanted or STEPS:
        began = time.monotonic()
        refused = STEPS[name](folder / name)
        took = time.monotonic() - began
        print(f"{name}: {refused or 'ready'}" + (f" ({took:.0f} s)" if took > 1 else ""), flush=True)
        refusals += bool(refused)
    return 1 if wanted and refusals else 0


def debian(_: Path) -> str | None:
    missing = [name for name in DEBIAN if not shutil.which(name)]
    if not missing:
        return None
    # A machine of a continuous integration is there for this; nobody else's is changed by a test with sudo.
    root = [] if os.geteuid() == 0 else ["sudo", "-n"] if os.environ.get("CI") and shutil.which("sudo") else None
    if not shutil.which("apt-get") or root is None:
        return f"{' and '.join(missing)} not installed, and only root on Debian could do it here"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run([*root, "apt-get", "update", "-qq"], env=environment)
    run([*root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing], env=environment)
    return None


def npm(folder: Path) -> str | None:
    """The packages of npm/FOLDER/package.json."""
    if not shutil.which("npm") or node_version() < NODE:
        return f"Node {NODE} or newer with npm is not installed"
    files = [HERE / "npm" / folder.name / "package.json"]
    if is_current(folder, files):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(files[0], folder)
    # No package's own script runs: what they would fetch from elsewhere is not needed to build pages.
    quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    run(["npm", "install", "--ignore-scripts", *quiet], cwd=folder)
    mark(folder, files)
    return None


def node_version() -> int:
    """The first part of Node's version; 0 without one."""
    node = shutil.which("node")
    printed = subprocess.run([node, "--version"], capture_output=True, text=True).stdout if node else ""
    return int(printed.lstrip("v").split(".")[0] or 0) if printed else 0


def python(folder: Path) -> str | None:
    files = [HERE / "requirements.txt"]
    if is_current(folder, files):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "-r", str(files[0])])
    mark(folder, files)
    return None


def is_current(folder: Path, files: list[Path]) -> bool:
    stamp = folder / ".installed"
    return stamp.exists() and stamp.read_bytes() == _contents(files)


def mark(folder: Path, files: list[Path]) -> None:
    """Last of all, so that an installation that broke off begins again."""
    (folder / ".installed").write_bytes(_contents(files))


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed with {done.returncode}")


def _contents(files: list[Path]) -> bytes:
    return b"".join(file.read_bytes() for file in files)


STEPS: dict[str, Callable[[Path], str | None]] = {"python": python, "debian": debian, "hexo": npm, "astro": npm}


if __name__ == "__main__":
    if len(sys.argv) < 2 or set(sys.argv[2:]) - set(STEPS):
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2:]))
