"""The words of a language: templates/labels/{zh,en}.yaml, shipped, and a user's own file over it, key by key."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from digest import label_files, yamlfile
from digest.errors import RenderError
from digest.models import Language

_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A folder or file that ships with the package: inside it when installed, at the top of a checkout."""
    inside = _HERE / name
    return inside if inside.exists() else _HERE.parents[1] / name


class UnknownLabel(RenderError):
    """There is no such label: the mistake of who asks for it. Where that is a template, its place is what to tell."""


class Labels:
    """The words of one language.

    `labels("card.tldr")` gives a word, `labels("reason.upvotes", n=12)` a filled sentence, `labels.category("cs.LG")` the
    name of a field.
    """

    def __init__(self, language: Language, words: Mapping[str, Any], own: Path | None = None) -> None:
        self.language = language
        self._words = words
        self._own = own
        self._found: dict[str, Any] = {}  # a page asks for the same label again and again
        self._texts: dict[str, str] = {}
        self._plain: dict[str, str] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """A label by its dotted key, its `{names}` filled. Where it has two forms, `one` and `other`, `n` decides.

        Raises:
            UnknownLabel: there is none.
            RenderError: it is no text, or cannot be filled. The message has the file and line that it stands on.
        """
        if values:
            return self._filled(key, values)
        if key not in self._plain:
            self._plain[key] = self._filled(key, values)  # braces are in pairs in every label
        return self._plain[key]

    def _filled(self, key: str, values: Mapping[str, object]) -> str:
        text = self._texts.get(key)
        if text is None:
            key, text = self._text(key, values)
        try:
            return text.format_map(values)
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            raise self._unfilled(key, text, values, error) from None

    def _text(self, key: str, values: Mapping[str, object]) -> tuple[str, str]:
        """A label as it is written, and the key of the form that was chosen."""
        found = self.raw(key)
        if isinstance(found, Mapping):
            key = f"{key}.one" if values.get("n") == 1 else f"{key}.other"
            found = self.raw(key)
        if not label_files.is_text(found):
            what, hint = f"bad value for the label {key!r}", f"it is {yamlfile.shown(found)}"
            raise RenderError(what, where=self._where(key), why="a text is wanted", hint=hint)
        return key, self._texts.setdefault(key, str(found))

    def raw(self, key: str) -> Any:
        """The value at a dotted key, whatever it is. Raises UnknownLabel."""
        if key not in self._found:
            self._found[key] = self._raw(key)
        return self._found[key]

    def _raw(self, key: str) -> Any:
        found: Any = self._words
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                import difflib

                near = difflib.get_close_matches(key, list(_keys(self._words)), n=1, cutoff=0.8)
                hint = f"did you mean {near[0]!r}?" if near else ""
                raise UnknownLabel(f"there is no label {key!r}", where=str(self._files[0]), hint=hint)
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
        return label_files.laid_over(_shipped(f"categories.{self.language}"), self._own)

    @property
    def _files(self) -> list[Path]:
        return label_files.files(_shipped(self.language), self._own)

    def _unfilled(self, key: str, text: str, values: Mapping[str, object], error: Exception) -> RenderError:
        why, hint = label_files.braces(text), label_files.BRACES
        if not why and isinstance(error, KeyError):
            usable = ", ".join(f"{{{name}}}" for name in values)
            why, hint = f"it wants {{{error.args[0]}}}", f"it may use {usable}" if usable else label_files.NO_VALUES
        elif not why:
            why, hint = str(error), ""
        return RenderError(f"the label {key!r} cannot be filled", where=self._where(key), why=why, hint=hint)

    def _where(self, key: str) -> str:
        """The file and line that a label stands on; looked for when an error is told, so that reading stays fast."""
        place = tuple(key.split("."))
        for path in self._files:
            try:
                _, lines = yamlfile.read(path, RenderError)
            except RenderError:  # a key that stands twice, which is another mistake
                return str(path)
            if place in lines:
                return lines[place]
        return str(self._files[0])


def load_labels(language: Language, own: Path | None = None) -> Labels:
    """The labels of a language, a user's `labels/LANGUAGE.yaml` below `own` laid over the shipped ones.

    Raises:
        RenderError: the user's file is no YAML, or a value in it is of another kind than ours. The message has the line.
    """
    return Labels(language, label_files.laid_over(_shipped(language), own), own)


def mistakes(language: Language, own: Path) -> Iterator[RenderError]:
    """All that is wrong in a user's own labels of a language below `own`, unknown keys among it."""
    yield from label_files.mistakes(_shipped(language), own)
    yield from label_files.mistakes(_shipped(f"categories.{language}"), own, is_open=True)


def _shipped(name: str) -> Path:
    return shipped("templates") / "labels" / f"{name}.yaml"


def _keys(words: Mapping[Any, Any], before: str = "") -> Iterator[str]:
    """The dotted keys of all labels."""
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from _keys(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"
