"""Search in the full text of digests and papers, by Pagefind: an index that is made after the pages, and out of them.

Pagefind (pagefind.app) is an optional extra. Its extended build divides Chinese into words. The index is read in the
browser, a few small files for each question.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from digest.errors import RenderError
from digest.site.marks import mark_of
from digest.site.parts.base import Part
from digest.site.routes import File

FOLDER = "pagefind/"
PROGRAM = f"{FOLDER}pagefind.js"
"""What the search page loads."""
_PAGES = ("[0-9][0-9][0-9][0-9]-*/index.html", "papers/*/index.html")
"""Where digests and papers stand. What counts on them is inside of `data-pagefind-body`; papers have the filter `kind:paper`.

There is no second filter and no second value of this one: Pagefind writes several of them in any order.
"""
_OURS = ("day/", "papers/")
"""The parts that make these pages."""
_ENTRY = "pagefind-entry.json"
_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")
"""Search forms of Pagefind's own: the site has one."""
_HINT = "`site.search: builtin` does without; `pip install 'paper-digest[search]'` installs Pagefind again"


def part(output: Path, parts: Iterable[Part]) -> Part:
    """The index of a site.

    Args:
        output: the folder with the site's pages, which stand there when the part is made.
        parts: all other parts of the site. What their pages say can only differ with their keys.
    """
    made = mark_of([(part.name, part.whole_key) for part in parts if part.name.startswith(_OURS)])
    return Part("pagefind", made, lambda: _index(output))


def _index(output: Path) -> Iterator[File]:
    """The files of the index. Raises RenderError."""
    try:
        made = _made(output)
    except (ImportError, OSError, ValueError, LookupError) as error:
        raise RenderError("Pagefind has made no index", why=str(error), hint=_HINT) from None
    for file in sorted(made, key=lambda file: str(file["path"])):
        name, data = str(file["path"]), base64.b64decode(file["content"])
        if not name.startswith(_UNUSED):
            yield FOLDER + name, _in_order(data) if name == _ENTRY else data


def _in_order(entry: bytes) -> bytes:
    """The list of languages, which comes in any order."""
    return json.dumps(json.loads(entry), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


# --- the program ---------------------------------------------------------------------------------


def _made(output: Path) -> list[dict[str, str]]:
    """Have a folder's pages indexed.

    They are handed over one after the other, in the order of their names: left to find them by itself, Pagefind takes them
    as they come from the disk, and numbers them so. The protocol is that of Pagefind's own packages for Node and Python
    (the latter waits a tenth of a second for each page): JSON in base64, a comma after each message.

    Returns:
        Path and content, in base64, of each file. Those that Pagefind writes itself are not whole yet when it says so.

    Raises:
        ImportError, OSError, ValueError, LookupError: it does not start, ends, or says that something is wrong.
    """
    from pagefind_bin_extended import get_executable

    environ = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command, pipe = [str(get_executable()), "--service"], subprocess.PIPE
    # In an empty folder, so that no settings are found, which would be those of something else.
    with (
        TemporaryDirectory(prefix="digest-") as empty,
        subprocess.Popen(command, cwd=empty, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process,
    ):
        assert process.stdin and process.stdout
        try:
            for number, message in enumerate(_messages(output), 1):
                said = json.dumps({"message_id": number, "payload": message}).encode()
                process.stdin.write(base64.b64encode(said) + b",")
                process.stdin.flush()
                answer = _answer(process.stdout)
        finally:
            process.kill()
    files: list[dict[str, str]] = answer["files"]
    return files


def _messages(output: Path) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for name in sorted(path.relative_to(output).as_posix() for pattern in _PAGES for path in output.glob(pattern)):
        text = (output / name).read_text(encoding="utf-8", errors="replace")
        yield {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": text, "url": None}
    yield {"type": "GetFiles", "index_id": 0}


def _answer(stdout: IO[bytes]) -> dict[str, Any]:
    """Read an answer. Raises ValueError."""
    read = [b""]
    while not read[-1].endswith(b","):
        read.append(os.read(stdout.fileno(), 1 << 20))
        if not read[-1]:
            raise ValueError("it ended before it was done")
    told: dict[str, Any] = json.loads(base64.b64decode(b"".join(read)[:-1]))["payload"]
    if told["type"] == "Error":
        raise ValueError(told["message"])
    return told
