"""What a run works with, put together at the edge: nothing below reads the environment, the time or the network."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from digest import __version__
from digest.clock import Clock
from digest.config import Config, Site
from digest.errors import NotCached
from digest.labels import Labels, load_labels
from digest.models import Language
from digest.net import Client, Upstream
from digest.sources import Arxiv, HuggingFace, Mode, PaperLookup, Source, StarLookup, earlier_ids
from digest.sources.arxiv_api import ArxivApi
from digest.store import Cache

if TYPE_CHECKING:
    import httpx

Say = Callable[[str], None]
"""Tells the person at the terminal, or the log of cron, one line."""


@dataclass(frozen=True)
class Tools:
    """Everything that `pipeline.run_day` needs besides the date."""

    config: Config
    clock: Clock
    cache: Cache
    mode: Mode
    sources: tuple[Source, ...]
    papers: PaperLookup
    stars: StarLookup
    words: Mapping[Language, Labels]
    upstreams: Mapping[str, Upstream]
    say: Say = field(default=lambda line: None)

    @property
    def arxiv(self) -> Arxiv | None:
        """The arXiv source, where it is enabled."""
        return next((s for s in self.sources if isinstance(s, Arxiv)), None)


@contextmanager
def open_tools(
    config: Config,
    clock: Clock,
    environ: Mapping[str, str],
    *,
    mode: Mode = "normal",
    say: Say = lambda line: None,
    transport: "httpx.BaseTransport | None" = None,
) -> Iterator[Tools]:
    """Open the cache and the HTTP client of a run, and close them after it.

    Args:
        environ: where the tokens that the config names are found.
        transport: in place of the network.
    """
    with ExitStack() as stack:
        cache = stack.enter_context(Cache(config.path("state")))
        client = stack.enter_context(
            Client(
                user_agent=user_agent(config),
                timeout=config.http.timeout,
                retries=config.http.retries,
                clock=clock,
                transport=transport,
            )
        )
        upstreams = _upstreams(config, client)
        if mode == "cached":
            for upstream in upstreams.values():
                upstream.closed = NotCached("no request may be made", hint="--offline and --force use what is cached")
        arxiv, online = config.sources.arxiv, mode != "cached"
        papers = PaperLookup(ArxivApi(arxiv.api_url, upstreams["arxiv"]), cache, online=online and arxiv.enabled)
        token = environ.get(config.sources.github.token_env)
        yield Tools(
            config=config,
            clock=clock,
            cache=cache,
            mode=mode,
            sources=_sources(config, upstreams, papers, clock, cache),
            papers=papers,
            stars=StarLookup(config.sources.github, upstreams["github"], cache, clock, token, online=online),
            words=load_words(config),
            upstreams=upstreams,
            say=say,
        )


def load_words(config: Config) -> dict[Language, Labels]:
    """The labels of every language that posts are written in."""
    return {language: load_labels(language, config.path("templates")) for language in config.languages}


def user_agent(config: Config) -> str:
    """Who we are, with the contact that arXiv's terms of use ask for."""
    site = "" if config.site.url == Site().url else config.site.url  # the default is nobody's address
    contact = " ".join(config.sources.arxiv.contact.split()) or site
    return f"paper-digest/{__version__}" + (f" (+{contact})" if contact else "")


def _upstreams(config: Config, client: Client) -> dict[str, Upstream]:
    seconds, arxiv = config.http.source_deadline, config.sources.arxiv
    # our own spacing is no fault of arXiv's: every category is asked for by feed and list page, and the API a few times
    patience = arxiv.interval * (2 * len(arxiv.categories) + 6)
    return {
        "huggingface": client.upstream("huggingface", deadline=seconds),
        "arxiv": client.upstream("arxiv", interval=arxiv.interval, deadline=seconds + patience),
        "github": client.upstream("github", deadline=seconds),
    }


def _sources(
    config: Config, upstreams: Mapping[str, Upstream], papers: PaperLookup, clock: Clock, cache: Cache
) -> tuple[Source, ...]:
    found: list[Source] = []
    if config.sources.huggingface.enabled:
        found.append(HuggingFace(config.sources.huggingface, upstreams["huggingface"], clock))
    if config.sources.arxiv.enabled:
        found.append(Arxiv(config.sources.arxiv, upstreams["arxiv"], papers, clock, partial(earlier_ids, cache)))
    return tuple(found)
