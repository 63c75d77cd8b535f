"""Whatever stands in a record's texts and links, the site has the same pages made of the same elements, and so has the feed."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import lxml.html
import pytest

import sitecheck
from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.models import Digest, Links
from digest.site import build_site
from fakes import covered, digest
from injection.payloads import PAYLOADS, PLACES, PLAIN, rich_digest, spoiled
from sitecheck.pages import DATA

ATOM = "{http://www.w3.org/2005/Atom}"
TERMS = ("tags/", "directions/", "categories/", "organisations/")
ROUNDS = 12
"""Papers: with some 80 texts each, every payload stands in several fields."""


def built(folder: Path, record: Digest) -> dict[str, bytes]:
    """The files of a site of one day, by name."""
    folder.mkdir()
    text = "site: {url: 'https://example.org/papers/', language: en}\nposts: {languages: [en, zh]}\n"
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    config = configuration.load(folder / "config.yaml", {})
    _write(config, record)
    build_site(config)
    output = config.path("output")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def _write(config: Config, record: Digest) -> None:
    made = posts.make_posts(digests.project(config, record), record, config)
    digests.write(config.path("records"), record, made.files)


def day(words: Callable[[str], str]) -> Digest:
    """A record of many papers, all of its texts replaced."""
    one = rich_digest()
    papers = [
        p.model_copy(update={"paper": p.paper.model_copy(update={"id": f"2602.{n:05}"})})
        for n in range(ROUNDS)
        for p in one.papers[:1]
    ]
    ids = tuple(p.paper.id for p in papers)
    edition = one.editions["daily-papers"].model_copy(update={"picked": ids})
    return spoiled(one.model_copy(update={"papers": tuple(papers), "editions": {"daily-papers": edition}}), words)


def in_turn(texts: list[str]) -> Callable[[str], str]:
    """The texts one after another, each time round in another place."""
    turns = cycle(place(text) for place in PLACES for text in texts)
    return lambda _: next(turns)


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hostile site is built."""
    return tmp_path_factory.mktemp("sites") / "hostile/public"


@pytest.fixture(scope="module")
def sites(site_folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The hostile site and its clean twin."""
    folder = site_folder.parents[1]
    hostile = [text for text in PAYLOADS.values() if "\ud83d" not in text]  # a record is UTF-8
    clean = [f"{PLAIN} {n}" for n in range(len(hostile))]
    return built(folder / "hostile", day(in_turn(hostile))), built(folder / "clean", day(in_turn(clean)))


def elements(html: bytes | str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every element with where it leads and the names of its attributes; formulas, languages and related papers aside."""
    document = lxml.html.document_fromstring(html)
    for formula in [*document.iter("math"), *document.xpath('//code[@class="math"] | //section[@class="related"]')]:
        formula.drop_tree()
    for passage in document.xpath("//span[not(@*[name() != 'lang'])]"):
        passage.drop_tag()
    for element in document.iter(lxml.etree.Element):
        names = tuple(sorted(set(map(str, element.keys())) - {"lang"}))
        yield str(element.tag), _place(element.get("href") or element.get("src") or ""), names


def _place(link: str) -> str:
    """A link without what a text of the record may decide: the anchor in a page, the name of a term."""
    return re.sub(r"\b(?:tags|directions|categories|organisations)/[^/]+/", "TERM/", link.partition("#")[0])


def pages(files: dict[str, bytes]) -> list[str]:
    """The pages but for those of terms, of which there are as many as there are different texts."""
    return sorted(name for name in files if name.endswith(".html") and not name.startswith(TERMS))


def test_the_pages_are_those_of_the_clean_twin(sites) -> None:
    hostile, clean = sites
    assert pages(hostile) == pages(clean)
    assert len(pages(clean)) > ROUNDS


def test_every_page_has_the_elements_of_its_clean_twin(sites) -> None:
    hostile, clean = sites
    for name in pages(clean):
        assert list(elements(hostile[name])) == list(elements(clean[name])), name


@pytest.mark.parametrize("kind", TERMS)
def test_terms_of_any_text_have_pages_of_the_same_elements(sites, kind: str) -> None:
    named = [{name: data for name, data in files.items() if name.startswith(kind) and name.endswith(".html")} for files in sites]
    kinds = [{e for data in files.values() for e in elements(data)} for files in named]
    assert kinds[0] == kinds[1] and len(named[0]) > 1


def test_the_feed_has_the_elements_of_its_clean_twin(sites) -> None:
    hostile, clean = (ET.fromstring(files["feed.xml"]) for files in sites)
    assert [e.tag for e in hostile.iter()] == [e.tag for e in clean.iter()]
    contents = [[e.text or "" for e in feed.iter(f"{ATOM}content")] for feed in (hostile, clean)]
    assert len(contents[0]) == 1
    for found, expected in zip(*contents, strict=True):
        assert list(elements(found)) == list(elements(expected))


def test_the_files_are_clean_utf_8_without_control_or_direction_characters(sites) -> None:
    hostile, _ = sites
    for name, data in hostile.items():
        if name.endswith((".html", ".xml")):
            assert not re.search(
                "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", data.decode()
            ), name


def test_every_file_of_the_hostile_site_is_valid(sites, site_folder: Path) -> None:
    """HTML, feeds, JSON in files and in pages, sitemaps: what a text says ends none of them early and adds no link."""
    faults = sitecheck.check(site_folder, "https://example.org/papers/")
    assert not faults, sitecheck.report(faults)


LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
    "http://evil.example/",
    "ftp://evil.example/",
    "\\\\evil.example\\x",
    " https://evil.example/",
    "vbscript:x",
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("link", LINKS, ids=ascii)
def test_a_link_that_is_not_https_leads_nowhere(link: str, tmp_path: Path) -> None:
    links = Links(abs="https://arxiv.org/abs/2602.15763", pdf=link, html=link, code=link, project=link, hf=link)
    files = built(tmp_path / "blog", digest(covered(links=links)))
    for name, data in files.items():
        if name.endswith(".html"):
            leads = {link for _, _, link, _ in lxml.html.document_fromstring(data).iterlinks()}
            assert all(lead.startswith("https://") or ":" not in lead for lead in leads), name
            assert not any("evil" in lead or lead.startswith("//") for lead in leads), name


@pytest.mark.parametrize(
    "tail",
    ['"onmouseover="alert(1)', ")[x](javascript:alert(1))", "><script>alert(1)</script>", " https://evil.example/", "\n\n# H1"],
)
def test_a_link_cannot_end_early(tail: str, tmp_path: Path) -> None:
    hostile, clean = (
        built(
            tmp_path / name,
            digest(covered(links=Links(abs="https://a.example/x", pdf="https://a.example/y", code=f"https://a.example/{end}"))),
        )
        for name, end in (("hostile", tail), ("clean", "z"))
    )
    for name, data in clean.items():
        if name.endswith(".html"):
            found, expected = ([(tag, attributes) for tag, _, attributes in elements(html)] for html in (hostile[name], data))
            assert found == expected or len(found) < len(expected), name  # an address with a blank is no link
            document = lxml.html.document_fromstring(hostile[name])
            assert all(s.get("src") or s.get("type") in DATA for s in document.iter("script")), name
            assert b"alert(1)</script" not in hostile[name], name
