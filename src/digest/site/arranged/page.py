"""What a post is as its page shows it: the head's facts and notices, the contents, cards and other sections, in order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from digest.site.markdown.tree import Heading

_NONE = Markup()


@dataclass(slots=True)  # not frozen, which takes five times as long to make; so also below
class Entry:
    """A paper's card as the page shows it.

    Attributes:
        number: as in the post.
        anchor: of its heading.
        level: of its heading, 2 or 3; headings inside are one deeper.
        heading: the whole element. The title leads to the paper's page where the site has one.
        title: without the number, as HTML; `attributes` say its language.
        key: the paper's flat id.
        stars: 0 where the post gives no rating.
        rating: the stars as the page shows them; empty where there are none.
        shown: what is seen at once.
        folded: the rest; empty where there is none.
        names: of the parts that are folded.
        statements: how many are folded, so far as they stand in lists.
        summary: what the fold says of itself.
    """

    number: int
    anchor: str
    level: int
    heading: Markup
    title: str
    attributes: str
    key: str
    stars: int
    rating: str
    shown: Markup
    folded: Markup
    names: tuple[str, ...]
    statements: int
    summary: str
    kind: ClassVar[str] = "entry"
    role: ClassVar[str] = "entry"

    def __html__(self) -> str:
        """The whole card, as a template shows it."""
        begin = f'<article class="entry" data-item aria-labelledby="{self.anchor}">'
        return f"{begin}\n{self.heading}\n{self.shown}\n{self._fold()}</article>"

    def _fold(self) -> str:
        if not self.folded:
            return ""
        summary = f"<summary><span>{escape(self.summary)}</span></summary>"
        return f'<details class="fold">\n{summary}\n<div class="folded">\n{self.folded}\n</div>\n</details>\n'


@dataclass(slots=True)
class Row:
    """A card in the contents.

    Attributes:
        name: short, where the post has a short one, else the title; as HTML without links.
        text: the preview's words for it, with their links, or the title; as HTML, and empty where there is nothing to add.
        html: the row: number, stars, the name as a link to the card, text.
    """

    number: int
    anchor: str
    stars: int
    name: str
    text: str
    html: Markup


@dataclass(slots=True)
class Section:
    """A part of a post under a heading.

    Attributes:
        role: `overview`, `trends`, `also`, `repeated`, `excluded`, `sources`, `cards`; "" for one that is none of ours.
        name: the heading as plain text; empty before the first heading.
        html: all of it, its heading included.
    """

    role: str
    name: str
    html: Markup
    kind: ClassVar[str] = "section"


@dataclass(slots=True)
class Notice:
    """What a reader must know about the day first.

    Attributes:
        state: of the day or of a source that it tells: `failed`, `stale`, `provisional`, `quiet`; "" for none of them.
        html: a quote.
    """

    state: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Arranged:
    """A post's page. A post without cards has all of it in `main`, and no rows.

    Attributes:
        headings: of the post, those that a table of contents lists; for posts without cards.
        title_has_day: whether the post's title tells its date, so that the page need not.
        facts: how many papers were picked out of how many, how many claims were checked; each a paragraph.
        opening: what stands before the contents.
        contents: the heading of the contents; empty where the post has none.
        must_read: the name above the rows that the preview tells of; empty where it has none.
        told: the rows that the preview tells of, in its order.
        others: those of the other cards, in theirs.
        intro: what stands in the preview after them.
        main: cards and other sections, in order, trends at the end.
        folded: what is folded at the end.
        signature: the last line.
    """

    main: tuple[Entry | Section, ...]
    headings: tuple["Heading", ...] = ()
    title_has_day: bool = False
    facts: tuple[Markup, ...] = ()
    notices: tuple[Notice, ...] = ()
    opening: Markup = _NONE
    contents: Markup = _NONE
    must_read: Markup = _NONE
    told: tuple[Row, ...] = ()
    others: tuple[Row, ...] = ()
    intro: Markup = _NONE
    folded: tuple[Section, ...] = ()
    signature: Markup = _NONE

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(part for part in self.main if isinstance(part, Entry))

    def looked_up(self, between: str) -> str:
        """The names of what is folded at the end."""
        return between.join([part.name for part in self.folded if part.name])

    def tells(self, state: str) -> bool:
        """Whether a notice tells of this state."""
        return any(notice.state == state for notice in self.notices)
