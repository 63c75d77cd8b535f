"""What all models share: frozen values, and the words that they may hold."""

from typing import Annotated, Literal

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
    """A frozen value; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
