"""Notes for Obsidian: properties, the card, and the sentences that its claims rest on as footnotes.

Obsidian adds to Markdown `[[links]]`, `#tags`, `%%comments%%`, `==highlights==` and `^blocks`; in a paper's text none of
them is meant (help.obsidian.md, "Obsidian Flavored Markdown").
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.labels import Labels
from digest.models import in_language
from digest.paper_id import slug
from digest.posts import escape
from digest.posts.escaping import link, plain
from digest.posts.paper_view import source_read
from digest.posts.tags import obsidian_tag
from digest.site.exports import tex
from digest.site.exports.base import DigestExport, PaperExport, once
from digest.site.papers import card as cards

SUFFIX = ".obsidian.md"
MEDIA_TYPE = "text/markdown"
BY_LANGUAGE = True

_NAME_LENGTH = 60
# What Windows, Android or a link to the note does not allow in a file's name.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]%&`$\x00-\x1f]+')
# Most characters are passed over in one step. What is escaped already and formulas stay as they are.
_WIKI = re.compile(
    r"""
    [\\$\#%=^\[\]]
    (?: (?<=\\) [!-/:-@\[-`{-~] | (?<=\$) [^$]+\$ | (?<=[\#^]) | (?<=\]) \] | (?<=\[) \[
      | (?<=%) (?: (?=%) | (?<=%%) ) | (?<==) (?: (?==) | (?<===) ) )
    """,
    re.VERBOSE,
)

Value = str | int | Sequence[str]


@once
def note_name(paper: PaperExport) -> str:
    """The file name of a paper's note, without `.md`: `2602.15763 GLM-5`. Valid on every system, and in a link."""
    name = "".join(c if c.isprintable() else " " for c in _NOT_IN_NAMES.sub(" ", tex.unicode(paper.name)))
    return " ".join(f"{slug(paper.paper.id)} {name}"[:_NAME_LENGTH].split()).rstrip(". ")


def digest_name(digest: DigestExport) -> str:
    """The file name of a digest's note, without `.md`: `2026-02-18 daily-papers`."""
    return f"{digest.day.date} {digest.edition}"


def paper(paper: PaperExport) -> str:
    sections = cards.sections(paper.card)
    note = [*_head(paper), *_body(sections, paper), *_footnotes(sections, paper)]
    return "\n".join([_properties(_paper_properties(paper)), *note])


def digest(digest: DigestExport) -> str:
    """A note that links the papers' notes."""
    overview = in_language(digest.shown.overview, digest.language)
    tags = [direction for one in digest.papers for direction in one.card.meta.directions]
    properties: dict[str, Value] = {
        "aliases": [_no_links(digest.title)],
        "date": str(digest.day.date),
        "edition": digest.edition,
        "tags": _tags(tags),
        "url": digest.url,
    }
    headline = [f"{escaped(overview.headline)}\n"] if overview and overview.headline else []
    intro = digest.day.intro.get(digest.language, "").strip()  # the editor's own Markdown
    rows = [_row(one, digest.label) for one in digest.papers]
    told = [*headline, *([f"{intro}\n"] if intro else []), *rows, ""]
    return "\n".join([_properties(properties), f"# {escaped(digest.title)}\n", *told])


def escaped(text: str) -> str:
    """A text of a paper as Markdown in which Obsidian finds nothing of its own."""
    return _WIKI.sub(_escaped, escape(text))


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return found if found[0] in "\\$" else "".join(f"\\{character}" for character in found)


# --- properties ----------------------------------------------------------------------------------


def _paper_properties(paper: PaperExport) -> dict[str, Value]:
    meta, links = paper.card.meta, paper.paper.links
    title = tex.unicode(paper.paper.title)
    names = [title, *([meta.short_name] if meta.short_name else []), *([meta.title_translated] if meta.title_translated else [])]
    values: dict[str, Value] = {
        "aliases": [_no_links(name) for name in dict.fromkeys(names)],
        "authors": [_no_links(tex.unicode(author)) for author in paper.paper.authors],
        "arxiv": paper.paper.id,
        "version": paper.covered.reading.version or "",
        "published": "-".join(f"{part:02}" for part in paper.cited.issued) if paper.paper.published else "",
        "date": str(paper.day.date),
        "rating": paper.covered.assessment.stars,
        "category": paper.paper.primary_category or "",
        "tags": _tags((*meta.directions, *meta.tags)),
        "citekey": paper.key,
        "url": links.abs,
        "pdf": links.pdf,
        "code": links.code or "",
        "page": paper.url,
    }
    return values


def _tags(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tag for name in names if (tag := obsidian_tag(plain(name)))))


def _properties(values: Mapping[str, Value]) -> str:
    """Properties as YAML, without empty ones. Dates stay bare, by which Obsidian knows them; other text is quoted as in JSON."""
    lines = [f"{key}: {value if key in _DATES else _written(_cleaned(value))}" for key, value in values.items() if value != ""]
    return "\n".join(["---", *lines, "---", ""])


_DATES = ("published", "date")
_written = json.JSONEncoder(ensure_ascii=False).encode


def _cleaned(value: Value) -> Value:
    if isinstance(value, int):
        return value
    return plain(value) if isinstance(value, str) else [plain(item) for item in value]


def _no_links(text: str) -> str:
    """Two brackets would be a link, in a property too."""
    return text.replace("[[", "[ [").replace("]]", "] ]")


# --- the note ------------------------------------------------------------------------------------


def _head(paper: PaperExport) -> Iterator[str]:
    label, card = paper.label, paper.card
    yield f"# {escaped(paper.paper.title)}\n"
    for correction in paper.day.corrections_of(paper.paper.id):
        yield f"> [!warning] {label('card.correction')}\n> {escaped(in_language(correction.text, label.language) or '')}\n"
    if card.meta.tldr:
        yield f"> [!abstract] {label('card.tldr')}\n> {_statement(cards.item(card.meta.tldr), paper)}\n"
    found = paper.paper.links
    links = [("arXiv", found.abs), ("PDF", found.pdf), (label("card.code"), found.code), (label("card.project"), found.project)]
    shown = [link(name, url) for name, url in links if url]
    shown += [f"[{label('export.page')}]({paper.url})"] if paper.url else []
    yield " · ".join([label(f"card.stars.{paper.covered.assessment.stars}"), *shown]) + "\n"
    yield label("post.comma").join(_basis(paper)) + "\n"


def _basis(paper: PaperExport) -> Iterator[str]:
    """What was read, by whom the card was filled, and what became of its claims."""
    label, reading, card = paper.label, paper.covered.reading, paper.card
    yield label("card.read") + label("post.colon") + source_read(reading, label)
    if reading.truncated:
        yield label("card.truncated")
    if card.filled_by == "model":
        yield label("card.model", model=escaped(card.provenance.model or card.provenance.provider))
    else:
        yield label("card.extractive")
    yield label("card.checked", n=card.support.checked, removed=card.support.removed)


def _body(sections: Iterable[cards.Section], paper: PaperExport) -> Iterator[str]:
    for section in sections:
        yield f"## {paper.label(f'card.{section.key}')}\n"
        advised = False
        for group in section.groups:
            if group.advice and not advised:
                yield f"\n*{paper.label('card.advice')}*\n"
            advised = group.advice
            yield from _group(group, paper)
        yield ""


def _group(group: cards.Group, paper: PaperExport) -> Iterator[str]:
    label = paper.label
    name = group.name(label)
    texts = [_statement(item, paper) for item in group.items]
    if len(texts) == 1:
        yield f"- **{name}**{label('post.colon')}{texts[0]}"
        return
    yield f"- **{name}**"
    yield from (f"    {f'{n}.' if group.ordered else '-'} {text}" for n, text in enumerate(texts, 1))


def _statement(item: cards.Item, paper: PaperExport) -> str:
    lead = f"**{escaped(item.name)}**{paper.label('post.colon')}" if item.name else ""
    notes = "".join(f"[^s{number}]" for number in item.evidence if number in paper.covered.quotes)
    mark = paper.label("post.parentheses", text=paper.label("card.edited")) if item.status == "edited" else ""
    return lead + escaped(item.text) + mark + notes


def _footnotes(sections: Iterable[cards.Section], paper: PaperExport) -> Iterator[str]:
    """The cited sentences. Those that only another language's card cites are left out: a footnote wants its mark."""
    items = [item for section in sections for group in section.groups for item in group.items]
    items += [cards.item(paper.card.meta.tldr)] if paper.card.meta.tldr else []
    numbers = sorted({number for item in items for number in item.evidence})
    quotes = {number: quote for number in numbers if (quote := paper.covered.quotes.get(number))}
    places = {quote.section for quote in quotes.values() if quote.section}
    where = {section: paper.label("post.parentheses", text=escaped(section)) for section in places}
    yield from (f"[^s{number}]: {escaped(quote.text)}{where.get(quote.section or '', '')}" for number, quote in quotes.items())
    yield ""


def _row(paper: PaperExport, label: Labels) -> str:
    tldr = paper.card.meta.tldr
    text = label("post.colon") + escaped(tldr.text) if tldr else ""
    shown = re.sub(r"[\[\]|]", " ", plain(tex.unicode(paper.name)))
    return f"- {'⭐' * paper.covered.assessment.stars} [[{note_name(paper)}|{' '.join(shown.split())}]]{text}"
