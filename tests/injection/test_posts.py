"""Whatever stands in a record's texts, a post has the same parts as with plain words in their place."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest import config as configuration
from digest.config import Config
from digest.digests import Day
from digest.models import Language
from digest.posts import frontmatter, render
from digest.site.markdown import reference
from injection.payloads import PAYLOADS, PLAIN, everywhere, rich_digest, spoiled

SITE = "https://example.org/papers/"
Parser = Callable[[str], list[Token]]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("blog")
    (folder / "config.yaml").write_text(f"site: {{url: '{SITE}'}}\n", encoding="utf-8")
    return configuration.load(folder / "config.yaml", {})


def ours(body: str) -> list[Token]:
    """As this site reads a post."""
    return reference.tokens(body, SITE)


def others(body: str) -> list[Token]:
    """As a generator reads it that knows tables and strikethrough and no formulas."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(body)


def post(config: Config, words: Callable[[str], str], language: Language = "en") -> str:
    return render(Day(digest=spoiled(rich_digest(), words)), "daily-papers", language, config)


def structure(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """Blocks, links with their destinations, images and emphasis, in order; words and formulas aside."""
    for token in tokens:
        for piece in (token, *(token.children or ())):
            if piece.type not in ("text", "text_special", "math_inline", "inline"):
                yield piece.type, piece.tag, str(piece.attrs.get("href", ""))


@pytest.fixture(scope="module", params=["en", "zh"])
def twin(request: pytest.FixtureRequest, config: Config) -> tuple[Language, dict[Parser, list[tuple[str, str, str]]], dict]:
    """A language, and what a post of plain words is made of."""
    front, body = frontmatter.read(post(config, everywhere(PLAIN), request.param), "twin")
    return request.param, {parser: list(structure(parser(body))) for parser in (ours, others)}, front


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_post_has_the_same_parts_as_its_clean_twin(name: str, config: Config, twin) -> None:
    language, clean, front = twin
    got_front, body = frontmatter.read(post(config, everywhere(PAYLOADS[name]), language), name)
    for parser, expected in clean.items():
        found = list(structure(parser(body)))
        assert found == expected, difference(found, expected)
    assert got_front.keys() == front.keys()
    assert {k: type(v) for k, v in got_front.items()} == {k: type(v) for k, v in front.items()}
    assert {k: got_front[k] for k in ("published", "draft", "lang")} == {k: front[k] for k in ("published", "draft", "lang")}


def difference(found: list, expected: list) -> tuple[Counter, Counter]:
    return Counter(found) - Counter(expected), Counter(expected) - Counter(found)
