"""Every dialect, built by the generator itself: the words of a post come out as they went in, and so does its structure.

One site a generator, with all posts in it. What `make test-generators` could not install is skipped, with the reason.
"""

import importlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from digest.config import Config
from digest.posts import read, reference
from generators.hostile import (
    CATEGORY,
    DESCRIPTION,
    FORMULAS,
    HARD_FORMULAS,
    INTRO,
    LINES,
    TAGS,
    TITLE,
    TYPOGRAPHY,
    everywhere,
    hostile,
    paragraphs,
    random_lines,
)
from generators.site import Post, Site
from generators.tools import Missing

pytestmark = pytest.mark.generators

RANDOM = everywhere(random_lines(240))
ROOT = Path(__file__).parents[2]
DAY = date(2026, 2, 18)


@dataclass(frozen=True)
class Generator:
    """One generator, or one usual way to set it up.

    Attributes:
        dialect: what is written for it, where that has another name.
        silent: what of a post's fields its pages do not show.
        prettifies: what it makes typography of whatever the escape: `quotes`, and three stops; `dashes` too.
        capitalises: whether it writes tags and categories with capitals of its own.
        formulas: whether the plain site turns formulas into formulas; else it shows what stands between the dollars.
        drafts: `hidden`; `unlisted`, where a draft has a page that nothing leads to; `unknown`.
        shift: how many levels deeper its headings are.
    """

    name: str
    dialect: str = ""
    silent: frozenset[str] = frozenset()
    prettifies: str = ""
    capitalises: bool = False
    formulas: bool = True
    drafts: str = "hidden"
    shift: int = 0


GENERATORS = (
    Generator("hugo", capitalises=True),
    Generator("hugo_debian", "hugo"),
    Generator("hugo_languages", "hugo", capitalises=True),
    Generator("jekyll"),
    Generator("hexo"),
    Generator("fuwari", prettifies="dashes"),
    Generator("astro", prettifies="quotes", formulas=False),
    Generator("astropaper", silent=frozenset({"category"}), prettifies="quotes", formulas=False),
    Generator("pelican", silent=frozenset({"description"}), drafts="unlisted"),
    Generator("nikola", silent=frozenset({"category"}), drafts="unlisted", shift=1),
    Generator("mkdocs", silent=frozenset({"date", "tags", "category", "description"}), drafts="unknown"),
    Generator("mkdocs_material", "mkdocs"),
    Generator("quarto", silent=frozenset({"category"})),
)


@dataclass(frozen=True)
class Built:
    generator: Generator
    site: Site

    def post(self, name: str) -> Post:
        """The page of the post that begins with this word."""
        found = [post for post in self.site.posts if _mark(name) in post.lines]
        assert found, f"no page with the post {name!r}; pages: {sorted(self.site.pages)}"
        return found[0]

    def shown(self, text: str) -> str:
        """A text for a comparison: where the generator prettifies it, as it was before."""
        if not self.generator.prettifies:
            return text
        return _straight(text, with_dashes=self.generator.prettifies == "dashes")

    def all_shown(self, texts: Iterable[str]) -> list[str]:
        return [self.shown(text) for text in texts]


@pytest.fixture(scope="module", params=GENERATORS, ids=lambda generator: generator.name)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    generator: Generator = request.param
    module = importlib.import_module(f"generators.{generator.name}")
    try:
        module.available()
    except Missing as missing:
        pytest.skip(str(missing))
    folder = tmp_path_factory.mktemp(generator.name)
    _write_posts(generator.dialect or generator.name, folder / "posts")
    return Built(generator, module.build(folder / "posts", folder / "work"))


def test_title_description_tags_category_and_date_are_unchanged(built: Built) -> None:
    for language in ("zh", "en"):
        post = built.post(f"hostile{language}")
        seen: dict[str, object] = {
            "title": post.title,
            "description": post.description,
            "tags": sorted(post.tags),
            "category": list(dict.fromkeys(post.categories)),
            "date": post.date,
        }
        wanted: dict[str, object] = {
            "title": _title(language),
            "description": DESCRIPTION,
            "tags": sorted(TAGS),
            "category": [CATEGORY],
            "date": DAY.isoformat(),
        }
        for field in built.generator.silent:
            del seen[field], wanted[field]
        if built.generator.capitalises:
            seen, wanted = _without_case(seen), _without_case(wanted)
        assert seen == wanted


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_paragraph_is_unchanged(built: Built, language: str) -> None:
    seen = set(built.all_shown(built.post(f"hostile{language}").lines))
    wanted = built.all_shown(hostile(language).paragraphs)
    assert [line for line in wanted if line not in seen] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_lists_tables_links_code_and_bold_are_unchanged(built: Built, language: str) -> None:
    wanted, post = hostile(language), built.post(f"hostile{language}")
    shift = built.generator.shift
    assert [(level - shift, text) for level, text in post.headings] == list(wanted.headings)
    assert post.items == list(wanted.items)
    assert [tuple(row) for row in post.rows] == list(wanted.rows)
    assert [link for link in post.links if not _is_bare(link)] == list(wanted.links)
    assert post.code == list(wanted.code)
    assert post.bold == list(wanted.bold)


def test_a_hostile_word_is_no_element_of_the_page(built: Built) -> None:
    """No `<b>`, footnote, image, box or heading came of the words of a paper."""
    body = built.post("words").body
    found = {element.tag for element in body.iter() if isinstance(element.tag, str)} - {"p", "div", "article", "section"}
    assert found == set()


def test_signs_that_generators_like_to_prettify_stay(built: Built) -> None:
    seen = set(built.all_shown(built.post("typography").lines))
    assert [line for line in built.all_shown(TYPOGRAPHY) if line not in seen] == []


def test_formulas_are_still_formulas(built: Built) -> None:
    post = built.post("formulas")
    seen = post.formulas if built.generator.formulas else re.findall(r"\$(.+?)\$", post.text)
    assert seen == list(FORMULAS)


def test_no_formula_is_taken_apart(built: Built) -> None:
    post = built.post("hard")
    if built.generator.formulas:
        assert post.formulas == list(HARD_FORMULAS)
    assert [line for line in post.lines if not re.fullmatch(r"A [$⟦].+[$⟧] B", line)] == [_mark("hard")]
    assert {element.tag for element in post.body.iter("em", "strong", "code", "a", "sub", "sup", "del")} == set()


def test_a_draft_is_not_published(built: Built) -> None:
    if built.generator.drafts == "unknown":
        pytest.skip("it knows no drafts")
    posts = {post.path for post in built.site.posts}
    assert [path for path, text in built.site.pages.items() if path not in posts and "Unfinished" in text] == []
    pages = [post.path for post in built.site.posts if _mark("unfinished") in post.lines]
    assert pages == [] or built.generator.drafts == "unlisted"


def test_lists_of_posts_show_their_beginning(built: Built) -> None:
    if not built.site.excerpts:
        pytest.skip("it lists posts by title and description")
    beginnings = [lines for lines in built.site.excerpts if lines and lines[0] == _mark("hostilezh")]
    assert beginnings
    assert all(len(lines) < 5 for lines in beginnings)


def test_a_language_in_the_name_is_understood(built: Built) -> None:
    if built.generator.name != "hugo_languages":
        pytest.skip("it has one language, or takes it from elsewhere")
    assert built.post("hostileen").path.startswith("en/")
    assert not built.post("hostilezh").path.startswith("en/")


def test_what_an_editor_wrote_reads_as_on_the_own_site(built: Built) -> None:
    _same_as_reference(built, built.post("intro"), INTRO)


def test_random_signs_read_as_on_the_own_site_wherever_they_stand(built: Built) -> None:
    _same_as_reference(built, built.post("random"), RANDOM)


def test_the_posts_of_this_repository_read_as_on_the_own_site(built: Built) -> None:
    files = _own_posts()
    assert files
    for file in files:
        front, body = read(file.read_text("utf-8"), file.name)
        (post,) = [post for post in built.site.posts if post.title == front["title"]]
        _same_as_reference(built, post, body)


def _same_as_reference(built: Built, post: Post, markdown: str) -> None:
    """The page says what our own Markdown parser reads in the post, in words and in structure."""
    own = Post("own", f"<html><body><div data-body>{reference.parser().render(markdown)}</div></body></html>")
    shown, shift = built.shown, built.generator.shift
    if not built.generator.formulas:
        shown = partial(_with_dollars, built.shown)
    assert [shown(line) for line in post.lines if not line.startswith("begin ")] == [shown(line) for line in own.lines]
    assert [(depth, kind, shown(text)) for depth, kind, text in post.items] == [
        (depth, kind, shown(text)) for depth, kind, text in own.items
    ]
    assert [[shown(cell) for cell in row] for row in post.rows] == [[shown(cell) for cell in row] for row in own.rows]
    assert [(level - shift, shown(text)) for level, text in post.headings] == [(n, shown(text)) for n, text in own.headings]
    links, wanted = ([(shown(text), url) for text, url in page.links if not _is_bare((text, url))] for page in (post, own))
    assert links == wanted


def _write_posts(dialect: str, folder: Path) -> None:
    from digest.posts.dialects import copy_posts

    paths = {"posts": str(ROOT / "content" / "posts"), "state": str(folder.parent / "state")}
    config = Config.model_validate({"paths": paths, "posts": {"dialect": dialect, "export_to": str(folder)}})
    copy_posts(config)
    write = partial(_write, dialect, folder, config)
    for language in ("zh", "en"):
        write(f"hostile{language}", hostile(language).body, language=language, title=_title(language))
    write("words", paragraphs(LINES))
    write("typography", paragraphs(TYPOGRAPHY))
    write("formulas", "\n\n".join(f"A ${tex}$ B" for tex in FORMULAS))
    write("hard", "\n\n".join(f"A ${tex}$ B" for tex in HARD_FORMULAS))
    write("intro", INTRO)
    write("random", RANDOM)
    write("unfinished", "text", title="Unfinished", draft=True)


def _write(
    dialect: str,
    folder: Path,
    config: Config,
    name: str,
    body: str,
    *,
    language: str = "zh",
    title: str = "",
    draft: bool = False,
) -> None:
    from digest.posts.dialects import DIALECTS
    from digest.posts.dialects import Post as Source
    from digest.posts.dialects.convert import convert

    front = {
        "title": title or name,
        "published": DAY,
        "description": DESCRIPTION,
        "tags": list(TAGS),
        "category": CATEGORY,
        "draft": draft,
        "lang": language,
    }
    post = Source.make(stem=f"2026-02-18-{name}", front=front, body=f"{_mark(name)}\n\n{body}", language=language, config=config)
    place, text = convert(post, DIALECTS[dialect])
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _own_posts() -> list[Path]:
    return sorted((ROOT / "content" / "posts").rglob("*.md"))


def _title(language: str) -> str:
    return f"{TITLE} {language}"


def _without_case(fields: dict[str, object]) -> dict[str, object]:
    """Tags and category in small letters."""
    return {
        name: sorted(text.casefold() for text in value) if isinstance(value, list) else value for name, value in fields.items()
    }


def _mark(name: str) -> str:
    """The first paragraph of a post, by which its page is found whatever became of its title."""
    return f"begin {name} end"


def _straight(text: str, *, with_dashes: bool) -> str:
    """Quotes, three stops and dashes as a keyboard has them; the quotes of TeX as one."""
    signs = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", **({"—": "--"} if with_dashes else {})}
    return "".join(signs.get(sign, sign) for sign in text).replace("``", '"').replace("''", '"')


def _with_dollars(shown: Callable[[str], str], text: str) -> str:
    """As a page shows formulas that knows none."""
    return shown(text.replace("⟦", "$").replace("⟧", "$"))


def _is_bare(link: tuple[str, str]) -> bool:
    """An address that became a link to itself."""
    return link[0].rstrip("/") in link[1]
