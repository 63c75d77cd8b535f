"""The words of a language: templates/labels/{zh,en}.yaml, shipped, and a user's own file over it, key by key."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from digest.errors import RenderError
from digest.models import Language

_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A folder or file that ships with the package: inside it when installed, at the top of a checkout."""
    inside = _HERE / name
    return inside if inside.exists() else _HERE.parents[1] / name


class Labels:
    """The words of one language.

    `labels("card.tldr")` gives a word, `labels("reason.upvotes", n=12)` a filled sentence.
    """

    def __init__(self, language: Language, words: Mapping[str, Any]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """A label by its dotted key, its `{names}` filled.

        Raises:
            RenderError: no such label, or a value for it is missing.
        """
        found = self.raw(key)
        try:
            return str(found).format_map(values) if values else str(found)
        except (KeyError, IndexError, ValueError) as error:
            raise RenderError(f"the label {key!r} wants {error}", where=f"labels/{self.language}.yaml") from None

    def raw(self, key: str) -> Any:
        """The value at a dotted key, whatever it is. Raises RenderError."""
        found: Any = self._words
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise RenderError(f"there is no label {key!r}", where=f"labels/{self.language}.yaml")
            found = found[part]
        return found

    def one_of(self, key: str, name: str | None) -> str:
        """The word for `name` among those at a dotted key; the name itself where there is none. Raises RenderError."""
        return str(self.raw(key).get(name, name or ""))


def load_labels(language: Language, own: Path | None = None) -> Labels:
    """The labels of a language, a user's `labels/LANGUAGE.yaml` below `own` laid over the shipped ones."""
    words = _read(shipped("templates") / "labels" / f"{language}.yaml")
    mine = own / "labels" / f"{language}.yaml" if own else None
    if mine and mine.is_file() and mine.resolve() != (shipped("templates") / "labels" / f"{language}.yaml").resolve():
        words = _over(words, _read(mine))
    return Labels(language, words)


@cache
def _read(path: Path) -> dict[str, Any]:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        words = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # both are safe loaders
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise RenderError("the labels cannot be read", where=str(path), why=str(error)) from None
    return words if isinstance(words, dict) else {}


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        inner = merged.get(key)
        merged[key] = _over(inner, value) if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return merged
