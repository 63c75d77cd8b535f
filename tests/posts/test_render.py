"""Posts: what is in them, what is left out, and what happens to a file that somebody has edited.

The golden files are written again with `UPDATE_GOLDEN=1 pytest tests/posts/test_render.py`.
"""

import os
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.config import Config, EditionConfig, Layout, Posts, Site, parse
from digest.digests.edits import Correction, Day
from digest.errors import RenderError
from digest.labels import load_labels
from digest.llm import FailureReason
from digest.models import Digest, Evidence, Language, Mention, Meta, NamedClaim, Problem, Support, TokenUsage
from digest.posts import MadePosts, evidence_url, has_posts, make_posts, paper_url, post_path, read, render
from digest.posts.escaping import plain
from digest.store import sha256, write_many
from fakes import card, claim, covered, day, digest, edition, mention, overview, reading, sample_day, source

GOLDEN = Path(__file__).parents[1] / "golden"
NAME = "daily-papers"
CONFIG = Config(
    site=Site(url="https://papers.example.org/"),
    editions=(EditionConfig(tags=("Daily-Papers",), signature="Curated by a robot 🤖"),),
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A blog of its own in two languages, with three editions."""
    editions = "editions: [{name: daily-papers}, {name: other}, {name: hf, sources: [huggingface]}]"
    return parse(f"posts: {{languages: [zh, en]}}\n{editions}", path=tmp_path / "config.yaml", environ={})


def post(day: Day, language: Language = "en", config: Config = CONFIG) -> str:
    return render(day, NAME, language, config)


def in_layout(layout: Layout) -> Config:
    edition = CONFIG.editions[0].model_copy(update={"layout": layout})
    return CONFIG.model_copy(update={"editions": (edition,)})


def headings(markdown: str) -> list[str]:
    return re.findall(r"^#+ .*$", markdown, flags=re.MULTILINE)


# --- the whole post ------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_realistic_day(layout: Layout, language: Language) -> None:
    written = post(sample_day(language), language, in_layout(layout))
    golden = GOLDEN / f"{layout}.{language}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_front_matter_is_fuwaris() -> None:
    fields, _ = read(post(sample_day("zh"), "zh"), "post.md")
    assert list(fields) == ["title", "published", "description", "tags", "category", "draft", "lang"]
    assert fields["title"] == "Daily AI Papers - 2026年02月18日"
    assert fields["published"] == date(2026, 2, 18)
    assert fields["description"] == "300 篇中精选 3 篇：STAPO、GLM-5、τ-leaping"
    assert fields["tags"] == ["Daily-Papers", "Agentic RL", "RL for LLMs", "Training Stability", "GRPO", "Code Generation"]


def test_updated_is_the_newest_revision() -> None:
    fields, _ = read(post(day(covered(), revised=(date(2026, 2, 19), date(2026, 2, 21)))), "post.md")
    assert fields["updated"] == date(2026, 2, 21)


def test_the_title_of_the_page_is_not_repeated_and_headings_nest() -> None:
    levels = [len(line.split(" ")[0]) for line in headings(post(sample_day()))]
    assert levels[0] == 2
    assert min(levels) == 2
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_no_heading_stands_over_nothing() -> None:
    written = post(day(covered(cards={"en": card(meta=Meta(), support=Support())}, authors=())))
    assert not re.search(r"^#### .*\n+(#|---)", written, flags=re.MULTILINE)
    assert "#### Meta" in written
    assert not re.search(r"#### (Problem|Method|Evidence|Takeaways)", written)
    assert "**Authors**" not in written
    assert "\n\n\n" not in written


@pytest.mark.parametrize("count", [0, 1, 7])
def test_numbers_are_contiguous_and_agree(count: int) -> None:
    papers = [covered(f"2602.1500{n}", stars=3 if n < 2 else 1) for n in range(count)]
    written = post(day(*papers))
    assert re.findall(r"^### (\d+)\. ", written, flags=re.MULTILINE) == [str(n + 1) for n in range(count)]
    assert len(re.findall(r"^\| \[", written, flags=re.MULTILINE)) == count
    assert written.count("- **[A Title") == min(count, 2)
    assert (f"**{count}** picked from 300" if count else "None picked from 300") in written
    assert ("## Summary" in written) == bool(count)


def test_a_picked_id_without_card_leaves_no_gap() -> None:
    papers = (covered("2602.15001"), covered("2602.15003"))
    picked = edition(*papers, picked=("2602.15001", "2602.15002", "2602.15003"))
    written = post(day(*papers, editions={NAME: picked}))
    assert re.findall(r"^### (\d+)\.", written, flags=re.MULTILINE) == ["1", "2"]
    assert "**2** picked" in written


# --- a card --------------------------------------------------------------------------------------


def test_every_claim_leads_to_its_sentence() -> None:
    found = covered(reading=reading(version=2))
    assert evidence_url(CONFIG, found, 2) == "https://papers.example.org/papers/2602.15763/#v2-s2"
    assert f"7.13% [[2]]({evidence_url(CONFIG, found, 2)})" in post(day(found))


def test_an_anchor_without_version_and_an_old_id() -> None:
    found = covered("cs/0112017", reading=reading(version=None))
    assert evidence_url(CONFIG, found, 3) == "https://papers.example.org/papers/cs_0112017/#s3"
    assert paper_url(CONFIG, "math.GT/0309136") == "https://papers.example.org/papers/math.GT_0309136/"


def test_a_card_in_the_papers_language_stands_under_the_posts_labels() -> None:
    written = post(day(covered(stars=3)), "zh")
    assert "- **TL;DR**：The method improves accuracy by 7.13%" in written
    assert "- **阅读依据**：仅摘要" in written
    assert "原句摘录（未使用模型），核对 1 条，删去 0 条" in written
    assert "⭐⭐⭐ 必读（Hugging Face 点赞 12）" in written


def test_a_full_text_names_its_version_and_whether_it_was_cut() -> None:
    assert "**阅读依据**：全文（HTML，v1），有截断" in post(day(covered(reading=reading(source="html", truncated=True))), "zh")


@pytest.mark.parametrize(("count", "expected"), [(1, "A0"), (3, "A0, A1, A2"), (4, "A0, A1, A2 等")])
def test_three_authors_are_named(count: int, expected: str) -> None:
    authors = tuple(f"A{n}" for n in range(count))
    assert f"- **作者**：{expected}\n" in post(day(covered(authors=authors)), "zh")


def test_stars_say_of_which_day_they_are() -> None:
    found = covered(code="https://github.com/a/b", github_stars=1049, as_of=date(2026, 2, 18))
    assert "[Code](https://github.com/a/b) ⭐ 1049 (as of 2026-02-18)" in post(day(found))


def test_a_model_that_failed_is_told() -> None:
    assert "quoted sentences (no model used), the model could not fill it: no answer in time" in post(
        day(covered(cards={"en": card(reason="timeout")}))
    )


def test_an_editors_words_are_marked() -> None:
    edited = card(problem=Problem(core_idea=claim("Mine").model_copy(update={"evidence": (), "status": "edited"})))
    assert "- **Core idea**: Mine (edited)\n" in post(day(covered(cards={"en": edited})))


def test_no_column_without_content() -> None:
    assert "| Paper | Rating | TL;DR |\n|---|---|---|\n" in post(day(covered()))
    assert "| Paper | Rating |\n|---|---|\n" in post(day(covered(cards={"en": card(meta=Meta())})))


def test_corrections_and_intro() -> None:
    corrections = [Correction(id="2602.15763", text={"zh": "数字有误", "en": "A number was *wrong*"})]
    written = post(day(covered(), intro={"en": "Hello **you**.\n\nRead on."}, corrections=corrections))
    assert "> **Correction**: A number was \\*wrong\\*\n" in written
    assert "\nHello **you**.\n\nRead on.\n" in written


def test_feedback_link() -> None:
    config = Config(site=Site(feedback="https://example.org/?id={id}&day={date}"))
    assert "[Report an error](https://example.org/?id=2602.15763&day=2026-02-18)" in post(day(covered()), config=config)


# --- the day -------------------------------------------------------------------------------------


def test_a_day_that_is_not_complete_says_so_and_names_what_is_missing() -> None:
    sources = (source(status="failed", via=None, entries=0, date=None), source("cs.LG", status="stale", date=date(2026, 2, 17)))
    written = post(day(covered(), provisional=True, sources=sources), "zh")
    assert "> Hugging Face Daily Papers：读取失败。" in written
    assert "> arXiv cs.LG：尚未更新。" in written
    assert "> 未收齐，将自动补全。" in written
    assert "- [arXiv cs.LG](https://arxiv.org/list/cs.LG/recent)：尚未更新，列表日期 2026-02-17" in written


def test_a_quiet_day_says_which_day_its_papers_are_from() -> None:
    written = post(day(covered(), status="quiet", listed_on=date(2026, 2, 17)), "zh")
    assert "> 今日无公告，以下论文选自 2026-02-17 的公告。" in written


def test_also_and_repeated_are_a_line_each() -> None:
    also = mention(code="https://github.com/a/b")
    repeated = mention("2602.13949", why="repeated", first=date(2026, 2, 17))
    written = post(day(covered(), also=[also], repeated=[repeated]), "zh")
    line = "- [A Title of 2602.15829](https://arxiv.org/abs/2602.15829)（cs.LG，[代码](https://github.com/a/b)）：代码已公开\n"
    assert line in written
    assert "- [A Title of 2602.13949](https://papers.example.org/papers/2602.13949/)（2026-02-17）\n" in written


def test_an_also_note_that_has_a_card_in_another_edition_is_still_listed() -> None:
    first, second = covered("2602.15001"), covered("2602.15002")
    editions = {NAME: edition(first, also=("2602.15002",)), "other": edition(second)}
    written = post(day(first, second, editions=editions))
    assert "- [A Title of 2602.15002](https://arxiv.org/abs/2602.15002) (cs.LG): 12 upvotes on Hugging Face\n" in written


def test_unknown_cost_is_unknown_and_not_zero() -> None:
    assert "- 模型用量：3 次调用，tokens 未知，费用未知" in post(day(covered(), usage=TokenUsage(calls=3)), "zh")
    known = TokenUsage(calls=3, prompt_tokens=9000, completion_tokens=1000, cost=0.0123, currency="USD")
    assert "- 模型用量：3 次调用，10,000 tokens，费用 \\$0.0123" in post(day(covered(), usage=known), "zh")


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = [
    "GLM-5: from # x --- @y \\alpha {a} 'q' \"r\"",
    "yes",
    "2026-02-18",
    "[x](javascript:alert(1)) ![i](https://a.b/c.png) <script>alert(1)</script>",
    "a | b\n---\n# H1\n{{7*7}} {% raw %}",
    "$a<b$ $\\tau_p$ and a lone $",
    "日本語 \u202eabc\u200b 😀 " + "long " * 400,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_changes_no_structure(text: str) -> None:
    check_literal(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="$"), min_size=1).filter(plain))
def test_any_text_changes_no_structure(text: str) -> None:
    check_literal(text)


def check_literal(text: str) -> None:
    """The post of a day that says this text everywhere has the structure of one that says a word."""
    said, tame = post(everywhere(text)), post(everywhere("word"))
    fields, body = read(said, "post.md")
    assert fields["description"] == plain(text)
    assert fields["tags"][1:] == [plain(text)]
    assert structure(body) == structure(read(tame, "post.md")[1])


def everywhere(text: str) -> Day:
    """A day with one text in every place that comes from outside."""
    filled = card(
        meta=Meta(tldr=claim(text), tags=(text,), directions=(text,), title_translated=text),
        problem=Problem(gaps=(claim(text), claim(text)), contributions=(NamedClaim(name=text, text=text, evidence=(1,)),)),
        evidence=Evidence(limitations=(claim(text),)),
    )
    found = covered(cards={"en": filled}, stars=3, title=text, authors=(text,), organisation=text, venue=text)
    seen = {"en": overview(headline=text, trends=({"name": text, "text": text, "papers": ()},))}
    also: Mention = mention(title=text, reason={"en": text})
    return day(found, also=[also], editions={NAME: edition(found, also=(also.id,), overview=seen)})


def structure(body: str) -> list[tuple[str, str, str]]:
    """The tokens of a body without its words: kinds, tags and addresses."""
    found: list[tuple[str, str, str]] = []
    for block in MarkdownIt("commonmark").enable("table").parse(body):
        tokens = [t for t in (block.children or [block]) if t.type not in ("text", "text_special")]
        found += [(t.type, t.tag, str(t.attrs.get("href", ""))) for t in tokens]
    return found


def test_titles_are_never_cut() -> None:
    title = "A " + "very " * 100 + "long title"
    assert post(day(covered(title=title))).count(title) == 3


# --- templates -----------------------------------------------------------------------------------


def test_a_template_of_the_user_goes_first_and_a_variable_that_is_missing_is_an_error(config: Config) -> None:
    own = config.path("templates") / "posts"
    own.mkdir(parents=True)
    (own / "cards.md.j2").write_text("{{ post.picked }}\n{{ nothing.here }}\n")
    with pytest.raises(RenderError, match=r"cards\.md\.j2:2: the template fails: 'nothing' is undefined"):
        write_posts(day(covered()), digest(covered()), config)
    assert not config.path("posts").exists()


def test_a_template_that_is_no_template(config: Config) -> None:
    own = config.path("templates") / "posts"
    own.mkdir(parents=True)
    (own / "cards.md.j2").write_text("\n{% if %}\n")
    with pytest.raises(RenderError, match=r"cards\.md\.j2:2"):
        post(day(covered()), config=config)


def test_an_edition_or_layout_that_does_not_exist() -> None:
    with pytest.raises(RenderError, match=r"no edition 'x'.*the day has daily-papers"):
        render(day(covered()), "x", "en", CONFIG)
    with pytest.raises(RenderError, match=r"no layout 'verse'.*known: cards"):
        render(day(covered(), editions={"x": edition(layout="verse")}), "x", "en", CONFIG)


def write_posts(day: Day, record: Digest, config: Config, **options: Any) -> MadePosts:
    """Make posts and write them."""
    made = make_posts(day, record, config, **options)
    write_many(made.files)
    return made


# --- files ---------------------------------------------------------------------------------------


def test_one_post_per_edition_and_language(config: Config) -> None:
    papers = (covered(),)
    record = digest(*papers, editions={NAME: edition(*papers), "other": edition(*papers)})
    done = write_posts(Day(digest=record), record, config)
    assert [p.name for p in done.files] == [
        "2026-02-18-daily-papers.md",
        "2026-02-18-daily-papers.en.md",
        "2026-02-18-other.md",
        "2026-02-18-other.en.md",
    ]
    written = list(done.files)
    assert written[0] == post_path(config, date(2026, 2, 18), NAME, "zh")
    assert done.hashes["content/posts/2026/2026-02-18-daily-papers.en.md"] == sha256(written[1].read_bytes())


def test_posts_of_an_edition_that_is_no_longer_configured_stay_as_they_stand(config: Config) -> None:
    record = digest(covered(), editions={"gone": edition(covered())})
    done = make_posts(Day(digest=record), record, config)
    assert (done.files, done.kept, done.hashes) == ({}, (), {})


def test_a_second_time_nothing_changes(config: Config) -> None:
    first = write_posts(day(covered()), digest(covered()), config)
    second = write_posts(day(covered()), digest(covered(), posts=first.hashes), config)
    assert (second.files, second.kept) == ({}, ())
    assert first.files
    assert second.hashes == first.hashes


def test_a_changed_day_is_written_again(config: Config) -> None:
    first = write_posts(day(covered()), digest(covered()), config)
    second = write_posts(day(covered(title="New")), digest(covered(title="New"), posts=first.hashes), config)
    assert list(second.files) == list(first.files)


def test_a_post_edited_by_hand_is_kept_unless_it_is_to_be_overwritten(config: Config) -> None:
    first = write_posts(day(covered()), digest(covered()), config)
    mine = next(iter(first.files))
    mine.write_text(mine.read_text() + "My own words.\n")
    record = digest(covered(title="New"), posts=first.hashes)
    second = write_posts(Day(digest=record), record, config)
    assert second.kept == (mine,)
    assert mine.read_text().endswith("My own words.\n")
    key = "content/posts/2026/2026-02-18-daily-papers.md"
    assert second.hashes[key] == first.hashes[key]
    third = write_posts(Day(digest=record), record, config, overwrite=True)
    assert mine in third.files
    assert third.hashes[key] == sha256(mine.read_bytes())


def test_a_file_of_somebody_else_is_kept(config: Config) -> None:
    mine = post_path(config, date(2026, 2, 18), NAME, "zh")
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = write_posts(day(covered()), digest(covered()), config)
    assert done.kept == (mine,)
    assert list(done.hashes) == ["content/posts/2026/2026-02-18-daily-papers.en.md"]


@pytest.mark.parametrize(
    ("status", "listed_on", "expected"),
    [("announced", 18, True), ("quiet", 18, False), ("quiet", 17, True), ("stale", 18, False), ("failed", 18, False)],
)
def test_which_days_leave_a_post(config: Config, status: str, listed_on: int, expected: bool) -> None:
    record = digest(covered(), status=status, listed_on=date(2026, 2, listed_on))
    assert has_posts(record) is expected
    assert bool(write_posts(Day(digest=record), record, config).files) is expected


def test_new_posts_are_drafts_where_the_blog_wants_it_and_what_stands_stays_what_it_is(config: Config) -> None:
    drafting = config.model_copy(update={"posts": Posts(languages=("zh",), draft=True)})
    drafting._file = config._file
    published = write_posts(day(covered()), digest(covered()), config)
    path = next(iter(published.files))
    again = write_posts(day(covered(title="New")), digest(covered(title="New"), posts=published.hashes), drafting)
    assert path in again.files
    assert read(path.read_text(), "post.md")[0]["draft"] is False
    path.unlink()
    first = write_posts(day(covered()), digest(covered()), drafting)
    assert read(path.read_text(), "post.md")[0]["draft"] is True
    second = write_posts(day(covered(title="New")), digest(covered(title="New"), posts=first.hashes), config)
    assert path in second.files
    assert read(path.read_text(), "post.md")[0]["draft"] is True


def test_an_edition_without_an_announced_source_leaves_no_post(config: Config) -> None:
    found = covered()
    failed = (source(status="failed", via=None, entries=0, date=None), source("cs.LG"))
    editions = {NAME: edition(found), "hf": edition(sources=("huggingface",), listed=0)}
    record = digest(found, sources=failed, editions=editions)
    assert {path.name for path in write_posts(Day(digest=record), record, config).files} == {
        "2026-02-18-daily-papers.md",
        "2026-02-18-daily-papers.en.md",
    }
    written = post(Day(digest=record), "zh")
    assert "今天从 **arXiv** 的 300 篇论文中筛选出 **1 篇**" in written
    assert "**数据来源**：arXiv cs.LG\n" in written


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_way_in_which_a_model_fails_has_words(language: Language) -> None:
    words = load_labels(language).raw("card.failure")
    assert set(words) == set(get_args(FailureReason))


def test_a_post_tells_how_many_claims_were_checked_and_removed_in_all() -> None:
    first = card(support=Support(claims=10, supported=9, partly=1, removed=2))
    second = card(support=Support(claims=5, supported=5))
    written = post(day(covered("2602.00001", cards={"en": first}), covered("2602.00002", cards={"en": second})))
    assert "\n- Checks: 17 claims checked, 2 removed, 1 with numbers or names from elsewhere in the paper\n" in written
