"""Files of labels: a user's own laid over the shipped one, key by key, and what can be wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import date as Date
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from digest import yamlfile
from digest.errors import RenderError

Words = Mapping[Any, Any]
"""Labels by key, or sections of them. Keys are texts, and numbers where YAML takes them for such."""
Pair = tuple[tuple[str, ...], Any, Any]
"""A place in a user's file, what stands there in ours (`_NOTHING` if there is no such key), and what in the user's."""

BRACES = "a brace that is to be seen is written twice"
"""What to do about braces that are not in pairs."""
NO_VALUES = f"it is given no values; {BRACES}"
"""What to do about a name in braces where there is nothing to fill in."""
_NOTHING = object()
_FORMS = {"one", "other"}
"""The keys of a label with two forms."""


def files(ours: Path, own: Path | None) -> list[Path]:
    """A user's own file, if there is one, and the shipped one.

    Args:
        ours: the shipped file.
        own: the user's templates; the file has the same name in `labels/` there.
    """
    mine = own / "labels" / ours.name if own else None
    return [mine, ours] if mine and mine.is_file() and mine.resolve() != ours.resolve() else [ours]


def laid_over(ours: Path, own: Path | None) -> Words:
    """The shipped words, a user's own over them.

    Raises:
        RenderError: a file is no YAML, or a value of the user's is of another kind than ours. The message has the line.
    """
    *mine, _ = files(ours, own)
    base = _read(ours)
    for path in mine:
        words = _keyed_as(base, _read(path))
        if any(_misfit(pair) for pair in _pairs(base, words)):
            _, lines = yamlfile.read(path, RenderError)  # only now: without lines, reading is fast
            raise next(_misfits(base, words, lines, path))
        base = _over(base, words)
    return base


def mistakes(ours: Path, own: Path, *, is_open: bool = False) -> Iterator[RenderError]:
    """All that is wrong in a user's own file: what fails a build, what will on another day, and keys that nobody asks for.

    Args:
        ours, own: as in `files`.
        is_open: the user's file may have keys of its own. In the other files it has those that a template of the user's
            asks for.
    """
    *mine, _ = files(ours, own)
    for path in mine:
        try:
            read, lines = yamlfile.read(path, RenderError)
        except RenderError as error:
            yield error
            continue
        base = _read(ours)
        words = _keyed_as(base, read)
        yield from _misfits(base, words, lines, path)
        if not is_open:  # names that are filled with nothing
            yield from _unfillable(base, words, lines, path)
            yield from _unknown(base, words, lines, path, _asked(own))


def is_text(value: object) -> bool:
    """Whether a value is what a label can say: a text, or what YAML takes for a number or a date."""
    return isinstance(value, (str, int, float, Date)) and not isinstance(value, bool)


def braces(text: str) -> str:
    """What is wrong with the braces of a label; "" if nothing is."""
    try:
        list(Formatter().parse(text))
    except ValueError:
        return "its braces are not in pairs"
    return ""


# --- reading -------------------------------------------------------------------------------------


def _read(path: Path) -> Words:
    try:
        stat = path.stat()
    except OSError:
        return _read_as(path, ())
    return _read_as(path, (stat.st_size, stat.st_mtime_ns, stat.st_ino))


@lru_cache(maxsize=16)
def _read_as(path: Path, look: tuple[int, ...]) -> Words:
    """The words of a file that looks so: a file that is written again is read again."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        words: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # both are safe loaders
    except (OSError, yaml.YAMLError, ValueError):
        words = ()
    if words is not None and not isinstance(words, dict):
        words, _ = yamlfile.read(path, RenderError)  # slower, and tells what is wrong and on which line
    return words or {}


def _keyed_as(base: Words, own: Words) -> Words:
    """A user's words under our keys: whether `1` or `"1"` is written makes no difference."""
    known = {str(key): key for key in base}
    keyed = {known.get(str(key), key): value for key, value in own.items()}
    return {key: _keyed_as(base[key], value) if _are_sections(base.get(key), value) else value for key, value in keyed.items()}


def _over(base: Words, own: Words) -> Words:
    merged: dict[Any, Any] = dict(base)
    for key, value in own.items():
        merged[key] = _over(base[key], value) if _are_sections(base.get(key), value) else value
    return merged


def _are_sections(ours: object, mine: object) -> bool:
    return isinstance(ours, Mapping) and isinstance(mine, Mapping)


# --- mistakes ------------------------------------------------------------------------------------


def _pairs(base: Words, own: Words, before: tuple[str, ...] = ()) -> Iterator[Pair]:
    for key, value in own.items():
        place = (*before, str(key))
        if _are_sections(base.get(key), value):
            yield from _pairs(base[key], value, place)
        else:
            yield place, base.get(key, _NOTHING), value


def _misfit(pair: Pair) -> str:
    """What is wanted in the place of a value; "" if it may stay."""
    _, ours, value = pair
    if ours is _NOTHING:
        return ""
    if isinstance(ours, list):
        is_alike = isinstance(value, list) and len(value) == len(ours) and all(map(is_text, value))
        return "" if is_alike else f"a list of {len(ours)} texts is wanted"
    if isinstance(ours, Mapping) and ours.keys() != _FORMS:
        return f"labels of its own are wanted, such as {next(iter(ours))!r}"
    has_forms = isinstance(value, Mapping) and "other" in value and value.keys() <= _FORMS and all(map(is_text, value.values()))
    return "" if has_forms or is_text(value) else "a text is wanted"


def _misfits(base: Words, own: Words, lines: yamlfile.Lines, path: Path) -> Iterator[RenderError]:
    for pair in _pairs(base, own):
        if why := _misfit(pair):
            place, _, value = pair
            what, hint = f"bad value for the label {'.'.join(place)!r}", f"it is {yamlfile.shown(value)}"
            yield RenderError(what, where=yamlfile.line_of(place, lines, str(path)), why=why, hint=hint)


def _unfillable(base: Words, own: Words, lines: yamlfile.Lines, path: Path) -> Iterator[RenderError]:
    """Labels that cannot be filled: a build finds them on the day that needs them."""
    for place, ours, value in _pairs(base, own):
        for text in value.values() if isinstance(value, Mapping) else (value,):
            why, hint = _unfilled(place, ours, text) if isinstance(text, str) else ("", "")
            if why:
                what = f"the label {'.'.join(place)!r} cannot be filled"
                yield RenderError(what, where=yamlfile.line_of(place, lines, str(path)), why=why, hint=hint)


def _unfilled(place: tuple[str, ...], ours: object, text: str) -> tuple[str, str]:
    """Why a label cannot be filled, and what to do about it; empty where nothing is known to be wrong.

    Which names a label may use is known only of one that takes none, as ours shows: of two forms, one may do without.
    """
    if why := braces(text):
        return why, BRACES
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    if names and isinstance(ours, str) and "{" not in ours and place[-1] not in _FORMS:
        return f"it wants {{{names[0]}}}", NO_VALUES
    return "", ""


def _unknown(base: Words, own: Words, lines: yamlfile.Lines, path: Path, asked: str) -> Iterator[RenderError]:
    for place, ours, _ in _pairs(base, own):
        key = ".".join(place)
        if ours is _NOTHING and key not in asked:
            section = base
            for part in place[:-1]:
                section = next(inner for name, inner in section.items() if str(name) == part)
            hint = yamlfile.nearest(place[-1], list(map(str, section)))
            yield RenderError(f"unknown label {key!r}", where=yamlfile.line_of(place, lines, str(path)), hint=hint)


def _asked(own: Path) -> str:
    """What a user's own templates ask for: they may use labels that ours do not have."""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in own.rglob("*.j2") if path.is_file())
