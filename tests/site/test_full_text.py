"""Search in the full text: an index made of the pages, found by Pagefind's own program, gone when it is not wanted."""

import json
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from blogs import add, blog, files, page
from digest import config as configuration
from digest.config import Config
from digest.models import Meta
from digest.site import build_site
from digest.site.output import MANIFEST
from fakes import card, claim, covered, digest

needs_pagefind = pytest.mark.skipif(
    not find_spec("pagefind_bin_extended"), reason="Pagefind is not installed: the extra `search` brings it"
)
QUERY = """
import { writeFileSync } from "node:fs";
const [base, folder, ...queries] = process.argv.slice(2);
globalThis.document = { querySelector: () => ({ getAttribute: () => "zh-CN" }), currentScript: null };
writeFileSync(`${folder}/pagefind.mjs`, await (await fetch(`${base}pagefind/pagefind.js`)).text());
const pagefind = await import(`${folder}/pagefind.mjs`);
await pagefind.options({ basePath: `${base}pagefind/` });
await pagefind.init();
const found = {};
for (const query of queries) {
  for (const filters of [{ kind: "paper" }, { not: { kind: "paper" } }]) {
    const { results } = await pagefind.search(query, { filters });
    (found[query] ??= []).push((await Promise.all(results.map((one) => one.data()))).map((one) => new URL(one.url).pathname));
  }
}
console.log(JSON.stringify(found));
"""
"""What the search page does, without its page: papers, and digests."""


@pytest.fixture
def full(tmp_path: Path) -> Config:
    config = blog(tmp_path / "blog", site="search: pagefind")
    meta = Meta(tldr=claim("用强化学习训练的智能体更可靠", 1), short_name="Reliant", tags=("RL",))
    other = Meta(tldr=claim("量化后的模型更小", 1), short_name="Tiny", tags=("Quantization",))
    add(
        config,
        digest(
            covered("2602.15763", cards={"zh": card(filled_by="model", meta=meta)}, title="Reliable Perseverance of Agents"),
            covered("2602.15620", cards={"zh": card(filled_by="model", meta=other)}, title="Small Models"),
        ),
    )
    return config


def of_index(config: Config) -> dict[str, bytes]:
    return {name: data for name, data in files(config).items() if name.startswith("pagefind/")}


def with_search(config: Config, kind: str) -> Config:
    file = config.root / "config.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("search: pagefind", f"search: {kind}").replace("search: builtin", f"search: {kind}"), "utf-8")
    return configuration.load(file, {})


@needs_pagefind
def test_chinese_and_english_words_are_found(full: Config, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("there is no node to run Pagefind's program with")
    build_site(full)
    (tmp_path / "query.mjs").write_text(QUERY, encoding="utf-8")
    handler = partial(_Quiet, directory=str(full.path("output")))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        words = ("强化学习", "perseverance", "量化", "魑魅魍魉")
        command = [node, str(tmp_path / "query.mjs"), base, str(tmp_path), *words]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)
        server.shutdown()
    assert found == {
        "强化学习": [["/papers/2602.15763/"], ["/2026-02-18/"]],
        "perseverance": [["/papers/2602.15763/"], ["/2026-02-18/"]],
        "量化": [["/papers/2602.15620/"], ["/2026-02-18/"]],
        "魑魅魍魉": [[], []],
    }


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@needs_pagefind
def test_the_index_belongs_to_the_site(full: Config) -> None:
    build_site(full)
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= of_index(full).keys()
    listed = json.loads(files(full)[MANIFEST])["files"]
    assert sorted(listed) == sorted(name for name in files(full) if name != MANIFEST)
    again = build_site(full)
    assert (again.changed, again.removed) == (0, 0)


@needs_pagefind
def test_papers_and_digests_are_indexed_and_nothing_else(full: Config) -> None:
    build_site(full)
    assert json.loads(of_index(full)["pagefind/pagefind-entry.json"])["languages"]["zh-cn"]["page_count"] == 3
    marked = {name for name, data in files(full).items() if name.endswith(".html") and b"data-pagefind-body" in data}
    assert marked == {"2026-02-18/index.html", "papers/2602.15620/index.html", "papers/2602.15763/index.html"}


@needs_pagefind
def test_a_later_build_makes_the_index_that_a_first_one_makes(full: Config) -> None:
    build_site(full)
    before = of_index(full)
    post = next(full.path("posts").rglob("*.md"))
    post.write_text(post.read_text(encoding="utf-8") + "\n\n一个全新的句子。\n", encoding="utf-8")
    build_site(full)
    after = files(full)
    assert of_index(full) != before
    shutil.rmtree(full.path("output"))
    shutil.rmtree(full.path("state"))
    build_site(full)
    assert files(full) == after


@needs_pagefind
def test_what_was_lost_of_the_index_comes_back(full: Config) -> None:
    build_site(full)
    before = files(full)
    shutil.rmtree(full.path("output") / "pagefind")
    build_site(full)
    assert files(full) == before


@needs_pagefind
def test_without_it_the_index_goes_and_the_search_page_says_so(full: Config) -> None:
    build_site(full)
    search = page(full, "search/index.html")
    assert search.find(".//form[@data-pagefind]").get("data-pagefind") == "../pagefind/pagefind.js"
    assert "'wasm-unsafe-eval'" in search.find(".//meta[@http-equiv]").get("content")
    config = with_search(full, "builtin")
    build_site(config)
    assert of_index(config) == {} and not (config.path("output") / "pagefind").exists()
    search = page(config, "search/index.html")
    assert search.find(".//form[@data-pagefind]") is None
    assert "wasm" not in search.find(".//meta[@http-equiv]").get("content")


@needs_pagefind
def test_a_preview_leaves_the_index_to_the_next_build(full: Config) -> None:
    build_site(full)
    before, whole = of_index(full), files(full)
    post = next(full.path("posts").rglob("*.md"))
    text = post.read_text(encoding="utf-8")
    post.write_text(f"{text}\n\n一个全新的句子。\n", encoding="utf-8")
    build_site(full, preview=True)
    assert of_index(full) == before
    build_site(full)
    assert of_index(full) != before
    post.write_text(text, encoding="utf-8")
    build_site(full)
    assert files(full) == whole


@needs_pagefind
def test_settings_of_pagefinds_own_are_not_looked_for(full: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    build_site(full)
    before = of_index(full)
    shutil.rmtree(full.path("output") / "pagefind")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "article")
    monkeypatch.chdir(full.root)
    (full.root / "pagefind.yml").write_text("exclude_selectors: [article]\n", encoding="utf-8")
    build_site(full)
    assert of_index(full) == before


def test_without_pagefind_the_setting_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.path", [])  # nothing is installed
    monkeypatch.setattr("sys.path_importer_cache", {})
    monkeypatch.delitem(__import__("sys").modules, "pagefind_bin_extended", raising=False)
    with pytest.raises(configuration.ConfigError, match=r"config.yaml:1: bad value for 'site.search'.*paper-digest\[search\]"):
        blog(tmp_path, site="search: pagefind")


def test_another_search_is_refused(tmp_path: Path) -> None:
    with pytest.raises(configuration.ConfigError, match=r"site\.search"):
        blog(tmp_path, site="search: algolia")
