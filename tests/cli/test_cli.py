"""The command line as a whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Blog, run_digest
from digest import __version__
from digest.cli import COMMANDS


def python(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], check=False, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )


def test_help_lists_every_command_and_the_exit_statuses() -> None:
    shown = run_digest("--help")
    assert shown.status == 0
    for name, about in COMMANDS.items():
        assert name in shown.stdout
        assert about in shown.stdout
    assert "75 try again later" in " ".join(shown.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_of_its_own(name: str) -> None:
    shown = run_digest(name, "--help")
    assert shown.status == 0
    assert f"digest {name}" in shown.stdout


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("demo", "init")])
def test_every_command_that_works_on_a_blog_takes_its_config(name: str) -> None:
    assert "--config" in run_digest(name, "--help").stdout


def test_the_package_runs_as_a_module() -> None:
    shown = python("-m", "digest", "--version")
    assert (shown.returncode, shown.stdout) == (0, f"paper-digest, version {__version__}\n")


def test_help_loads_nothing_heavy() -> None:
    """It answers at once: nothing that a command needs is imported before the command is called."""
    code = """
import sys
from digest.cli import root
root.main(["--help"], standalone_mode=False)
heavy = {"pydantic", "httpx", "jinja2", "lxml", "feedparser", "arxiv", "rich", "yaml", "markdown_it", "sqlite3"}
print("loaded:", *sorted(heavy & set(sys.modules)))
"""
    shown = python("-c", code)
    assert shown.stderr == ""
    assert shown.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("args", [["--nonsense"], ["nonsense"], ["build", "--nonsense"], ["demo", "a", "b"], ["paper"], []])
def test_a_wrong_command_line_is_exit_status_3_and_shows_how_it_goes(args: list[str]) -> None:
    shown = run_digest(*args)
    assert shown.status == 3
    assert "Usage: " in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("command", ["build", "site", "render", "check", "status"])
def test_a_missing_configuration_is_one_line_that_says_what_to_do(command: str, blog: Blog) -> None:
    blog.config_file.unlink()
    shown = blog(command)
    assert shown.status == 3
    assert shown.stderr == (
        f"digest: {blog.config_file}: there is no configuration (`digest init` makes one; --config names another)\n"
    )


def test_the_demo_prints_the_path_of_its_index_last(tmp_path: Path) -> None:
    shown = run_digest("demo", str(tmp_path), "--quiet")
    assert shown.status == 0, shown.stderr
    assert shown.stdout == f"{tmp_path}/public/index.html\n"
    assert shown.stderr == ""
    assert "interval: 3.0" in (tmp_path / "config.yaml").read_text(encoding="utf-8")  # for whoever builds another day there


def test_the_sample_day_builds_over_http(blog: Blog) -> None:
    shown = blog("build", "--date", str(blog.day), "--json", "--quiet")
    assert shown.status == 0, shown.stderr
    assert shown.report["exit_status"] == 0
    assert shown.report["days"][0]["status"] == "announced"
    assert blog.record.is_file()
    assert blog.post.is_file()
    assert blog.server.log


def test_the_readme_shows_every_command_and_exit_status() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Commands")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `digest (\w+)", section, re.MULTILINE) == list(COMMANDS)
    section = readme.partition("### Exit status")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == ["0", "1", "2", "3", "75"]


def test_links_between_the_pages_of_the_documentation_lead_somewhere() -> None:
    root = Path(__file__).resolve().parents[2]
    for page in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.endswith(".png"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
