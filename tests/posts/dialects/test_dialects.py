"""Every dialect: the file's place, front matter that is read again as it was meant, drafts, languages, title, excerpt."""

import re
import tomllib
from datetime import date, datetime, timedelta, timezone
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.config import Dialect as DialectName
from digest.errors import RenderError
from digest.posts import read
from digest.posts.dialects import DIALECTS, Post
from digest.posts.dialects.convert import convert
from digest.posts.dialects.nikola import tags as nikola_tags
from digest.posts.escaping import plain
from digest.posts.tags import obsidian_tag
from posts.dialects.hostile_post import DAY, LINES, TAGS, TITLE, config, post

PLACES = {
    "fuwari": ("src/content/posts/2026-02-18-daily-papers.md", "src/content/posts/2026-02-18-daily-papers-en.md"),
    "astro": ("src/content/blog/2026-02-18-daily-papers.md", "src/content/blog/2026-02-18-daily-papers-en.md"),
    "astropaper": ("src/data/blog/2026-02-18-daily-papers.md", "src/data/blog/2026-02-18-daily-papers-en.md"),
    "hugo": ("content/posts/2026-02-18-daily-papers.md", "content/posts/2026-02-18-daily-papers-en.en.md"),
    "hexo": ("source/_posts/2026-02-18-daily-papers.md", "source/_posts/2026-02-18-daily-papers-en.md"),
    "jekyll": ("_posts/2026-02-18-daily-papers.md", "_posts/2026-02-18-daily-papers-en.md"),
    "pelican": ("content/2026-02-18-daily-papers.md", "content/2026-02-18-daily-papers-en.md"),
    "nikola": ("posts/2026-02-18-daily-papers.md", "posts/2026-02-18-daily-papers.en.md"),
    "mkdocs": ("docs/blog/posts/2026-02-18-daily-papers.md", "docs/blog/posts/2026-02-18-daily-papers.en.md"),
    "zola": ("content/blog/2026-02-18-daily-papers.md", "content/blog/2026-02-18-daily-papers.en.md"),
    "quarto": ("posts/2026-02-18-daily-papers.md", "posts/2026-02-18-daily-papers-en.md"),
    "obsidian": ("Papers/2026-02-18-daily-papers.md", "Papers/2026-02-18-daily-papers-en.md"),
}


def front(dialect: str, **fields: Any) -> dict[str, Any]:
    """The front matter of the hostile post, as a reader of YAML, TOML or lines understands it."""
    text = convert(post(**fields), DIALECTS[dialect])[1]
    if dialect == "zola":
        return tomllib.loads(text.split("+++\n")[1])
    if dialect == "pelican":
        return dict(re.findall(r"^(\w+): (.*)$", text.split("\n\n")[0], re.MULTILINE))
    if dialect == "nikola":
        return dict(re.findall(r"^\.\. (\w+): (.*)$", text.split("-->\n")[0], re.MULTILINE))
    return read(text, dialect)[0]


def test_every_name_of_the_configuration_is_a_dialect() -> None:
    assert set(DIALECTS) == set(DialectName.__args__) == set(PLACES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("dialect", PLACES)
def test_a_post_stands_where_its_generator_looks_and_languages_do_not_collide(dialect: str) -> None:
    assert tuple(str(convert(post(language=language), DIALECTS[dialect])[0]) for language in ("zh", "en")) == PLACES[dialect]


@pytest.mark.parametrize("dialect", PLACES)
def test_the_title_is_read_as_it_was_meant(dialect: str) -> None:
    fields = front(dialect)
    title = fields.get("title") or fields["Title"]
    html = dialect in ("pelican", "mkdocs", "quarto")
    assert (unescape(title) if html else title) == TITLE


@pytest.mark.parametrize("dialect", PLACES)
def test_published_is_a_field_of_fuwari_alone(dialect: str) -> None:
    """Elsewhere it is a switch, and a date would mean yes or no."""
    assert ("published" in front(dialect)) == (dialect == "fuwari")


@pytest.mark.parametrize(
    ("dialect", "date_field", "update_field"),
    [
        ("fuwari", "published", "updated"),
        ("astro", "pubDate", "updatedDate"),
        ("hugo", "date", "lastmod"),
        ("hexo", "date", "updated"),
        ("jekyll", "date", "last_modified_at"),
        ("zola", "date", "updated"),
        ("quarto", "date", "date-modified"),
        ("obsidian", "date", "updated"),
    ],
)
def test_dates_are_bare(dialect: str, date_field: str, update_field: str) -> None:
    fields = front(dialect, updated=date(2026, 2, 20))
    assert (fields[date_field], fields[update_field]) == (DAY, date(2026, 2, 20))
    assert update_field not in front(dialect)


def test_astropaper_has_midnight_in_the_zone_of_the_site() -> None:
    midnight = datetime(2026, 2, 18, tzinfo=timezone(timedelta(hours=8)))
    assert front("astropaper")["pubDatetime"] == midnight
    assert "pubDatetime: 2026-02-18T00:00:00+08:00\n" in convert(post(), DIALECTS["astropaper"])[1]
    assert front("astropaper")["timezone"] == "Asia/Shanghai"


def test_other_forms_of_dates() -> None:
    fields = {"updated": date(2026, 2, 20)}
    assert (front("pelican", **fields)["Date"], front("pelican", **fields)["Modified"]) == ("2026-02-18", "2026-02-20")
    assert (front("nikola", **fields)["date"], front("nikola", **fields)["updated"]) == ("2026-02-18", "2026-02-20")
    assert front("mkdocs", **fields)["date"] == {"created": DAY, "updated": date(2026, 2, 20)}


@pytest.mark.parametrize("dialect", ["fuwari", "astro", "astropaper", "hugo", "hexo", "jekyll"])
def test_tags_are_strings_with_their_words(dialect: str) -> None:
    assert front(dialect)["tags"] == list(TAGS)


def test_tags_as_others_want_them() -> None:
    assert front("zola")["taxonomies"] == {"tags": list(TAGS), "categories": ["Paper-Digest"]}
    assert [unescape(tag) for tag in front("mkdocs")["tags"]] == list(TAGS)
    assert [unescape(tag) for tag in front("quarto")["categories"]] == list(TAGS)
    parted = ["1e5", "yes", "2026", "Agentic RL", "C++", "{{ t }}", "<b>", "Pre-training & Data", "a b c"]
    assert front("pelican")["Tags"].split(", ") == parted
    assert front("nikola")["tags"].split(", ") == [*parted[:-1], "a b; c"]
    assert front("obsidian")["tags"] == ["1e5", "yes", "_2026", "Agentic-RL", "C", "t", "b", "Pre-training-Data", "a-b-c"]


@given(st.text())
def test_obsidian_takes_any_tag(tag: str) -> None:
    name = obsidian_tag(plain(tag))
    assert not name or (re.fullmatch(r"[\w/-]+", name) and not name.isdigit())


def test_nikola_has_no_two_tags_of_one_address() -> None:
    assert nikola_tags(post(tags=["C", "C#", "Deep RL", "deep-rl", "~", "C++"])) == ["C", "Deep RL", "C++"]


def test_a_title_in_html_is_escaped_once() -> None:
    assert "&lt;Tag&gt; &amp; {{ g }}" in front("pelican")["Title"]
    assert "&lt;Tag&gt; &amp; {{ g }}" in front("mkdocs")["title"]
    assert '"' not in front("mkdocs")["description"]  # it is the value of an attribute


@pytest.mark.parametrize("dialect", PLACES)
def test_a_draft_is_marked_as_its_generator_wants_it(dialect: str) -> None:
    place, text = convert(post(draft=True), DIALECTS[dialect])
    folders = {"hexo": "source/_drafts", "jekyll": "_drafts"}
    if dialect in folders:
        assert str(place.parent) == folders[dialect]
    else:
        mark = {"pelican": "Status: draft", "nikola": ".. status: draft", "zola": "draft = true"}.get(dialect, "draft: true")
        assert f"\n{mark}\n" in text


def test_where_a_draft_would_be_published_it_gets_no_copy() -> None:
    assert [name for name, dialect in DIALECTS.items() if dialect.drafts is None] == ["astro"]


def test_a_file_of_jekyll_begins_with_its_date() -> None:
    assert convert(post(stem="2026-W08"), DIALECTS["jekyll"])[0].name == "2026-02-18-2026-W08.md"
    assert convert(post(stem="2026-02-20-late"), DIALECTS["jekyll"])[0].name == "2026-02-18-2026-02-20-late.md"


def test_a_category_that_breaks_jekylls_addresses_gets_none() -> None:
    assert "permalink" not in front("jekyll")
    assert front("jekyll", category="R&D: {{ c }}")["permalink"] == "/2026/02/18/daily-papers.html"


def test_the_addresses_of_zola_and_nikola_have_the_date() -> None:
    assert front("zola")["slug"] == "2026-02-18-daily-papers"
    assert (front("nikola")["slug"], front("nikola", language="en")["slug"]) == (
        "2026-02-18-daily-papers",
        "2026-02-18-daily-papers-en",
    )


def test_pelican_and_hugo_know_translations_of_each_other() -> None:
    assert front("pelican")["Slug"] == front("pelican", language="en")["Slug"]
    assert (front("pelican")["Lang"], front("pelican", language="en")["Lang"]) == ("zh", "en")
    assert front("hugo")["translationKey"] == front("hugo", language="en")["translationKey"]


@pytest.mark.parametrize("dialect", PLACES)
def test_the_body_has_the_title_only_where_themes_do_not_print_it(dialect: str) -> None:
    text = convert(post(body="# Title\n\n## A\n\ntext\n\n# B", title="Title"), DIALECTS[dialect])[1]
    assert re.findall(r"^#+ .*", text, re.MULTILINE) == [
        *(["# Title"] if dialect in ("mkdocs", "obsidian") else []),
        "## A",
        "## B",
    ]


MORE = {
    "hugo": "<!--more-->",
    "hexo": "<!-- more -->",
    "jekyll": "<!--more-->",
    "nikola": "<!-- TEASER_END -->",
    "mkdocs": "<!-- more -->",
    "zola": "<!-- more -->",
}


@pytest.mark.parametrize("dialect", PLACES)
@pytest.mark.parametrize(
    "body",
    ["one\n\n## A\n\ntwo\n\n{}---\n\n## B\n\n---", "## A\n\none\n\n{}## B\n\n## C", "# A\n\none\n\n{}two", "one\n\n{}two"],
)
def test_the_mark_of_the_excerpt_ends_the_beginning(dialect: str, body: str) -> None:
    text = convert(post(body=body.format("")), DIALECTS[dialect])[1]
    before = body.split("{}")[0].split()[-1]
    if dialect in MORE:
        assert text.count(MORE[dialect]) == 1 + (dialect == "jekyll")  # its front matter names it
        assert text.split(f"\n{MORE[dialect]}\n")[0].split()[-1] == before
    else:
        assert "<!--" not in text


def test_a_post_of_one_paragraph_has_no_mark() -> None:
    assert "more" not in convert(post(body="one"), DIALECTS["hugo"])[1]


def test_a_post_without_tags_category_and_description() -> None:
    for dialect in DIALECTS:
        text = convert(post(tags=None, category="", description=""), DIALECTS[dialect])[1]
        assert "tags" not in text.casefold() and "categor" not in text.casefold()
    assert front("astro", description="")["description"] == TITLE  # required


STEM = "2026-02-18-daily-papers"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_words_survive_in_front_matter(title: str, tags: list[str]) -> None:
    words = list(dict.fromkeys(filter(None, map(plain, tags))))
    zola, mkdocs = (front(dialect, title=title, tags=tags, body="x") for dialect in ("zola", "mkdocs"))
    assert zola["title"] == (plain(title) or STEM)
    assert zola["taxonomies"].get("tags", []) == words
    assert mkdocs["title"] == escape(zola["title"], quote=False)
    assert mkdocs.get("tags", []) == [escape(word, quote=False) for word in words]


@given(st.text(), st.text())
def test_any_words_stay_in_their_line_of_metadata(title: str, description: str) -> None:
    names = set("title slug date tags category description type summary lang author status".split())
    for dialect in ("pelican", "nikola"):
        fields = front(dialect, title=title, description=description, tags=[title], category=description, body="x")
        assert set(map(str.casefold, fields)) <= names
        assert fields.get("title", fields.get("Title")) in (plain(title) or STEM, escape(plain(title), quote=False))


def test_a_post_without_a_date_is_refused() -> None:
    with pytest.raises(RenderError, match="notes: None is not a date"):
        Post.make(stem="notes", front={}, body="", language="zh", config=config())
    with pytest.raises(RenderError, match="tags are a list of words"):
        post(tags=[["a"]])


@pytest.mark.parametrize("dialect", ["zola", "obsidian", "quarto", "hexo", "hugo"])
def test_the_words_of_the_body_are_unchanged_to_a_reader_of_commonmark(dialect: str) -> None:
    """What stands for a generator that cannot be installed everywhere; the others are built in tests/generators."""
    text = convert(post(), DIALECTS[dialect])[1]
    body = re.split(r"^(?:---|\+\+\+)\n", text, flags=re.MULTILINE)[2]
    inlines = [token for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body) if token.children]
    said = ["".join(child.content for child in token.children or []) for token in inlines]
    assert said == [*([TITLE] if dialect == "obsidian" else []), *LINES]


@pytest.mark.parametrize("dialect", ["zola", "jekyll", "hexo", "nikola", "hugo", "quarto"])
def test_nothing_is_left_for_a_template_language_to_find(dialect: str) -> None:
    hostile = "`{{ x() }}` {% y %}\n\n```\n{{% a %}} {{< b >}} {% c %}\n```\n\n[{{ d }}](https://e.org/{{e}}) $\\frac{{a}}{{b}}$"
    body = re.split(
        r"^(?:---|\+\+\+|-->)\n", convert(post(body=hostile, title="x", tags=["a"]), DIALECTS[dialect])[1], flags=re.MULTILINE
    )[-1]
    looked_for = {"hugo": r"\{\{[<%]", "nikola": r"\{\{%", "quarto": r"\{\{<"}.get(dialect, r"\{[{%]")
    if dialect == "hexo":  # it protects code itself
        body = re.sub(r"^```$.*?^```$|`[^`\n]+`", "", body, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(looked_for, body)
