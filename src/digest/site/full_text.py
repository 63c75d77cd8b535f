"""Search in the full text of digests and papers, by Pagefind: an index that is made after the pages, and out of them.

Pagefind (pagefind.app) is an optional extra. Its extended build divides Chinese into words. The index is read in the
browser, a few small files for each question.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.errors import RenderError
from digest.site.parts.base import File, Part, key

FOLDER = "pagefind/"
PROGRAM = f"{FOLDER}pagefind.js"
"""What the search page loads."""
_PAGES = "{papers/*,[0-9][0-9][0-9][0-9]-*}/index.html"
"""Where digests and papers stand, in wax's patterns; what counts on them is inside of `data-pagefind-body`."""
_OURS = ("day/", "papers/")
"""The parts that make these pages."""
_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")
"""Search forms of Pagefind's own: the site has one."""
_HINT = "`site.search: builtin` does without; `pip install 'paper-digest[search]'` installs Pagefind again"


def part(output: Path, parts: Iterable[Part]) -> Part:
    """The index of a site.

    Args:
        output: the folder with the site's pages, which stand there when the part is made.
        parts: all other parts of the site. What their pages say can only differ with their keys.
    """
    made = key([(part.name, part.whole_key) for part in parts if part.name.startswith(_OURS)])
    return Part("pagefind", made, lambda: _index(output))


def _index(output: Path) -> Iterator[File]:
    """The files of the index. Raises RenderError."""
    with TemporaryDirectory(prefix="digest-") as folder:
        _run(output, Path(folder) / "index")
        for path in sorted(Path(folder, "index").rglob("*")):
            if path.is_file() and not path.name.startswith(_UNUSED):
                yield FOLDER + path.relative_to(Path(folder, "index")).as_posix(), path.read_bytes()


def _run(output: Path, folder: Path) -> None:
    options = ["--site", str(output), "--glob", _PAGES, "--output-path", str(folder), "--silent"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        from pagefind_bin_extended import get_executable

        # In the empty folder, so that no settings are found, which would be those of something else.
        done = subprocess.run([get_executable(), *options], cwd=folder.parent, env=environ, capture_output=True, text=True)
    except (ImportError, OSError) as error:
        raise RenderError("Pagefind does not start", why=str(error), hint=_HINT) from None
    if done.returncode or not (folder / "pagefind.js").is_file():
        why = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}")[-500:]
        raise RenderError("Pagefind has made no index", why=why, hint=_HINT)
