"""The words of both languages: the same keys, a user's own over them, and a name for every category of arXiv."""

import gzip
import json
from pathlib import Path
from typing import get_args

import pytest
import yaml

from digest.errors import RenderError
from digest.labels import load_labels, shipped
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
