"""What a person changes: edits, and posts by hand."""

from digest.sample import DATE
from nights import DAY, DOWN, edit, impatient, record

# --- the editor ------------------------------------------------------------------------------------


def test_a_post_edited_by_hand_is_left_alone_unless_told(blog):
    blog("build", "--date", DAY)
    with blog.post.open("a", encoding="utf-8") as post:
        post.write("\n手写的一行\n")
    done = blog("build", "--date", DAY, "--force")
    assert done.status == 0
    assert "edited by hand" in done.stderr
    assert "手写的一行" in blog.post.read_text(encoding="utf-8")
    assert "手写的一行" in (blog.folder / f"public/{DAY}/index.html").read_text(encoding="utf-8")
    blog("build", "--date", DAY, "--overwrite")
    assert "手写的一行" not in blog.post.read_text(encoding="utf-8")


def test_edits_reach_posts_and_site_with_the_next_build(blog):
    blog("build", "--date", DAY)
    first, second = record(blog)["editions"]["daily-papers"]["picked"][:2]
    edit(blog, f'intro: {{zh: 编辑的话}}\ndrop: ["{first}"]\ncorrection: [{{id: "{second}", text: {{zh: 一处更正}}}}]\n')
    assert blog("build", DIGEST_NOW="2026-02-18T09:00:00Z").status in (0, 1, 75)
    post = blog.post.read_text(encoding="utf-8")
    page = (blog.folder / f"public/{DAY}/index.html").read_text(encoding="utf-8")
    for text in (post, page):
        assert "编辑的话" in text
        assert "一处更正" in text
    assert f"arxiv.org/abs/{first})" not in post
    assert not (blog.folder / "public/papers" / first).exists()
    assert record(blog)["revised"] == ["2026-02-18"]
    assert "updated: 2026-02-18" in post


def test_what_the_editor_adds_is_carded(blog):
    blog("build", "--date", DAY, DIGEST__SELECTION__PICK="2")
    noted = next(i for i, m in record(blog)["mentions"].items() if m["why"] == "also")
    edit(blog, f'add: ["{noted}"]\n')
    assert blog("build", "--date", DAY, DIGEST__SELECTION__PICK="2").status == 0
    assert noted in [p["paper"]["id"] for p in record(blog)["papers"]]
    assert f"/papers/{noted}/" in blog.post.read_text(encoding="utf-8")


def test_wrong_edits_stop_with_their_line(blog):
    blog("build", "--date", DAY)
    edit(blog, 'drop:\n  - "9999.99999"\n')
    done = blog("build", "--date", DAY, "--force")
    assert done.status == 3
    assert f"{DAY}.yaml:2" in done.stderr


def test_a_correction_moves_updated_whichever_command_writes_it_and_only_once(blog):
    blog("build", "--date", DAY)
    first = record(blog)["papers"][0]["paper"]["id"]
    edit(blog, f'correction: [{{id: "{first}", text: {{zh: 一处更正}}}}]\n')
    blog("render", "--date", DAY, DIGEST_NOW="2026-02-18T09:00:00Z")
    assert record(blog)["revised"] == ["2026-02-18"]
    edit(blog, f'intro: {{zh: 你好}}\ncorrection: [{{id: "{first}", text: {{zh: 一处更正}}}}]\n')
    blog("render", "--date", DAY, DIGEST_NOW="2026-02-19T09:00:00Z")
    assert record(blog)["revised"] == ["2026-02-18"]


def test_a_correction_of_a_paper_that_the_first_edition_does_not_show_moves_updated_only_once(blog):
    first = "editions: [{name: daily-papers, sources: [huggingface]}, {name: arxiv-daily, sources: [arxiv], pick: 12}]"
    text = blog.config_file.read_text(encoding="utf-8")
    start, end = text.index("editions:"), text.index("\nreading:")
    blog.config_file.write_text(text[:start] + first + text[end:], encoding="utf-8")
    blog("build", "--date", DAY)
    editions = record(blog)["editions"]
    other = next(i for i in editions["arxiv-daily"]["picked"] if i not in editions["daily-papers"]["picked"])
    edit(blog, f'correction: [{{id: "{other}", text: {{zh: 一处更正}}}}]\n')
    for day in ("18", "19", "20"):
        assert blog("render", "--date", DAY, DIGEST_NOW=f"2026-02-{day}T09:00:00Z").status == 0
    assert record(blog)["revised"] == ["2026-02-18"]


def test_a_correction_does_not_date_a_post_anew_each_day_that_a_person_has_made_theirs(blog):
    blog("build", "--date", DAY)
    with blog.post.open("a", encoding="utf-8") as post:
        post.write("\n手写的一行\n")
    first = record(blog)["editions"]["daily-papers"]["picked"][0]
    edit(blog, f'correction: [{{id: "{first}", text: {{zh: 一处更正}}}}]\n')
    for day in ("18", "19", "20"):
        assert blog("render", "--date", DAY, DIGEST_NOW=f"2026-02-{day}T09:00:00Z").status == 0
    assert record(blog)["revised"] in ([], ["2026-02-18"])


def test_a_rewritten_tldr_is_rewritten_everywhere(blog):
    blog("build", "--date", DAY)
    first = record(blog)["papers"][0]
    old = first["cards"]["en"]["meta"]["tldr"]["text"]
    edit(blog, f'replace: [{{id: "{first["paper"]["id"]}", field: meta.tldr, lang: en, text: In other words}}]\n')
    blog("build", "--date", DAY, "--force")
    for text in (blog.post.read_text(encoding="utf-8"), (blog.folder / "public/index.html").read_text(encoding="utf-8")):
        assert "In other words" in text
        assert old not in text


def test_one_wrong_day_does_not_keep_the_others_from_being_built(blog):
    """The mistake is named; the newest day has its record and post."""
    edit(blog, "dorp: []\n", day="2026-02-15")
    done = blog("build", "--from", "2026-02-15", "--to", DAY, "--quiet", "--no-site")
    assert done.status == 1
    assert "2026-02-15.yaml:1" in done.stderr
    assert record(blog)["status"] == "announced"
    assert blog.post.is_file()


def test_an_addition_that_arxiv_does_not_know_is_named_with_its_line(blog):
    edit(blog, 'add: ["2602.00001"]\n')
    done = blog("build", "--date", DAY, "--quiet")
    assert done.status == 3
    assert f"{DAY}.yaml:1: arXiv knows no paper" in done.stderr


def test_an_addition_that_cannot_be_had_now_waits(blog):
    edit(blog, 'add: ["2602.00001"]\n')
    impatient(blog).server.on(r"/api/query", DOWN)
    blog.server.today = DATE
    done = blog("build", "--date", DAY, "--quiet", DIGEST_NOW=f"{DAY}T09:00:00Z")
    assert done.status == 0
    assert blog.post.is_file()


def test_a_site_whose_first_page_is_gone_is_made_again(blog):
    blog("build", "--date", DAY)
    index = blog.folder / "public/index.html"
    index.unlink()
    blog("build", "--date", DAY)
    assert index.is_file()


def test_a_note_named_like_a_date_is_no_digest(blog):
    blog("build", "--date", DAY)
    note = blog.post.with_name(f"{DAY}-my-notes.md")
    note.write_text('---\ntitle: "Notes"\npublished: 2026-02-16\ntags: RL\n---\n\nMine.\n', encoding="utf-8")
    assert blog("site", "--quiet").status == 0
    assert (blog.folder / f"public/posts/{DAY}-my-notes/index.html").is_file()
    assert blog("check").status == 0
