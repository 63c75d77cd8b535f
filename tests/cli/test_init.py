"""`digest init` writes a blog that works, and touches nothing that is there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import run_digest
from digest.cli.init import NIGHTLY, REQUIREMENTS, WORKFLOW, blog_files, command, cron_line, requirement
from digest.config import load

BASE = {
    "config.yaml",
    "crontab.txt",
    ".gitignore",
    "content/README.md",
    "content/posts/.gitkeep",
    "content/records/.gitkeep",
    "content/edits/.gitkeep",
}


def init(*args: object) -> Result:
    return CliRunner().invoke(command, list(map(str, args)), catch_exceptions=False, standalone_mode=False)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


# --- the files -----------------------------------------------------------------------------------


def test_a_new_blog_has_a_config_a_content_folder_and_a_cron_line(tmp_path: Path) -> None:
    result = init(tmp_path / "blog")
    assert result.return_value == 0
    assert files(tmp_path / "blog") == BASE


def test_the_folder_is_this_one_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    init()
    assert files(tmp_path) == BASE


def test_its_config_is_the_shipped_one_comments_and_all(tmp_path: Path) -> None:
    from digest.labels import shipped

    init(tmp_path)
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == shipped("config.yaml").read_text(encoding="utf-8")


def test_language_and_title_are_the_only_lines_that_differ(tmp_path: Path) -> None:
    init(tmp_path / "zh")
    init(tmp_path / "en", "--language", "en", "--title", 'My "papers": 论文 \\1 # 1')
    before, after = ((tmp_path / name / "config.yaml").read_text(encoding="utf-8").splitlines() for name in ("zh", "en"))
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 3
    config = load(tmp_path / "en/config.yaml", {})
    assert (config.site.language, config.languages) == ("en", ("en",))
    assert config.site.title == 'My "papers": 论文 \\1 # 1'


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "a\x07bell"])
def test_a_title_is_one_line_of_text(tmp_path: Path, title: str) -> None:
    shown = run_digest("init", str(tmp_path), "--title", title)
    assert shown.status == 3
    assert files(tmp_path) == set()


def test_a_new_blog_passes_its_own_check(tmp_path: Path) -> None:
    init(tmp_path, "--github", "--language", "en")
    shown = run_digest("check", "--config", str(tmp_path / "config.yaml"))
    assert (shown.status, shown.stdout) == (0, "all is well\n")


def test_site_and_state_are_not_committed(tmp_path: Path) -> None:
    init(tmp_path)
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"public/", ".digest/"} <= set(ignored)


# --- cron ----------------------------------------------------------------------------------------


def test_the_cron_line_is_printed_and_kept(tmp_path: Path) -> None:
    result = init(tmp_path)
    line = result.stdout.strip()
    assert line.startswith(f"{NIGHTLY} ")
    assert (tmp_path / "crontab.txt").read_text(encoding="utf-8").splitlines()[-1] == line


def test_the_cron_line_runs_from_anywhere(tmp_path: Path) -> None:
    """Absolute paths, quoted for the shell, and a percent sign escaped, which ends a command in a crontab."""
    folder = tmp_path / "100% papers"
    line = init(folder).stdout.strip()
    assert re.search(r"(?<!\\)%", line) is None
    words = shlex.split(line.removeprefix(NIGHTLY).replace(r"\%", "%"))
    assert Path(words[0]).is_absolute()
    assert words[-4:] == ["build", "--quiet", "--config", str(folder / "config.yaml")]


def test_the_cron_line_calls_the_program_that_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "bin/digest"
    script.parent.mkdir()
    script.touch()
    monkeypatch.setattr(sys, "argv", [str(script), "init"])
    assert f" {script} build " in cron_line(tmp_path)
    monkeypatch.setattr(sys, "argv", ["/somewhere/digest/__main__.py", "init"])
    assert f" {sys.executable} -m digest build " in cron_line(tmp_path)


# --- what is there already -----------------------------------------------------------------------


def test_a_second_init_is_refused_and_names_what_is_there(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "config.yaml").write_text("site: {title: Mine}\n", encoding="utf-8")
    shown = run_digest("init", str(tmp_path))
    assert shown.status == 3
    assert shown.stderr.count("\n") == 1
    assert "config.yaml, crontab.txt" in shown.stderr
    assert "nothing was written" in shown.stderr
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == "site: {title: Mine}\n"


@pytest.mark.parametrize("name", [".gitignore", WORKFLOW])
def test_one_file_that_is_there_stops_it_before_anything_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine\n", encoding="utf-8")
    shown = run_digest("init", str(tmp_path), "--github")
    assert shown.status == 3
    assert name in shown.stderr
    assert files(tmp_path) == {name}


def test_a_link_that_leads_nowhere_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").symlink_to(tmp_path / "elsewhere")
    assert run_digest("init", str(tmp_path)).status == 3


def test_other_files_in_the_folder_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine\n", encoding="utf-8")
    assert run_digest("init", str(tmp_path)).status == 0


# --- the workflow --------------------------------------------------------------------------------

WORKFLOW_TEXT = blog_files(Path(), language="zh", github=True)[WORKFLOW]


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORKFLOW_TEXT)["jobs"]
    return found


def test_github_adds_the_workflow(tmp_path: Path) -> None:
    init(tmp_path, "--github")
    assert files(tmp_path) == BASE | {WORKFLOW, REQUIREMENTS}
    assert (tmp_path / WORKFLOW).read_text(encoding="utf-8") == blog_files(tmp_path, language="zh", github=True)[WORKFLOW]


def test_it_runs_daily_at_an_odd_minute_and_by_hand_with_a_date() -> None:
    triggers = yaml.safe_load(WORKFLOW_TEXT)[True]  # YAML 1.1 reads `on` as true
    minute = int(triggers["schedule"][0]["cron"].split()[0])
    assert minute % 5 != 0
    assert triggers["workflow_dispatch"]["inputs"]["date"]["default"] == ""


def test_each_job_may_do_no_more_than_it_must(jobs: dict[str, Any]) -> None:
    assert yaml.safe_load(WORKFLOW_TEXT)["permissions"] == {}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "commit": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    checkout = jobs["build"]["steps"][0]
    assert checkout["with"]["persist-credentials"] is False


def test_one_run_at_a_time_and_none_is_cut_off() -> None:
    assert yaml.safe_load(WORKFLOW_TEXT)["concurrency"] == {
        "group": "digest",
        "cancel-in-progress": False,
    }


def test_no_expression_stands_inside_a_script(jobs: dict[str, Any]) -> None:
    """What a person types reaches the shell as a variable, never as code."""
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_it_installs_what_the_blog_names_and_never_a_bare_name(jobs: dict[str, Any], tmp_path: Path) -> None:
    """The name alone is another project in the public index."""
    (install,) = [step["run"] for step in jobs["build"]["steps"] if "pip install" in step.get("run", "")]
    assert "--requirement requirements.txt" in install
    files = blog_files(tmp_path, language="zh", github=True)
    lines = [line for line in files[REQUIREMENTS].splitlines() if line and not line.startswith("#")]
    assert all(" @ git+https://" in line for line in lines)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (
            '{"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "ab12"}}',
            "paper-digest @ git+https://example.org/a.git@ab12",
        ),
        ('{"url": "file:///home/you/a", "vcs_info": {"vcs": "git", "commit_id": "ab12"}}', None),
        ('{"url": "file:///home/you/a", "dir_info": {"editable": true}}', None),
        (None, None),
    ],
)
def test_the_requirement_is_where_this_copy_came_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, origin: str | None, expected: str | None
) -> None:
    """As pip has noted it (PEP 610), if a machine elsewhere can reach it."""
    metadata = tmp_path / "paper_digest-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: paper-digest\nVersion: 0.1.0\n")
    if origin:
        (metadata / "direct_url.json").write_text(origin)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert requirement() == expected


def test_a_failed_build_still_hands_over_its_record_but_no_site(jobs: dict[str, Any]) -> None:
    conditions = {step.get("name"): step.get("if", "") for step in jobs["build"]["steps"]}
    assert "!cancelled()" in conditions["Hand content/ to the commit job"]
    assert "!cancelled()" in jobs["commit"]["if"]
    assert "cancelled" not in conditions["Hand the site to the deploy job"]
    assert "cancelled" not in jobs["deploy"]["if"]


def build(jobs: dict[str, Any], tmp_path: Path, status: int, day: str = "") -> tuple[int, str, str, str]:
    """Run the workflow's build step with a `digest` that ends as told: its status, log, outputs and digest's arguments."""
    fake = tmp_path / "bin/digest"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/bash\nprintf "%s|" "$@" > called\nmkdir -p content\nexit {status}\n', encoding="utf-8")
    fake.chmod(0o755)
    (step,) = (step for step in jobs["build"]["steps"] if step.get("id") == "build")
    outputs = tmp_path / "outputs"
    outputs.touch()
    environ = {"PATH": f"{fake.parent}:{os.environ['PATH']}", "DATE": day, "GITHUB_OUTPUT": str(outputs)}
    # as GitHub's runners call it
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(shell, cwd=tmp_path, env=environ, check=False, capture_output=True, text=True)
    called = (tmp_path / "called").read_text(encoding="utf-8")
    return done.returncode, done.stdout, outputs.read_text(encoding="utf-8"), called


@pytest.mark.parametrize(("status", "passes", "says"), [
    (0, True, ""),
    (1, True, "::warning title=digest::Published, but degraded"),
    (75, True, "::warning title=digest::Nothing new yet"),
    (2, False, "::error title=digest::digest build ended with status 2"),
    (3, False, "::error title=digest::digest build ended with status 3"),
    (137, False, "::error title=digest::digest build ended with status 137"),
])  # fmt: skip
def test_the_exit_status_decides_over_the_job(jobs: dict[str, Any], tmp_path: Path, status: int, passes: bool, says: str) -> None:
    ended, log, _, called = build(jobs, tmp_path, status)
    assert ended == (0 if passes else status)
    assert log.startswith(says)
    assert log.count("::") == (2 if says else 0)
    assert called == "build|"


@pytest.mark.parametrize("day", ["2026-02-18", "latest", "$(touch owned)", "; touch owned", "--force"])
def test_a_date_is_one_argument_whatever_it_is(jobs: dict[str, Any], tmp_path: Path, day: str) -> None:
    *_, called = build(jobs, tmp_path, 0, day)
    assert called == f"build|--date={day}|"
    assert not (tmp_path / "owned").exists()


def test_the_commit_job_follows_content_and_the_deploy_job_the_site(jobs: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").touch()
    _, _, outputs, _ = build(jobs, tmp_path, 1)
    assert outputs.splitlines() == ["content=true", "site=true"]


def test_without_a_site_nothing_is_deployed(jobs: dict[str, Any], tmp_path: Path) -> None:
    _, _, outputs, _ = build(jobs, tmp_path, 2)
    assert outputs.splitlines() == ["content=true"]
