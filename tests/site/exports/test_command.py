"""`digest export`: one paper or one digest on stdout or in a file; what is not there is named, with exit status 3."""

import json
from pathlib import Path

import pytest

from conftest import Outcome, run_digest
from digest import config as configuration
from digest import digests, posts
from digest.cli import export as export_command
from digest.config import Config
from digest.site import build_site
from digest.site.exports import EXPORTS
from fakes import covered, digest, edition

FORMATS = {"bibtex": "bib", "ris": "ris", "csl": "csl.json", "markdown": "md", "obsidian": "obsidian.md", "json": "json"}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A blog of two editions in two languages and one day."""
    (tmp_path / "config.yaml").write_text(
        "posts: {languages: [zh, en]}\neditions: [{name: daily-papers}, {name: other, title: Another}]\n", encoding="utf-8"
    )
    found = configuration.load(tmp_path / "config.yaml", {})
    first, second = covered("2602.00001"), covered("cs/0112017")
    record = digest(first, second, editions={"daily-papers": edition(first), "other": edition(second, first)})
    made = posts.make_posts(digests.project(found, record), record, found)
    digests.write(found.path("records"), record, made.files)
    return found


def test_the_command_knows_every_format_and_no_other() -> None:
    assert set(export_command.FORMATS) == set(EXPORTS) == set(FORMATS)


def export(config: Config, *args: str) -> Outcome:
    return run_digest("export", *args, "--config", str(config.root / "config.yaml"))


@pytest.mark.parametrize(("name", "suffix"), FORMATS.items())
def test_the_command_says_what_the_site_says(config: Config, name: str, suffix: str) -> None:
    build_site(config)
    for asked, page in (("2602.00001", "papers/2602.00001/paper"), ("cs/0112017", "papers/cs_0112017/paper")):
        done = export(config, asked, "--format", name)
        assert (done.status, done.stderr) == (0, "")
        assert done.stdout.encode() == (config.path("output") / f"{page}.{suffix}").read_bytes()
    english = "2026-02-18-other.en" if EXPORTS[name].BY_LANGUAGE else "2026-02-18-other"
    for options, page in (((), "2026-02-18"), (("--edition", "other", "--language", "en"), english)):
        done = export(config, "2026-02-18", "--format", name, *options)
        assert done.stdout.encode() == (config.path("output") / page / f"digest.{suffix}").read_bytes()


@pytest.mark.parametrize("name", [name for name in FORMATS if not EXPORTS[name].BY_LANGUAGE])
def test_what_is_the_same_in_every_language_stands_once(config: Config, name: str) -> None:
    zh, en = (export(config, "2026-02-18", "--format", name, "--language", language).stdout for language in ("zh", "en"))
    assert zh == en
    build_site(config)
    found = {path.parent.name for path in config.path("output").rglob(f"digest.{FORMATS[name]}")}
    assert found == {"2026-02-18", "2026-02-18-other"}


def test_json_names_the_pages_that_are_published(config: Config) -> None:
    def found() -> tuple[dict[str, str], dict[str, str]]:
        read = json.loads(export(config, "2026-02-18", "--edition", "other", "--format", "json").stdout)
        return read["title"], read["url"]

    page = "https://example.org/papers/2026-02-18-other"
    assert found() == (
        {"zh": "Another - 2026年02月18日", "en": "Another - 2026-02-18"},
        {"zh": f"{page}/", "en": f"{page}.en/"},
    )
    english = config.path("posts") / "2026/2026-02-18-other.en.md"
    english.write_text(english.read_text(encoding="utf-8").replace("draft: false", "draft: true"), encoding="utf-8")
    assert found() == ({"zh": "Another - 2026年02月18日"}, {"zh": f"{page}/"})


def test_without_a_page_in_the_sites_language_the_other_one_has_the_files(config: Config) -> None:
    (config.path("posts") / "2026/2026-02-18-other.md").unlink()
    build_site(config)
    made = (config.path("output") / "2026-02-18-other.en/digest.json").read_bytes()
    assert export(config, "2026-02-18", "--edition", "other", "--format", "json").stdout.encode() == made


def test_a_file_is_written_and_named(config: Config, tmp_path: Path) -> None:
    done = export(config, "2602.00001", "--output", str(tmp_path / "new" / "x.bib"))
    assert done.stdout == f"{tmp_path / 'new' / 'x.bib'}\n" and "@misc{lovelace2026title," in (tmp_path / "new/x.bib").read_text()
    assert export(config, "2602.00001", "--format", "obsidian", "--output", str(tmp_path)).status == 0
    assert (tmp_path / "2602.00001 A Title of 2602.00001.md").is_file()
    assert export(config, "2026-02-18", "--format", "ris", "--output", str(tmp_path)).status == 0
    assert (tmp_path / "2026-02-18-daily-papers.ris").read_bytes().endswith(b"ER  - \r\n")


def test_a_post_that_was_edited_is_exported_as_it_stands_and_a_missing_one_as_it_would_be(config: Config) -> None:
    post = config.path("posts") / "2026/2026-02-18-daily-papers.md"
    before = post.read_text(encoding="utf-8")
    post.write_text(before + "\nBy hand.\n", encoding="utf-8")
    assert export(config, "2026-02-18", "--format", "markdown").stdout == before + "\nBy hand.\n"
    post.unlink()
    assert export(config, "2026-02-18", "--format", "markdown").stdout == before


def test_the_edits_are_in_it(config: Config) -> None:
    edits = config.path("edits") / "2026-02-18.yaml"
    edits.parent.mkdir(parents=True)
    edits.write_text('replace: [{id: "2602.00001", field: meta.tldr, lang: en, text: In other words}]\n')
    found = json.loads(export(config, "2602.00001", "--format", "json").stdout)
    assert found["cards"]["en"]["meta"]["tldr"]["text"] == "In other words"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("2602.99999",), "no digest has a card of 2602.99999"),
        (("2026-02-19",), "there is no record of 2026-02-19"),
        (("2026-02-30",), "neither a date nor a paper"),
        (("nonsense",), "neither a date nor a paper"),
        (("2026-02-18", "--edition", "none"), "no edition 'none'"),
        (("2602.00001", "--edition", "other"), "--edition belongs to a date"),
        (("2602.00001", "--format", "docx"), "docx"),
        ((), "ID|DATE"),
    ],
)
def test_what_is_not_there_is_a_usage_error(config: Config, args: tuple[str, ...], words: str) -> None:
    done = export(config, *args)
    assert done.status == 3 and words in done.stderr and done.stdout == ""


def test_a_day_without_a_digest_says_why(config: Config) -> None:
    digests.write(
        config.path("records"), digest(date=digests.days(config.path("records"))[0].replace(day=19), status="quiet", editions={})
    )
    done = export(config, "2026-02-19")
    assert done.status == 3 and "quiet" in done.stderr


def test_a_file_that_cannot_be_written_is_an_error_that_names_it(config: Config, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = export(config, "2602.00001", "--output", str(tmp_path / "file" / "x.bib"))
    assert done.status == 2 and "x.bib" in done.stderr


def test_json_names_the_layout_that_the_post_has_now(config: Config) -> None:
    file = config.root / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("name: other,", "name: other, layout: brief,"), encoding="utf-8")
    assert json.loads(export(config, "2026-02-18", "--edition", "other", "--format", "json").stdout)["layout"] == "brief"
