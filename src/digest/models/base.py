"""What all models share: frozen values, and the words that they may hold."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["zh", "en"]
Status = Literal["announced", "quiet", "stale", "failed"]
Via = Literal["feed", "list", "api", "daily"]
AnnounceType = Literal["new", "cross", "replace", "replace-cross"]
ClaimStatus = Literal["supported", "partly", "unsupported", "edited"]
Role = Literal["also", "excluded", "repeated", "failed"]
Flag = Literal["hidden_text", "invisible_characters", "instructions", "encoded"]
Stars = Annotated[int, Field(ge=1, le=3)]


class Model(BaseModel):
    """A frozen value; an unknown field is an error.

    Its schema is built when the first one is validated, because most commands need few of them. So no value is made while
    a class is: the default of a field that is a model is a factory.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Said = TypeVar("Said")


def in_language(by_language: Mapping[Language, Said], language: Language) -> Said | None:
    """What there is in a language, else in the first one that there is; None where there is nothing at all."""
    return by_language.get(language, next(iter(by_language.values()), None))
