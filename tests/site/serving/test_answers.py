"""What the preview answers."""

import re

import pytest

from blogs import files
from digest.site import build_site
from previews import PAGE, Served


def test_the_site_stands_below_the_path_of_its_address(site: Served) -> None:
    site.preview.build()
    home = site.get("/papers/")
    assert (home.status, home.media_type) == (200, "text/html; charset=utf-8")
    for elsewhere in ("/", "/papers"):
        answer = site.get(elsewhere)
        assert (answer.status, answer.headers["Location"]) == (302, "/papers/")
    assert site.get("/other/").status == 404


def test_a_site_at_the_root_of_its_host_is_served_there(site: Served) -> None:
    site.file.write_text("site: {url: https://example.org}\n", encoding="utf-8")
    site.preview.build()
    assert site.get("/").status == 200
    assert '<script src="/_live.js"' in site.get("/").text


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("feed.xml", "application/atom+xml"),
        ("rss.xml", "application/rss+xml"),
        ("feed.json", "application/feed+json"),
        ("feeds/daily-papers.xml", "application/atom+xml"),
        ("feeds/daily-papers.rss", "application/rss+xml"),
        ("feeds/daily-papers.json", "application/feed+json"),
        ("api/index.json", "application/json"),
        ("search/index.json", "application/json"),
        ("sitemap.xml", "application/xml"),
        ("opensearch.xml", "application/opensearchdescription+xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("assets/site.js", "text/javascript; charset=utf-8"),
        ("assets/favicon.svg", "image/svg+xml"),
        ("papers/2602.15763/paper.md", "text/markdown; charset=utf-8"),
        ("papers/2602.15763/paper.bib", "application/x-bibtex; charset=utf-8"),
        ("papers/2602.15763/paper.ris", "application/x-research-info-systems"),
    ],
)
def test_a_file_has_its_media_type_and_its_bytes(site: Served, name: str, media_type: str) -> None:
    site.preview.build()
    ending = name.rpartition(".")[2]
    if name.startswith("papers/"):
        name = next(f for f in files(site.config) if f.startswith("papers/2602.15763/") and f.endswith(f".{ending}"))
    answer = site.get(f"/papers/{name}")
    assert (answer.status, answer.media_type) == (200, media_type)
    assert answer.body == files(site.config)[name]


def test_no_file_of_the_site_lacks_a_media_type(site: Served) -> None:
    site.preview.build()
    endings = {name.rpartition(".")[2]: name for name in files(site.config) if not name.startswith(".")}
    unknown = {name for name in endings.values() if site.get(f"/papers/{name}").media_type == "application/octet-stream"}
    assert unknown == set()


def test_nothing_is_kept_by_the_browser(site: Served) -> None:
    site.preview.build()
    for path in ("/papers/", "/papers/feed.xml", "/papers/nope", "/papers/_live.js"):
        assert site.get(path).headers["Cache-Control"] == "no-store"


def test_what_is_not_there_is_answered_with_the_sites_own_page(site: Served) -> None:
    site.preview.build()
    answer = site.get("/papers/nowhere/")
    assert answer.status == 404
    script = re.search(r"<script src=\"/papers/_live[^\n]*\n", answer.text)
    assert script and answer.text.replace(script[0], "").encode() == files(site.config)["404.html"]


def test_a_folder_is_not_listed(site: Served) -> None:
    site.preview.build()
    assert (site.config.path("output") / "assets").is_dir()
    assert site.get("/papers/assets/").status == 404
    assert site.get("/papers/assets").status == 404


def test_a_page_without_its_slash_leads_to_it(site: Served) -> None:
    site.preview.build()
    answer = site.get("/papers/2026-02-18")
    assert (answer.status, answer.headers["Location"]) == (302, PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/papers/../config.yaml",
        "/papers/%2e%2e/config.yaml",
        "/papers/..%2fconfig.yaml",
        "/papers//config.yaml",
        "/papers/%2fetc/passwd",
        "/papers/..%5cconfig.yaml",
        "/papers/.digest-manifest.json",
        "/papers/link.txt",
        "/papers/feed.xml%00.html",
        "/config.yaml",
        "//example.org/",
    ],
)
def test_no_path_leads_out_of_the_site(site: Served, path: str) -> None:
    site.preview.build()
    (site.config.path("output") / "link.txt").symlink_to(site.file)
    answer = site.get(path)
    assert answer.status == 404
    assert b"example.org/papers/}" not in answer.body and "Location" not in answer.headers


def test_head_is_get_without_a_body(site: Served) -> None:
    site.preview.build()
    head, get = site.get("/papers/", "HEAD"), site.get("/papers/")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))


def test_other_methods_are_refused(site: Served) -> None:
    site.preview.build()
    assert site.get("/papers/", "POST").status == 501


def test_a_name_that_is_not_this_machines_is_refused(site: Served) -> None:
    """A page of another site can have its name lead here, and would read what we answer."""
    site.preview.build()
    assert site.get("/papers/", Host="papers.example.org").status == 421
    assert site.get("/papers/", Host=f"localhost:{site.server.server_port}").status == 200


def test_pages_on_the_disk_have_no_script_of_the_preview(site: Served) -> None:
    site.preview.build()
    served = site.get("/papers/").text
    script = re.search(r'<script src="/papers/_live\.js" data-mark="\w+" defer></script>\n', served)
    assert script
    assert served.replace(script[0], "").encode() == files(site.config)["index.html"]
    assert not [name for name, data in files(site.config).items() if b"_live" in data]


def test_a_previewed_site_is_the_one_that_a_build_makes(site: Served) -> None:
    site.preview.build()
    before = files(site.config)
    built = build_site(site.config)
    assert (built.changed, built.removed) == (0, 0)
    assert files(site.config) == before
