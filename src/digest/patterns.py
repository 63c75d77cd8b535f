"""Regular expressions that are compiled when they are first used: those over all Chinese characters take milliseconds each."""

import re
from functools import cached_property
from typing import Any, cast


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """As re.compile, but the work is done when the pattern is first used."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
