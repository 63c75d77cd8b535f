"""`digest check`: is everything in content/ what it should be?"""

from pathlib import Path

import click

from digest.cli.edge import config_option, load_config


@click.command(name="check", help="Validate config, records, edits and posts. Prints one line a mistake.")
@config_option
def command(config_file: Path) -> int:
    from digest.check import problems

    found = list(problems(load_config(config_file)))
    for problem in found:
        click.echo(problem)
    if not found:
        click.echo("all is well")
    return 2 if found else 0
