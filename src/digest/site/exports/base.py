"""What an export is made from, and what an export is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Protocol

from digest.config import Config, EditionConfig
from digest.digests import Day
from digest.labels import Labels, load_labels
from digest.models import Card, CoveredPaper, Edition, Language, Paper
from digest.posts import paper_url
from digest.site.exports import citation
from digest.site.exports.citation import Citation


@dataclass(frozen=True, eq=False)
class PaperExport:
    """A paper to be exported, as a day shows it.

    Attributes:
        covered: with the editor's changes.
        key: under which it is cited.
        label: the words of the language.
        made: what has been made of it, see `once`.
    """

    day: Day
    covered: CoveredPaper
    key: str
    config: Config
    label: Labels
    made: "dict[Callable[[PaperExport], str], str]" = field(default_factory=dict)

    @property
    def paper(self) -> Paper:
        return self.covered.paper

    @cached_property
    def card(self) -> Card:
        return self.covered.card_in(self.label.language)

    @property
    def name(self) -> str:
        """What the paper is called in passing."""
        return self.covered.name_in(self.label.language)

    @cached_property
    def cited(self) -> Citation:
        return citation.of(self.covered)

    @cached_property
    def url(self) -> str:
        """Its page on the site; empty where the blog has none."""
        return paper_url(self.config, self.paper.id) if self.config.site.enabled else ""


def once(make: Callable[[PaperExport], str]) -> Callable[[PaperExport], str]:
    """A text that is made once of each paper: the paper's file, its page and the digest's file all show it."""

    @wraps(make)
    def kept(paper: PaperExport) -> str:
        if make not in paper.made:
            paper.made[make] = make(paper)
        return paper.made[make]

    return kept


@dataclass(frozen=True)
class DigestExport:
    """An edition of a day to be exported.

    Attributes:
        edition: its name.
        keys: the citation key of each paper, by id.
        post: its post as it stands in content/, or as it would be written.
        urls: its pages on the site, by language; empty ones where the blog has no site.
        label: the words of the language.
        exported: papers that are exported already as this day shows them, in the same language, by id.
    """

    day: Day
    edition: str
    keys: Mapping[str, str]
    post: str
    urls: Mapping[Language, str]
    config: Config
    label: Labels
    exported: Mapping[str, PaperExport] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        return self.label.language

    @property
    def shown(self) -> Edition:
        return self.day.digest.editions[self.edition]

    @property
    def settings(self) -> EditionConfig:
        return self.config.edition(self.edition, self.shown.layout)

    @property
    def url(self) -> str:
        """Its page in its language; empty where there is none."""
        return self.urls.get(self.language, "")

    @property
    def title(self) -> str:
        """The edition's name for readers, with the date."""
        return self._title(self.label)

    @property
    def titles(self) -> dict[Language, str]:
        """Its title in each language in which it stands, whatever its own is."""
        templates = self.config.path("templates")
        return {language: self._title(load_labels(language, templates)) for language in self.urls}

    def _title(self, label: Labels) -> str:
        date = self.day.date
        name = self.settings.title_in(label.language) or self.config.site.title
        return label("post.title", title=name, year=date.year, month=date.month, day=date.day)

    @cached_property
    def papers(self) -> tuple[PaperExport, ...]:
        """Its papers that have a card, in its order."""
        found = (self.day.digest.paper(paper_id) for paper_id in self.shown.picked)
        return tuple(self._export(covered) for covered in found if covered and covered.cards)

    def _export(self, covered: CoveredPaper) -> PaperExport:
        paper_id = covered.paper.id
        return self.exported.get(paper_id) or PaperExport(self.day, covered, self.keys[paper_id], self.config, self.label)


class Export(Protocol):
    """A format. Pure: the same values give the same text."""

    SUFFIX: str
    """Of its files, such as `.bib`."""

    MEDIA_TYPE: str
    """As HTTP names it (iana.org/assignments/media-types)."""

    BY_LANGUAGE: bool
    """Whether a digest has one in each language; else one serves all its languages, and is the same in each."""

    def paper(self, paper: PaperExport) -> str:
        """One paper.

        Raises:
            RenderError: a template or a label is wrong.
        """
        ...

    def digest(self, digest: DigestExport) -> str:
        """All papers of an edition, in its order.

        Raises:
            RenderError: a template or a label is wrong.
        """
        ...
