"""What earlier records say: which papers had a card, and in which version."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from digest.digests.record import days, record_path
from digest.errors import RecordError


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a paper had its first card, and the newest version that an earlier day than the one being built carded."""

    date: Date
    version: int | None


def seen(folder: Path, *, without: Date) -> dict[str, Seen]:
    """All papers with a card in another day's record, by id.

    Args:
        folder: the records.
        without: the day that is being built; its own record does not count, and of later ones only that they are there.

    Raises:
        RecordError: a record that is not JSON. A paper must not be told twice because a file is damaged.
    """
    found: dict[str, Seen] = {}
    for day in days(folder):
        if day == without:
            continue
        for paper in _papers(record_path(folder, day)):
            known = found.get(paper["id"])
            first = known.date if known else day
            versions = [v for v in (known and known.version, paper.get("version") if day < without else None) if v]
            found[paper["id"]] = Seen(first, max(versions, default=None))
    return found


def _papers(path: Path) -> Iterable[dict[str, Any]]:
    # plain JSON: years of records are read here every night, and only two fields of each paper are wanted
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return [row["paper"] for row in (*record["papers"], *record.get("recarded", ()))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "restore it from version control"
        raise RecordError("not a digest record", where=str(path), why=repr(error), hint=hint) from None
