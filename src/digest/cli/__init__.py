"""The command `digest`: one module a command, each loaded when it is called."""

import gc
import os

import click

from digest import __version__

# No plug-in of pydantic is meant for us, and looking for them among all installed packages takes 15 ms of every run.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

COMMANDS = {
    "build": "the nightly job: listing to site",
    "demo": "build the bundled sample day, no network, no key",
    "init": "write a new blog: config, content/, a cron line",
    "render": "write posts again from records",
    "roundup": "the round-up of a week or a month",
    "site": "rebuild the HTML from content/ alone",
    "serve": "show the site, and build it again when something changes",
    "paper": "print one card",
    "export": "a paper or a digest as citations, notes and data",
    "edit": "open or make the edits file of a day",
    "check": "validate config, records, edits, posts",
    "status": "the last runs and what is missing",
    "eval": "measure cards on their sentences, and the checks themselves",
}


class Commands(click.Group):
    """Commands that are imported when they are called: `digest --help` loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"digest.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="paper-digest")
def root() -> None:
    """Turn the day's Hugging Face Daily Papers and arXiv listings into checked cards, posts and a blog.

    Exit status: 0 done, quiet or nothing due; 1 published but degraded; 2 nothing published; 3 usage or configuration;
    75 try again later.
    """


def main() -> None:
    """Run the command line, and turn what goes wrong into one line and an exit status."""
    from digest.cli.edge import end, guarded

    # Modules and papers live until the end: looking for garbage among them every 700 objects costs a tenth of a night.
    gc.set_threshold(100_000, 20, 20)
    end(guarded(root))
