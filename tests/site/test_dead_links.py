"""Links of posts and pages by hand that lead nowhere are told with file and line, those that lead somewhere are not."""

from pathlib import Path

import pytest

from blogs import URL, add, blog, write
from digest.config import Config
from digest.site import build_site
from digest.site.dead_links import dead_links
from digest.site.library import Library
from digest.site.state import State
from fakes import covered, digest

FRONT = "---\ntitle: Note\npublished: 2026-02-17\n---\n\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = blog(tmp_path / "blog", "posts: {languages: [zh, en]}")
    add(made, digest(covered("2602.00001")))
    return made


def told(config: Config) -> list[str]:
    with State(None) as state:
        return [str(mistake) for mistake in dead_links(Library(config, state))]


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("../../archvie/", "the site has no archvie/"),
        ("/papers/archvie/index.html", "the site has no archvie/"),
        (f"{URL}tags/nothing", "the site has no tags/nothing"),
        (f"{URL}papers/2602.99999/", "the site has no papers/2602.99999/"),
        (f"{URL}papers/2602.99999/paper.bib", "the site has no papers/2602.99999/paper.bib"),
        ("../../archive/2025-01/", "the site has no archive/2025-01/"),
        ("../../标签/", "the site has no 标签/"),
        ("#nowhere", "the page has no such heading"),
    ],
)
def test_a_dead_link_is_told_with_its_line(config: Config, link: str, why: str) -> None:
    path = write(config, "posts/note.md", f"{FRONT}## One\n\nText, [words]({link}) and [more](../../archive/).\n")
    assert told(config) == [f"{path}:8: the link {link!r} leads nowhere: {why}"]


@pytest.mark.parametrize(
    "link",
    [
        *(
            "../../archive/",
            "/papers/archive/index.html",
            f"{URL}archive",
            URL,
            URL[:-1],
            "#one",
            "../other/#any",
            "../note/#one",
        ),
        *(f"{URL}papers/2602.00001/#v1-s2", f"{URL}papers/2602.00001/paper.bib", "../../archive/2026-02/", "../../archive/2026/"),
        *("../../status/2026-02/", f"{URL}2026-02-18/digest.md", f"{URL}feed.xml", f"{URL}search/?q=x", "../../team/"),
        *("https://elsewhere.example.org/nothing/", "mailto:me@example.org", "/", "/else/", "../../../else/", "../../CNAME.txt"),
    ],
)
def test_a_link_that_leads_somewhere_or_out_of_the_site_is_none(config: Config, link: str) -> None:
    write(config, "posts/note.md", f"{FRONT}## One\n\n[words]({link})\n")
    write(config, "posts/other.md", FRONT)
    write(config, "pages/team.md", "---\ntitle: Team\n---\n")
    assert told(config) == []


def test_pages_are_looked_at_and_drafts_and_digests_are_not(config: Config) -> None:
    page = write(
        config,
        "pages/team.md",
        "---\ntitle: Team\n---\n\n[a](../nope/)\n\n- [b][1] <https://example.org/papers/nope/>\n\n[1]: ../nope/\n",
    )
    write(config, "posts/draft.md", FRONT.replace("---\n\n", "draft: true\n---\n\n") + "[x](../nope/)\n")
    post = next(config.path("posts").rglob("*daily-papers.md"))
    post.write_text(post.read_text(encoding="utf-8") + "\n[x](../nope/)\n", encoding="utf-8")
    assert told(config) == [
        f"{page}:5: the link '../nope/' leads nowhere: the site has no nope/",
        f"{page}:9: the link '../nope/' leads nowhere: the site has no nope/",
        f"{page}:7: the link 'https://example.org/papers/nope/' leads nowhere: the site has no nope/",
    ]


def test_files_are_looked_for_in_the_site_once_it_stands(config: Config) -> None:
    build_site(config)
    write(config, "posts/note.md", f"{FRONT}[mine](../../mine.pdf) [nope](../../nope.pdf) [api](../../api/tags.json)\n")
    (config.path("output") / "mine.pdf").write_text("x")
    assert [line.partition(": ")[2] for line in told(config)] == [
        "the link '../../nope.pdf' leads nowhere: the site has no nope.pdf"
    ]
