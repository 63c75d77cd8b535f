"""config.yaml: every mistake is named with its line and, where there is one, the nearest valid key."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from digest.config import Config, load, parse
from digest.errors import ConfigError

FILE = Path("blog/config.yaml")


def read(text: str, **overrides: str) -> Config:
    return parse(text, path=FILE, environ={f"DIGEST__{name}": value for name, value in overrides.items()})


def mistake(text: str, **overrides: str) -> str:
    """The message of a configuration that is refused."""
    with pytest.raises(ConfigError) as caught:
        read(text, **overrides)
    assert caught.value.exit_status == 3
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- what is right -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "{}"])
def test_an_empty_file_is_all_defaults(text: str) -> None:
    assert read(text).model_dump() == Config().model_dump()


def test_one_schema_is_built_for_the_whole_configuration() -> None:
    """Building them is what takes the time of a command that does nothing; a command that only imports builds none."""
    code = """
from pathlib import Path
from digest import config, models
from digest.models.base import Model
kinds = lambda kind: {kind, *(k for child in kind.__subclasses__() for k in kinds(child))}
built = lambda: sorted(k.__name__ for base in (config.Section, Model) for k in kinds(base) - {base} if k.__pydantic_complete__)
assert built() == [], built()
config.parse("site: {title: A}", path=Path("config.yaml"), environ={})
assert built() == ["Config"], built()
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_folder_of_the_blog_is_that_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read("").root == tmp_path.resolve() / "blog"
    assert Config().root == tmp_path.resolve()


def test_the_defaults_are_polite() -> None:
    config = Config()
    assert config.sources.arxiv.interval == 3.0
    assert (config.http.timeout, config.http.retries, config.http.source_deadline) == (30, 3, 60)
    assert config.sources.arxiv.categories == ("cs.AI", "cs.LG", "cs.CL")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("selection: {pick: all}", lambda c: c.selection.pick == "all"),
        ("selection: {pick: 3}", lambda c: c.selection.pick == 3),
        ("site: {title: '今日 AI 论文 # 1'}", lambda c: c.site.title == "今日 AI 论文 # 1"),
        ("site: {url: https://example.org/papers}", lambda c: c.site.url == "https://example.org/papers/"),
        ("sources: {arxiv: {site_url: 'https://arxiv.org/'}}", lambda c: c.sources.arxiv.site_url == "https://arxiv.org"),
        ("sources: {arxiv: {categories: [cs.AI, hep-th, cs.AI]}}", lambda c: c.sources.arxiv.categories == ("cs.AI", "hep-th")),
        ("sources: {github: {url: 'http://127.0.0.1:1'}}", lambda c: c.sources.github.url == "http://127.0.0.1:1"),
        ("posts: {languages: [en, zh]}", lambda c: c.languages == ("zh", "en")),
        ("model: {extra: {anything: {at: all}}}", lambda c: c.model.extra == {"anything": {"at": "all"}}),
    ],
)
def test_values_are_taken(text: str, value: Callable[[Config], bool]) -> None:
    assert value(read(text))


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "blog" / "config.yaml"
    file.parent.mkdir()
    file.write_text("paths: {posts: ../astro/posts}", encoding="utf-8")
    config = load(file, {})
    assert config.root == file.parent
    assert config.path("records") == file.parent / "content/records"
    assert config.path("posts").resolve() == tmp_path / "astro/posts"


def test_an_edition_inherits_what_it_leaves_out() -> None:
    config = read("selection: {pick: 5, also: 7}\neditions: [{name: a, pick: 2}, {name: b}]")
    first, second = map(config.of_edition, config.editions)
    assert (first.pick, first.also, second.pick, second.also) == (2, 7, 5, 7)


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "key", "nearest"),
    [
        ("sites: {}", 1, "sites", "site"),
        ("site:\n  titel: x", 2, "site.titel", "title"),
        ("site:\n  title: x\n  languages: zh", 3, "site.languages", "language"),
        ("sources:\n  arxiv:\n    # a comment\n    categorys: [cs.AI]", 4, "sources.arxiv.categorys", "categories"),
        ("sources:\n  arxive: {}", 2, "sources.arxive", "arxiv"),
        ("http: {timeouts: 3}", 1, "http.timeouts", "timeout"),
        ("editions:\n  - name: a\n    layuot: cards", 3, "editions.0.layuot", "layout"),
        (
            "selection:\n  interests:\n    - {name: x, terms: [y]}\n    - {name: x, term: [y]}",
            4,
            "selection.interests.1.term",
            "terms",
        ),
        ("model: {price: {outputs: 1}}", 1, "model.price.outputs", "output"),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest_valid_one(text: str, line: int, key: str, nearest: str) -> None:
    message = mistake(text)
    assert f"{FILE}:{line}: unknown key {key!r}" in message
    assert f"did you mean {nearest!r}?" in message


def test_an_unknown_key_that_resembles_none_is_answered_with_all_of_them() -> None:
    message = mistake("http:\n  zzz: 1")
    assert f"{FILE}:2" in message and "known: timeout, retries, source_deadline" in message


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("site: {}\nhttp: {}\nsite: {}", 3, 1),
        ("site:\n  title: a\n  author: b\n  title: c", 4, 2),
        ("editions:\n- name: a\n  name: b", 3, 2),
    ],
)
def test_a_duplicate_key_is_named_with_both_lines(text: str, second: int, first: int) -> None:
    message = mistake(text)
    assert f"{FILE}:{second}: the key" in message and "stands twice" in message and f"line {first}" in message


def test_a_tab_is_named_with_its_line_and_what_yaml_wants() -> None:
    message = mistake("site:\n\ttitle: x")
    assert f"{FILE}:2: not YAML" in message and "spaces, not tabs" in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("site: {title: x", 1),
        ("site:\n  title: 'x", 2),
        ("site:\n  title: a: b", 2),
        ("site: *nothing", 1),
        ("site: !!python/object:os.system x", 1),
        ("- site\n- http", 1),
        ("just text", 1),
        ("{{ title }}: x", 1),
        ("? [a, b]\n: c", 1),
        ("site: {}\n---\nsite: {}", 2),
    ],
)
def test_what_is_not_a_yaml_mapping_is_named_with_its_line(text: str, line: int) -> None:
    assert f"{FILE}:{line}" in mistake(text)


@pytest.mark.parametrize(
    "text", ["\x00", "site: {title: 2026-02-30}", "site: &a [*a]"], ids=["NUL", "no such date", "contains itself"]
)
def test_what_yaml_cannot_place_is_refused_all_the_same(text: str) -> None:
    assert f"{FILE}:1: not YAML" in mistake(text)


@pytest.mark.parametrize(
    ("text", "line", "key", "why"),
    [
        ("site: [1]", 1, "site", "it is [1]"),
        ("site:\n  title: 5", 2, "site.title", "it is 5"),
        ("http:\n  timeout: soon", 2, "http.timeout", "'soon'"),
        ("http: {timeout: 0}", 1, "http.timeout", "greater than 0"),
        ("http: {retries: 0}", 1, "http.retries", "greater than or equal to 1"),
        ("http: {retries: 99}", 1, "http.retries", "less than or equal to 10"),
        ("sources:\n  arxiv:\n    interval: -1", 3, "sources.arxiv.interval", "greater than or equal to 0"),
        ("sources: {arxiv: {categories: cs.AI}}", 1, "sources.arxiv.categories", "'cs.AI'"),
        ("sources:\n  arxiv:\n    categories:\n      - cs.AI/../x", 3, "sources.arxiv.categories", "no arXiv category"),
        ("sources: {arxiv: {feed_url: 'http://rss.arxiv.org'}}", 1, "sources.arxiv.feed_url", "https"),
        ("sources: {github: {url: 'file:///etc/passwd'}}", 1, "sources.github.url", "https"),
        ("site: {url: papers/}", 1, "site.url", "https://example.org/papers/"),
        ("site: {url: 'https://'}", 1, "site.url", "an absolute URL is wanted"),
        ("site:\n  url: https://e.org/a b/", 2, "site.url", "no blank (%20 stands for one): such as https://example.org/papers/"),
        ("site:\n  url: https://e.org/?x", 2, "site.url", "it may have a path, but no query"),
        ("site:\n  url: https://e.org/a#y", 2, "site.url", "it may have a path, but no fragment"),
        ('site: {url: "https://e.org/a\\tb"}', 1, "site.url", "no blank"),
        ("site: {timezone: Mars/Olympus}", 1, "site.timezone", "Asia/Shanghai"),
        ("site: {feedback: 'javascript:alert(1)'}", 1, "site.feedback", "https"),
        ("site: {language: fr}", 1, "site.language", "'fr'"),
        ("selection: {pick: some}", 1, "selection.pick", "'some'"),
        ("selection: {pick: 0}", 1, "selection.pick", "1 or more, or all"),
        ("selection: {interests: [{name: x, terms: []}]}", 1, "selection.interests.0.terms", "at least 1"),
        ("selection:\n  interests:\n  - name: x", 3, "selection.interests.0.terms", "required"),
        ("editions: []", 1, "editions", "at least 1"),
        ("editions: [{name: ../up}]", 1, "editions.0.name", "'../up'"),
        ("editions:\n- name: a\n- name: b\n- name: a", 4, "editions.2.name", "two editions have the same name (it is 'a')"),
        ("editions: [{}, {}]", 1, "editions.1.name", "two editions have the same name (it is 'daily-papers')"),
        ("editions:\n- name: a\n  pick: -1", 3, "editions.0.pick", "1 or more, or all (it is -1)"),
        ("editions: [{pick: 0}]", 1, "editions.0.pick", "1 or more, or all"),
        ("editions: [{pick: yes}]", 1, "editions.0.pick", "1 or more, or all (it is True)"),
        ("editions:\n- name: a\n  sources: []", 3, "editions.0.sources", "at least 1"),
        ("editions: [{sources: [arxiv, arxiv]}]", 1, "editions.0.sources.1", "it stands twice (it is 'arxiv')"),
        ("editions: [{tags:\n  [a,\n   ' ']}]", 3, "editions.0.tags.1", "it says nothing"),
        ("editions: [{title: [a]}]", 1, "editions.0.title", "a valid string (it is ['a'])"),
        ("editions: [{signature: {zh: 1}}]", 1, "editions.0.signature.zh", "a valid string (it is 1)"),
        ("posts:\n  languages:\n  - zh\n  - en\n  - zh", 5, "posts.languages.2", "it stands twice (it is 'zh')"),
        ("roundups: [week, week]", 1, "roundups.1", "it stands twice"),
        ("editions: [{name: a, sources: [reddit]}]", 1, "editions.0.sources.0", "'reddit'"),
        ("posts: {languages: []}", 1, "posts.languages", "at least 1"),
        ("quiet_day: never", 1, "quiet_day", "'never'"),
        ("editions: [{name: a, layout: poster}]", 1, "editions.0.layout", "'cards', 'insights', 'brief' or 'report'"),
        ("posts: {dialect: wordpress}", 1, "posts.dialect", "'hugo'"),
        ("posts:\n  dialect: hugo\n", 1, "posts.export_to", "name the folder of that blog"),
        ("roundups: [year]", 1, "roundups.0", "'week' or 'month'"),
    ],
)
def test_a_bad_value_is_named_with_its_line_and_the_reason(text: str, line: int, key: str, why: str) -> None:
    message = mistake(text)
    assert message.startswith(f"{FILE}:{line}: bad value for {key!r}") and why in message


def test_a_text_in_another_language_is_told_which_ones_there_are() -> None:
    message = mistake("editions:\n- name: a\n  title:\n    zh: 日报\n    fr: x")
    assert message == f"{FILE}:5: unknown key 'editions.0.title.fr' (known: 'zh' or 'en')"


@pytest.mark.parametrize(
    "text",
    [
        "site: [" + ", ".join(["many"] * 500) + "]",
        "site: {title: {" + ", ".join(f"key{n}: value" for n in range(500)) + "}}",
        "site: {timezone: " + "x" * 5000 + "}",
        "x" * 900 + ": 1",
        "selection: {pick: " + "9" * 300 + "x}",
    ],
)
def test_a_message_shows_little_of_what_is_wrong(text: str) -> None:
    assert len(mistake(text)) < 500


BOMBS = {
    "lists": "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n{lines}",
    "merged mappings": "a: &a {{k: 1}}\n{lines}",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_aliases_of_aliases_are_refused_before_they_fill_the_memory(kind: str) -> None:
    """Written out, the last of these lines has 9 to the power of 20 values."""
    names = "abcdefghijklmnopqrstu"
    form = "{c}: &{c} [{all}]" if kind == "lists" else "{c}: &{c} {{<<: [{all}]}}"
    lines = [form.format(c=c, all=", ".join([f"*{b}"] * 9)) for b, c in pairwise(names)]
    message = mistake(BOMBS[kind].format(lines="\n".join(lines)))
    assert message == f"{FILE}:5: aliases stand for too much: more than 10,000 values are repeated by *name"


def test_an_alias_is_no_mistake() -> None:
    config = read("editions: [{name: a, tags: &tags [x, y]}, {name: b, tags: *tags}]")
    assert config.editions[1].tags == ("x", "y")


@pytest.mark.parametrize(("text", "key"), [("1: x", "1"), ("null: x", "None"), ("2026-02-18: x", "2026-02-18")])
def test_a_key_that_is_no_text_is_refused(text: str, key: str) -> None:
    assert "Keys should be strings" in mistake(text)


def test_a_misspelt_key_is_told_before_the_missing_one_that_it_causes() -> None:
    assert "unknown key 'selection.interests.0.nmae'" in mistake("selection: {interests: [{nmae: x, terms: [y]}]}")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("publish: {target: s3}", "'s3' is not built yet"),
        ("notify: ['mailto://x']", "not built yet"),
    ],
)
def test_what_is_planned_and_not_built_is_refused_not_ignored(text: str, what: str) -> None:
    assert what in mistake(text)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("model:\n  provider: openai\n", 1, "name the model"),
        ("model:\n  provider: openai\n  name: ''\n", 3, "name the model"),
        ("model:\n  extra:\n    model: x\n", 2, "'model' is not for you to set"),
        ("model:\n  extra: {temperature: .nan}\n", 2, "cannot be sent as JSON"),
        ("model:\n  price:\n    input: -1\n", 3, "greater than or equal to 0"),
        ("model:\n  budget: {tokens: -5}\n", 2, "greater than or equal to 0"),
        ("model:\n  budget: {cost: 1.5}\n", 2, "wants a price"),
    ],
)
def test_a_mistake_in_the_model_is_named_with_its_line(text: str, line: int, what: str) -> None:
    message = mistake(text)
    assert f":{line}: " in message
    assert what in message


# --- files ---------------------------------------------------------------------------------------


def test_a_missing_file_is_answered_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        load(tmp_path / "config.yaml", {})


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes("site: {title: 论文}".encode("gbk"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file, {})


# --- the environment -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("SOURCES__ARXIV__INTERVAL", "0", lambda c: c.sources.arxiv.interval == 0),
        ("SOURCES__ARXIV__ENABLED", "no", lambda c: c.sources.arxiv.enabled is False),
        ("SOURCES__ARXIV__CATEGORIES", "[math.GT]", lambda c: c.sources.arxiv.categories == ("math.GT",)),
        ("SITE__FEEDBACK", "null", lambda c: c.site.feedback is None),
        ("SITE__FEEDBACK", "", lambda c: c.site.feedback is None),
        ("SELECTION__INTERESTS", "[{name: x, terms: [y]}]", lambda c: c.selection.interests[0].terms == ("y",)),
        ("quiet_day", "previous", lambda c: c.quiet_day == "previous"),
    ],
)
def test_a_variable_overrides_the_file_and_is_read_as_yaml(name: str, text: str, value: Callable[[Config], bool]) -> None:
    file = "quiet_day: skip\nsite: {feedback: https://example.org/}\nsources: {arxiv: {enabled: true, interval: 5}}"
    assert value(read(file, **{name: text}))


def test_a_variable_leaves_the_rest_of_its_section_alone() -> None:
    config = read("sources: {arxiv: {contact: me@example.org}}", SOURCES__ARXIV__INTERVAL="1")
    assert (config.sources.arxiv.contact, config.sources.arxiv.interval) == ("me@example.org", 1)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("SOURCES__ARXIV__INTERVAL", "often", "bad value for 'sources.arxiv.interval'"),
        ("SOURCES__ARXIV__INTERVALL", "0", "did you mean 'interval'?"),
        ("SORCES__ARXIV__INTERVAL", "0", "did you mean 'sources'?"),
        ("SITE", "5", "bad value for 'site'"),
        ("SITE__TITLE", "'x", "not YAML"),
        ("SITE__TITLE", "2026-02-30", "not YAML"),
        ("EDITIONS", "[{name: a, layout: poster}]", "bad value for 'editions.0.layout'"),
        ("", "x", "unknown key"),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable(name: str, text: str, what: str) -> None:
    message = mistake("site: {title: x}", **{name: text})
    assert f"DIGEST__{name}: " in message and what in message


def test_other_variables_are_none_of_ours() -> None:
    config = parse("", path=FILE, environ={"DIGEST_NOW": "2026-02-18", "DIGESTED__X": "1", "PATH": "/bin"})
    assert config.model_dump() == Config().model_dump()
