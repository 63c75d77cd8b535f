"""Front matter is read back as it was meant, by any YAML reader."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.errors import RenderError
from digest.posts.escaping import plain
from digest.posts.frontmatter import emit, read

HOSTILE = [
    "GLM-5: from # x --- @y \\alpha {a} 'q' \"r\"",
    *("yes", "2026-02-18", "1e3", "null", "0x10", "12:30", "---", "- a", "~", "!!str x", "&a *b", "%x", "{a: b}", "[a", "|", ">"),
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_string_stays_a_string(text: str) -> None:
    fields, _ = read(emit({"title": text, "tags": [text]}), "post.md")
    assert fields == {"title": text, "tags": [text]}


@given(st.text(), st.lists(st.text(), max_size=6), st.dates(), st.booleans())
def test_everything_survives(title: str, tags: list[str], day: date, draft: bool) -> None:
    written = emit({"title": title, "published": day, "tags": tags, "draft": draft})
    fields, body = read(f"{written}\nBody\n", "post.md")
    assert fields == {"title": plain(title), "published": day, "tags": [plain(t) for t in tags], "draft": draft}
    assert body == "Body\n"
    assert len(written.splitlines()) == 6
    written.encode()


KEYS = st.sampled_from(["title", "published", "updated", "description", "tags", "category", "draft", "lang", "yes", "Title"])
TEXTS = st.one_of(st.text(), st.text("ab \"\\,:#[]{}'-&*!\x85\u2028\ufeff\xa0\x7f"), st.sampled_from(HOSTILE))
VALUES = st.one_of(
    TEXTS.map(lambda text: json.dumps(text, ensure_ascii=False)),
    TEXTS.map(lambda text: f'"{text}"'),
    st.lists(TEXTS, max_size=3).map(lambda texts: json.dumps(texts, ensure_ascii=False)),
    st.lists(TEXTS, max_size=3).map(json.dumps),
    st.dates().map(str),
    st.sampled_from(["true", "false", "null", "2026-02-30", "2026-2-3", "0000-01-01", "[]", "", '["a","b"]', '["a", "b",]']),
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4))
def test_what_looks_like_ours_means_what_yaml_says(fields: list[tuple[str, str]]) -> None:
    """Lines such as we write are read without YAML: in no other meaning than its, and refused where it refuses them."""
    block = "".join(f"{key}: {value}\n" for key, value in fields)
    assume("\n---" not in block and "\r\n" not in block)
    try:
        expected = yaml.safe_load(block) or {}
    except (yaml.YAMLError, ValueError):
        expected = None
    if isinstance(expected, dict):
        assert read(f"---\n{block}---\nBody\n", "post.md") == (expected, "Body\n")
    else:
        with pytest.raises(RenderError):
            read(f"---\n{block}---\nBody\n", "post.md")


def test_the_form() -> None:
    assert emit({"title": 'a "b" \\c', "published": date(2026, 2, 18), "tags": ["x", "中"], "draft": False}) == (
        '---\ntitle: "a \\"b\\" \\\\c"\npublished: 2026-02-18\ntags: ["x", "中"]\ndraft: false\n---\n'
    )


def test_characters_that_yaml_or_xml_refuse_are_removed() -> None:
    text = "a\x00\x85b\u2028c\ud800d\ufeffe\uffff\x7f\u202e"
    assert yaml.safe_load(emit({"title": text}).split("---")[1]) == {"title": "a b cde"}


def test_a_field_has_a_plain_name() -> None:
    with pytest.raises(RenderError, match="cannot be a field"):
        emit({"a: b": "x"})


def test_a_post_written_by_hand() -> None:
    text = "\ufeff---  \r\ntitle: Mine\r\ntags:\r\n  - a\r\n---\r\n\r\nText\r\n\r\n---\r\nmore\r\n"
    assert read(text, "post.md") == ({"title": "Mine", "tags": ["a"]}, "Text\n\n---\nmore\n")


def test_empty_front_matter() -> None:
    assert read("---\n---\nText", "post.md") == ({}, "Text")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Text", r"post\.md:1: the post has no front matter"),
        ("---\ntitle: x\n", r"post\.md:1: the front matter has no end"),
        ("---\ntitle: x\ntags: [a\n---\n", r"post\.md:4: the front matter is no YAML"),
        ("---\ntitle: x\nb: a: c\n---\n", r"post\.md:3: the front matter is no YAML"),
        ("---\n- a\n---\n", r"post\.md:2: the front matter is no list of fields"),
        ("---\nd: 2026-02-30\n---\n", r"post\.md:2: the front matter is no YAML"),
        ("---\nt: \x01\n---\n", r"post\.md:2: the front matter is no YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        read(text, "post.md")
