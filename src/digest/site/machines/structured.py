"""What a page says of itself to machines: JSON-LD (schema.org), the `citation_*` tags, OpenGraph's `article:*`.

The JSON-LD is a data block: a `<script>` of a type that no browser runs, for which a Content-Security-Policy has no say.

What Zotero makes of the tags is read off its translators "Embedded Metadata" and "RDF" (github.com/zotero/translators):
`DC.type` names the kind of item, before the kind that it would guess from `citation_title`, as long as `og:type` is not
`website`; `citation_publisher` is a preprint's repository, `citation_technical_report_number` its number there,
`citation_public_url` its URL, before that of the page. Google Scholar reads title, authors and date
(scholar.google.com/intl/en/scholar/inclusion.html).
"""

from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from digest.models import Language
from digest.site import cjk
from digest.site.engine import clean
from digest.site.machines.entries import Entry, FeedInfo, midnight
from digest.site.machines.jsontext import compact, in_script
from digest.site.markdown.tree import escaped

if TYPE_CHECKING:
    from digest.site.exports.citation import Citation
    from digest.site.exports.names import Name

AUTHORS = 100
"""Authors in JSON-LD, at most; `citation_author` names them all."""

Node = dict[str, Any]
"""An object of JSON-LD."""


# --- JSON-LD -------------------------------------------------------------------------------------


def data_block(*nodes: Node) -> Markup:
    """Objects as one data block for the head of a page."""
    text = clean(in_script(compact({"@context": "https://schema.org", "@graph": nodes})))
    # Nothing in it can end the element: `in_script` has escaped what could.
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def website(site: FeedInfo, search: str = "") -> Node:
    """The site, for its home page.

    Args:
        search: the URL of the search page, which takes `q`; empty where there is none.
    """
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{query}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=query"} if search else None
    return _filled(
        {
            "@type": "WebSite",
            "@id": f"{site.home}#site",
            "url": site.home,
            "name": site.title,
            "description": site.subtitle,
            "inLanguage": cjk.TAGS[site.language],
            "publisher": _signer(site.author),
            "potentialAction": action,
        }
    )


def blog_posting(post: Entry, site: FeedInfo, papers: Iterable[tuple[str, str]] = (), image: str = "") -> Node:
    """A post.

    Args:
        post: its content is not looked at.
        papers: titles and URLs of the pages of the papers that it is about.
        image: the URL of its picture; empty where it has none.
    """
    mentions = [{"@type": "ScholarlyArticle", "name": title, "url": url} for title, url in papers]
    authors = [_signer(name) for name in post.authors or (site.author,)]
    return _filled(
        {
            "@type": "BlogPosting",
            "@id": post.id,
            "url": post.url,
            "mainEntityOfPage": post.url,
            "headline": post.title,
            "description": post.summary,
            "image": image,
            "datePublished": midnight(post.published, post.timezone),
            "dateModified": midnight(post.changed, post.timezone),
            "inLanguage": cjk.TAGS[post.language],
            "author": authors[0] if len(authors) == 1 else authors,
            "publisher": _signer(site.author),
            "isPartOf": {"@type": "WebSite", "@id": f"{site.home}#site", "name": site.title, "url": site.home},
            "keywords": post.tags,
            "mentions": mentions,
            "isAccessibleForFree": True,
        }
    )


def scholarly_article(
    cited: "Citation",
    url: str,
    language: Language,
    *,
    description: str = "",
    keywords: Sequence[str] = (),
    modified: str = "",
) -> Node:
    """A paper, for the page about it: the paper is arXiv's, the page and its description ours.

    Args:
        url: the page about it.
        language: of that page.
        description: what the page says of it in a sentence.
        modified: when the page changed last, as `midnight` writes it.
    """
    from digest.site.exports import tex

    title, doi = tex.unicode(cited.title), f"https://doi.org/{cited.doi}"
    page = {"@type": "WebPage", "@id": url, "url": url, "inLanguage": cjk.TAGS[language], "dateModified": modified}
    return _filled(
        {
            "@type": "ScholarlyArticle",
            "@id": doi,
            "url": cited.url,
            "sameAs": [doi, cited.url],
            "mainEntityOfPage": _filled({**page, "description": description}),
            "headline": title,
            "name": title,
            "author": [_person(name) for name in cited.authors[:AUTHORS]],
            "datePublished": "-".join(f"{part:02}" for part in cited.issued),
            "publisher": {"@type": "Organization", "name": "arXiv", "url": "https://arxiv.org/"},
            "identifier": [_identifier("arXiv", cited.eprint), _identifier("DOI", cited.doi)],
            "version": str(cited.version or ""),
            "inLanguage": "en",
            "keywords": tuple(keywords),
            "encoding": _encoding(cited.pdf),
            "isAccessibleForFree": True,
        }
    )


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Node:
    """The way from the home page to a page: names and URLs, the page itself last."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url} for position, (name, url) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}


def _signer(name: str) -> Node:
    """Who signs a post: a person, or something that fits no rule for persons' names."""
    from digest.site.exports import names

    return _person(names.parse(name)) or {"@type": "Organization", "name": "paper-digest"}


def _person(name: "Name") -> Node:
    if not name.family:
        return {}
    if name.literal:
        return {"@type": "Organization", "name": name.family}
    return {"@type": "Person", "name": _spoken(name)}


def _identifier(kind: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": kind, "value": value}


def _encoding(pdf: str) -> Node:
    return {"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf"} if pdf else {}


# --- tags ----------------------------------------------------------------------------------------


def citation_meta(cited: "Citation", keywords: Iterable[str] = ()) -> Markup:
    """The tags by which reference managers and Google Scholar know the paper that a page is about."""
    from digest.site.exports import tex

    tags = [
        ("citation_title", tex.unicode(cited.title)),
        *(("citation_author", name) for name in _cited(cited.authors)),
        ("citation_publication_date", "/".join(f"{part:02}" for part in cited.issued)),
        ("citation_arxiv_id", cited.eprint),
        ("citation_doi", cited.doi),
        ("citation_pdf_url", cited.pdf),
        ("citation_abstract_html_url", cited.url),
        ("citation_public_url", cited.url),
        ("citation_language", "en"),
        ("citation_publisher", "arXiv"),
        ("citation_technical_report_number", f"arXiv:{cited.eprint}"),
        *(("citation_keywords", keyword) for keyword in keywords),
        ("DC.type", "preprint"),
    ]
    return _meta("name", tags)


def article_meta(published: Date, changed: Date, timezone: str, tags: Iterable[str] = (), section: str = "") -> Markup:
    """What OpenGraph wants of a page whose type is `article` (ogp.me)."""
    found = [
        ("article:published_time", midnight(published, timezone)),
        ("article:modified_time", midnight(max(published, changed), timezone)),
        ("article:section", section),
        *(("article:tag", tag) for tag in tags),
    ]
    return _meta("property", found)


def _cited(authors: Sequence["Name"]) -> list[str]:
    """Each author, family name first, as Google Scholar and Zotero tell the parts of a name for sure.

    Zotero parts names at semicolons, and a single author at a comma that has blanks on both sides in other words.
    """
    cited = [_inverted(name).replace(";", " ") for name in authors]
    if len(cited) == 1:
        family, _, given = cited[0].partition(", ")
        if " " in family and " " in given:
            return [_spoken(authors[0])]
    return cited


def _inverted(name: "Name") -> str:
    """`van Gogh, Vincent`, the suffix with the given names: a second comma would begin another name."""
    if name.literal:
        return name.family
    family = f"{name.particle} {name.family}".strip()
    given = f"{name.given} {name.suffix}".strip()
    return f"{family}, {given}" if given else family


def _spoken(name: "Name") -> str:
    """`Vincent van Gogh`; in its own script the family name comes first, without a blank."""
    if name.east_asian:
        return name.family + name.given
    return " ".join(part for part in (name.given, name.particle, name.family, name.suffix) if part)


def _meta(kind: str, tags: Iterable[tuple[str, str]]) -> Markup:
    filled = ((name, _attribute(value)) for name, value in tags)
    lines = [f'<meta {kind}="{name}" content="{value}">\n' for name, value in filled if value]
    return Markup("".join(lines))  # noqa: S704  # values are escaped, names are ours


def _attribute(value: str) -> str:
    """A value of HTML on one line, between double quotes."""
    line = " ".join((value if value.isprintable() else clean(value)).split())
    return escaped(line)
