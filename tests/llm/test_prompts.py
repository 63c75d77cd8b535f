"""Prompts are templates with two blocks, and are versioned by their text."""

from pathlib import Path

import pytest

from digest.errors import RenderError
from digest.labels import shipped
from digest.llm import load_prompt

TEXT = "{% block system %}Answer in {{ language }}.{% endblock %}\n{% block user %}{{ text }}{% endblock %}"


def put(folder: Path, text: str, name: str = "card.en.j2") -> None:
    (folder / "prompts").mkdir(exist_ok=True)
    (folder / "prompts" / name).write_text(text, encoding="utf-8")


def test_the_two_parts_are_filled(tmp_path: Path) -> None:
    put(tmp_path, TEXT)
    prompt = load_prompt("card", "en", tmp_path)
    assert prompt.system(language="English") == "Answer in English."
    assert prompt.user(text="<b> & {{ 7 * 7 }}") == "<b> & {{ 7 * 7 }}", "the text of a paper is data"


def test_a_blogs_own_prompt_goes_over_the_shipped_one(tmp_path: Path) -> None:
    own = shipped("templates/prompts")
    if not (own / "card.en.j2").is_file():
        pytest.skip("no prompt is shipped under this name")
    original = load_prompt("card", "en", tmp_path)
    put(tmp_path, TEXT)
    assert load_prompt("card", "en", tmp_path).hash != original.hash


def test_the_version_is_the_hash_of_the_text(tmp_path: Path) -> None:
    put(tmp_path, TEXT)
    first = load_prompt("card", "en", tmp_path).hash
    assert len(first) == 12
    assert load_prompt("card", "en", tmp_path).hash == first
    put(tmp_path, TEXT + " ")
    assert load_prompt("card", "en", tmp_path).hash != first


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("\n{% block system %}", r"prompts/card\.en\.j2:2: there is no"),
        ("no blocks", r"prompts/card\.en\.j2: the block 'system'"),
        ("{% block system %}\n{{ nobody }}{% endblock %}", r"prompts/card\.en\.j2:2: .*'nobody' is undefined"),
        ("{% block system %}\n\n{{ 1 + 'a' }}{% endblock %}", r"prompts/card\.en\.j2:3: .*TypeError"),
        ("{% block system %}{{ 1 / 0 }}{% endblock %}", r"prompts/card\.en\.j2:1: .*ZeroDivisionError"),
        ("{% block system %}{{ 'a'.encode('no') }}{% endblock %}", r"prompts/card\.en\.j2:1: .*LookupError"),
        ("{% block system %}{{ x|nothing }}{% endblock %}", r"prompts/card\.en\.j2:1: .*nothing"),
    ],
    ids=["syntax", "blocks", "names", "types", "numbers", "lookup", "filters"],
)
def test_a_broken_prompt_is_named(tmp_path: Path, text: str, where: str) -> None:
    put(tmp_path, text)
    with pytest.raises(RenderError, match=where):
        load_prompt("card", "en", tmp_path).system()


def test_a_prompt_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    put(tmp_path, TEXT)
    (tmp_path / "prompts" / "card.en.j2").write_bytes(TEXT.encode() + "é".encode("latin-1"))
    with pytest.raises(RenderError, match=r"prompts/card\.en\.j2: .*utf-8"):
        load_prompt("card", "en", tmp_path)


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"nothing\.en\.j2"):
        load_prompt("nothing", "en", tmp_path)
