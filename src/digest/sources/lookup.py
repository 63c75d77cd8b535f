"""Facts about single papers that listings leave out: submission time, version, comment, stars.

Both look-ups keep what they learned in the cache under the listing date, so that a date can be built again without a
request, and both may fail without harm: a listing is complete without them.
"""

import json
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from digest.clock import Clock
from digest.config import GitHub as GitHubSettings
from digest.errors import FetchError, SourceError
from digest.models import Entry
from digest.net import Response, Upstream
from digest.sources.arxiv_api import ArxivApi
from digest.store import Cache

log = logging.getLogger(__name__)


class PaperLookup:
    """Papers by id, from arXiv's API.

    Args:
        online: False answers from the cache alone.
    """

    def __init__(self, api: ArxivApi, cache: Cache, *, online: bool) -> None:
        self._api = api
        self._cache = cache
        self._online = online
        self.error: str | None = None

    def __call__(self, day: date, ids: Iterable[str]) -> dict[str, Entry]:
        """The newest versions of papers, as known for a listing date. What cannot be had is absent; `error` says why."""
        wanted = sorted(set(ids))
        cached = self._cache.get_many("paper", [f"{day}/{i}" for i in wanted])
        found = {i: entry for i in wanted if (entry := _known(cached.get(f"{day}/{i}")))}
        missing = [i for i in wanted if i not in found]
        if missing and self._online and self.error is None:  # an API that has failed is not asked for every category
            try:
                fetched = self._api.by_id(missing)
            except (FetchError, SourceError) as error:
                self.error = str(error)
                log.warning("papers by id: %s", error)
                return found
            self._cache.put_many("paper", {f"{day}/{i}": e.model_dump_json() for i, e in fetched.items()})
            found |= {i: fetched[i] for i in missing if i in fetched}
        return found


def _known(text: str | None) -> Entry | None:
    try:
        return Entry.model_validate_json(text) if text is not None else None
    except ValueError:  # written by another version of ours
        return None


@dataclass(frozen=True, slots=True)
class Stars:
    """How many stars a repository had, and on which UTC date."""

    count: int
    as_of: date

    def __str__(self) -> str:
        return f"{self.count} {self.as_of}"

    @classmethod
    def parse(cls, text: str) -> "Stars | None":
        """What `str` wrote; None for anything else, which is not there or damaged."""
        try:
            count, as_of = text.split()
            return cls(int(count), date.fromisoformat(as_of))
        except ValueError:
            return None


class StarLookup:
    """Stars of GitHub repositories (docs.github.com/rest/repos). Its failure is a note."""

    def __init__(
        self, settings: GitHubSettings, upstream: Upstream, cache: Cache, clock: Clock, token: str | None, *, online: bool
    ) -> None:
        self._settings = settings
        self._upstream = upstream
        self._cache = cache
        self._today = clock.today
        self._headers = {"Accept": "application/vnd.github+json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._online = online and settings.enabled
        self.error: str | None = None

    def __call__(self, day: date, repositories: Iterable[str]) -> dict[str, Stars]:
        """Stars by repository URL, as known for a listing date. Repositories that are not there are absent."""
        wanted = sorted(set(repositories))
        cached = self._cache.get_many("stars", [f"{day}/{url}" for url in wanted])
        found = {url: stars for url in wanted if (stars := Stars.parse(cached.get(f"{day}/{url}", "")))}
        missing = [url for url in wanted if url not in found]
        if missing and self._online:
            with ThreadPoolExecutor(max_workers=4) as pool:
                counts = zip(missing, pool.map(self._stars, missing), strict=True)
            asked = {url: Stars(n, self._today) for url, n in counts if n is not None}
            self._cache.put_many("stars", {f"{day}/{url}": str(stars) for url, stars in asked.items()})
            found |= asked
        return {url: stars for url, stars in found.items() if stars.count >= 0}

    def _stars(self, repository: str) -> int | None:
        """The stars; -1 for a repository that is not there; None where GitHub did not answer."""
        url = f"{self._settings.url}/repos/{repository.removeprefix('https://github.com/')}"
        try:
            return self._upstream.fetch(url, _stargazers, headers=self._headers, absent=frozenset({404, 451}))
        except (FetchError, SourceError) as error:
            if self.error is None:
                log.warning("stars of GitHub: %s", error)
            self.error = str(error)
            return None


def _stargazers(response: Response) -> int:
    if response.status != 200:
        return -1
    try:
        stars = json.loads(response.content)["stargazers_count"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError("not a repository", where=response.url, why=str(error)) from None
    if not isinstance(stars, int):
        raise SourceError("not a repository", where=response.url, why="stargazers_count is no number")
    return stars
