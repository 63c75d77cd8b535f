"""Notes for Obsidian: valid properties, and nothing in a paper's text that Obsidian would make something of."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.config import Config, parse
from digest.labels import load_labels
from digest.models import CardProvenance, Meta, Quote, Support
from digest.posts.escaping import plain as cleaned
from digest.posts.tags import obsidian_tag
from digest.site.exports import EXPORTS, DigestExport, PaperExport, file_name
from digest.site.exports.obsidian import escaped
from digest.site.exports.tex import unicode
from fakes import card, claim, covered, day, sample_day

Exported = Callable[..., PaperExport]
Shown = Callable[..., DigestExport]
OBSIDIAN = EXPORTS["obsidian"]
LABELS = load_labels("en")
WIKI = "[[link]] ![[embed]] #tag %%comment%% ==mark== ^block <b> `x` ~~s~~ $5"


def properties(note: str) -> dict[str, Any]:
    opening, block, _ = note.split("---\n", 2)
    assert opening == ""
    found: dict[str, Any] = yaml.safe_load(block)
    return found


def body(note: str) -> str:
    return note.split("---\n", 2)[2]


def test_properties_have_the_types_that_obsidian_shows() -> None:
    whole = sample_day("en")
    found = properties(OBSIDIAN.paper(PaperExport(whole, whole.digest.papers[0], "liu2026stapo", Config(), LABELS)))
    title = "STAPO: Stabilizing Reinforcement Learning for LLMs by Silencing Rare Spurious Tokens"
    assert found["aliases"] == [title, "STAPO"]
    assert found["authors"] == ["Shiqi Liu", "Zeyu He", "Guojian Zhan", "Letian Tao"]
    assert found["arxiv"] == "2602.15620" and found["rating"] == 3 and found["citekey"] == "liu2026stapo"
    assert (str(found["date"]), str(found["published"])) == ("2026-02-18", "2026-02-17")
    assert found["tags"] == ["Agentic-RL", "RL-for-LLMs", "Training-Stability", "GRPO"]
    assert found["url"] == "https://arxiv.org/abs/2602.15620"


def test_each_claim_leads_to_its_sentence() -> None:
    whole = sample_day("en")
    note = OBSIDIAN.paper(PaperExport(whole, whole.digest.papers[0], "key", Config(), LABELS))
    marks, notes = set(re.findall(r"\[\^(s\d+)\](?!:)", note)), set(re.findall(r"^\[\^(s\d+)\]:", note, re.MULTILINE))
    assert marks == notes == {"s1", "s2", "s3", "s4"}
    assert "[^s3]: Sentence 3 of the abstract." in note
    assert "14 claims checked, 2 removed" in note and "*Suggestions (not from the paper)*" in note


def test_a_hostile_text_stays_text(exported: Exported) -> None:
    meta = Meta(tldr=claim(WIKI, 1), short_name=WIKI, tags=("a b", "2026", "C++", WIKI))
    quotes = {1: Quote(text=WIKI, section=WIKI)}
    filled = card(meta=meta, filled_by="model", support=Support(), provenance=CardProvenance(provider="openai", model=WIKI))
    note = OBSIDIAN.paper(exported(covered(title=WIKI, authors=(WIKI,), quotes=quotes, cards={"en": filled})))
    text = body(note)
    for mark in ("[[", "]]", "%%", "=="):
        assert mark not in text, mark
    assert not re.search(r"(?<!\\)#tag|(?<!\\)\^block", text)
    assert "[[" not in note.split("---\n", 2)[1]
    assert text.count("\n# ") == 1 and "<b>" not in text.replace("\\<b>", "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_properties_give_back_what_was_written(title: str, author: str) -> None:
    paper = covered(title=title, authors=(author,), cards={"en": card(meta=Meta(tags=(title,)))})
    found = properties(OBSIDIAN.paper(PaperExport(day(paper), paper, "key", Config(), LABELS)))
    assert found["authors"] == [cleaned(unicode(author)).replace("[[", "[ [").replace("]]", "] ]")]
    assert found["tags"] == [obsidian_tag(cleaned(title))] * bool(obsidian_tag(cleaned(title))) and found["arxiv"] == "2602.15763"


def test_a_note_has_the_tags_of_the_copies_for_obsidian(exported: Exported) -> None:
    meta = Meta(tags=("RL for LLMs", "2026", "C++", "强化学习", "#"))
    note = OBSIDIAN.paper(exported(covered(cards={"en": card(meta=meta)})))
    assert properties(note)["tags"] == ["RL-for-LLMs", "_2026", "C", "强化学习"]


@example("# Title")
@example("About C #")
@example("===")
@example("#$x$")
@example(r"\#tag")
@given(st.text(st.sampled_from("[]#%=^*_`~|!<>\\ ab1中"), max_size=12))
def test_an_escaped_text_shows_the_same_words(text: str) -> None:
    made = escaped(text)
    assert not re.search(r"\[\[|\]\]|%%|==", re.sub(r"\$[^$]*\$", "", made))
    plain = "".join(token.content for token in MarkdownIt("commonmark").parseInline(made)[0].children or [])
    assert plain == cleaned(text)


@given(st.text(max_size=200), st.text(max_size=100))
def test_the_file_name_is_valid_everywhere(title: str, name: str) -> None:
    meta = Meta(short_name=name)
    paper = covered("cs/0112017", title=title, cards={"en": card(meta=meta)})
    found = file_name("obsidian", PaperExport(day(paper), paper, "key", Config(), LABELS))
    assert found.startswith("cs_0112017") and found.endswith(".md") and len(found.encode()) <= 255
    assert not re.search(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f]', found)
    assert not found.removesuffix(".md").endswith((" ", ".")) and found.isprintable()


def test_a_digest_links_the_notes_of_its_papers_by_their_names(shown: Shown) -> None:
    made = shown(covered("2602.00001", title="One: a [title] | of #1"), covered("cs/0112017", title="Two"))
    note = OBSIDIAN.digest(made)
    links = re.findall(r"\[\[([^|\]]+)\|([^\]]+)\]\]", note)
    assert [f"{target}.md" for target, _ in links] == [file_name("obsidian", paper) for paper in made.papers]
    assert [name for _, name in links] == ["One", "Two"]
    assert properties(note)["tags"] == ["Agentic-RL"] and str(properties(note)["date"]) == "2026-02-18"


def test_the_editors_words_open_a_digests_note_as_they_were_written(shown: Shown) -> None:
    note = OBSIDIAN.digest(shown(covered(), intro={"en": "See [my notes](https://example.org) on *towels*.\n", "zh": "看这里"}))
    assert "\n\nSee [my notes](https://example.org) on *towels*.\n\n- ⭐⭐ [[" in note and "看这里" not in note


def test_without_a_site_no_link_says_that_it_leads_to_the_page() -> None:
    alone = parse("site: {enabled: false}", path=Path("config.yaml"), environ={})
    paper = covered()
    for config, count in ((Config(), 1), (alone, 0)):
        note = OBSIDIAN.paper(PaperExport(day(paper), paper, "key", config, LABELS))
        assert note.count("[page](") == count == len([key for key in properties(note) if key == "page"])
        assert "[arXiv](https://arxiv.org/abs/2602.15763)" in note
