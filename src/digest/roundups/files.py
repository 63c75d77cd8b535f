"""Where round-ups stand, and content/records/roundups.json, which knows them as written."""

import json
from pathlib import Path

from pydantic import ConfigDict, Field, ValidationError

from digest.config import Config
from digest.errors import RecordError
from digest.models import Language
from digest.models.base import Model
from digest.roundups.periods import Period, named_period

SCHEMA = 1
"""Version of the format of roundups.json."""
_HINT = "restore it from version control, or delete it: round-ups that stand are then taken for edited by hand"


class Written(Model):
    """The round-ups as they were written, which tells an edit by hand.

    Attributes:
        posts: file, relative to the blog's folder, to SHA-256.
    """

    record_schema: int = Field(default=SCHEMA, alias="schema")
    posts: dict[str, str] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def written_periods(config: Config) -> set[Period]:
    """The periods that have a round-up. Raises RecordError."""
    names = (Path(name).name.partition(".")[0] for name in read_written(config).posts)
    return {period for name in names if (period := named_period(name))}


def roundup_path(config: Config, period: Period, language: Language) -> Path:
    """content/posts/YYYY/2026-W08[.LANG].md, the year that of the name; the site's own language is not named."""
    suffix = "" if language == config.site.language else f".{language}"
    return config.path("posts") / f"{period.year:04}" / f"{period.name}{suffix}.md"


def read_written(config: Config) -> Written:
    """The round-ups as they were written; none where there is no such file yet. Raises RecordError."""
    path = written_path(config)
    if not path.is_file():
        return Written()
    try:
        text = path.read_text(encoding="utf-8")
        schema = json.loads(text).get("schema")
    except (OSError, ValueError, AttributeError) as error:
        raise RecordError("no record of round-ups", where=str(path), why=str(error), hint=_HINT) from None
    if schema != SCHEMA:
        raise RecordError(f"a record of schema {schema}", where=str(path), why=f"this version reads schema {SCHEMA}")
    try:
        return Written.model_validate_json(text)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RecordError(f"bad value for {place}", where=str(path), why=first["msg"], hint=_HINT) from None


def written_path(config: Config) -> Path:
    """Where the record of round-ups stands, beside the years of the days' records."""
    return config.path("records") / "roundups.json"


def dump(written: Written) -> str:
    """The record as canonical JSON: sorted keys, UTF-8, one trailing newline."""
    data = written.model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
