"""`digest roundup`: the round-up of a week or a month."""

from pathlib import Path

import click

from digest.cli.edge import clock, config_option, load_config, quiet_option
from digest.cli.progress import speaker


@click.command(name="roundup", help="Write the round-up of a week or a month; of the last week that is over by default.")
@click.option("--week", metavar="W", help="A week by ISO 8601, such as 2026-W08.")
@click.option("--month", metavar="M", help="A month, such as 2026-02.")
@click.option("--overwrite", is_flag=True, help="Replace a round-up that was edited by hand.")
@quiet_option
@config_option
def command(week: str | None, month: str | None, overwrite: bool, quiet: bool, config_file: Path) -> int:
    from digest.roundups import asked_period, roundup_path
    from digest.roundups.write import told, write_roundup
    from digest.store import blog_lock

    config, today = load_config(config_file), clock().today
    period = asked_period(week, month, today)
    with speaker(quiet) as say, blog_lock(config.path("state")):
        made = write_roundup(config, period, today, overwrite=overwrite)
        for line in told(made):
            say(line)
        if config.posts.export_to is None:
            return 0
        from digest.copies import copy_posts, lines

        ours = [roundup_path(config, period, language) for language in config.languages]
        copied = copy_posts(config, overwrite=ours if overwrite else ())
        for line in lines(copied):
            say(line)
    return 1 if copied.problems else 0
