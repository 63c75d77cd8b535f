"""The RSS form of a feed. arXiv offers each feed as Atom and as RSS with the same rows."""

from datetime import date
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_CHANNEL = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="{arxiv}" xmlns:dc="{dc}" xmlns:atom="{atom}" version="2.0">
  <channel>
    <title>{category} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/{category}</link>
    <description>{category} updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/{category}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>{day:%a, %d %b %Y} 05:00:00 +0000</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>{day:%a, %d %b %Y} 00:00:00 -0500</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
{items}  </channel>
</rss>
"""
_ITEM = """    <item>
      <title>{title}</title>
      <link>{link}</link>
      <description>{summary}</description>
      <guid isPermaLink="false">{guid}</guid>
{categories}      <pubDate>{day:%a, %d %b %Y} 00:00:00 -0500</pubDate>
      <arxiv:announce_type>{announce_type}</arxiv:announce_type>
      <dc:rights>{rights}</dc:rights>
      <dc:creator>{creator}</dc:creator>
    </item>
"""


def from_atom(atom: str, category: str, day: date) -> str:
    """The same feed as RSS."""
    rows = ElementTree.fromstring(atom).findall("atom:entry", _NAMES)
    items = "".join(_item(row, day) for row in rows)
    return _CHANNEL.format(**_NAMES, category=category, day=day, items=items)


def _item(entry: ElementTree.Element, day: date) -> str:
    def text(tag: str) -> str:
        return escape(entry.findtext(tag, "", _NAMES))

    terms = [element.get("term", "") for element in entry.findall("atom:category", _NAMES)]
    return _ITEM.format(
        title=text("atom:title"),
        link=next(element.get("href", "") for element in entry.findall("atom:link", _NAMES)),
        summary=text("atom:summary"),
        guid=text("atom:id"),
        categories="".join(f"      <category>{term}</category>\n" for term in terms),
        announce_type=text("arxiv:announce_type"),
        rights=text("dc:rights"),
        creator=text("dc:creator"),
        day=day,
    )
