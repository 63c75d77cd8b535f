"""Choosing: picks, also-noted, excluded; what was published stays."""

from digest.config import Selection
from digest.models import Candidate
from digest.selection import choose, rank
from fakes import paper


def ranked(count, *, without_text=()):
    papers = [
        Candidate(paper=paper(f"2602.{n:05}", upvotes=count - n + 1), abstract="" if n in without_text else "Text.")
        for n in range(1, count + 1)
    ]
    return rank(papers, Selection())


def ids(rows):
    return [int(r.id[-5:]) for r in rows]


def test_nothing_disappears():
    choice = choose(ranked(20), Selection(pick=3, also=5))
    assert ids(choice.picked) == [1, 2, 3]
    assert ids(choice.also) == [4, 5, 6, 7, 8]
    assert ids(r for r, _ in choice.excluded) == list(range(9, 21))
    assert {reason.key for _, reason in choice.excluded} == {"rank"}


def test_all_picks_everything():
    assert ids(choose(ranked(7), Selection(pick="all")).picked) == [1, 2, 3, 4, 5, 6, 7]


def test_fewer_papers_than_asked_for():
    choice = choose(ranked(2), Selection(pick=6, also=10))
    assert ids(choice.picked) == [1, 2]
    assert not choice.also
    assert not choice.excluded


def test_a_paper_without_a_text_gets_no_card_and_is_named():
    choice = choose(ranked(4, without_text={1}), Selection(pick=2, also=1))
    assert ids(choice.picked) == [2, 3]
    assert ids(choice.failed) == [1]
    assert ids(choice.also) == [4]


def test_published_papers_stay_first_and_at_most_two_late_ones_follow():
    kept = ["2602.00009", "2602.00008"]
    choice = choose(ranked(9), Selection(pick=4), kept=kept)
    assert choice.ids[:2] == tuple(kept)
    assert ids(choice.picked) == [1, 2, 3, 4]
    full = choose(ranked(9), Selection(pick=2), kept=kept)
    assert ids(full.picked) == [1, 2]
    crowded = choose(ranked(9), Selection(pick=4), kept=[f"2602.{n:05}" for n in (6, 7, 8, 9)])
    assert ids(crowded.picked) == [1, 2]


def test_what_was_known_and_not_picked_is_not_picked_late():
    choice = choose(ranked(5), Selection(pick=2), kept=["2602.00005"], settled=["2602.00001"])
    assert ids(choice.picked) == [2]
    assert 1 in ids(r for r, _ in choice.excluded)


def test_what_was_noted_stays_noted_and_late_papers_join_it():
    kept, noted, settled = ["2602.00009"], ["2602.00008", "2602.00007"], ["2602.00006"]
    choice = choose(ranked(9), Selection(pick=1, also=2), kept=kept, noted=noted, settled=settled)
    assert ids(choice.picked) == [1]
    assert ids(choice.also) == [8, 7, 2, 3, 4, 5]
    assert ids(r for r, _ in choice.excluded) == [6]


def test_a_published_paper_stays_though_the_list_has_lost_it():
    choice = choose(ranked(3), Selection(pick=2), kept=["2602.99999"])
    assert choice.ids[0] == "2602.99999"
