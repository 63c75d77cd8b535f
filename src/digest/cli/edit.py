"""`digest edit D`: the edits file of a day."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from digest.cli.edge import clock, config_option, load_config


@click.command(name="edit", help="Open the edits file of a day in $EDITOR, or make one and print its path.")
@click.argument("date", metavar="D")
@config_option
def command(date: str, config_file: Path) -> int:
    from digest import digests
    from digest.digests.edits import edits_date, edits_file, template
    from digest.errors import UsageError
    from digest.store import write_atomic

    config = load_config(config_file)
    path = edits_file(config.path("edits"), edits_date(Path(f"{clock().today if date == 'today' else date}.yaml")))
    digest = digests.read(config.path("records"), edits_date(path))
    if not path.exists():
        write_atomic(path, template(digest, config.site.language))
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and sys.stdin.isatty() and sys.stdout.isatty():
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise UsageError("the editor cannot be started", where=editor, why=str(error), hint="set EDITOR") from None
        if digest is not None:
            digests.project(config, digest)  # names the line of a mistake while the editor is still warm
    click.echo(path)
    return 0
