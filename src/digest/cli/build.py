"""`digest build`: the nightly job."""

import os
from pathlib import Path

import click

from digest.cli.edge import clock, config_option, load_config, quiet_option
from digest.cli.progress import speaker


@click.command(name="build", help="Build the digest of a day, or whatever is due, and the site.")
@click.option("--date", "date", metavar="D", help="2026-02-18, today, yesterday or latest.")
@click.option("--from", "first", metavar="D", help="The first of several dates.")
@click.option("--to", "last", metavar="D", help="The last of them; latest by default.")
@click.option("--edition", metavar="NAME", help="Write the posts of this edition only.")
@click.option("--offline", is_flag=True, help="Make no request; use what is cached.")
@click.option("--force", is_flag=True, help="Build a built date again from what is cached.")
@click.option("--refresh", is_flag=True, help="Ask the upstreams again and add what is new.")
@click.option("--overwrite", is_flag=True, help="Replace posts that were edited by hand.")
@click.option("--no-site", is_flag=True, help="Write records and posts only.")
@click.option("--no-publish", is_flag=True, help="Do not publish, whatever the config says.")
@click.option("--json", "as_json", is_flag=True, help="Print the run report.")
@quiet_option
@config_option
def command(
    date: str | None,
    first: str | None,
    last: str | None,
    edition: str | None,
    offline: bool,
    force: bool,
    refresh: bool,
    overwrite: bool,
    no_site: bool,
    no_publish: bool,
    as_json: bool,
    quiet: bool,
    config_file: Path,
) -> int:
    from digest.nightly import Build, nightly
    from digest.schedule import Request

    build = Build(
        request=Request(date, first, last),
        edition=edition,
        offline=offline,
        force=force,
        refresh=refresh,
        overwrite=overwrite,
        site=not no_site,
    )
    now = clock()
    with speaker(quiet) as say:
        report = nightly(load_config(config_file), now, build, dict(os.environ), say=say)
    if as_json:
        click.echo(report.as_json(), nl=False)
    if report.error:
        click.echo(f"digest: {report.error}", err=True)
    return report.exit_status
