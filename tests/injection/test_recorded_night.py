"""Whole nights over recorded days with hostile papers in them, and with a model that writes what an attacker wants."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from conftest import run_digest
from digest.cli.init import blog_config
from injection.payloads import ORDERS, in_tags
from recordings import NEEDED, UPSTREAM, replaying

DAY = "2026-02-18"
Json = dict[str, Any]

pytestmark = NEEDED


def night(folder: Path, *options: str, full_text: bool = False) -> Json:
    """The record of a day that was built against these upstreams, with their model."""
    folder.mkdir()
    config = folder / "config.yaml"
    config.write_text(blog_config(language="en"), encoding="utf-8")
    with replaying("--today", DAY, *options) as address:
        names = ("HUGGINGFACE__URL", "ARXIV__FEED_URL", "ARXIV__SITE_URL", "GITHUB__URL")
        environ = {f"DIGEST__SOURCES__{name}": address for name in names}
        environ |= {"DIGEST__SOURCES__ARXIV__API_URL": f"{address}/api/query", "DIGEST__SOURCES__ARXIV__INTERVAL": "0"}
        environ |= {"DIGEST__MODEL__PROVIDER": "openai", "DIGEST__MODEL__NAME": "stand-in", "OPENAI_API_KEY": "none"}
        environ |= {"DIGEST__MODEL__BASE_URL": f"{address}/v1", "DIGEST__READING__FULL_TEXT": str(full_text).lower()}
        done = run_digest("build", "--date", DAY, "--config", str(config), DIGEST_NOW=f"{DAY}T09:00:00Z", **environ)
    assert done.status in (0, 1), done.stderr
    return json.loads((folder / f"content/records/2026/{DAY}.json").read_text(encoding="utf-8"))


def spoiled_data(folder: Path, change: Callable[[Json], None]) -> Path:
    """The recorded day with some papers changed, in arXiv's batch and in the list of Hugging Face alike."""
    data = UPSTREAM / "data"
    for kind in ("arxiv", "hf", "hf-settled"):
        (folder / kind).mkdir(parents=True)
    for batch in (data / "arxiv").glob("*.jsonl.gz"):
        with gzip.open(batch, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for row in rows:
            change(row)
        with gzip.open(folder / "arxiv" / batch.name, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    for listing in data.glob(f"hf*/{DAY}.json"):
        listed = json.loads(listing.read_text(encoding="utf-8"))
        for paper in (entry["paper"] for entry in listed):
            row = {"id": paper.get("id"), "abstract": paper.get("summary") or ""}
            change(row)
            paper["summary"] = row["abstract"]
        (folder / listing.relative_to(data)).write_text(json.dumps(listed), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Json:
    return night(tmp_path_factory.mktemp("clean") / "blog")


def verdicts(record: Json) -> list[tuple[str, Json, Json, Json]]:
    return [
        (p["paper"]["id"], p["assessment"], p["paper"]["links"], {k: p["paper"][k] for k in ("stars", "upvotes")})
        for p in record["papers"]
    ]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


HIDDEN_ORDER = in_tags(ORDERS["review order"])
NAMES = (
    "review order",
    "reviewers",
    "no negatives",
    "three stars",
    "Chinese stars",
    "chat template",
    "base64",
    "split by nothing",
    "all ratings",
    "novelty",
    "promoter",
    "JSON papers",
    "set stars",
    "Chinese rating",
    "note to",
)
CASES = [*(f" {ORDERS[name]}" for name in NAMES), HIDDEN_ORDER]


@pytest.mark.slow
def test_papers_with_orders_stand_where_their_clean_twins_stand(tmp_path: Path, clean: Json) -> None:
    """Every paper that was picked, and some that were not, carry an order; the record differs in what was read."""
    wanted = [p["paper"]["id"] for p in clean["papers"]] + sorted(clean["mentions"])[:12]
    orders = {i: CASES[n % len(CASES)] for n, i in enumerate(wanted)}

    def ended(row: Json) -> None:
        if row["id"] in orders:
            row["abstract"] = row["abstract"].strip().rstrip(".") + "."

    def ordering(row: Json) -> None:
        ended(row)
        if order := orders.get(row["id"]):
            row["abstract"] += order

    made = {}
    for name, change in (("hostile", ordering), ("twin", ended)):
        data = spoiled_data(tmp_path / name, change)
        made[name] = night(tmp_path / f"{name}-blog", "--data", str(data), "--data", str(UPSTREAM / "data"))
    hostile, twin = made["hostile"], made["twin"]
    assert verdicts(hostile) == verdicts(twin)
    assert hostile["editions"] == twin["editions"]
    assert hostile["mentions"] == twin["mentions"]
    for found, expected in zip(hostile["papers"], twin["papers"], strict=True):
        assert (found["cards"], found["quotes"]) == (expected["cards"], expected["quotes"])
        assert found["reading"]["flags"] or orders[found["paper"]["id"]] == HIDDEN_ORDER
        assert expected["reading"]["flags"] == []


@pytest.mark.slow
def test_what_an_attacker_has_a_model_write_reaches_nobody_as_markup(tmp_path: Path, clean: Json) -> None:
    """The stand-in puts a script, a script link and a beacon before every text of its."""
    record = night(tmp_path / "blog", "--llm", "injected")
    assert len(record["papers"]) == len(clean["papers"])
    links = {p["paper"]["id"]: p["paper"]["links"] for p in clean["papers"]}
    assert all(p["paper"]["links"] == links.get(p["paper"]["id"], p["paper"]["links"]) for p in record["papers"])
    said = [e["overview"] for e in record["editions"].values()] + [p["assessment"]["reasons"] for p in record["papers"]]
    assert not any("attacker.test" in text or "<script" in text or "javascript:" in text for text in texts(said))
    pages = [*(tmp_path / "blog/public").rglob("*.html")]
    assert len(pages) > len(record["papers"])
    for page in pages:
        document = lxml.html.document_fromstring(page.read_bytes())
        assert not document.xpath("//img | //iframe | //style | //@style | //@*[starts-with(name(), 'on')]"), page
        for script in document.iter("script"):
            own = (script.get("src") or "").replace("../", "") in ("assets/theme.js", "assets/site.js", "assets/search.js")
            assert own or script.get("type") in ("application/ld+json", "application/json"), page
        assert not any("attacker.test" in link or link.startswith("javascript:") for _, _, link, _ in document.iterlinks()), page


def paragraph(number: int, text: str) -> str:
    return f'<div class="ltx_para"><p id="S1.p{number}.1" class="ltx_p">{text}</p></div>'


def page(*paragraphs: str) -> bytes:
    """A paper in LaTeXML's HTML, with enough words to be one."""
    filler = [f"In experiment {n} we vary the number of tasks and keep the model as it is." for n in range(1, 30)]
    body = "".join(paragraph(n, text) for n, text in enumerate((*filler, *paragraphs), 1))
    title = '<h2 class="ltx_title ltx_title_section"><span class="ltx_tag">1 </span>Results</h2>'
    return (
        '<!DOCTYPE html><html lang="en"><body><div class="ltx_page_content"><article class="ltx_document">'
        f'<section id="S1" class="ltx_section">{title}{body}</section></article></div></body></html>'
    ).encode()


STYLES = ("color:#FFFFFF", "font-size:0.1pt", "display:none", "position:absolute;left:-9999px", "opacity:0")
HIDDEN = "".join(f' <span style="{style}">{ORDERS["reviewers"]}</span>' for style in STYLES)
RESULT = "Our model reaches 61.5% on 40 tasks."


@pytest.mark.slow
def test_hidden_and_visible_orders_in_a_full_text_change_flags_alone(tmp_path: Path, clean: Json) -> None:
    """Every picked paper has a page, with orders that nobody can see and one that everybody can, and without."""
    made = {}
    for name, html in (("hostile", page(RESULT + HIDDEN, ORDERS["no negatives"])), ("twin", page(RESULT))):
        pages = tmp_path / name / "html"
        pages.mkdir(parents=True)
        for paper in clean["papers"]:
            (pages / f"{paper['paper']['id']}.html.gz").write_bytes(gzip.compress(html))
        options = ("--data", str(tmp_path / name), "--data", str(UPSTREAM / "data"))
        made[name] = night(tmp_path / f"{name}-blog", *options, full_text=True)
    hostile, twin = made["hostile"], made["twin"]
    assert verdicts(hostile) == verdicts(twin)
    for found, expected in zip(hostile["papers"], twin["papers"], strict=True):
        assert expected["reading"]["source"] == found["reading"]["source"] == "html"
        assert {"hidden_text", "instructions"} <= set(found["reading"]["flags"])
        assert (found["cards"], found["quotes"]) == (expected["cards"], expected["quotes"])
