"""What has to hold for every file of a built site, whatever made it: checks that need nothing but the output folder.

    faults = sitecheck.check(folder, "https://example.org/papers/")
    assert not faults, sitecheck.report(faults)

A check is a function that takes a `Site` and gives `Fault`s; `CHECKS` has them all. `only=` and `without=` choose among
them by name: parsing every page takes about half a second a megabyte, so a test that asks one thing of a large site should
choose.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from sitecheck import feeds, links, pages, references, sizes
from sitecheck.site import Fault, Site

__all__ = ["CHECKS", "Fault", "Site", "check", "report"]

EACH = 20
"""Faults of one check that a report shows."""

CHECKS: dict[str, Callable[[Site], Iterator[Fault]]] = {
    "html": pages.html,
    "outline": pages.outline,
    "languages": pages.languages,
    "inline": pages.inline,
    "policy": pages.policy,
    "references": references.references,
    "links": links.internal,
    "foreign": links.foreign,
    "reachable": links.reachable,
    "canonical": references.canonical,
    "translations": references.translations,
    "feeds": feeds.feeds,
    "sitemap": references.sitemap,
    "names": references.names,
    "json": references.machine_files,
    "sizes": sizes.sizes,
}


def check(folder: Path, site_url: str, *, only: Collection[str] = (), without: Collection[str] = ()) -> list[Fault]:
    """Every fault of a site, in the order of the checks.

    Args:
        folder: the output folder.
        site_url: the address that the site was built for, with a slash at its end.
        only: names of checks; all where it is empty.
        without: names of checks that are left out.
    """
    assert not {*only, *without} - set(CHECKS), f"no such check: { ({*only, *without} - set(CHECKS)) }"
    site = Site(folder, site_url)
    chosen = [test for name, test in CHECKS.items() if (not only or name in only) and name not in without]
    return [fault for test in chosen for fault in test(site)]


def report(faults: Collection[Fault]) -> str:
    """The faults, one a line; of each check the first, and how many there are more."""
    lines = [f"{len(faults)} faults"]
    for name in dict.fromkeys(fault.check for fault in faults):
        found = [str(fault) for fault in faults if fault.check == name]
        lines += [*found[:EACH], *([f"{name}: … and {len(found) - EACH} more"] if len(found) > EACH else [])]
    return "\n".join(lines)
