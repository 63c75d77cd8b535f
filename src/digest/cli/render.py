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
    from digest.posts.write import OldNames


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
            _drop_old_names(day, posts.hashes, config, overwrite, say)
        if not dates:
            for made in write_again(config, today, overwrite=overwrite):
                for line in told(made):
                    say(line)
            _drop_old_roundups(config, overwrite, say)
        if config.posts.export_to is None:
            return 0
        return _copy(config, wanted if dates else None, overwrite, say)


def _drop_old_names(day: Date, recorded: dict[str, str], config: "Config", overwrite: bool, say: Callable[[str], None]) -> None:
    """Remove a day's posts that stand under names of another language of the site, just written under their new ones."""
    from digest import digests
    from digest.posts.write import post_path, without_old_names

    own = [post_path(config, day, edition.name, config.site.language) for edition in config.editions]
    old = without_old_names(own, recorded, config, overwrite=overwrite)
    if old.hashes != recorded and (digest := digests.read(config.path("records"), day)):
        digests.write(config.path("records"), digest.model_copy(update={"posts": old.hashes}))
    _tell(old, say)


def _drop_old_roundups(config: "Config", overwrite: bool, say: Callable[[str], None]) -> None:
    """The same for round-ups."""
    from digest.posts.write import without_old_names
    from digest.roundups.files import dump, read_written, roundup_path, written_path, written_periods
    from digest.store import write_atomic

    written = read_written(config)
    own = [roundup_path(config, period, config.site.language) for period in written_periods(config)]
    old = without_old_names(sorted(own), written.posts, config, overwrite=overwrite)
    if old.hashes != written.posts:
        write_atomic(written_path(config), dump(written.model_copy(update={"posts": old.hashes})).encode())
    _tell(old, say)


def _tell(old: "OldNames", say: Callable[[str], None]) -> None:
    for path in old.removed:
        say(f"removed, now without its language in its name: {path}")
    for path in old.kept:
        say(f"left alone, edited by hand: {path} (the site's language needs no name; --overwrite removes it)")


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
