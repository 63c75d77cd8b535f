"""Files on the disk: written whole, one run at a time, and a cache that may be lost."""

from digest.store.cache import Cache
from digest.store.files import clean_temporaries, explained, sha256, write_atomic, write_many
from digest.store.folders import is_below, looks, refuse_links
from digest.store.lock import blog_lock

__all__ = [
    "Cache",
    "blog_lock",
    "clean_temporaries",
    "explained",
    "is_below",
    "looks",
    "refuse_links",
    "sha256",
    "write_atomic",
    "write_many",
]
