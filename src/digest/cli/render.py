"""`digest render`: posts and round-ups again from records, and their copies for another blog."""

from collections.abc import Callable
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.edge import clock, config_option, load_config, quiet_option
from digest.cli.progress import speaker

if TYPE_CHECKING:
    from digest.config import Config


@click.command(name="render", help="Write posts again from the records, after a change of template, labels or edits.")
@click.option(
    "--date", "dates", metavar="D", multiple=True, type=click.DateTime(["%Y-%m-%d"]), help="Only this date; may be repeated."
)
@click.option("--overwrite", is_flag=True, help="Replace posts that were edited by hand.")
@quiet_option
@config_option
def command(dates: tuple[object, ...], overwrite: bool, quiet: bool, config_file: Path) -> int:
    from digest import digests
    from digest.pipeline import Options, write_day
    from digest.roundups.write import told, write_again
    from digest.store import blog_lock

    config, today = load_config(config_file), clock().today
    wanted: list[Date] = [d.date() for d in dates] or digests.days(config.path("records"))  # type: ignore[attr-defined]
    with speaker(quiet) as say, blog_lock(config.path("state")):
        for day in wanted:
            digest = digests.read(config.path("records"), day)
            if digest is None:
                say(f"{day}: no record")
                continue
            posts = write_day(digest, config, today, Options(overwrite=overwrite))
            for path in posts.files:
                say(f"written: {path}")
            for path in posts.kept:
                say(f"left alone, edited by hand: {path} (--overwrite replaces it)")
        if not dates:
            for made in write_again(config, today, overwrite=overwrite):
                for line in told(made):
                    say(line)
        if config.posts.export_to is None:
            return 0
        return _copy(config, wanted if dates else None, overwrite, say)


def _copy(config: "Config", days: list[Date] | None, overwrite: bool, say: Callable[[str], None]) -> int:
    """Bring the copies for another blog up to date; 1 where a post could not be copied.

    Args:
        days: those whose copies `overwrite` means; all by default.
    """
    from digest.copies import all_posts, copy_posts, lines, posts_of

    again = all_posts(config) if days is None else posts_of(config, days)
    copied = copy_posts(config, overwrite=again if overwrite else ())
    for line in lines(copied):
        say(line)
    return 1 if copied.problems else 0
