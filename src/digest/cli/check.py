"""`digest check`: is everything in the blog's folder what it should be?"""

from pathlib import Path

import click

from digest.cli.edge import config_option, load_config


@click.command(name="check", help="Validate config, labels, templates, records, edits and posts. Prints one line a mistake.")
@config_option
def command(config_file: Path) -> int:
    from digest.check import problems

    found = list(problems(load_config(config_file)))
    for problem in found:
        click.echo(str(problem))
    if not found:
        click.echo("all is well")
    return max((problem.exit_status for problem in found), default=0)
