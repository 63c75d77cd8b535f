"""The digest record on disk: content/records/YYYY/YYYY-MM-DD.json, canonical JSON, validated on read."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date as Date
from pathlib import Path

from pydantic import ValidationError

from digest.clock import iso_date
from digest.errors import RecordError
from digest.models import SCHEMA, Digest

_CURRENT = f'\n "schema": {SCHEMA},'.encode()
"""The line of a canonical record that tells its schema."""
_HINT = "restore it from version control, or delete it and build that date again"


def record_path(folder: Path, day: Date) -> Path:
    """Where the record of a day stands."""
    return folder / f"{day.year:04}" / f"{day}.json"


def dump(digest: Digest) -> str:
    """A record as canonical JSON: sorted keys, UTF-8, one trailing newline."""
    data = digest.model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def write(folder: Path, digest: Digest, posts: Mapping[Path, bytes] | None = None) -> bool:
    """Write a record, and with it the posts whose hashes it holds, all or none.

    Returns:
        Whether a byte has changed.

    Raises:
        OutputError: a file cannot be written.
    """
    from digest.store import write_many

    # The record last: a run that is killed between them leaves posts that the next one finds to be what it would write.
    return bool(write_many({**(posts or {}), record_path(folder, digest.date): dump(digest).encode()}))


def read(folder: Path, day: Date) -> Digest | None:
    """The record of a day, or None where there is none.

    Raises:
        RecordError: damaged, of another schema, or of another day than its name says.
    """
    path = record_path(folder, day)
    try:
        data = path.read_bytes()
    except OSError as error:
        if not path.is_file():
            return None
        raise RecordError("not a digest record", where=str(path), why=str(error), hint=_HINT) from None
    digest = _read(data, path)
    if str(digest.date) != path.stem:
        raise RecordError(f"a record of {digest.date}", where=str(path), why="its name is another day's")
    return digest


def days(folder: Path) -> list[Date]:
    """The days that have a record, oldest first."""
    return sorted(_named(folder))


def _named(folder: Path) -> Iterator[Date]:
    for year in _names(str(folder)):
        if len(year) == 4 and year.isascii() and year.isdigit():
            for name in _names(f"{folder}/{year}"):
                if name.endswith(".json"):
                    with suppress(ValueError):
                        yield iso_date(name.removesuffix(".json"))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # years of names, which need be no Paths
    except OSError:
        return []


def _read(data: bytes, path: Path) -> Digest:
    if data.rfind(_CURRENT) >= 0:  # of any other its JSON is read first, for the message
        with suppress(ValidationError):
            digest = Digest.model_validate_json(data)
            if digest.record_schema == SCHEMA:
                return digest
    try:
        text = data.decode()
        schema = json.loads(text).get("schema")
    except (ValueError, AttributeError) as error:
        raise RecordError("not a digest record", where=str(path), why=str(error), hint=_HINT) from None
    if schema != SCHEMA:
        raise RecordError(f"a record of schema {schema}", where=str(path), why=f"this version reads schema {SCHEMA}")
    try:
        return Digest.model_validate_json(text)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RecordError(f"bad value for {place}", where=str(path), why=first["msg"], hint=_HINT) from None
