"""The repository's own content/ is what a visitor sees, and what the code gives."""

from pathlib import Path

from conftest import run_digest

ROOT = Path(__file__).resolve().parents[1]


def files(folder):
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.*")) if p.is_file()}


def test_content_is_the_sample_day_as_the_code_builds_it(tmp_path):
    """`make content` makes it again after a change."""
    done = run_digest("demo", str(tmp_path / "demo"), "--quiet")
    assert done.status == 0, done.stderr
    for part in ("records", "posts", "edits"):
        assert files(ROOT / "content" / part) == files(tmp_path / "demo" / "content" / part), "run `make content`"


def test_the_demo_prints_its_index_last_and_can_be_repeated(tmp_path):
    first = run_digest("demo", str(tmp_path / "demo"))
    again = run_digest("demo", str(tmp_path / "demo"))
    assert first.status == again.status == 0
    index = Path(first.stdout.strip().splitlines()[-1])
    assert index.is_file()
    assert again.stdout == first.stdout


def test_edits_are_applied_to_the_demo_too(tmp_path):
    run_digest("demo", str(tmp_path / "demo"), "--quiet")
    edits = tmp_path / "demo/content/edits/2026-02-16.yaml"
    edits.parent.mkdir(parents=True, exist_ok=True)
    edits.write_text("intro: {zh: 编辑的开场白}\n", encoding="utf-8")
    assert run_digest("demo", str(tmp_path / "demo"), "--quiet").status == 0
    page = tmp_path / "demo/public/2026-02-16/index.html"
    assert "编辑的开场白" in page.read_text(encoding="utf-8")


def test_the_demo_in_english(tmp_path):
    assert run_digest("demo", str(tmp_path / "demo"), "--language", "en", "--quiet").status == 0
    post = (tmp_path / "demo/content/posts/2026/2026-02-16-daily-papers.md").read_text(encoding="utf-8")
    assert 'lang: "en"' in post


def test_the_demo_keeps_out_of_a_real_blog(tmp_path):
    """An invented paper must not come into somebody's records."""
    run_digest("init", str(tmp_path / "blog"))
    done = run_digest("demo", str(tmp_path / "blog"))
    assert done.status == 3
    assert not list((tmp_path / "blog/content").rglob("*.json"))
