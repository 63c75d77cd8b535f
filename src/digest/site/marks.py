"""Marks: short hashes that change when what they were made of does. Parts, units and related papers are kept by them."""

import hashlib


def mark_of(*what: object) -> str:
    """The mark of plain values: strings, numbers, dates' texts, and tuples, lists and dictionaries of them, in their order."""
    return hashlib.sha256(repr(what).encode("utf-8", "surrogatepass")).hexdigest()[:20]
