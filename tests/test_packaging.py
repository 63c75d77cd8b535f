"""The wheel holds what the installed command needs, and nothing that it does not."""

import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from digest import __version__

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    with ZipFile(file) as opened:
        return opened


@pytest.fixture(scope="module")
def names(wheel: ZipFile) -> set[str]:
    return set(wheel.namelist())


def _tracked(folder: str, *suffixes: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(ROOT)) for path in found if not suffixes or path.suffix in suffixes}


def test_every_template_and_the_configuration_are_inside_the_package(names: set[str]) -> None:
    templates = _tracked("templates")
    assert len(templates) > 5
    assert {f"digest/{name}" for name in templates} <= names
    assert "digest/config.yaml" in names


def test_every_module_and_data_file_is_there(names: set[str]) -> None:
    assert {name.removeprefix("src/") for name in _tracked("src/digest")} <= names
    assert "digest/py.typed" in names


def test_nothing_else_is_there(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"digest", f"paper_digest-{__version__}.dist-info"}
    assert not [name for name in names if name.endswith(".pyc") or "test" in name.split("/")[1]]


def test_the_command_and_the_licence_are_declared(names: set[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"digest": "digest.cli:main"}
    assert f"paper_digest-{__version__}.dist-info/licenses/LICENSE" in names


def test_the_metadata_bear_the_packages_version(wheel: ZipFile) -> None:
    with ZipFile(wheel.filename or "") as opened:
        text = opened.read(f"paper_digest-{__version__}.dist-info/METADATA").decode()
    metadata = Parser().parsestr(text)
    assert (metadata["Name"], metadata["Version"], metadata["License-Expression"]) == ("paper-digest", __version__, "MIT")
    assert metadata["Requires-Python"] == ">=3.11"
