"""`digest eval`: how well the cards stand on their sentences, and how well the checker tells right from wrong."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from digest.cli.edge import config_option, load_config

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    name="eval",
    help="Figures of the cards in a FOLDER of records (the blog's own by default); with --checker, of the checker itself.",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--checker", is_flag=True, help="Corrupt true claims and count what the checker catches.")
@click.option("--abstracts", multiple=True, type=_FILE, help="Papers: JSON lines (id, title, abstract) or Daily Papers JSON.")
@click.option("--claims", multiple=True, type=_FILE, help="True claims about them, JSON lines; else their own sentences.")
@click.option("--seed", default=0, show_default=True, help="Of the corruptions.")
@click.option("--show", is_flag=True, help="The false alarms and the misses as well.")
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
@config_option
def command(
    folder: Path | None,
    checker: bool,
    abstracts: tuple[Path, ...],
    claims: tuple[Path, ...],
    seed: int,
    show: bool,
    as_json: bool,
    config_file: Path,
) -> int:
    from digest.errors import UsageError

    if not checker and (abstracts or claims or show):
        raise UsageError("--abstracts, --claims and --show go with --checker")
    if claims and not abstracts:
        raise UsageError("--claims needs --abstracts", hint="the claims cite sentences of papers that must be at hand")
    records = folder if folder or abstracts else load_config(config_file).path("records")
    for line in _of_checker(records, abstracts, claims, seed, show, as_json) if checker else _of_cards(records, as_json):
        click.echo(line)
    return 0


def _of_cards(records: Path | None, as_json: bool) -> Iterator[str]:
    from digest.evaluation import evaluate_records, table

    assert records is not None
    found = evaluate_records(records)
    yield from [json.dumps([asdict(way) for way in found], ensure_ascii=False)] if as_json else table.of_cards(found)


def _of_checker(
    records: Path | None, abstracts: tuple[Path, ...], claims: tuple[Path, ...], seed: int, show: bool, as_json: bool
) -> Iterator[str]:
    from digest.evaluation import measure, of_abstracts, of_files, of_records, read_abstracts, table

    if abstracts:
        shelf = read_abstracts(abstracts)
        known = list(of_files(claims, shelf) if claims else of_abstracts(shelf))
    else:
        assert records is not None
        shelf, known = of_records(records)
    found = measure(known, shelf, seed=seed)
    if as_json:
        yield json.dumps(table.as_json(found, show=show), ensure_ascii=False)
        return
    yield f"{len(known)} claims about {len({c.paper for c in known})} papers, seed {seed}"
    yield from table.of_checker(found)
    yield from table.of_outcomes(found) if show else ()
