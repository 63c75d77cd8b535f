"""Install what the tests need to look at the site with a real browser into a folder of the checkout; nothing that is up to date.

Usage: python tests/browser/install.py FOLDER

Chromium comes from the system, with fonts for both languages; only root on Debian gets it installed here. What else this
machine cannot install is named and left out, and its tests are skipped. An installation that begins and fails ends with 1.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DEBIAN = ("chromium", "fonts-noto-cjk", "fonts-dejavu-core")


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    for name, step in STEPS.items():
        began = time.monotonic()
        refused = step(folder / name)
        took = time.monotonic() - began
        print(f"{name}: {refused or 'ready'}" + (f" ({took:.0f} s)" if took > 1 else ""), flush=True)
    return 0


def chromium(_: Path) -> str | None:
    if any(shutil.which(name) for name in CHROMIUM):
        return None
    # A machine of a continuous integration is there for this; nobody else's is changed by a test with sudo.
    root = [] if os.geteuid() == 0 else ["sudo", "-n"] if os.environ.get("CI") and shutil.which("sudo") else None
    if not shutil.which("apt-get") or root is None:
        return "not installed, and only root on Debian could do it here: its tests are skipped"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run([*root, "apt-get", "update", "-qq"], env=environment)
    run([*root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *DEBIAN], env=environment)
    return None


def python(folder: Path) -> str | None:
    """The packages of requirements.txt, for this Python."""
    requirements = HERE / "requirements.txt"
    wanted = requirements.read_bytes() + sys.version.encode()
    if is_current(folder, wanted):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    run([*pip, "--target", str(folder), "-r", str(requirements)])
    mark(folder, wanted)
    return None


def npm(folder: Path) -> str | None:
    """The packages of npm/package.json, as its lock file pins them."""
    if not shutil.which("npm"):
        return "npm is not installed: the tests of accessibility and with the Nu checker are skipped"
    files = [HERE / "npm" / name for name in ("package.json", "package-lock.json")]
    wanted = b"".join(file.read_bytes() for file in files)
    if is_current(folder, wanted):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    # No package's own script runs: nothing is fetched from elsewhere.
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder)
    mark(folder, wanted)
    return None


def is_current(folder: Path, wanted: bytes) -> bool:
    stamp = folder / ".installed"
    return stamp.exists() and stamp.read_bytes() == wanted


def mark(folder: Path, wanted: bytes) -> None:
    """Last of all, so that an installation that broke off begins again."""
    (folder / ".installed").write_bytes(wanted)


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed with {done.returncode}")


STEPS: dict[str, Callable[[Path], str | None]] = {"chromium": chromium, "python": python, "npm": npm}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
