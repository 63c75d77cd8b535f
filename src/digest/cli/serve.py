"""`digest serve`: the site in the browser while it is worked on."""

import os
import signal
import threading
from pathlib import Path

import click

from digest.cli.edge import Stopped, config_option, quiet_option
from digest.cli.progress import speaker


@click.command(name="serve", help="Show the site in a browser, and build it again when something changes. Prints its address.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="By default 8000, or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Another than this shows it to others.")
@quiet_option
@config_option
def command(port: int | None, host: str, quiet: bool, config_file: Path) -> int:
    from digest.site.serving import Preview, bound
    from digest.site.serving.server import LOOPBACK

    with speaker(quiet, live=False) as say:
        preview = Preview(config_file, dict(os.environ), say, _warn)
        server = bound(preview, host, port)
        if host not in LOOPBACK:
            _warn(f"digest: whoever reaches {host} can read this blog, also what is not published (leave out --host)")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{server.server_port}{preview.path}")
        say("Ctrl-C ends it")
        try:
            preview.watch()
        except (KeyboardInterrupt, Stopped) as stop:  # the way in which it always ends: nothing to tell
            return 128 + (stop.number if isinstance(stop, Stopped) else signal.SIGINT)
        finally:
            preview.close()
            server.server_close()


def _warn(line: str) -> None:
    click.echo(line, err=True)
