"""A card in the terminal: whatever stands in the record, no character commands the terminal and no line is forged."""

import re
from pathlib import Path

import pytest

from conftest import run_digest
from digest import digests
from digest.models import Digest
from injection.payloads import PAYLOADS, PLAIN, everywhere, rich_digest, spoiled

COMMANDS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Control characters, other ends of lines, changes of direction, and what nobody can see."""


def printed(folder: Path, record: Digest) -> str:
    (folder / "config.yaml").write_text("site: {language: en}\n", encoding="utf-8")
    digests.write(folder / "content/records", record)
    done = run_digest("paper", "2602.15620", "--evidence", "--config", str(folder / "config.yaml"))
    assert done.status == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many lines a card of plain words has."""
    with pytest.MonkeyPatch.context():
        return len(printed(tmp_path_factory.mktemp("twin"), spoiled(rich_digest(), everywhere(PLAIN))).splitlines())


@pytest.mark.parametrize("name", [n for n in PAYLOADS if n != "surrogate"])  # a record is UTF-8
def test_a_card_has_the_lines_of_its_clean_twin_and_no_commands(name: str, tmp_path: Path, lines: int) -> None:
    shown = printed(tmp_path, spoiled(rich_digest(), everywhere(PAYLOADS[name])))
    assert not COMMANDS.search(shown)
    assert len(shown.split("\n")) - 1 == lines
