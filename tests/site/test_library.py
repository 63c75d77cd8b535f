"""What the site is made from: which post is which, what is published, and what cannot stand together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path

import pytest

from blogs import add, blog, write
from digest import digests
from digest.config import Config, parse
from digest.errors import EditsError, RecordError, RenderError
from digest.site.facts import PostRow
from digest.site.library import Library
from digest.site.state import State
from digest.site.units import unit_mark
from fakes import covered, digest, edition

POST = "---\ntitle: {title}\npublished: {published}\n---\n\n{body}\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A blog with two posts that have names of round-ups."""
    made = blog(
        tmp_path / "blog", "posts: {languages: [zh, en]}\neditions: [{name: daily-papers}, {name: deep, layout: insights}]"
    )
    for name in ("2026-02", "2026-W08"):
        write(made, f"posts/2026/{name}.md", POST.format(title=name, published="2026-02-20", body=""))
    return made


@contextmanager
def library(config: Config) -> Iterator[Library]:
    """The library of a blog that remembers nothing."""
    with State(None) as state:
        yield Library(config, state)


def posts(config: Config) -> dict[str, PostRow]:
    with library(config) as found:
        return {post.file.rpartition("/")[2].removesuffix(".md"): post for post in found.posts}


def know(config: Config, text: str) -> None:
    """Write the list of round-ups."""
    config.path("records").mkdir(parents=True, exist_ok=True)
    (config.path("records") / "roundups.json").write_text(text, encoding="utf-8")


def draft(config: Config, pattern: str) -> None:
    """Make drafts of posts."""
    for post in config.path("posts").rglob(pattern):
        post.write_text(post.read_text(encoding="utf-8").replace("draft: false", "draft: true"), encoding="utf-8")


# --- round-ups -----------------------------------------------------------------------------------


def test_a_post_by_hand_with_the_name_of_a_round_up_is_a_post_by_hand(config: Config) -> None:
    found = posts(config)
    assert [found[name].route for name in ("2026-02", "2026-W08")] == ["posts/2026-02/", "posts/2026-W08/"]
    assert all(post.is_written for post in found.values())


def test_round_ups_are_those_that_are_known_as_written(config: Config) -> None:
    know(config, '{"posts": {"content/posts/2026/2026-W08.md": "hash", "content/posts/2026-02.md": "elsewhere"}, "schema": 1}')
    found = posts(config)
    assert [found[name].is_written for name in ("2026-02", "2026-W08")] == [True, False]
    assert (found["2026-W08"].route, found["2026-W08"].number) == ("roundups/2026-W08/", 8)


def test_a_post_becomes_a_round_up_when_it_is_known_as_one(config: Config) -> None:
    """The list of round-ups belongs to what a post is read from, whether the post has changed or not."""
    with State(config.root / "state") as state:
        assert all(post.is_written for post in Library(config, state).posts)
        know(config, '{"posts": {"content/posts/2026/2026-W08.md": "hash"}, "schema": 1}')
        again = Library(config, state)
        assert again.has_changed and [post.name for post in again.roundups] == ["2026-W08"]
        assert not Library(config, state).has_changed


def test_posts_that_lie_outside_of_the_blogs_folder_are_known_too(config: Config) -> None:
    text = f"paths: {{posts: {config.path('posts')}}}"
    inner = parse(text, path=config.root / "inner/config.yaml", environ={})
    know(inner, '{"posts": {"../content/posts/2026/2026-W08.md": "hash"}, "schema": 1}')
    assert not posts(inner)["2026-W08"].is_written


# --- dates, editions, languages ------------------------------------------------------------------


def test_a_post_is_of_its_published_date_else_of_that_in_its_name(config: Config) -> None:
    write(config, "posts/2026-03-01-note.md", "---\ntitle: dated\n---\n")
    write(config, "posts/2026-03-02-note.md", "---\ntitle: both\npublished: 2026-03-05\nupdated: 2026-03-09\n---\n")
    found = posts(config)
    assert [(found[name].day, found[name].changed) for name in ("2026-03-01-note", "2026-03-02-note")] == [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-05", "2026-03-09"),
    ]


def test_a_post_with_a_date_in_its_name_is_an_edition_only_where_the_record_has_it(config: Config) -> None:
    paper = covered("2602.00001")
    add(config, digest(paper, date=Date(2026, 2, 20), editions={"deep": edition(paper, layout="insights")}))
    write(config, "posts/2026/2026-02-20-thoughts.md", POST.format(title="Thoughts", published="2026-02-20", body=""))
    found = posts(config)
    assert (found["2026-02-20-deep"].edition, found["2026-02-20-deep"].route) == ("deep", "2026-02-20-deep/")
    assert (found["2026-02-20-thoughts"].edition, found["2026-02-20-thoughts"].route) == (None, "posts/2026-02-20-thoughts/")


def test_the_posts_of_a_day_come_in_the_order_of_the_editions_the_newest_day_first(config: Config) -> None:
    paper = covered("2602.00001")
    for day in (19, 20):
        both = {name: edition(paper) for name in ("deep", "daily-papers")}
        add(config, digest(paper, date=Date(2026, 2, day), editions=both))
    with library(config) as found:
        assert [post.route for post in found.own_posts if post.edition] == [
            *("2026-02-20/", "2026-02-20-deep/", "2026-02-19/", "2026-02-19-deep/"),
        ]
        english = found.around["2026-02-19-deep.en/"]
        assert english == (None, posts(config)["2026-02-20-deep.en"])


def test_a_revision_of_the_record_moves_the_day_of_its_editions_and_of_no_post_by_hand(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 20), revised=(Date(2026, 2, 21), Date(2026, 2, 24))))
    write(config, "posts/2026-02-20-thoughts.md", POST.format(title="Thoughts", published="2026-02-20", body=""))
    found = posts(config)
    assert found["2026-02-20-daily-papers"].changed == "2026-02-24"
    assert found["2026-02-20-thoughts"].changed == "2026-02-20"


# --- drafts --------------------------------------------------------------------------------------


def test_a_day_of_drafts_is_no_day(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 19)), digest(covered("2602.00002"), date=Date(2026, 2, 20)))
    draft(config, "2026-02-20-*.md")
    with library(config) as found:
        assert [day.name for day in found.days] == ["2026-02-19"]
        assert list(found.coverages) == ["2602.00001"]
        assert not [post for post in found.posts if "2026-02-20" in post.route]


def test_a_day_with_one_published_edition_is_a_day_with_that_edition_alone(config: Config) -> None:
    paper = covered("2602.00001")
    add(config, digest(paper, date=Date(2026, 2, 20), editions={name: edition(paper) for name in ("daily-papers", "deep")}))
    draft(config, "2026-02-20-daily-papers*.md")
    with library(config) as found:
        (day,) = found.days
        assert [post.edition for post in found.row(day).posts] == ["deep"]


def test_a_day_without_a_post_is_a_day(config: Config) -> None:
    digests.write(config.path("records"), digest(date=Date(2026, 2, 22), status="quiet", editions={}))
    with library(config) as found:
        (day,) = found.days
        assert (day.name, day.state, day.posts, day.papers) == ("2026-02-22", "quiet", (), ())


def test_a_paper_that_only_a_draft_showed_is_a_mere_text_in_other_posts(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 20)))
    with library(config) as found:
        assert "papers/2602.00001/" in found.places
    draft(config, "2026-02-20-*.md")
    with library(config) as found:
        assert "papers/2602.00001/" not in found.places


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["posts/2025/Hello.md", "posts/HELLO.md"])
def test_two_posts_for_one_page_are_an_error_also_where_case_alone_differs(config: Config, folder: str) -> None:
    write(config, "posts/hello.md", POST.format(title="x", published="2026-02-17", body=""))
    write(config, folder, POST.format(title="y", published="2026-02-17", body=""))
    with pytest.raises(RenderError, match=r"(?i)hello\.md and hello\.md want the same page") as caught:
        posts(config)
    assert caught.value.hint == "rename one of them; after a change of site.language `digest render` does"


@pytest.mark.parametrize("name", ["archive", "search", "Status", "tags", "directions", "trends"])
def test_a_page_by_hand_cannot_take_the_place_of_one_of_the_blog(config: Config, name: str) -> None:
    write(config, f"pages/{name}.md", "---\ntitle: Mine\n---\n")
    with pytest.raises(RenderError, match=rf"the blog itself and {name}\.md want the same page"):
        posts(config)


def test_a_page_by_hand_cannot_take_the_place_of_a_day(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 20)))
    write(config, "pages/2026-02-20.md", "---\ntitle: Mine\n---\n")
    with pytest.raises(RenderError, match="want the same page"):
        posts(config)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no front matter", "front matter"),
        ("---\ntitle: x\n---\n", "is not a date"),
        ("---\npublished: someday\n---\n", "'someday' is not a date"),
        ("---\npublished: 2026-02-20\ntags: [[a]]\n---\n", "tags are a list of words"),
        ("---\ntitle: [\n---\n", r"post\.md"),
    ],
)
def test_a_post_that_cannot_be_read_is_named(config: Config, text: str, words: str) -> None:
    path = write(config, "posts/post.md", text)
    with pytest.raises(RenderError, match=words) as caught:
        posts(config)
    assert str(path) in str(caught.value)


def test_records_edits_and_lists_that_cannot_be_read_are_errors(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 20)))
    edits = write(config, "edits/2026-02-20.yaml", "drop: [1234.56789]")
    with pytest.raises(EditsError, match="2026-02-20"):
        posts(config)
    edits.unlink()
    know(config, "{torn")
    with pytest.raises(RecordError, match=r"roundups\.json"):
        posts(config)
    (config.path("records") / "roundups.json").unlink()
    digests.record_path(config.path("records"), Date(2026, 2, 20)).write_text("{torn", encoding="utf-8")
    with pytest.raises(RecordError, match="2026-02-20"):
        posts(config)


def test_hidden_files_and_those_of_other_kinds_are_nothing(config: Config) -> None:
    for name in (
        "posts/.hidden.md",
        "posts/.git/x.md",
        "posts/note.txt",
        "pages/.x.md",
        "records/index.json",
        "edits/notes.yaml",
    ):
        write(config, name, "nothing")
    assert set(posts(config)) == {"2026-02", "2026-W08"}


# --- reading again -------------------------------------------------------------------------------


def test_what_did_not_change_is_not_read_again(config: Config) -> None:
    add(config, digest(covered("2602.00001"), date=Date(2026, 2, 20)))
    with State(config.root / "state") as state:
        first = Library(config, state)
        again = Library(config, state)
        assert first.has_changed and not again.has_changed
        assert again.units == first.units and again.row(again.days[0]) == first.row(first.days[0])
        post = config.path("posts") / "2026/2026-02-20-daily-papers.md"
        post.write_text(post.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        changed = Library(config, state)
        assert changed.has_changed
        assert {name for name, unit in changed.units.items() if unit.mark != first.units[name].mark} == {"2026-02-20"}


def test_the_mark_of_a_unit_tells_all_that_it_is_read_from(config: Config) -> None:
    with library(config) as found:
        sources = found.sources["post:2026-W08"]
    marks = {unit_mark(sources, [made], known) for made in ("a", "b") for known in ((), ("2026/2026-W08.md",))}
    assert len(marks) == 4
