"""An attribute that is worked out when first asked for, and kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - a decorator, like property
    """`functools.cached_property` without its lock.

    Until Python 3.12 that lock is one for all instances of a class, so that threads that check cards wait for each
    other. Here two threads may both work a value out; it is the same value.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, instance: object, owner: type | None = None) -> Value:
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value
