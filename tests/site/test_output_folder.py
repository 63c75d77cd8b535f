"""The output folder: what somebody else made is not replaced, and what earlier builds made is, whatever got lost since."""

import shutil
from pathlib import Path

import pytest

from blogs import add, blog, files
from digest import config as configuration
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


def test_a_file_where_a_folder_of_the_site_belongs_is_told(config: Config) -> None:
    config.path("output").mkdir()
    (config.path("output") / "papers").write_text("mine")
    with pytest.raises(OutputError, match=r"papers/2602\.00001"):
        build_site(config)
    assert (config.path("output") / "papers").read_text() == "mine"


@pytest.mark.parametrize(
    "output", [".", "content", "content/posts/site", "templates/x", "src", "..", "/", "../elsewhere", ".git"]
)
def test_an_output_folder_that_is_no_place_for_a_site(config: Config, output: str) -> None:
    (config.root / "config.yaml").write_text(f"paths: {{output: {output!r}}}\n")
    elsewhere = configuration.load(config.root / "config.yaml", {})
    with pytest.raises(OutputError, match="no place for the site"):
        build_site(elsewhere)


def test_a_symbolic_link_does_not_lead_the_site_elsewhere(config: Config, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    config.path("output").symlink_to(outside)
    with pytest.raises(OutputError, match="public"):
        build_site(config)
    config.path("output").unlink()
    config.path("output").mkdir()
    (config.path("output") / "papers").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        build_site(config)
    assert not list(outside.iterdir())
