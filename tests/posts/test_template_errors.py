"""A mistake in a template of posts is told with the file, whole, and the line, however it is made."""

from pathlib import Path

import pytest

from digest.config import Config, parse
from digest.errors import RenderError
from digest.posts import render
from digest.posts.render import mistakes
from fakes import covered, day


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return parse("", path=tmp_path / "config.yaml", environ={})


def put(config: Config, text: str | bytes, name: str = "cards.md.j2", folder: str = "posts") -> Path:
    path = config.path("templates") / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(config: Config) -> str:
    with pytest.raises(RenderError) as caught:
        render(day(covered()), "daily-papers", "en", config)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("\n{% if %}", 2, "Expected an expression"),
        ("\n\n{{ post.title", 3, "unexpected end of template"),
        ("{% for x in y %}", 1, "Unexpected end of template"),
        ("\n{{ post.title | nothing }}", 2, "No filter named 'nothing'"),
        ("\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("\n{{ post.nothing }}", 2, "has no attribute 'nothing'"),
        ("\n{{ 1 + 'a' }}", 2, "TypeError: unsupported operand"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ("\n{{ [1][::0] }}", 2, "ValueError"),
        ('\n{% include "nothing.md.j2" %}', 2, "nothing.md.j2"),
        ('\n{% include "cards.md.j2" %}', 2, "RecursionError"),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(config: Config, text: str, line: int, why: str) -> None:
    path = put(config, text)
    message = refused(config)
    assert message.startswith(f"{path}:{line}: the template fails: ")
    assert why in message


def test_a_mistake_in_a_part_names_the_part(config: Config) -> None:
    path = put(config, "\n{% if %}", "card.md.j2")
    assert refused(config).startswith(f"{path}:2: ")
    path.write_text("\n\n{{ nothing }}", encoding="utf-8")
    assert refused(config).startswith(f"{path}:3: ")


def test_a_template_that_is_no_text_is_named(config: Config) -> None:
    path = put(config, "é".encode("latin-1"))
    message = refused(config)
    assert message.startswith(f"{path}: the template fails: UnicodeDecodeError")
    assert [str(mistake) for mistake in mistakes(config)] == [message]


def test_a_label_that_there_is_not_is_the_mistake_of_the_template_that_asks_for_it(config: Config) -> None:
    path = put(config, '{{ post.title }}\n{{ label("post.zzz") }}')
    assert refused(config) == f"{path}:2: there is no label 'post.zzz'"
    path.write_text('{{ label("post.must_todya") }}', encoding="utf-8")
    assert refused(config) == f"{path}:1: there is no label 'post.must_todya' (did you mean 'post.must_today'?)"


def test_a_label_that_cannot_be_filled_is_a_mistake_of_its_own_file(config: Config) -> None:
    path = put(config, 'post:\n  title: "{nope} {year}"', "en.yaml", "labels")
    assert refused(config).startswith(
        f"{path}:2: the label 'post.title' cannot be filled: it wants {{nope}} (it may use {{title}}, "
    )


def test_templates_that_are_not_used_are_compiled_where_all_mistakes_are_asked_for(config: Config) -> None:
    assert list(mistakes(config)) == []
    path = put(config, "\n{% if %}", "report.md.j2")
    told = [str(mistake) for mistake in mistakes(config)]
    assert len(told) == 1
    assert told[0].startswith(f"{path}:2: the template fails: ")
