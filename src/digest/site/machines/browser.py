"""What browsers ask for: the description of the site's search, and its icon."""

from digest.models import Language
from digest.site import cjk, routes
from digest.site.machines import xml

_SHORT, _LONG, _DESCRIPTION = 16, 48, 1024
"""Characters that the format allows (OpenSearch 1.1, draft 6)."""


def opensearch(title: str, description: str, site_url: str, search: str, language: Language) -> bytes:
    """The search of the site, for a browser's address bar.

    Args:
        search: the route of the search page, which takes `q`.
    """
    site = xml.attribute(site_url)
    lines = [
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{xml.text(_cut(title, _SHORT))}</ShortName>",
        f"<LongName>{xml.text(_cut(title, _LONG))}</LongName>",
        f"<Description>{xml.text(_cut(description or title, _DESCRIPTION))}</Description>",
        f'<Image width="16" height="16" type="image/svg+xml">{xml.text(site_url)}{routes.ICON}</Image>',
        f'<Url type="text/html" method="get" template="{site}{xml.attribute(search)}?q={{searchTerms}}"/>',
        f"<Language>{cjk.TAGS[language]}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>\n",
    ]
    return (xml.DECLARATION + "\n".join(lines)).encode()


def favicon() -> bytes:
    """The icon: a sheet with three lines, the first marked. Its colours stand out on light and on dark, without a style."""
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        b'<rect x="4" y="2" width="24" height="28" rx="4" fill="#2f7ab0"/>'
        b'<path d="M14 10h9M10 16h13M10 22h9" stroke="#fff" stroke-width="2.5" stroke-linecap="round" fill="none"/>'
        b'<circle cx="10" cy="10" r="2.25" fill="#ffc94d"/></svg>\n'
    )


def _cut(text: str, length: int) -> str:
    """The text on one line, cut after a word where it has words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[:length]
    return (head if line[length] == " " else head.rsplit(" ", 1)[0]).rstrip()
