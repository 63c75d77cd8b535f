"""The output folder: what somebody else made is not replaced, and what earlier builds made is, whatever got lost since."""

import shutil
from pathlib import Path

import pytest

from blogs import add, blog, files
from digest.config import Config
from digest.errors import OutputError
from digest.site import build_site
from digest.site.output import MANIFEST
from fakes import covered, digest


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = blog(tmp_path / "blog")
    add(made, digest(covered("2602.00001")))
    return made


def test_the_first_build_writes_over_nothing_that_somebody_else_made(config: Config) -> None:
    own = config.path("output") / "index.html"
    own.parent.mkdir()
    own.write_text("my home page")
    for _ in range(2):
        with pytest.raises(OutputError, match=r"index\.html: is not ours to replace: .*\(move it away, or set paths\.output"):
            build_site(config)
        assert files(config) == {"index.html": b"my home page"}
    own.unlink()
    (config.path("output") / "CNAME").write_text("papers.example.org")
    assert build_site(config).changed == len(files(config)) - 2


def test_another_output_folder_is_looked_at_too(config: Config) -> None:
    build_site(config)
    (config.root / "www/about").mkdir(parents=True)
    (config.root / "www/about/index.html").write_text("about me")
    moved = config.model_copy(update={"paths": config.paths.model_copy(update={"output": Path("www")})})
    moved._file = config._file
    with pytest.raises(OutputError, match=r"about/index\.html: is not ours"):
        build_site(moved)


@pytest.mark.parametrize("lost", [("state",), ("manifest",), ("state", "manifest")])
def test_a_site_whose_state_or_manifest_is_lost_is_built_again(config: Config, lost: tuple[str, ...]) -> None:
    build_site(config)
    before = files(config)
    (config.path("output") / "index.html").write_text("an older page of ours")
    if "manifest" in lost:
        (config.path("output") / MANIFEST).unlink()
    if "state" in lost:
        shutil.rmtree(config.path("state"))
    build_site(config)
    assert files(config).keys() == before.keys()
    assert files(config)["index.html"] == before["index.html"]
