"""Ranking: named signals, the same order for the same input, reasons in words."""

import random

import pytest

from digest.config import Avoid, Follow, Interest, Selection
from digest.labels import load_labels
from digest.models import Candidate
from digest.selection import rank, stars, worded
from fakes import paper


def candidate(paper_id="2602.00001", abstract="We train agents.", listed_by=("arxiv/cs.AI",), **fields):
    return Candidate(paper=paper(paper_id, **fields), abstract=abstract, listed_by=listed_by)


def keys(ranked):
    return [reason.key for reason in ranked.reasons]


AGENTS = Interest(name="Agents", terms=("agentic", "tool use"), weight=1.0)


def test_a_term_in_the_title_weighs_more_than_one_in_the_abstract():
    title = candidate("2602.00001", title="Agentic search", abstract="Nothing.")
    abstract = candidate("2602.00002", title="Search", abstract="An agentic way.")
    first, second = rank([abstract, title], Selection(interests=(AGENTS,)))
    assert (first.id, second.id) == ("2602.00001", "2602.00002")
    assert keys(first)[0] == "interest_title"
    assert keys(second)[0] == "interest_abstract"


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("tool use", "Learning tool-use online", True),
        ("agent", "Multi-agent systems", True),
        ("agent", "Reagents in chemistry", False),
        ("agent", "Agents that plan", True),
        ("RAG", "A rag doll", False),
        ("RAG", "RAG at scale", True),
        ("智能体", "面向智能体的训练", True),
        ("c++", "Programs in C++ and more", True),
    ],
)
def test_terms_are_matched_as_words(term, text, found):
    (ranked,) = rank([candidate(title=text)], Selection(interests=(Interest(name="X", terms=(term,)),)))
    assert ("interest_title" in keys(ranked)) is found


def test_every_signal_is_a_reason_that_can_be_read():
    """Upvotes, stars, both sources, author and organisation are worded in both languages."""
    found = candidate(
        authors=("Ada Lovelace",),
        organisation="Analytical Engines",
        code="https://github.com/a/b",
        stars=120,
        upvotes=12,
        listed_by=("huggingface/daily_papers", "arxiv/cs.AI"),
    )
    follow = Follow(authors=("ada lovelace",), organisations=("Analytical Engines",))
    (ranked,) = rank([found], Selection(follow=follow))
    assert set(keys(ranked)) == {"author", "organisation", "upvotes", "stars", "both"}
    english = "; ".join(worded(ranked.reasons, load_labels("en")))
    assert "12 upvotes" in english
    assert "120 stars" in english
    assert "Hugging Face 点赞 12" in worded(ranked.reasons, load_labels("zh"))


def test_more_upvotes_rank_higher():
    few, many = candidate("2602.00001", upvotes=2), candidate("2602.00002", upvotes=40)
    assert [r.id for r in rank([few, many], Selection())] == ["2602.00002", "2602.00001"]


def test_the_order_does_not_depend_on_the_input_order():
    papers = [candidate(f"2602.{n:05}", upvotes=n % 3) for n in range(40)]
    expected = [r.id for r in rank(papers, Selection())]
    shuffled = papers[:]
    random.Random(7).shuffle(shuffled)
    assert [r.id for r in rank(shuffled, Selection())] == expected


def test_what_is_to_be_avoided_comes_last_with_its_reason():
    selection = Selection(avoid=(Avoid(name="Medicine", terms=("clinical",), reason="not our field"),))
    avoided = candidate("2602.00001", title="Clinical agents", upvotes=99)
    plain = candidate("2602.00002")
    first, last = rank([avoided, plain], selection)
    assert (first.id, last.id) == ("2602.00002", "2602.00001")
    assert last.barred is not None
    assert last.barred.words(load_labels("en")) == "to be avoided, “Medicine”: not our field"


def test_one_passing_mention_in_the_abstract_is_not_avoided():
    selection = Selection(avoid=(Avoid(name="Medicine", terms=("clinical",)),))
    once = candidate(abstract="It also works on clinical notes.")
    twice = candidate(abstract="Clinical notes and clinical trials.")
    assert rank([once], selection)[0].barred is None
    assert rank([twice], selection)[0].barred is not None


@pytest.mark.parametrize(
    "comment", ["This paper has been withdrawn by the authors", "Withdrawn due to an error", "The submission is withdrawn"]
)
def test_a_withdrawn_paper_is_never_shown_among_the_picks(comment):
    (ranked,) = rank([candidate(comment=comment, upvotes=500)], Selection())
    assert ranked.barred is not None
    assert ranked.barred.key == "withdrawn"


def test_only_the_first_must_reads_with_enough_signal_get_three_stars():
    selection = Selection(must_read=1)
    strong = rank([candidate(upvotes=60)], selection)[0]
    weak = rank([candidate()], selection)[0]
    assert stars(0, strong, selection) == 3
    assert stars(1, strong, selection) == 2
    assert stars(0, weak, selection) == 1
