"""The preview: what it answers, what it watches, and that an open page hears of a change and of nothing else."""

import http.client
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

from blogs import add, blog, files, write
from digest.config import Config
from digest.errors import ConfigError, UsageError
from digest.site import build_site
from digest.site.serving import Preview, PreviewServer, bound
from digest.site.serving.watching import changed, looks, watched
from digest.store import blog_lock
from fakes import covered, digest

POST = "content/posts/2026/2026-02-18-daily-papers.md"
PAGE = "/papers/2026-02-18/"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str | None:
        return self.headers["Content-Type"]


class Served:
    """A preview that answers; it builds when it is told to, or watches in a thread of its own."""

    def __init__(self, config: Config) -> None:
        self.config, self.file = config, config.root / "config.yaml"
        self.said: list[str] = []
        self.warned: list[str] = []
        self.preview = Preview(self.file, {}, self.said.append, self.warned.append)
        self.server: PreviewServer = bound(self.preview, "127.0.0.1", 0)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        try:
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    @contextmanager
    def listening(self, path: str) -> Iterator[Callable[[], bytes]]:
        """What a page hears that was loaded just now: a function that waits for the next event or sign of life."""
        mark = re.search(r'_live\.js" data-mark="(\w+)"', self.get(path).text)
        assert mark
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        connection.request("GET", "/papers/_live?" + urlencode({"page": path, "mark": mark[1]}))
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.fp.readline().startswith(b"retry") and answer.fp.readline() == b"\n"
        try:
            yield answer.fp.readline
        finally:
            connection.close()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Builds come by themselves; the last one that the block waits for ends it."""
        thread = threading.Thread(target=self.preview.watch, daemon=True)
        thread.start()
        self.until(lambda: self.preview.builds > 0)
        yield

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not holds():
            assert time.monotonic() < end, "nothing happens"
            time.sleep(0.02)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    config = blog(tmp_path / "blog")
    add(config, digest(covered("2602.15763", title="GLM-5"), covered("2602.15620", title="Other")))
    served = Served(config)
    thread = threading.Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    served.preview.close()
    served.server.shutdown()
    served.server.server_close()
    thread.join()


def append(path: Path, more: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


# --- answers -------------------------------------------------------------------------------------


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


# --- changes -------------------------------------------------------------------------------------


def test_an_open_page_hears_of_its_change(site: Served) -> None:
    site.preview.build()
    with site.listening(PAGE) as heard:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        site.preview.build()
        assert heard() == b"event: changed\n"
    assert "A new sentence." in site.get(PAGE).text


def test_a_page_hears_nothing_of_what_changes_elsewhere(site: Served) -> None:
    write(site.config, "pages/team.md", "---\ntitle: Team\n---\n\nWe.\n")
    site.preview.build()
    with site.listening("/papers/team/") as heard, site.listening(PAGE) as other:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        site.preview.build()
        assert other() == b"event: changed\n"
        append(site.config.path("content") / "pages/team.md", "\nAnd you.\n")
        site.preview.build()
        assert heard() == b"event: changed\n"
        assert "And you." in site.get("/papers/team/").text


def test_a_page_that_comes_late_hears_at_once(site: Served) -> None:
    """What changed between its loading and its listening would be missed."""
    site.preview.build()
    old = re.search(r'data-mark="(\w+)"', site.get(PAGE).text)
    assert old
    append(site.config.root / POST, "\n\nA new sentence.\n")
    site.preview.build()
    connection = http.client.HTTPConnection("127.0.0.1", site.server.server_port, timeout=10)
    connection.request("GET", "/papers/_live?" + urlencode({"page": PAGE, "mark": old[1]}))
    assert b"event: changed" in connection.getresponse().read()
    connection.close()


def test_every_page_hears_of_a_new_style(site: Served) -> None:
    site.preview.build()
    with site.listening("/papers/about/") as heard:
        own = site.config.path("templates") / "site/style/99-mine.css"
        own.parent.mkdir(parents=True)
        own.write_text("h1 { color: teal; }\n", encoding="utf-8")
        site.preview.build()
        assert heard() == b"event: changed\n"
    assert "teal" in site.get("/papers/assets/style.css").text


def label(config: Config, word: str) -> None:
    own = config.path("templates") / "labels/zh.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"site: {{archive: {word}}}\n", encoding="utf-8")


def macro(config: Config, word: str) -> None:
    own = config.path("templates") / "site/404.html.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f'{{% extends "base.html.j2" %}}{{% block main %}}<h1>{word}</h1>{{% endblock %}}', encoding="utf-8")


def title(config: Config, word: str) -> None:
    (config.root / "config.yaml").write_text(f"site: {{title: {word}, url: https://example.org/papers/}}\n", encoding="utf-8")


@pytest.mark.parametrize("change", [label, macro, title])
def test_a_file_that_changes_twice_shows_twice(site: Served, change: Callable[[Config, str], None]) -> None:
    """Labels, templates and configuration are kept in the process, and must not be kept too long."""
    for word in ("往期甲", "往期乙"):
        change(site.config, word)
        assert site.preview.build()
        assert word in site.get("/papers/nowhere/").text, site.warned


def test_what_is_watched_is_built_by_itself(site: Served) -> None:
    with site.watching(), site.listening(PAGE) as heard:
        append(site.config.root / POST, "\n\nA new sentence.\n")
        assert heard() == b"event: changed\n"
        assert "A new sentence." in site.get(PAGE).text


def test_everything_that_a_site_is_made_from_is_watched(site: Served) -> None:
    config = site.config
    paths = watched(config, site.file)
    seen = looks(paths)
    for name in ("config.yaml", POST, "content/edits/2026-02-18.yaml", "content/pages/a.md", "templates/labels/zh.yaml"):
        path = config.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")
        now = changed(watched(config, site.file), seen)
        assert str(path) in now and now != seen
        seen = now
    (config.root / POST).unlink()
    assert str(config.root / POST) not in changed(watched(config, site.file), seen)


def test_a_build_changes_nothing_that_is_watched(site: Served) -> None:
    seen = looks(watched(site.config, site.file))
    site.preview.build()
    assert looks(watched(site.config, site.file)) == seen


def test_while_another_run_works_the_old_site_is_shown(site: Served) -> None:
    site.preview.build()
    append(site.config.root / POST, "\n\nA new sentence.\n")
    with blog_lock(site.config.path("state")):
        assert not site.preview.build()
        assert site.get(PAGE).status == 200
    assert site.preview.build()
    assert "A new sentence." in site.get(PAGE).text


# --- what goes wrong -----------------------------------------------------------------------------


def own_404(config: Config, source: str) -> Path:
    own = config.path("templates") / "site/404.html.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(source, encoding="utf-8")
    return own


def shown(answer: Answer) -> tuple[str, dict[str, str], str]:
    """Headline, what is told, and the marked line of an error page."""
    root = lxml.html.document_fromstring(answer.body)
    told = dict(zip((dt.text for dt in root.iter("dt")), (dd.text_content() for dd in root.iter("dd")), strict=True))
    marked = root.findall(".//mark")
    return root.findtext(".//h1") or "", told, marked[0].text_content() if marked else ""


def test_an_error_of_a_template_is_shown_with_its_line(site: Served) -> None:
    site.preview.build()
    before = files(site.config)
    own = own_404(site.config, '{% extends "base.html.j2" %}\n{% block main %}\n<h1>{{ nobody }}</h1>\n{% endblock %}\n')
    site.preview.build()
    for path in ("/papers/", PAGE, "/papers/nowhere"):
        answer = site.get(path)
        assert (answer.status, answer.media_type) == (500, "text/html; charset=utf-8")
        headline, told, marked = shown(answer)
        assert headline == "the page 404.html cannot be made"
        assert told == {"Where": f"{own}:3", "Why": "'nobody' is undefined"}
        assert marked == "3  <h1>{{ nobody }}</h1>"
    assert site.warned == [f"digest: {own}:3: the page 404.html cannot be made: 'nobody' is undefined"]
    assert files(site.config) == before
    assert site.get("/papers/assets/style.css").status == 200


def test_an_error_page_gives_way_when_its_cause_is_mended(site: Served) -> None:
    site.preview.build()
    with site.listening(PAGE) as heard:
        own = own_404(site.config, "{% block %}")
        site.preview.build()
        assert heard() == b"event: changed\n"
    with site.listening(PAGE) as heard:
        own.unlink()
        site.preview.build()
        assert heard() == b"event: changed\n"
    assert site.get(PAGE).status == 200


BROKEN = {
    "config.yaml": ("site: {titel: A}\n", "config.yaml:1", "did you mean 'title'?"),
    "templates/labels/zh.yaml": ("site:\n  archive: [1]\n", "zh.yaml:2", "a text is wanted"),
    "templates/site/base.html.j2": ("{{ t('site.archiev') }}\n", "base.html.j2:1", "site.archive"),
    "content/edits/2026-02-18.yaml": ("drop: 3\n", "2026-02-18.yaml:1", "drop"),
    "content/posts/broken.md": ("no front matter\n", "broken.md", "front matter"),
    "content/records/2026/2026-02-18.json": ("{", "2026-02-18.json", "Where"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_whatever_is_wrong_is_told_with_its_place(site: Served, name: str) -> None:
    site.preview.build()
    broken, where, told = BROKEN[name]
    path = site.config.root / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(broken, encoding="utf-8")
    site.preview.build()
    answer = site.get(PAGE)
    assert answer.status == 500
    page = lxml.html.document_fromstring(answer.body).text_content()
    assert where in page and told in page
    assert len(site.warned) == 1 and "\n" not in site.warned[0] and where in site.warned[0]
    path.write_bytes(before) if before is not None else path.unlink()
    site.preview.build()
    assert site.get(PAGE).status == 200


def test_an_error_page_escapes_all_it_shows_and_runs_nothing_inline(site: Served) -> None:
    site.preview.build()
    own_404(site.config, "<script>alert(1)</script>\n{{ '<img src=x onerror=alert(1)>' + 1 }}\n</mark></pre><b>\n")
    site.preview.build()
    answer = site.get("/papers/")
    root = lxml.html.document_fromstring(answer.body)
    assert not root.findall(".//img") and not root.findall(".//b")
    assert [script.get("src") for script in root.iter("script")] == ["/papers/_live.js"]
    assert not root.xpath("//@style | //@*[starts-with(name(), 'on')] | //style")
    assert "alert(1)</script>" in root.find(".//pre").text_content()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_an_error_page_shows_no_file_from_elsewhere(site: Served, tmp_path: Path) -> None:
    """The place of an error is told by whoever raises it."""
    from digest.errors import RenderError
    from digest.site.serving.error_page import error_page

    secret = tmp_path / "secret.txt"
    secret.write_text("canary\n", encoding="utf-8")
    assert "canary" not in error_page(RenderError("wrong", where=f"{secret}:1"), site.config, "style.css")
    inside = site.config.root / "note.txt"
    inside.write_text("canary\n", encoding="utf-8")
    assert "canary" in error_page(RenderError("wrong", where=f"{inside}:1"), site.config, "style.css")


def test_a_configuration_that_is_wrong_from_the_beginning_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("site: 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config.yaml:1"):
        Preview(tmp_path / "config.yaml", {}, print, print)


# --- the server ----------------------------------------------------------------------------------


def test_a_port_in_use_is_named(site: Served) -> None:
    port = site.server.server_port
    with pytest.raises(UsageError, match=f"port {port} is in use"):
        bound(site.preview, "127.0.0.1", port)


def test_an_address_of_another_machine_is_refused(site: Served) -> None:
    with pytest.raises(UsageError, match="no address of this machine"):
        bound(site.preview, "192.0.2.1", 0)


def test_without_a_port_a_free_one_is_taken(site: Served) -> None:
    first = bound(site.preview, "127.0.0.1", None)
    second = bound(site.preview, "127.0.0.1", None)
    first.server_close()
    second.server_close()
    assert 8000 <= first.server_port < second.server_port


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_quietly(tmp_path: Path, number: signal.Signals) -> None:
    config = blog(tmp_path / "blog")
    add(config, digest(covered("2602.15763", title="GLM-5")))
    command = [sys.executable, "-m", "digest", "serve", "--quiet", "--port", "0", "--config", str(config.root / "config.yaml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/papers/", address)
        end = time.monotonic() + 20
        while not (config.path("output") / "index.html").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(10) == 128 + number
        assert process.stderr.read() == ""
