"""The words of both languages: the same keys, a user's own over them, and a name for every category of arXiv."""

import gzip
import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from digest.errors import RenderError
from digest.labels import Labels, UnknownLabel, load_labels, mistakes, shipped
from digest.models import Language
from recordings import NEEDED, UPSTREAM

LABELS = shipped("templates") / "labels"


def names_of(language: str) -> dict[str, str]:
    return yaml.safe_load((LABELS / f"categories.{language}.yaml").read_text(encoding="utf-8"))


def keys_of(words: object, place: str = "") -> set[str]:
    if not isinstance(words, dict) or words.keys() == {"one", "other"}:  # the two forms of one label
        return {place}
    return {key for name, inner in words.items() for key in keys_of(inner, f"{place}.{name}")}


def test_both_languages_have_the_same_labels() -> None:
    zh, en = (keys_of(yaml.safe_load((LABELS / f"{name}.yaml").read_text(encoding="utf-8"))) for name in ("zh", "en"))
    assert zh ^ en == set()


def test_a_label_with_two_forms_goes_by_its_number(tmp_path: Path) -> None:
    label = load_labels("en")
    assert [label("post.calls", n=n) for n in (0, 1, 2)] == ["0 calls", "1 call", "2 calls"]
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/en.yaml").write_text('reason: {upvotes: "{n} votes", stars: {one: a star}}', encoding="utf-8")
    mine = load_labels("en", tmp_path)
    assert (mine("reason.upvotes", n=1), mine("reason.stars", n=1)) == ("1 votes", "a star")
    assert mine("reason.stars", n=3) == "code repository with 3 stars"


def test_both_languages_name_the_same_categories() -> None:
    zh, en = names_of("zh"), names_of("en")
    assert list(zh) == list(en)
    assert len(zh) == 184
    assert all(type(key) is str and type(name) is str and name.strip() == name != "" for key, name in [*zh.items(), *en.items()])


def test_no_category_stands_twice() -> None:
    for language in get_args(Language):
        lines = (LABELS / f"categories.{language}.yaml").read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if line and not line.startswith("#")]) == len(names_of(language))


@pytest.mark.parametrize(
    ("archive", "count"),
    [
        *[("cs", 40), ("econ", 3), ("eess", 4), ("math", 32), ("astro-ph", 6), ("cond-mat", 9), ("nlin", 5), ("physics", 22)],
        *[("q-bio", 10), ("q-fin", 9), ("stat", 6)],
    ],
)
def test_every_archive_is_complete(archive: str, count: int) -> None:
    """The counts of arxiv.org/category_taxonomy; with nine archives without categories, 155 in all."""
    assert sum(name.startswith(f"{archive}.") for name in names_of("en")) == count


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "zh",
            {"cs.LG": "机器学习", "cs.CL": "计算语言学", "cs.RO": "机器人学", "hep-th": "高能物理理论", "cmp-lg": "计算语言学"},
        ),
        ("en", {"cs.LG": "Machine Learning", "cs.CL": "Computation and Language", "alg-geom": "Algebraic Geometry"}),
    ],
)
def test_a_category_has_its_local_name(language: Language, names: dict[str, str]) -> None:
    labels = load_labels(language)
    assert {name: labels.category(name) for name in names} == names


def test_an_unknown_category_has_none() -> None:
    assert load_labels("zh").category("cs.XX") == load_labels("en").category("") == ""


def test_a_blogs_own_names_are_laid_over_ours_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    own = tmp_path / "labels" / "categories.zh.yaml"
    own.write_text("cs.CV: 计算机视觉与模式识别\ncs.XX: 新分类\n", encoding="utf-8")
    labels = load_labels("zh", tmp_path)
    assert [labels.category(name) for name in ("cs.CV", "cs.XX", "cs.LG")] == ["计算机视觉与模式识别", "新分类", "机器学习"]
    assert load_labels("en", tmp_path).category("cs.CV") == "Computer Vision and Pattern Recognition"


def test_names_are_read_when_one_is_asked_for_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "categories.zh.yaml").write_text("cs.CV: [\n", encoding="utf-8")
    labels = load_labels("zh", tmp_path)
    assert labels("card.tldr") == load_labels("zh")("card.tldr")
    with pytest.raises(RenderError, match=r"categories\.zh\.yaml"):
        labels.category("cs.CV")


# --- mistakes ------------------------------------------------------------------------------------


def own_file(folder: Path, text: str, name: str = "en.yaml") -> Path:
    path = folder / "labels" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(labels: Labels, key: str, **values: object) -> str:
    with pytest.raises(RenderError) as caught:
        labels(key, **values)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_name_that_a_label_is_not_given_is_told_with_those_that_it_is(tmp_path: Path) -> None:
    own = own_file(tmp_path, 'card: {tldr: x}\npost:\n  title: "{nope} {date}"')
    assert refused(load_labels("en", tmp_path), "post.title", title="T", date="D") == (
        f"{own}:3: the label 'post.title' cannot be filled: it wants {{nope}} (it may use {{title}}, {{date}})"
    )


@pytest.mark.parametrize("text", ["{n", "n}", "{n} {", "{n:{x}"])
def test_braces_that_are_not_in_pairs_are_told_in_words(text: str, tmp_path: Path) -> None:
    own = own_file(tmp_path, f'post:\n  tokens: "{text}"')
    message = refused(load_labels("en", tmp_path), "post.tokens", n=3)
    assert message.startswith(f"{own}:2: the label 'post.tokens' cannot be filled: its braces are not in pairs")


@pytest.mark.parametrize("text", ["{}", "{0}", "{n.nothing}", "{n[1]}", "{n:%Y}", "{n!x}"])
def test_whatever_else_cannot_be_filled_names_the_line(text: str, tmp_path: Path) -> None:
    own = own_file(tmp_path, f'post:\n  tokens: "{text}"')
    assert refused(load_labels("en", tmp_path), "post.tokens", n=3).startswith(
        f"{own}:2: the label 'post.tokens' cannot be filled"
    )


def test_the_line_of_one_of_two_forms_is_that_of_the_form(tmp_path: Path) -> None:
    own = own_file(tmp_path, 'reason:\n  stars:\n    one: "{m}"\n    other: "{n} {m}"')
    labels = load_labels("en", tmp_path)
    assert refused(labels, "reason.stars", n=1).startswith(f"{own}:3: the label 'reason.stars.one'")
    assert refused(labels, "reason.stars", n=2).startswith(f"{own}:4: the label 'reason.stars.other'")


def test_a_shipped_label_that_cannot_be_filled_names_the_shipped_file(tmp_path: Path) -> None:
    own_file(tmp_path, "card: {tldr: x}")
    assert re.match(
        rf"{re.escape(str(LABELS))}/en\.yaml:\d+: the label 'post.title'", refused(load_labels("en", tmp_path), "post.title", n=1)
    )


def test_an_unknown_label_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownLabel, match=r"en\.yaml: there is no label 'post.must_todya' \(did you mean 'post.must_today'\?\)"):
        load_labels("en")("post.must_todya")


@pytest.mark.parametrize(
    ("text", "line", "key", "wanted"),
    [
        ("post:\n  must_today: [x]", 2, "post.must_today", "a text is wanted (it is ['x'])"),
        ("post:\n  must_today: {a: b}", 2, "post.must_today", "a text is wanted (it is {'a': 'b'})"),
        ("post:\n  must_today:", 2, "post.must_today", "a text is wanted (it is None)"),
        ("post:\n  must_today: yes", 2, "post.must_today", "a text is wanted (it is True)"),
        ("post:\n  stop: {one: x}", 2, "post.stop", "a text is wanted"),
        ("reason:\n  stars: {one: [x]}", 2, "reason.stars.one", "a text is wanted"),
        ("\npost: Posts", 2, "post", "labels of its own are wanted, such as 'colon'"),
        ("card:\n  failure: [x]", 2, "card.failure", "labels of its own are wanted"),
        ("weekdays: [Mon, Tue]", 1, "weekdays", "a list of 7 texts is wanted"),
        ("weekdays: Mon", 1, "weekdays", "a list of 7 texts is wanted"),
    ],
)
def test_a_label_of_the_wrong_kind_is_refused_with_its_line(text: str, line: int, key: str, wanted: str, tmp_path: Path) -> None:
    own = own_file(tmp_path, text)
    with pytest.raises(RenderError) as caught:
        load_labels("en", tmp_path)
    assert str(caught.value).startswith(f"{own}:{line}: bad value for the label {key!r}: {wanted}")
    assert [str(mistake) for mistake in mistakes("en", tmp_path)] == [str(caught.value)]


@pytest.mark.parametrize("name", ["en.yaml", "categories.en.yaml"])
@pytest.mark.parametrize(
    ("text", "line"), [("a: b\n c: d", 2), ("a: [x", 1), ("\n- a\n", 1), ("a: b\nc: 2026-02-30", 2), ("a: b\n\tc: d", 2)]
)
def test_what_is_no_yaml_mapping_is_refused_with_its_line(text: str, line: int, name: str, tmp_path: Path) -> None:
    own = own_file(tmp_path, text, name)
    with pytest.raises(RenderError) as caught:
        load_labels("en", tmp_path).category("cs.LG")
    assert str(caught.value).startswith(f"{own}:{line}: ")
    assert [str(mistake) for mistake in mistakes("en", tmp_path)] == [str(caught.value)]


def test_a_label_with_one_form_may_have_two_and_one_with_two_may_have_one(tmp_path: Path) -> None:
    own_file(tmp_path, 'post: {calls: "calls: {n}", tokens: {one: a token, other: "{n} tokens"}}')
    labels = load_labels("en", tmp_path)
    assert (labels("post.calls", n=1), labels("post.tokens", n=1), labels("post.tokens", n=2)) == (
        "calls: 1",
        "a token",
        "2 tokens",
    )
    assert list(mistakes("en", tmp_path)) == []


@pytest.mark.parametrize("key", ["3", '"3"'])
def test_a_key_may_be_written_as_a_number_or_as_a_text(key: str, tmp_path: Path) -> None:
    own_file(tmp_path, f"card: {{stars: {{{key}: top}}}}\nsite: {{star_word: {{{key}: top}}}}")
    labels = load_labels("en", tmp_path)
    assert (labels("card.stars.3"), labels.raw("site.star_word")[3]) == ("top", "top")
    assert list(mistakes("en", tmp_path)) == []


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    own_file(tmp_path, "# nothing yet\n")
    assert load_labels("en", tmp_path)("card.tldr") == load_labels("en")("card.tldr")
    assert list(mistakes("en", tmp_path)) == []


def test_an_unknown_key_fails_no_build_and_is_a_mistake_with_its_line_and_the_nearest_key(tmp_path: Path) -> None:
    own = own_file(tmp_path, "post:\n  must_todya: x\npots: {stop: y}\ncard:\n  failure:\n    time_out: z")
    assert load_labels("en", tmp_path)("post.must_today") == load_labels("en")("post.must_today")
    assert [str(mistake) for mistake in mistakes("en", tmp_path)] == [
        f"{own}:2: unknown label 'post.must_todya' (did you mean 'must_today'?)",
        f"{own}:3: unknown label 'pots' (did you mean 'post'?)",
        f"{own}:6: unknown label 'card.failure.time_out' (did you mean 'timeout'?)",
    ]


def test_a_label_that_a_template_of_the_users_asks_for_is_known(tmp_path: Path) -> None:
    own_file(tmp_path, "post: {motto: Read}\nmine: {a: b}")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/brief.md.j2").write_text('{{ label("post.motto") }} {{ label("mine.a") }}', encoding="utf-8")
    assert list(mistakes("en", tmp_path)) == []


def test_every_mistake_of_a_file_is_told(tmp_path: Path) -> None:
    own_file(tmp_path, 'post: {tokens: "{n", stop: [x], nothing_like: y}\ncard: {tldr: "{ is only a sign here"}')
    own_file(tmp_path, "cs.CV: [x]\ncs.XX: New", "categories.en.yaml")
    told = [str(mistake) for mistake in mistakes("en", tmp_path)]
    assert [key for key in ("post.stop", "post.tokens", "post.nothing_like", "cs.CV") if key in " ".join(told)] == [
        *("post.stop", "post.tokens", "post.nothing_like", "cs.CV")
    ]
    assert "its braces are not in pairs" in next(line for line in told if "'card.tldr'" in line)
    assert len(told) == 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{nope}", "it wants {nope} (it is given no values; a brace that is to be seen is written twice)"),
        ("x {", "its braces are not in pairs (a brace that is to be seen is written twice)"),
    ],
)
def test_a_label_that_is_given_nothing_has_no_braces_to_be_filled(text: str, why: str, tmp_path: Path) -> None:
    own = own_file(tmp_path, f'site:\n  archive: "{text}"')
    message = f"{own}:2: the label 'site.archive' cannot be filled: {why}"
    assert refused(load_labels("en", tmp_path), "site.archive") == message
    assert [str(mistake) for mistake in mistakes("en", tmp_path)] == [message]


def test_a_brace_that_is_to_be_seen_is_written_twice_in_every_label(tmp_path: Path) -> None:
    own_file(tmp_path, 'site: {archive: "{{all}}", updated: "{{{date}}}"}')
    label = load_labels("en", tmp_path)
    assert (label("site.archive"), label("site.archive"), label("site.updated", date=3)) == ("{all}", "{all}", "{3}")
    assert list(mistakes("en", tmp_path)) == []


def test_braces_of_either_form_are_looked_at(tmp_path: Path) -> None:
    own = own_file(tmp_path, 'post:\n  calls:\n    one: "{n} call"\n    other: "{n"\n  entries: {one: "x }", other: "{n}"}')
    assert [str(mistake).split(": ")[:2] for mistake in mistakes("en", tmp_path)] == [
        [f"{own}:4", "the label 'post.calls.other' cannot be filled"],
        [f"{own}:5", "the label 'post.entries.one' cannot be filled"],
    ]


def test_a_label_of_ones_own_may_take_values(tmp_path: Path) -> None:
    own_file(tmp_path, 'mine: {greeting: "Hello {name}"}')
    label = load_labels("en", tmp_path)
    assert label("mine.greeting", name="you") == "Hello you"
    assert "it wants {name}" in refused(label, "mine.greeting")


def test_the_shipped_labels_have_no_mistakes() -> None:
    for language in get_args(Language):
        assert list(mistakes(language, shipped("templates"))) == []


def recorded_categories() -> set[str]:
    found: set[str] = set()
    for path in (UPSTREAM / "data" / "arxiv").glob("*.jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found.update(name for line in lines for name in json.loads(line)["categories"])
    return found


@pytest.mark.parametrize("language", get_args(Language))
class TestRecorded:
    pytestmark = NEEDED

    def test_every_category_that_was_seen_has_a_name(self, language: Language) -> None:
        labels, seen = load_labels(language), recorded_categories()
        assert len(seen) > 50
        assert {name for name in seen if not labels.category(name)} == set()
