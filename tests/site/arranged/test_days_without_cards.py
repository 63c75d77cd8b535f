"""A day whose papers were all left out by the editor is arranged as any other."""

from pathlib import Path

import pytest

from blogs import add, blog, page, said
from digest.config import Config
from digest.site import build_site
from fakes import digest, edition, mention, source

LAYOUTS = {"daily-papers": "cards", "insights": "insights", "arxiv-daily": "brief", "hf-report": "report"}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A day in every layout, of which nothing was picked and a list could not be read."""
    folder: Path = tmp_path_factory.mktemp("empty")
    editions = "\n".join(f"  - {{name: {name}, layout: {layout}}}" for name, layout in LAYOUTS.items())
    config = blog(folder, f"editions:\n{editions}", site="language: en")
    made = {name: edition(layout=layout, also=(mention().id,)) for name, layout in LAYOUTS.items()}
    lists = (source(), source("cs.LG", status="failed", entries=0))
    add(config, digest(also=[mention()], sources=lists, editions=made))
    build_site(config)
    return config


@pytest.mark.parametrize("place", ["2026-02-18", "2026-02-18-insights", "2026-02-18-arxiv-daily", "2026-02-18-hf-report"])
def test_counts_and_notices_stand_in_the_head_and_sources_are_folded_at_the_end(config: Config, place: str) -> None:
    (post,) = page(config, f"{place}/index.html").xpath("//article")
    head, also, *folded = post.xpath("./header | ./section | ./details")
    assert "None picked from 300 papers on Hugging Face." in said(head)
    assert [said(notice) for notice in head.find_class("notice-failed")] == ["arXiv cs.LG: could not be read."]
    assert said(also).startswith(("Also worth a look", "📋 Also worth a look")) and mention().title in said(also)
    (sources,) = folded
    assert sources.tag == "details" and "48 entries" in said(sources)
    assert post.xpath(".//hr") == []
