"""Stage 5: the digest record, what earlier ones say, and the editor's layer over it.

`load_day` gives a day as everything downstream shows it: the record with the edits applied.
"""

from datetime import date as Date

from digest import collector
from digest.config import Config
from digest.digests.edits import Correction, Day, Edits, apply, edits_file, read_edits
from digest.digests.history import Seen, seen
from digest.digests.overview import overview
from digest.digests.record import days, dump, read, record_path, write
from digest.digests.retelling import retold
from digest.models import Digest

__all__ = [
    "Correction",
    "Day",
    "Edits",
    "Seen",
    "days",
    "dump",
    "edits_of",
    "load_day",
    "load_days",
    "overview",
    "project",
    "read",
    "record_path",
    "seen",
    "write",
]


def edits_of(config: Config, day: Date) -> Edits:
    """The edits of a day; empty where there are none. Raises EditsError."""
    return read_edits(edits_file(config.path("edits"), day))[0]


def project(config: Config, digest: Digest) -> Day:
    """A record as it is shown, edits applied. Raises EditsError."""
    path = edits_file(config.path("edits"), digest.date)
    edits, lines = read_edits(path)
    # The first edition is the config's; a record on the disk has its keys in alphabetical order.
    names = [edition.name for edition in config.editions if edition.name in digest.editions]
    editions = {name: digest.editions[name] for name in (*names, *digest.editions)}
    ordered = digest if list(editions) == list(digest.editions) else digest.model_copy(update={"editions": editions})
    return retold(apply(ordered, edits, lines, str(path)), ordered, config)


def load_day(config: Config, day: Date) -> Day | None:
    """A day as it is shown, or None where it has no record. Raises RecordError, EditsError."""
    digest = read(config.path("records"), day)
    return None if digest is None else project(config, digest)


def load_days(config: Config) -> list[Day]:
    """All days as they are shown, newest first. Raises RecordError, EditsError."""
    with collector.paused():
        return [day for d in reversed(days(config.path("records"))) if (day := load_day(config, d)) is not None]
