"""config.yaml: every key has a default, every mistake is named with its line and the nearest valid key.

Any setting can be overridden by an environment variable, sections joined with two underscores and the value read as
YAML: `DIGEST__SOURCES__ARXIV__INTERVAL=0`.
"""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from digest import yamlfile
from digest.config_values import PickCount, Words, address, each_once, installed, mistake, visible, words_in
from digest.errors import ConfigError
from digest.models import Language

Layout = Literal["cards", "insights", "brief", "report"]
Dialect = Literal[
    "fuwari", "astro", "astropaper", "hugo", "hexo", "jekyll", "pelican", "nikola", "mkdocs", "zola", "quarto", "obsidian"
]
Period = Literal["week", "month"]


class Section(BaseModel):
    """A part of the configuration. Schemas take time: only Config's is built, with those of its sections in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _defaults() -> Any:
    """A section that may be left out. Its default is no Site(), which would build a schema when the class is made."""
    return Field(default_factory=dict, validate_default=True)


class Site(Section):
    enabled: bool = True
    title: str = "Daily AI Papers"
    description: str = "A daily digest of AI papers, every statement with its source"
    url: Annotated[str, AfterValidator(address)] = "https://example.org/papers/"
    author: str = "paper-digest"
    language: Language = "zh"
    timezone: str = "Asia/Shanghai"
    feedback: str | None = None
    search: Annotated[Literal["builtin", "pagefind"], AfterValidator(installed)] = "builtin"

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a name that no file can have
            raise ValueError(f"{value!r} is no time zone of the IANA data base, such as Asia/Shanghai") from None
        return value

    @field_validator("feedback")
    @classmethod
    def _feedback(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "mailto:")):
            raise ValueError("an https: or mailto: URL is wanted, with {id} and {date} in it")
        return value


class Paths(Section):
    """Folders, relative to the config file."""

    content: Path = Path("content")
    posts: Path = Path("content/posts")
    records: Path = Path("content/records")
    edits: Path = Path("content/edits")
    output: Path = Path("public")
    templates: Path = Path("templates")
    state: Path = Path(".digest")


class Http(Section):
    timeout: float = Field(default=30, gt=0)
    retries: int = Field(default=3, ge=1, le=10)
    source_deadline: float = Field(default=60, gt=0)


def _upstream_url(value: str) -> str:
    loopback = ("http://127.", "http://localhost", "http://[::1]")
    if not value.startswith("https://") and not value.startswith(loopback):
        raise ValueError("an https URL is wanted (http only on loopback)")
    return value.rstrip("/")


class HuggingFace(Section):
    enabled: bool = True
    url: str = "https://huggingface.co"

    _check = field_validator("url")(_upstream_url)


class Arxiv(Section):
    enabled: bool = True
    categories: tuple[str, ...] = ("cs.AI", "cs.LG", "cs.CL")
    api_url: str = "https://export.arxiv.org/api/query"
    feed_url: str = "https://rss.arxiv.org"
    site_url: str = "https://arxiv.org"
    interval: float = Field(default=3.0, ge=0)
    contact: str = ""

    _check = field_validator("api_url", "feed_url", "site_url")(_upstream_url)

    @field_validator("categories")
    @classmethod
    def _categories(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        import re

        for category in value:
            if not re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", category):
                raise ValueError(f"{category!r} is no arXiv category, such as cs.AI")
        return tuple(dict.fromkeys(value))


class GitHub(Section):
    enabled: bool = True
    url: str = "https://api.github.com"
    token_env: str = "GITHUB_TOKEN"

    _check = field_validator("url")(_upstream_url)


class Sources(Section):
    huggingface: HuggingFace = _defaults()
    arxiv: Arxiv = _defaults()
    github: GitHub = _defaults()


class Interest(Section):
    name: str
    terms: tuple[str, ...] = Field(min_length=1)
    about: str = ""
    weight: float = Field(default=1.0, gt=0)


class Avoid(Section):
    name: str
    terms: tuple[str, ...] = Field(min_length=1)
    reason: str = ""


class Follow(Section):
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


class Selection(Section):
    interests: tuple[Interest, ...] = ()
    follow: Follow = _defaults()
    avoid: tuple[Avoid, ...] = ()
    scan: int = Field(default=50, ge=1)
    pick: PickCount = 6
    must_read: int = Field(default=4, ge=0)
    also: int = Field(default=10, ge=0)


class EditionConfig(Section):
    """One post a day. What it leaves out is inherited from `selection` and `site`."""

    name: str = Field(default="daily-papers", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    layout: Layout = "cards"
    sources: Annotated[tuple[Literal["huggingface", "arxiv"], ...], AfterValidator(each_once)] = Field(
        default=("huggingface", "arxiv"), min_length=1
    )
    title: Words | None = None
    category: str = "Paper-Digest"
    tags: tuple[Annotated[str, AfterValidator(visible)], ...] = ()
    signature: Words = ""
    scan: int | None = Field(default=None, ge=1)
    pick: PickCount | None = None
    must_read: int | None = Field(default=None, ge=0)
    also: int | None = Field(default=None, ge=0)

    def title_in(self, language: Language) -> str:
        """Its title in a language; empty where it has none of its own, which is then the blog's."""
        return words_in(self.title or "", language)

    def signature_in(self, language: Language) -> str:
        return words_in(self.signature, language)


class ReadingConfig(Section):
    full_text: bool = True
    max_tokens: int = Field(default=24000, ge=1000)


class Price(Section):
    input: float | None = Field(default=None, ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    output: float | None = Field(default=None, ge=0)
    currency: str = "USD"
    per: int = Field(default=1_000_000, ge=1)


class Budget(Section):
    tokens: int | None = Field(default=None, ge=0)
    cost: float | None = Field(default=None, ge=0)


class ModelConfig(Section):
    provider: Literal["extractive", "openai"] = "extractive"
    base_url: str | None = None
    name: str | None = Field(default=None, validate_default=True)
    triage: str | None = None
    extra: dict[str, Any] = {}
    key_env: str = "OPENAI_API_KEY"
    concurrency: int = Field(default=8, ge=1)
    timeout: float = Field(default=120, gt=0)
    price: Price = _defaults()
    budget: Budget = _defaults()

    @field_validator("name")
    @classmethod
    def _name(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not value and info.data.get("provider") == "openai":
            raise ValueError("name the model, as the endpoint calls it")
        return value

    @field_validator("extra")
    @classmethod
    def _extra(cls, value: dict[str, Any]) -> dict[str, Any]:
        import json

        if ours := [key for key in ("model", "messages", "stream", "n") if key in value]:
            raise ValueError(f"{ours[0]!r} is not for you to set")
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError):
            raise ValueError("it cannot be sent as JSON") from None
        return value

    @field_validator("budget")
    @classmethod
    def _budget(cls, value: Budget, info: ValidationInfo) -> Budget:
        price = info.data.get("price") or Price()
        if value.cost is not None and (price.input is None or price.output is None):
            raise ValueError("a budget in money wants a price: model.price.input and .output")
        return value


class Posts(Section):
    languages: Annotated[tuple[Language, ...], AfterValidator(each_once)] = Field(default=("zh",), min_length=1)
    draft: bool = False
    dialect: Dialect = "fuwari"
    export_to: Path | None = Field(default=None, validate_default=True)

    @field_validator("export_to")
    @classmethod
    def _export(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is None and info.data.get("dialect", "fuwari") != "fuwari":
            raise ValueError("name the folder of that blog, which gets the second copy")
        return value


class Publish(Section):
    target: Literal["none", "directory", "git", "rsync", "s3"] = "none"

    @field_validator("target")
    @classmethod
    def _target(cls, value: str) -> str:
        if value != "none":
            raise ValueError(f"publishing to {value!r} is not built yet; the workflow of `digest init --github` deploys")
        return value


class Config(Section):
    """The whole configuration."""

    site: Site = _defaults()
    paths: Paths = _defaults()
    http: Http = _defaults()
    sources: Sources = _defaults()
    selection: Selection = _defaults()
    editions: tuple[EditionConfig, ...] = Field(default=cast(Any, ({},)), validate_default=True, min_length=1)
    reading: ReadingConfig = _defaults()
    model: ModelConfig = _defaults()
    quiet_day: Literal["skip", "previous"] = "skip"
    roundups: Annotated[tuple[Period, ...], AfterValidator(each_once)] = ()
    posts: Posts = _defaults()
    publish: Publish = _defaults()
    notify: tuple[str, ...] = ()

    _file: Path = PrivateAttr(default=Path("config.yaml"))

    @field_validator("notify")
    @classmethod
    def _not_built(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if value:
            raise ValueError("not built yet; leave the list empty")
        return value

    @field_validator("editions")
    @classmethod
    def _names_differ(cls, value: tuple[EditionConfig, ...]) -> tuple[EditionConfig, ...]:
        names = [edition.name for edition in value]
        for index, name in enumerate(names):
            if name in names[:index]:
                raise mistake((index, "name"), "two editions have the same name", name)
        return value

    @cached_property
    def root(self) -> Path:
        """The blog's folder, absolute: that of the config file. All paths are relative to it."""
        return self._file.resolve().parent

    @property
    def languages(self) -> tuple[Language, ...]:
        """Languages of posts, the site's own first."""
        return tuple(dict.fromkeys((self.site.language, *self.posts.languages)))

    def path(self, name: str) -> Path:
        """A folder of `paths`, absolute."""
        return self.root / cast(Path, getattr(self.paths, name))

    def edition(self, name: str, layout: str) -> EditionConfig:
        """The settings of an edition; of one that is no longer here, the defaults with the layout that its record names."""
        found = next((edition for edition in self.editions if edition.name == name), None)
        return found or EditionConfig(name=name).model_copy(update={"layout": layout})

    def of_edition(self, edition: EditionConfig) -> Selection:
        """The selection's counts as one edition has them."""
        own = {key: getattr(edition, key) for key in ("scan", "pick", "must_read", "also")}
        return self.selection.model_copy(update={k: v for k, v in own.items() if v is not None})


# --- reading -------------------------------------------------------------------------------------


def load(path: Path, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration in a file, with the environment's overrides.

    Raises:
        ConfigError: no such file, not YAML, a duplicate or unknown key, a wrong type or value. The message has the line.
    """
    if not path.is_file():
        hint = "`digest init` makes one; --config names another"
        raise ConfigError("there is no configuration", where=str(path), hint=hint)
    values, lines = yamlfile.read(path, ConfigError)
    return _validated(values, lines, path, os.environ if environ is None else environ)


def parse(text: str, *, path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration in a text that stands in `path`. Raises ConfigError."""
    values, lines = yamlfile.parse(text, str(path), ConfigError)
    return _validated(values, lines, path, environ)


def _validated(values: dict[str, Any], lines: yamlfile.Lines, path: Path, environ: Mapping[str, str]) -> Config:
    _override(values, environ, lines)
    try:
        config = Config.model_validate(values)
    except ValidationError as invalid:
        raise yamlfile.explain(invalid, Config, lines, str(path), ConfigError) from None
    config._file = path
    return config


def _override(values: dict[str, Any], environ: Mapping[str, str], lines: yamlfile.Lines) -> None:
    """Put DIGEST__ variables over the file's values."""
    for variable in sorted(key for key in environ if key.startswith("DIGEST__")):
        *sections, last = (part.lower() for part in variable.removeprefix("DIGEST__").split("__"))
        target = values
        for section in sections:
            if not isinstance(target.get(section), dict):
                target[section] = {}
            target = target[section]
        try:
            target[last] = yaml.safe_load(environ[variable])
        except (yaml.YAMLError, ValueError):  # ValueError: 2026-02-30
            raise ConfigError("the value is not YAML", where=variable) from None
        place = (*sections, last)
        for n in range(1, len(place)):
            lines.setdefault(place[:n], variable)
        lines[place] = variable
