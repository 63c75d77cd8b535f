"""Any file of edits applies to every projection of its day, or is refused with its line and applies to none."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from digest import digests
from digest.errors import EditsError
from digest.labels import load_labels
from digest.site import build_site
from digests.day_of_words import (
    AGAIN,
    ALSO,
    CARDED,
    ELSEWHERE,
    EXCLUDED,
    LANGUAGES,
    LAYOUTS,
    PICKS,
    RECORD,
    REPEATED,
    STARS,
    TEXTS,
    UNKNOWN,
    Blog,
    word,
)

FEW = settings(deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    made = Blog(tmp_path_factory.mktemp("blog"))
    made.posts()
    return made


# --- valid edits ---------------------------------------------------------------------------------

replacements = st.lists(
    st.sampled_from([(i, language, path) for (i, language), texts in TEXTS.items() for path in texts]), max_size=4, unique=True
).map(
    lambda places: [
        {"id": i, "lang": language, "field": path, "text": word("new", n)} for n, (i, language, path) in enumerate(places)
    ]
)
by_language = st.dictionaries(st.sampled_from(LANGUAGES), st.sampled_from([word("said", n) for n in range(3)]))
valid = st.fixed_dictionaries(
    {},
    optional={
        "intro": by_language.map(lambda texts: {language: f"{text}{language}" for language, text in texts.items()}),
        "drop": st.lists(st.sampled_from([*CARDED, ALSO, EXCLUDED, REPEATED]), max_size=3),
        "add": st.lists(st.sampled_from([ELSEWHERE, AGAIN, ALSO, UNKNOWN, *PICKS]), max_size=2),
        "order": st.lists(st.sampled_from(CARDED), max_size=4),
        "stars": st.dictionaries(st.sampled_from(CARDED), st.integers(1, 3), max_size=4),
        "replace": replacements,
        "correction": st.lists(st.sampled_from(CARDED), max_size=2, unique=True).map(
            lambda ids: [{"id": i, "text": {"en": word("corrected", i)}} for i in ids]
        ),
    },
)


def shown_by(edits: dict[str, Any], layout: str) -> list[str]:
    """Which papers an edition shows after the editor, in which order."""
    picked = [*PICKS, *([ELSEWHERE] if layout == LAYOUTS[1] else [])]
    if layout == LAYOUTS[0]:
        picked += [i for i in dict.fromkeys(edits.get("add", [])) if i in CARDED and i not in picked]
    left = [i for i in picked if i not in edits.get("drop", [])]
    first = [i for i in dict.fromkeys(edits.get("order", [])) if i in left]
    return [*first, *(i for i in left if i not in first)]


def sections(post: str) -> dict[str, str]:
    """The numbered papers of a post by the words of their titles, in their order; the numbers have no gap."""
    heads = list(re.finditer(r"^#{2,3} (?:📄 )?(\d+)\. (w\w+w)$", post, re.MULTILINE))
    ends = [*(head.start() for head in heads[1:]), len(post)] if heads else []
    assert [int(head[1]) for head in heads] == list(range(1, len(heads) + 1))
    assert len({head[2] for head in heads}) == len(heads)
    return {head[2]: post[head.start() : end] for head, end in zip(heads, ends, strict=True)}


def check_posts(files: dict[str, str], edits: dict[str, Any]) -> None:
    """Papers, order and stars of every post, and what the editor tells in it."""
    stars = {**STARS, **edits.get("stars", {})}
    for layout in LAYOUTS:
        ids = shown_by(edits, layout)
        if layout == "brief":
            ids.sort(key=lambda i: stars[i] < 3)
        for language in LANGUAGES:
            post, label = files[f"in-{layout}{'.en' if language == 'en' else ''}.md"], load_labels(language)
            found = sections(post)
            assert list(found) == [word(i, "title") for i in ids]
            for paper_id, section in zip(ids, found.values(), strict=True):
                ratings = [n for n in (1, 2, 3) if label(f"card.stars.{n}") in section]
                assert ratings == [stars[paper_id]], (layout, language, paper_id)
                rows = re.findall(rf"^\|[^\n]*papers/{re.escape(paper_id)}/[^\n]*\| (⭐+) \|", post, re.MULTILINE)
                assert set(rows) <= {"⭐" * stars[paper_id]}
            for one in edits.get("correction", []):
                assert (one["text"]["en"] in post) == (one["id"] in ids)
            assert edits.get("intro", {}).get(language, "") in post


def check_site(files: dict[str, str], edits: dict[str, Any]) -> None:
    """Papers and stars of every page, and what the editor tells there."""
    stars, label = {**STARS, **edits.get("stars", {})}, load_labels("zh")
    shown = {i for layout in LAYOUTS for i in shown_by(edits, layout)} | ({AGAIN} - set(edits.get("drop", [])))
    assert {name.split("/")[1] for name in files if re.fullmatch("papers/[^/]+/index.html", name)} == shown
    for paper_id in shown:
        page = files[f"papers/{paper_id}/index.html"]
        assert [n for n in (1, 2, 3) if label("site.star_label", n=n) in page] == [stars[paper_id]]
        assert json.loads(files[f"papers/{paper_id}/paper.json"])["assessment"]["stars"] == stars[paper_id]
        for one in edits.get("correction", []):
            assert (one["text"]["en"] in page) == (one["id"] == paper_id)
    must_reads = [i for i in shown_by(edits, LAYOUTS[0]) if stars[i] == 3]
    linked = list(dict.fromkeys(re.findall(r'href="papers/([^/"]+)/', files["index.html"])))
    listed = [i for i in linked if i in must_reads]
    assert listed == must_reads[: len(listed)] and bool(listed) == bool(must_reads)
    for text in edits.get("intro", {}).values():
        assert any(text in page for name, page in files.items() if name.endswith("index.html"))


def check_gone(files: dict[str, str], edits: dict[str, Any], before: dict[str, str]) -> None:
    """What was dropped or said anew stands nowhere, and the new text wherever the old one stood."""
    everything = "\n".join([*files, *files.values()])
    for paper_id in edits.get("drop", []):
        assert paper_id not in everything
        assert word(paper_id)[:-1] not in everything
    for change in edits.get("replace", []):
        old = TEXTS[change["id"], change["lang"]][change["field"]]
        assert old not in everything
        for name, text in before.items():
            if old in text and name in files:
                assert change["text"] in files[name], (name, change)


@settings(FEW, max_examples=10)
@given(edits=valid)
@example(edits={"drop": list(PICKS), "intro": {"zh": "x"}})
@example(edits={"order": [*PICKS][::-1], "stars": dict.fromkeys(CARDED, 3), "add": [ELSEWHERE, AGAIN]})
def test_valid_edits_apply_to_every_projection(blog: Blog, edits: dict[str, Any]) -> None:
    blog.edit(yaml.safe_dump({**edits, "replace": []}, allow_unicode=True))
    before = blog.everything() if edits.get("replace") else {}
    blog.edit(yaml.safe_dump(edits, allow_unicode=True))
    after = blog.everything()
    check_posts(after, edits)
    check_site(after, edits)
    check_gone(after, edits, before)


# --- what is refused -----------------------------------------------------------------------------

PICK = next(iter(PICKS))
NOBODY = "2601.88888"
REPLACE = {"id": PICK, "field": "meta.tldr", "lang": "en", "text": "x"}
MISTAKES: list[dict[str, Any]] = [
    {"drop": [NOBODY]},
    {"drop": "2602.10001"},
    {"add": ["../../etc/passwd"]},
    {"add": [None]},
    {"order": [ALSO]},
    {"order": [{"id": PICK}]},
    {"stars": {NOBODY: 3}},
    {"stars": {PICK: 4}},
    {"stars": {PICK: "many"}},
    {"stars": {"nonsense": 1}},
    {"stars": [3]},
    {"replace": [{**REPLACE, "id": ALSO}]},
    {"replace": [{**REPLACE, "lang": "fr"}]},
    {"replace": [{**REPLACE, "text": ""}]},
    {"replace": [{**REPLACE, "text": " \u200b"}]},
    {"replace": [{**REPLACE, "texts": "x"}]},
    {"replace": [{key: value for key, value in REPLACE.items() if key != "field"}]},
    *({"replace": [{**REPLACE, "field": name}]} for name in ("", ".", "problem", "meta.tldr.status", "support.claims", "[0]")),
    *({"replace": [{**REPLACE, "field": name}]} for name in ("problem.gaps", "problem.gaps[-1]", "problem.gaps[7]")),
    *(
        {"replace": [{**REPLACE, "field": name}]}
        for name in ("meta.tldr.evidence[0]", "evidence.results[0].text.x", "meta.tags[x]")
    ),
    {"replace": [{**REPLACE, "field": f"problem.gaps[{'9' * 5000}]"}]},
    {"correction": [{"id": NOBODY, "text": {"en": "x"}}]},
    {"correction": [{"id": PICK, "text": {}}]},
    {"correction": [{"id": PICK, "text": {"en": ""}}]},
    {"correction": [{"id": PICK, "text": "x"}]},
    {"intro": {"fr": "bonjour"}},
    {"intro": "x"},
    {"dorp": []},
    {"": 1},
]


def with_mistake(edits: dict[str, Any], mistake: dict[str, Any]) -> dict[str, Any]:
    """Edits with one more that is wrong, beside the others of its kind."""
    ((key, wrong),) = mistake.items()
    right = edits.get(key)
    if isinstance(right, list) and isinstance(wrong, list):
        return {**edits, key: [*right, *wrong]}
    if isinstance(right, dict) and isinstance(wrong, dict):
        return {**edits, key: {**right, **wrong}}
    return {**edits, key: wrong}


def refusal(blog: Blog, path: Path) -> EditsError | None:
    """Why the edits are refused, by all that is made from a day alike, which stays as it was; None if they apply."""
    before = blog.site()
    try:
        digests.project(blog.config, RECORD)
    except EditsError as error:
        for project in (blog.posts, blog.everything, lambda: build_site(blog.config)):
            with pytest.raises(EditsError, match=re.escape(str(error))):
                project()
        assert blog.site() == before
        return error
    return None


def line_of(error: EditsError, path: Path) -> int:
    """The line that a refusal names; the file has it."""
    named = re.match(rf"{re.escape(str(path))}:(\d+)$", error.where)
    assert named, error
    assert 1 <= int(named[1]) <= len(f"{path.read_text(encoding='utf-8')}.".splitlines())
    return int(named[1])


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake)[:60])
@settings(FEW, max_examples=2)
@given(edits=valid)
def test_a_mistake_among_valid_edits_is_refused_with_a_line_of_its_kind(
    blog: Blog, mistake: dict[str, Any], edits: dict[str, Any]
) -> None:
    before = blog.written()
    path = blog.edit(yaml.safe_dump(with_mistake(edits, mistake), allow_unicode=True, sort_keys=False))
    error = refusal(blog, path)
    assert error is not None
    above = path.read_text(encoding="utf-8").splitlines()[: line_of(error, path)]
    keys = [line.partition(":")[0].strip("'?\" ") for line in above if not line.startswith((" ", "-"))]
    assert keys[-1] == next(iter(mistake))
    assert blog.written() == before


names = st.sampled_from([*CARDED, "zh", "en", "meta.tldr", "id", "field", "lang", "text"])
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), names)
nested = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(scalars, inner, max_size=3),
    ),
    max_leaves=6,
)
keys = st.sampled_from(["intro", "drop", "add", "order", "stars", "replace", "correction"])
SIGNS = [*"-:,[]{}#&*!|>'\"%@`? \n\t\x00\x85\u2028\ufeff", "---\n", "...\n", "- ", "? ", "<<: ", "&a ", "*a"]
VALUES = [
    "drop: ",
    "stars:\n  ",
    "intro: {zh: ",
    "zh: x",
    "2602.10001",
    "2026-02-30",
    "0x_",
    "1:99:99",
    "!!binary x",
    "!!python/name:a ",
]
pieces = st.sampled_from([*SIGNS, *VALUES])
junk = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.lists(pieces, max_size=10).map("".join),
    st.dictionaries(st.one_of(keys, scalars), nested, max_size=3).map(lambda value: yaml.safe_dump(value, allow_unicode=True)),
    nested.map(lambda value: yaml.safe_dump(value, allow_unicode=True)),
)


@settings(FEW, max_examples=60)
@given(text=junk)
@example(text="drop: [\x01]")
@example(text="intro: {zh: 2026-02-30}")
@example(text="a: &a [*a]")
@example(text="1: x")
@example(text="- \x85 {")
def test_any_file_applies_or_is_refused_with_its_line(blog: Blog, text: str) -> None:
    path = blog.edit(text)
    error = refusal(blog, path)
    if error is not None:
        line_of(error, path)
    else:
        assert blog.posts()
