"""`digest site`: the HTML from content/ alone."""

from pathlib import Path

import click

from digest.cli.edge import config_option, load_config, quiet_option
from digest.cli.progress import speaker


@click.command(name="site", help="Rebuild the HTML from content/, config and templates. Prints the path of index.html.")
@quiet_option
@config_option
def command(quiet: bool, config_file: Path) -> int:
    from digest.site import build_site
    from digest.store import blog_lock

    config = load_config(config_file)
    with speaker(quiet) as say, blog_lock(config.path("state")):
        built = build_site(config)
        say(f"site: {built.pages} pages made, {built.changed} files changed, {built.removed} removed")
    click.echo(built.index)
    return 0
