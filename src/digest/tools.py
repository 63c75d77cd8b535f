"""What a run works with, put together at the edge: nothing below reads the environment, the time or the network."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from digest import __version__
from digest.clock import Clock
from digest.config import Config, Site
from digest.errors import NotCached
from digest.labels import Labels, load_labels
from digest.llm import Endpoint, open_models
from digest.llm import Mode as ModelMode
from digest.models import Language
from digest.net import Client, Upstream
from digest.reading import FullTexts
from digest.sources import Arxiv, HuggingFace, Mode, PaperLookup, Source, StarLookup, earlier_ids
from digest.sources.arxiv_api import ArxivApi
from digest.store import Cache

if TYPE_CHECKING:
    import httpx
    import httpx2

Say = Callable[[str], None]
"""Tells the person at the terminal, or the log of cron, one line."""
Words = Mapping[Language, Labels]


@dataclass(frozen=True)
class Tools:
    """Everything that `pipeline.run_day` needs besides the date.

    Attributes:
        texts: the papers' full texts.
        endpoint: where the model is; None for the extractive provider.
        meanwhile: called when the run begins to wait for the model; starts to get ready what comes after.
    """

    config: Config
    clock: Clock
    cache: Cache
    mode: Mode
    sources: tuple[Source, ...]
    papers: PaperLookup
    stars: StarLookup
    words: Words
    upstreams: Mapping[str, Upstream]
    texts: FullTexts
    endpoint: Endpoint | None = None
    say: Say = field(default=lambda line: None)
    meanwhile: Callable[[], None] = field(default=lambda: None)

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
    model_mode: ModelMode = "normal",
    say: Say = lambda line: None,
    transport: "httpx.BaseTransport | None" = None,
    model_transport: "httpx2.BaseTransport | None" = None,
) -> Iterator[Tools]:
    """Open the cache and the HTTP client of a run, and close them after it.

    Args:
        environ: where the tokens that the config names are found.
        model_mode: what is asked of the model again, see `digest.llm.Mode`.
        transport: in place of the network, for the upstreams.
        model_transport: likewise, for the model.
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
        asked = {"online": online and arxiv.enabled, "again": mode == "refresh"}
        texts = FullTexts(upstreams["arxiv"], cache, arxiv.site_url, config.reading, **asked)
        token = environ.get(config.sources.github.token_env)
        models = open_models(config.model, environ, cache, clock, say=say, mode=model_mode, transport=model_transport)
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
            texts=texts,
            endpoint=_endpoint(stack, config, models),
            say=say,
        )


def _endpoint(stack: ExitStack, config: Config, models: AbstractContextManager[Endpoint]) -> Endpoint | None:
    """The endpoint, opened for as long as the stack; None where no model is configured."""
    if config.model.provider == "extractive":
        return None
    endpoint = stack.enter_context(models)
    endpoint.warm()
    return endpoint


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
