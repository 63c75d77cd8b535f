"""What an upstream answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from digest.errors import SourceError


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, whole and decoded.

    Attributes:
        url: where it came from, after redirects.
        status: the HTTP status.
        headers: by lower-case name.
        content: the body, without its Content-Encoding.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    def text(self) -> str:
        """The body as UTF-8, whatever the headers say; bytes that are none become U+FFFD."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body's JSON value.

        Raises:
            SourceError: it is not JSON. NaN and Infinity, which Python would read, are not.
        """
        try:
            return json.loads(self.content, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise SourceError("the answer is not JSON", where=self.url, why=why) from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
