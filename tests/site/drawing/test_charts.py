"""Charts that can be read at any width, in any colours, and whose labels can do no harm."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from digest.site.drawing.charts import Chart, Series, bars, columns
from digest.typography import width

WEEKS = [f"2026-W{n:02}" for n in range(1, 27)]
HOSTILE = "</title><script>alert(1)</script>\"'&"


def weekly(*series: Series, periods: list[str] = WEEKS, shared: bool = True, limit: int = 8) -> Chart:
    chart = columns("Papers a week", "Week", periods, series, shared=shared, limit=limit)
    assert chart
    return chart


def marks(chart: Chart, tag: str, kind: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(chart.svg).iter(tag) if one.get("class") == kind]


def number(length: str | None) -> float:
    assert length
    return float(re.sub(r"(%|em)$", "", length))


def texts(chart: Chart, kind: str) -> list[str | None]:
    return [one.text for one in marks(chart, "text", kind)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 9, 26, 120])
def test_nothing_leaves_the_chart_and_lengths_are_relative(count: int) -> None:
    periods = [f"week {n}" for n in range(count)]
    chart = weekly(Series("Agents", [1 + n % 7 for n in range(count)]), Series("RL", [100_000] * count), periods=periods)
    root = ElementTree.fromstring(chart.svg)
    height = number(root.get("height"))
    assert "viewBox" not in root.attrib and root.get("width") == "100%"
    for one in root.iter("rect"):
        assert one.get("x", "").endswith("%") and one.get("y", "").endswith("em")
        assert number(one.get("x")) >= 0 and number(one.get("x")) + number(one.get("width")) <= 100.02
        assert number(one.get("y")) >= 0 and number(one.get("y")) + number(one.get("height")) <= height
    for one in root.iter("text"):
        assert 0 <= number(one.get("x")) <= 100 and 0 < number(one.get("y")) <= height


def test_columns_do_not_touch_and_stand_in_order_of_time() -> None:
    found = marks(weekly(Series("Agents", [3] * 26)), "rect", "amount")
    edges = [(number(one.get("x")), number(one.get("x")) + number(one.get("width"))) for one in found]
    assert len(edges) == 26 and all(end < start for (_, end), (start, _) in pairwise(edges))


def test_a_column_is_as_tall_as_its_number() -> None:
    found = marks(weekly(Series("Agents", [0, 2, 4]), periods=WEEKS[:3]), "rect", "amount")
    assert [one[0].text for one in found] == ["2026-W02: 2", "2026-W03: 4"]
    assert number(found[1].get("height")) == 2 * number(found[0].get("height"))


@pytest.mark.parametrize(("shared", "ratio"), [(True, 5), (False, 1)])
def test_panels_share_a_scale_only_where_they_are_compared(shared: bool, ratio: int) -> None:
    chart = weekly(Series("listed", [50]), Series("picked", [10]), periods=WEEKS[:1], shared=shared)
    tall = [number(one.get("height")) for one in marks(chart, "rect", "amount")]
    assert tall[0] == pytest.approx(ratio * tall[1])


def test_a_number_far_below_the_others_can_still_be_seen() -> None:
    tall = [number(one.get("height")) for one in marks(weekly(Series("x", [1, 90_000]), periods=WEEKS[:2]), "rect", "amount")]
    assert tall[0] > 0.1


def test_series_come_with_most_first_and_those_beyond_the_limit_are_in_the_table_only() -> None:
    series = [Series(f"s{n}", [n] * 26, f"{26 * n} papers") for n in range(12)]
    chart = weekly(*series, limit=3)
    assert texts(chart, "name") == ["s11", "s10", "s9"] and texts(chart, "note") == ["286 papers", "260 papers", "234 papers"]
    assert chart.head == ("Week", *(f"s{n}" for n in range(11, 0, -1)))  # s0 never came


def test_the_table_has_the_numbers_of_the_chart() -> None:
    chart = weekly(Series("a", [1, 0]), Series("b", [1000, 5]), periods=WEEKS[:2])
    assert (chart.head, chart.rows) == (("Week", "b", "a"), (("2026-W01", "1,000", "1"), ("2026-W02", "5", "0")))


def test_the_tallest_column_has_its_number_above_it() -> None:
    assert texts(weekly(Series("a", [1, 7, 3]), periods=WEEKS[:3]), "peak") == ["7"]


@pytest.mark.parametrize(("count", "labels"), [(1, "1"), (2, "1 2"), (3, "1 3"), (9, "1 5 9"), (26, "1 14 26")])
def test_the_axis_names_its_ends_and_where_there_is_room_its_middle(count: int, labels: str) -> None:
    chart = weekly(Series("a", [1] * count), periods=WEEKS[:count])
    assert texts(chart, "tick") == [f"2026-W{int(n):02}" for n in labels.split()]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("series", [[], [Series("a", [0, 0])]])
def test_nothing_to_count_makes_no_chart(series: list[Series], shared: bool) -> None:
    assert columns("t", "Week", WEEKS[:2], series, shared=shared) is None


def test_beside_a_series_on_another_scale_one_of_zeros_is_an_empty_panel() -> None:
    series = Series("checked", [5, 7], "scale 0–7"), Series("removed", [0, 0], "0")
    chart = weekly(*series, periods=WEEKS[:2], shared=False)
    assert (texts(chart, "name"), texts(chart, "note"), texts(chart, "peak")) == (
        ["checked", "removed"],
        ["scale 0–7", "0"],
        ["7"],
    )
    assert chart.rows == (("2026-W01", "5", "0"), ("2026-W02", "7", "0"))
    assert weekly(*series, periods=WEEKS[:2]).head == ("Week", "checked")


def test_no_periods_make_no_chart() -> None:
    assert columns("t", "Week", [], [Series("a", [])], shared=True) is None


# --- bars ----------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers_the_longest_first() -> None:
    chart = bars("Tags", ("Tag", "Papers"), [("b", 5), ("a", 5), ("c", 20), ("none", 0)])
    assert chart and texts(chart, "name") == ["c", "a", "b"] and texts(chart, "note") == ["20", "5", "5"]
    assert [one.get("width") for one in marks(chart, "rect", "amount")] == ["100%", "25%", "25%"]
    assert chart.rows == (("c", "20"), ("a", "5"), ("b", "5")) and chart.head == ("Tag", "Papers")


def test_long_names_are_cut_in_the_chart_and_whole_in_the_table() -> None:
    name = "Massachusetts Institute of Technology and others"
    chart = bars("Organisations", ("Organisation", "Papers"), [(name, 3)])
    assert chart and texts(chart, "name") == ["Massachusetts Institute of Technology…"] and chart.rows == ((name, "3"),)


def test_a_name_leaves_room_for_the_note_beside_it() -> None:
    for note in ("", "3", "1,650 papers", "a note that is far too long"):
        chart = weekly(Series("清华大学与上海人工智能实验室 " * 3, [1], note), periods=WEEKS[:1])
        assert width(str(texts(chart, "name")[0])) + width("".join(map(str, texts(chart, "note")))) <= 40


def test_bars_of_nothing_make_no_chart() -> None:
    assert bars("Tags", ("Tag", "Papers"), [("a", 0)]) is None


# --- safety --------------------------------------------------------------------------------------


def test_hostile_labels_are_text() -> None:
    chart = columns(HOSTILE, HOSTILE, [HOSTILE], [Series(HOSTILE, [1], HOSTILE)], shared=False)
    other = bars(HOSTILE, (HOSTILE, HOSTILE), [(HOSTILE, 1)])
    assert chart and other
    for made in (chart, other):
        root = ElementTree.fromstring(made.svg)
        assert {one.tag for one in root.iter()} <= {"svg", "title", "desc", "rect", "line", "text"}
        assert root.findtext("title") == HOSTILE
        assert {name for one in root.iter() for name in one.attrib} <= set(
            "class role width height x y x1 x2 y1 y2 text-anchor".split()
        )


def test_a_chart_says_in_words_what_it_shows() -> None:
    root = ElementTree.fromstring(weekly(Series("Agents", [1, 2], "3 papers"), Series("RL", [1, 0]), periods=WEEKS[:2]).svg)
    assert (root.get("role"), root.findtext("title"), root.findtext("desc")) == (
        "img",
        "Papers a week",
        "Agents: 3; RL: 1",
    )
