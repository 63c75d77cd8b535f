"""Kinds of values in config.yaml that pydantic has no words for: each is refused with the place of the mistake and the reason."""

import re
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import PlainValidator, TypeAdapter, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError

from digest.models import Language
from digest.yamlfile import Place

T = TypeVar("T")


def mistake(place: Place, why: str, value: object) -> ValidationError:
    """A mistake at a place within the value that a validator is given."""
    details = InitErrorDetails(type=PydanticCustomError("mistake", "{why}", {"why": why}), loc=place, input=value)
    return ValidationError.from_exception_data("Config", [details])


def each_once(values: tuple[T, ...]) -> tuple[T, ...]:
    """A list in which nothing stands twice."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise mistake((index,), "it stands twice", value)
    return values


def visible(text: str) -> str:
    """A text that is not blank."""
    if not text.strip():
        raise ValueError("it says nothing")
    return text


def address(url: str) -> str:
    """The address of a site, to which the routes of its pages are added; it ends with a slash."""
    if not re.match(r"https?://[^/?#\s]", url):
        raise ValueError("an absolute URL is wanted, such as https://example.org/papers/")
    if found := re.search(r"[\s\x00-\x1f\x7f?#]", url):
        what = {"?": "no query", "#": "no fragment"}.get(found[0], "no blank (%20 stands for one)")
        raise ValueError(f"it may have a path, but {what}: such as https://example.org/papers/")
    return url.rstrip("/") + "/"


def installed(search: str) -> str:
    """A kind of search whose program is there."""
    from importlib.util import find_spec

    if search == "pagefind" and not find_spec("pagefind_bin_extended"):
        raise ValueError("Pagefind is not installed: pip install 'paper-digest[search]'")
    return search


def _pick(value: object, validated: ValidatorFunctionWrapHandler) -> object:
    try:
        count = validated(value)
    except ValidationError:
        count = 0
    if isinstance(value, bool) or (count != "all" and count < 1):
        raise ValueError("1 or more, or all")
    return count


def _words(value: object) -> object:
    """Not left to pydantic, which tells of a mistake in one of two kinds what is wrong with both."""
    return _kind(isinstance(value, dict)).validate_python(value)


@cache
def _kind(is_by_language: bool) -> TypeAdapter[Any]:
    return TypeAdapter(dict[Language, str] if is_by_language else str)


PickCount = Annotated[int | Literal["all"], WrapValidator(_pick)]
Words = Annotated[str | dict[Language, str], PlainValidator(_words)]
"""A text for all languages, or one for each: `{zh: ArXiv 日报, en: ArXiv Daily}`."""


def words_in(words: Words, language: Language) -> str:
    """The words in a language; none where there are some for other languages only."""
    return words if isinstance(words, str) else words.get(language, "")
