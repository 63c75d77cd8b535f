"""What is wrong is shown in place of every page, until it is mended."""

from pathlib import Path

import lxml.html
import pytest

from blogs import files
from digest.config import Config
from digest.errors import ConfigError
from digest.site.serving import Preview
from previews import PAGE, Answer, Served


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
