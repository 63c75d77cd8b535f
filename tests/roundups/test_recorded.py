"""The round-up of four recorded days of the real upstreams, where the recording is at hand."""

import json
import re
import urllib.request

import pytest

from conftest import run_digest
from digest.cli.init import blog_config
from digest.config import load
from recordings import NEEDED, replaying
from roundups.weeks import fields, section, text

DAYS = ("2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20")

pytestmark = NEEDED


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A blog with the four days, each built on the next morning, and the round-up of their week."""
    file = tmp_path_factory.mktemp("recorded") / "config.yaml"
    file.write_text(blog_config(language="zh"), encoding="utf-8")
    with replaying("--today", DAYS[0]) as address:
        names = ("HUGGINGFACE__URL", "ARXIV__FEED_URL", "ARXIV__SITE_URL", "GITHUB__URL")
        environ = {f"DIGEST__SOURCES__{name}": address for name in names}
        environ |= {"DIGEST__SOURCES__ARXIV__API_URL": f"{address}/api/query", "DIGEST__SOURCES__ARXIV__INTERVAL": "0"}
        for day in DAYS:
            reset = urllib.request.Request(f"{address}/_reset", data=json.dumps({"today": day}).encode())
            urllib.request.urlopen(reset).close()
            options = ["--no-site"] if day != DAYS[-1] else []
            done = run_digest("build", "--date", day, *options, "--config", str(file), DIGEST_NOW=f"{day}T19:00:00Z", **environ)
            assert done.status == 0, done.stderr
    assert run_digest("roundup", "--config", str(file), DIGEST_NOW="2026-02-23T09:00:00Z").status == 0
    return load(file, {})


def test_the_most_talked_of_paper_comes_first_and_every_pick_counts(config):
    written = text(config, "2026-W08")
    assert section(written, "必读").startswith("1. **[GLM-5](")
    assert "4 天有公告" in written
    assert "精选 24 篇" in written
    assert fields(written)["description"].startswith("必读 16 篇：GLM-5、")
    assert "Reasoning" in fields(written)["tags"]


def test_must_reads_fit_on_a_screen_and_the_others_are_counted(config):
    told = section(text(config, "2026-W08"), "必读")
    assert len(re.findall(r"^\d+\. ", told, re.MULTILINE)) == 12
    assert "另有 4 篇必读" in told


def test_every_link_into_the_site_leads_to_a_page(config):
    links = re.findall(r"\]\(https://example\.org/papers/([^)#]*)(?:#([^)]*))?\)", text(config, "2026-W08"))
    assert len(links) > 30
    for route, anchor in links:
        page = config.path("output") / route / "index.html"
        assert page.is_file(), route
        assert not anchor or f'id="{anchor}"' in page.read_text(encoding="utf-8"), anchor
