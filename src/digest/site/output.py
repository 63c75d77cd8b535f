"""The output folder: files are staged first, take their places in one go, and nothing that is not ours is touched."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.config import Config
from digest.errors import OutputError
from digest.site import routes
from digest.store import explained, is_below, looks, refuse_links

MANIFEST = ".digest-manifest.json"
"""In the output folder: the files that we wrote there. Nothing else is ever removed."""
_STAGING = ".digest-next"
_MADE = b"<generator>paper-digest</generator>"
"""In every feed of ours, whatever templates and settings a blog has."""
_HINT = "set paths.output to a folder of its own below the one of config.yaml, such as public"


def checked_output(config: Config) -> Path:
    """The output folder, if it may be written to.

    Raises:
        OutputError: it leads out of the blog's folder, is that folder, or touches its sources.
    """
    output, root = config.path("output"), config.root
    resolved = output.resolve()
    if resolved == root or root not in resolved.parents:
        raise OutputError("is no place for the site", where=str(output), why=f"it leads to {resolved}", hint=_HINT)
    for name in ("content", "posts", "records", "edits", "templates", "state"):
        _apart(output, resolved, config.path(name).resolve())
    for name in ("src", ".git"):
        _apart(output, resolved, (root / name).resolve())
    return output


def _apart(output: Path, resolved: Path, source: Path) -> None:
    if resolved == source or source in resolved.parents or resolved in source.parents:
        raise OutputError("is no place for the site", where=str(output), why=f"{source} is not for output", hint=_HINT)


class Output:
    """The site on the disk, while it is built.

    Files wait in a hidden folder inside the output until all of them are made: what goes wrong until then leaves the
    site as it stood, and moving them to their places takes no room.

    Args:
        folder: as `checked_output` gives it.
        durable: whether the bytes are on the disk before they take their names, which takes a moment: after a power cut
            each file is then the old one or the new one.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder, self._durable = folder, durable
        self._staging = folder / _STAGING
        self._staged: dict[str, str] = {}
        self._is_new = not folder.exists()
        shutil.rmtree(self._staging, ignore_errors=True)  # what a killed build has left would be deployed

    def listed(self) -> set[str]:
        """The files that earlier builds wrote; none where the manifest is missing or damaged."""
        try:
            files = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))["files"]
            return {name for name in files if isinstance(name, str) and is_below(name)} - {MANIFEST}
        except (OSError, ValueError, KeyError, TypeError):
            return set()

    def stage(self, name: str, data: bytes) -> bool:
        """Have a file ready. One that already stands there with these bytes is not written again.

        Returns:
            Whether it changes.

        Raises:
            OutputError: it cannot be written.
        """
        if not self._is_new and self._holds(name, data):
            return False
        staged = f"{self._staging}/{len(self._staged)}"
        try:
            if not self._staged:
                self._staging.mkdir(parents=True, exist_ok=True)
            _write(staged, data)
        except OSError:
            with explained(self.folder / name):
                raise
        self._staged[name] = staged
        return True

    def place(self, removed: set[str], manifest: Callable[[Iterable[str]], bytes]) -> None:
        """Put what was staged in its places, and remove what the site no longer has.

        Args:
            removed: files of earlier builds that are to go.
            manifest: the list of all files of the site, with some more.

        Raises:
            OutputError: a file cannot be put in its place. The next build goes on from there. Or the first build of all would
                write over files that somebody else made; then nothing has changed.
        """
        refuse_links(self.folder, self._staged)
        self._refuse_strangers()
        if not self._staged and not removed and (self.folder / MANIFEST).exists():
            return
        self._list(manifest(removed))
        if self._staged and self._durable:
            os.sync()  # all bytes are on the disk before the first file takes its name
        self._move()
        if removed:
            self._remove(removed)
            self._list(manifest(()))

    def _refuse_strangers(self) -> None:
        """Raises OutputError where a staged file would replace another in a folder that no build of ours has written to."""
        if self._is_new or self._was_built():
            return
        for name in self._staged:
            path = self.folder / name
            if path.exists():
                why = "it stood here before the site was first built"
                hint = "move it away, or set paths.output to another folder"
                raise OutputError("is not ours to replace", where=str(path), why=why, hint=hint)

    def _was_built(self) -> bool:
        """Whether there is a trace of an earlier build. The manifest may get lost, as whoever copies a site without hidden
        files loses it, and a night may not wait for a person then: the feed tells as well."""
        if (self.folder / MANIFEST).exists():
            return True
        try:
            return _MADE in (self.folder / routes.FEED).read_bytes()
        except OSError:
            return False

    def _move(self) -> None:
        made: set[str] = set()
        for name, staged in self._staged.items():
            target = f"{self.folder}/{name}"
            try:
                self._make_folder(name.rpartition("/")[0], made)
                os.replace(staged, target)  # noqa: PTH105 - of ten thousands
            except OSError:
                with explained(Path(target)):
                    raise

    def _make_folder(self, name: str, made: set[str]) -> None:
        """Make a folder of the output and those around it, but for those that were `made` before."""
        if not name or name in made:
            return
        self._make_folder(name.rpartition("/")[0], made)
        with contextlib.suppress(FileExistsError):  # of a file in its place the move will tell
            os.mkdir(f"{self.folder}/{name}")  # noqa: PTH102
        made.add(name)

    def discard(self) -> None:
        """Let go of what is staged."""
        shutil.rmtree(self._staging, ignore_errors=True)

    @property
    def changed(self) -> list[str]:
        """The files that were staged, in order."""
        return list(self._staged)

    def folder_time(self, name: str) -> int:
        """When a folder of the output changed last, in nanoseconds; 0 where it is not there."""
        try:
            return os.stat(f"{self.folder}/{name}").st_mtime_ns  # noqa: PTH116
        except OSError:
            return 0

    def _holds(self, name: str, data: bytes) -> bool:
        try:
            with open(f"{self.folder}/{name}", "rb") as file:  # noqa: PTH123
                return file.read() == data
        except OSError:
            return False

    @property
    def manifest_looks(self) -> str:
        """Changes when the manifest does."""
        return looks(self.folder / MANIFEST)

    def _list(self, manifest: bytes) -> None:
        path, following = self.folder / MANIFEST, self.folder / f"{MANIFEST}.next"
        with explained(path):
            self.folder.mkdir(parents=True, exist_ok=True)
            following.write_bytes(manifest)
            following.replace(path)

    def _remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders that they leave empty."""
        for name in sorted(names):
            path = self.folder / name
            if any(parent.is_symlink() for parent in self._between(path)):
                continue
            with contextlib.suppress(OSError):
                path.unlink()
            with contextlib.suppress(OSError):
                for parent in self._between(path):
                    parent.rmdir()

    def _between(self, path: Path) -> list[Path]:
        """The folders around a file, innermost first, up to the output folder."""
        return [self.folder.joinpath(*parent.parts) for parent in path.relative_to(self.folder).parents if parent.parts]


def _write(path: str, data: bytes) -> None:
    """Write a new file whole: without a Path or a buffer, as there may be tens of thousands."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part before it refuses
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
