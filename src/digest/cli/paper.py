"""`digest paper ID`: one card in the terminal."""

from pathlib import Path

import click

from digest.cli.edge import config_option, load_config


@click.command(name="paper", help="Print the card of a paper that was covered, and with --evidence the sentences behind it.")
@click.argument("paper_id", metavar="ID")
@click.option("--evidence", is_flag=True, help="The sentence behind each claim.")
@config_option
def command(paper_id: str, evidence: bool, config_file: Path) -> int:
    from digest import digests
    from digest.cards import claims_of
    from digest.errors import UsageError
    from digest.paper_id import PaperId

    wanted = PaperId.parse(paper_id).id
    days = digests.load_days(load_config(config_file))
    found = [(day.date, covered) for day in days if (covered := day.digest.paper(wanted))]
    if not found:
        hint = "`digest build` makes them; records stand under content/records"
        raise UsageError(f"no digest has a card of {wanted}", hint=hint)
    date, covered = found[0]
    for card in covered.cards.values():
        click.echo(f"{covered.paper.title}\n{covered.paper.links.abs}  {date}  {'*' * covered.assessment.stars}\n")
        for claim in claims_of(card):
            numbers = ",".join(map(str, claim.evidence))
            click.echo(f"- {claim.text} [{numbers}]")
            for number in claim.evidence if evidence else ():
                if number in covered.quotes:
                    click.echo(f"    [{number}] {covered.quotes[number].text}")
    return 0
