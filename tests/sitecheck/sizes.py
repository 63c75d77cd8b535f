"""What a reader on a slow line has to wait for, without compression."""

import re
from collections.abc import Iterator

from sitecheck.site import Fault, Site

DIGEST, STYLE, SCRIPTS = 150_000, 30_000, 30_000
"""Bytes: a digest page, all style sheets together, all scripts together."""

_DIGEST = re.compile(r"\d{4}-\d{2}-\d{2}[^/]*/index\.html")


def sizes(site: Site) -> Iterator[Fault]:
    """Digest pages, style and scripts keep to their limits."""
    for name in sorted(site.files):
        size = (site.folder / name).stat().st_size
        if _DIGEST.fullmatch(name) and size >= DIGEST:
            yield Fault(name, "sizes", f"{size:,} bytes, the limit is {DIGEST:,}")
    for ending, limit in ((".css", STYLE), (".js", SCRIPTS)):
        found = [name for name in site.files if name.endswith(ending) and not name.startswith("pagefind/")]
        size = sum((site.folder / name).stat().st_size for name in found)
        if size >= limit:
            yield Fault(", ".join(sorted(found)), "sizes", f"{size:,} bytes together, the limit is {limit:,}")
