"""Python's collector of cycles, out of the way of who reads or makes much."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 50_000
"""Things that may come before the collector looks for cycles among them."""


@contextmanager
def paused() -> Iterator[None]:
    """Without the collector, which looks through all that was read again and again: records hold no cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def sparing() -> Iterator[None]:
    """With the collector, which leaves alone what is there already: pages are made one after another, and what a template
    leaves behind of each is a cycle."""
    was_enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_YOUNG, *thresholds[1:])
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        if not was_enabled:
            gc.disable()
