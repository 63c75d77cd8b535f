"""`digest status`: the last runs and what is missing."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.edge import clock, config_option, load_config

if TYPE_CHECKING:
    from digest.models import Digest


@click.command(name="status", help="Show the last days and runs, what they found and what is missing.")
@click.option("--runs", default=5, show_default=True, help="How many runs.")
@config_option
def command(runs: int, config_file: Path) -> int:
    from digest import digests
    from digest.schedule import DAY, LOOK_BACK

    config = load_config(config_file)
    today = clock().today
    for day in (today - n * DAY for n in range(LOOK_BACK)):
        digest = digests.read(config.path("records"), day)
        if digest is None:
            click.echo(f"{day}  no record")
            continue
        lacking = [f"{s.name} {s.listing} {s.status}" for s in digest.sources if s.status in ("stale", "failed")]
        counts = f"{digest.counts.unique} listed, {digest.counts.picked} picked" if digest.status == "announced" else ""
        marks = ["provisional"] if digest.provisional else []
        click.echo("  ".join(filter(None, [str(day), digest.status, counts, *marks, _model(digest), *lacking])))
    for path in sorted((config.path("state") / "runs").glob("*.json"))[-runs:]:
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        dates = ", ".join(day["date"] for day in report.get("days", ())) or "nothing due"
        facts = f"exit {report.get('exit_status')}  {report.get('seconds')} s  {dates}  {report.get('error') or ''}"
        click.echo(f"run {report.get('started')}  {facts}".rstrip())
    return 0


def _model(digest: "Digest") -> str:
    """What the model did and cost for a day; nothing where none was asked."""
    usage = digest.usage
    if not usage.calls:
        return ""
    cost = f"{usage.cost:.4g} {usage.currency or ''}".strip() if usage.cost is not None else "cost unknown"
    failed = len(digest.unfilled())
    parts = [f"{usage.calls} calls", f"{usage.tokens:,} tokens" if usage.tokens is not None else "tokens unknown", cost]
    return ", ".join([*parts, *([f"{failed} without the model's card"] if failed else [])])
