"""Where the package meets the terminal: exit statuses, signals, messages, the config option."""

import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from digest.clock import Clock
    from digest.config import Config

F = TypeVar("F", bound=Callable[..., Any])
USAGE = 3
NOTHING = 2


class Stopped(BaseException):
    """A signal asked us to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def guarded(command: click.Command) -> int:
    """Run a command; what goes wrong on purpose is one line on stderr and its exit status."""
    from digest.errors import DigestError

    _catch_signals()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale that lacks a title's letters must not end a night
            stream.reconfigure(errors="backslashreplace")
    try:
        result = command.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        error.show()
        return USAGE
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        return error.exit_status
    except (Stopped, KeyboardInterrupt, click.Abort) as stop:
        number = stop.number if isinstance(stop, Stopped) else signal.SIGINT
        click.echo(f"digest: stopped by signal {int(number)}; what stood before still stands", err=True)
        return 128 + int(number)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except Exception as error:  # a bug of ours must not look like a degraded night, whose exit status is 1
        import traceback

        traceback.print_exc()
        click.echo(f"digest: a bug: {type(error).__name__}: {error}; please report it with the lines above", err=True)
        return NOTHING
    return result if isinstance(result, int) else 0


def end(status: int) -> NoReturn:
    """End the process at once: taking a few thousand modules apart, one by one, takes a third of a second and serves nobody.

    Whatever has to be closed was closed by then: files, lock, database, connections and threads are contexts.
    """
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _catch_signals() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped(number)

    signal.signal(signal.SIGTERM, stop)


def config_option(command: F) -> F:
    """`--config FILE`, on every command."""
    where = click.Path(path_type=Path, dir_okay=False)
    told = "The blog's config file."
    return click.option("--config", "config_file", type=where, default="config.yaml", show_default=True, help=told)(command)


def quiet_option(command: F) -> F:
    """`--quiet`, on every command that reports progress."""
    return click.option("--quiet", is_flag=True, help="No progress on stderr; errors still go there.")(command)


def load_config(path: Path) -> "Config":
    """The configuration with the environment's overrides. Raises ConfigError."""
    from digest.config import load

    return load(path, dict(os.environ))


def clock() -> "Clock":
    """The time, or DIGEST_NOW. Raises UsageError."""
    from digest.clock import system_clock

    return system_clock(dict(os.environ))
