"""Which directions grew or shrank, and where nothing can be said."""

import pytest

from digest.roundups.directions import Direction, compare, directions_of
from fakes import card, covered
from roundups.weeks import pick


def papers(*names, start=0):
    """A paper for each name."""
    return [pick(f"2602.{start + n:05}", name) for n, name in enumerate(names)]


def trends(now, *before):
    return {one.name: one.trend for one in compare(now, before)}


@pytest.mark.parametrize(
    ("papers", "cards", "before", "cards_before", "trend"),
    [
        (12, 30, 24, 120, "up"),
        (1, 30, 40, 120, "down"),
        (0, 30, 40, 120, "down"),
        (5, 30, 0, 120, "up"),
        (7, 30, 24, 120, "same"),
        (6, 30, 24, 120, "same"),
        (30, 30, 120, 120, "same"),
        (2, 30, 1, 120, "unknown"),
        (6, 9, 24, 120, "unknown"),
        (6, 30, 9, 9, "unknown"),
        (6, 30, 0, 0, "unknown"),
        (0, 0, 24, 120, "unknown"),
    ],
)
def test_a_change_is_one_that_chance_would_not_often_make(papers, cards, before, cards_before, trend):
    assert Direction("x", papers, cards, before, cards_before, 4).trend == trend


def test_a_short_week_is_compared_by_share_and_not_by_count():
    usual = papers(*["RL"] * 10, *["Vision"] * 20)
    assert trends(papers(*["RL"] * 4, *["Vision"] * 8), usual, usual, usual, usual) == {"RL": "same", "Vision": "same"}


def test_periods_without_a_paper_are_no_zeros():
    usual = papers(*["RL"] * 10, *["Vision"] * 10)
    (vision, rl) = sorted(compare(usual, [usual, [], usual, []]), key=lambda one: one.name, reverse=True)
    assert (rl.periods, rl.mean_before, rl.share_before, rl.trend) == (2, 10, 0.5, "same")
    assert vision.cards_before == 40


def test_a_direction_that_is_gone_is_told_if_it_would_be_missed():
    before = papers(*["RL"] * 15, *["Vision"] * 13, *["Robots"] * 2)
    found = compare(papers(*["Vision"] * 30), [before, before])
    assert [(one.name, one.papers, one.trend) for one in found] == [("Vision", 30, "up"), ("RL", 0, "down")]


def test_the_commonest_come_first_and_the_order_does_not_depend_on_that_of_papers():
    now = papers("B", "A", "A", "C", "B")
    assert [one.name for one in compare(now, [])] == [one.name for one in compare(now[::-1], [])] == ["A", "B", "C"]


def test_a_paper_without_directions_is_about_the_interests_that_it_met():
    assert directions_of(pick("2602.00001", "RL", "Agents")) == ("RL", "Agents")
    assert directions_of(covered(cards={"en": card(meta={})})) == ("Agentic RL",)
