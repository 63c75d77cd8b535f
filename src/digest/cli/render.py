"""`digest render`: posts and round-ups again from records, and their copies for another blog."""

from datetime import date as Date
from pathlib import Path

import click

from digest.cli.edge import clock, config_option, load_config, quiet_option
from digest.cli.progress import speaker


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
        if config.posts.export_to is not None:
            from digest.copies import copy_days, lines

            for line in lines(copy_days(config, wanted, overwrite=overwrite)):
                say(line)
    return 0
