"""How a command tells what it is doing: a live line on a terminal, plain lines in cron, nothing under --quiet."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Say = Callable[[str], None]


class _Warnings(logging.Handler):
    """Warnings of the package, told like progress."""

    def __init__(self, say: Say) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(record.getMessage())


@contextmanager
def speaker(quiet: bool, *, live: bool = True) -> Iterator[Say]:
    """A function that tells a line on stderr; warnings of the package are told by it as well.

    Args:
        live: whether a terminal has a line that moves, for what ends by itself.
    """
    log = logging.getLogger("digest")
    before = log.handlers, log.propagate
    with _on_terminal() if live and sys.stderr.isatty() and not quiet else _plain(quiet) as say:
        log.handlers, log.propagate = [_Warnings(say)], False
        try:
            yield say
        finally:
            log.handlers, log.propagate = before


@contextmanager
def _plain(quiet: bool) -> Iterator[Say]:
    yield (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))


@contextmanager
def _on_terminal() -> Iterator[Say]:
    """Lines that stay, and below them a live one that shows that the command is at work, and for how long."""
    from rich.console import Console
    from rich.highlighter import ReprHighlighter
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    console, highlight = Console(stderr=True), ReprHighlighter()
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("starting")

        def say(line: str) -> None:
            console.print(highlight(Text(line)))
            progress.update(task, description=line[: console.width - 20])

        yield say
