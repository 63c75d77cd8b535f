"""The words of a language: templates/labels/{zh,en}.yaml, shipped, and a user's own file over it, key by key."""

from collections.abc import Mapping
from functools import cache, cached_property
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

    `labels("card.tldr")` gives a word, `labels("reason.upvotes", n=12)` a filled sentence, `labels.category("cs.LG")` the
    name of a field.
    """

    def __init__(self, language: Language, words: Mapping[str, Any], own: Path | None = None) -> None:
        self.language = language
        self._words = words
        self._own = own

    def __call__(self, key: str, /, **values: object) -> str:
        """A label by its dotted key, its `{names}` filled. Where it has two forms, `one` and `other`, `n` decides.

        Raises:
            RenderError: no such label, or a value for it is missing.
        """
        found = self.raw(key)
        if isinstance(found, Mapping):
            found = self.raw(f"{key}.one" if values.get("n") == 1 else f"{key}.other")
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

    def category(self, name: str) -> str:
        """What a category of arXiv is called, from `labels/categories.LANGUAGE.yaml`; "" where it has no name there.

        Raises:
            RenderError: the blog's own file cannot be read.
        """
        return str(self._categories.get(name) or "")

    @cached_property
    def _categories(self) -> Mapping[str, Any]:
        return _laid_over(f"categories.{self.language}.yaml", self._own)


def load_labels(language: Language, own: Path | None = None) -> Labels:
    """The labels of a language, a user's `labels/LANGUAGE.yaml` below `own` laid over the shipped ones."""
    return Labels(language, _laid_over(f"{language}.yaml", own), own)


def _laid_over(name: str, own: Path | None) -> dict[str, Any]:
    """A file of the shipped labels, and the one of that name below a user's templates over it."""
    ours = shipped("templates") / "labels" / name
    mine = own / "labels" / name if own else None
    if mine and mine.is_file() and mine.resolve() != ours.resolve():
        return _over(_read(ours), _read(mine))
    return _read(ours)


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
