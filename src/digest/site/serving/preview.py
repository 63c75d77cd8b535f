"""A site under one's hands: built when something changes, with the error in its place when it cannot be."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

from digest.config import Config, load
from digest.errors import DigestError, LockHeld
from digest.site.build import build_site
from digest.site.serving import answers
from digest.site.serving.watching import Looks, changed, looks, watched
from digest.store import blog_lock

Say = Callable[[str], None]
_RETRY = 0.5
"""Seconds between two looks at the lock of a run that works on the blog."""


class _Standing(NamedTuple):
    """What is shown: a site, or why there is none."""

    config: Config
    error: DigestError | None


class Preview:
    """Builds the site of a blog again and again, and answers with what it has built.

    Args:
        config_file: read again when it changes.
        environ: the environment, with overrides of the configuration.
        say: told a line for every build.
        warn: told a line for every build that fails.

    Raises:
        ConfigError: the configuration is wrong from the beginning.
    """

    def __init__(self, config_file: Path, environ: Mapping[str, str], say: Say, warn: Say) -> None:
        self._file, self._environ = config_file, environ
        self._say, self._warn = say, warn
        self._standing = _Standing(load(config_file, environ), None)
        self._turn = threading.Condition()
        self._builds = 0
        self._is_closed = False

    @property
    def path(self) -> str:
        """The path below which the site stands."""
        return answers.site_path(self._standing.config)

    # --- building --------------------------------------------------------------------------------

    def watch(self) -> NoReturn:
        """Build, and build again when something has changed, until a signal ends it."""
        config = self._standing.config
        seen = looks(watched(config, self._file))
        while True:
            self._build_when_free()
            seen = self._next(seen)

    def _next(self, seen: Looks) -> Looks:
        """Wait for a change. What changed during a build differs from what was seen before it."""
        return changed(watched(self._standing.config, self._file), seen)

    def _build_when_free(self) -> None:
        is_told = False
        while not self.build():
            if not is_told:
                self._say("another run works on this blog; its site is shown when it has finished")
            is_told = True
            time.sleep(_RETRY)

    def build(self) -> bool:
        """Read the configuration and build. What goes wrong is shown in place of the pages.

        Returns:
            Whether it was tried: not while another run works on the blog.
        """
        config, error = self._standing.config, None
        began = time.perf_counter()
        try:
            config = load(self._file, self._environ)
            with blog_lock(config.path("state")):
                built = build_site(config, preview=True)
            seconds = time.perf_counter() - began
            self._say(f"site: {built.pages} pages made, {built.changed} files changed, {built.removed} removed, {seconds:.2f} s")
        except LockHeld:
            return False
        except DigestError as reason:
            error = reason
            self._warn(f"digest: {error}")
        except Exception as bug:  # whatever it is, the next change may mend it
            error = _of_bug(bug)
            self._warn(f"digest: {error}")
        self._show(_Standing(config, error))
        return True

    def _show(self, standing: _Standing) -> None:
        with self._turn:
            self._standing = standing
            self._builds += 1
            self._turn.notify_all()

    # --- answering -------------------------------------------------------------------------------

    def answer(self, path: str) -> answers.Answer:
        """What stands at a path, with the script that loads a page again."""
        config, error = self._standing
        found = answers.answer(path, config, error)
        return answers.lively(found, config, is_error=error is not None)

    def mark(self, path: str) -> str:
        """Changes with what stands at a path."""
        config, error = self._standing
        return answers.mark(answers.answer(path, config, error), config)

    @property
    def builds(self) -> int:
        """How many builds were shown."""
        return self._builds

    def wait(self, builds: int, seconds: float) -> int:
        """Wait until more builds than these were shown, or for so long. How many there were."""
        with self._turn:
            self._turn.wait_for(lambda: self._builds > builds or self._is_closed, seconds)
            return self._builds

    @property
    def is_closed(self) -> bool:
        """Whether nobody should wait any more."""
        return self._is_closed

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()


def _of_bug(bug: Exception) -> DigestError:
    import traceback

    frame = traceback.extract_tb(bug.__traceback__)[-1]
    why = f"{type(bug).__name__}: {bug}"
    return DigestError("a bug of the program", where=f"{frame.filename}:{frame.lineno}", why=why, hint="please report it")
