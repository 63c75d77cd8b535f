"""Related papers share what few papers have, and a new day changes nothing that an older one was told."""

import random
from collections.abc import Mapping, Sequence

import pytest

from digest.site.facts import PaperRow
from digest.site.kinship.related import NEWEST, Index, followed, later, relate, terms
from digest.site.kinship.telling import singular, telling


def paper(title: str, blurb: str = "", tags: tuple[str, ...] = (), directions: tuple[str, ...] = ()) -> PaperRow:
    return PaperRow(
        "2602.00001", title, title, "en", 1, blurb, directions, tags, ("cs.LG",), "", False, None, False, "2026-02-18"
    )


def _topics() -> dict[str, tuple[str, ...]]:
    """Papers of four topics, among others that have nothing in common but ordinary words."""
    named = {
        "sae-1": paper("Sanity Checks for Sparse Autoencoders", "We ask whether sparse autoencoders beat random baselines"),
        "sae-2": paper("Evaluating Sparse Autoencoders on Synthetic Data", "A benchmark for the features of sparse autoencoders"),
        "web-1": paper("A World Model for Web Agent Training", "We introduce a simulator of websites for training web agents"),
        "web-2": paper("Modeling Human Interaction in Web Agents", "We study how people step in while web agents browse"),
        "zh-1": paper("蒸馏的扩散模型", "用一致性蒸馏加速扩散模型的采样", ("一致性蒸馏",)),
        "zh-2": paper("更快的图像生成", "一致性蒸馏让扩散模型一步出图", ("一致性蒸馏",)),
        "ts-1": paper("Time Series Forecasting with Language Models", "Forecasting of energy prices"),
        "ts-2": paper("Rethinking Time Series Forecasting", "A novel framework achieves state-of-the-art performance"),
    }
    found = {name: terms(row) for name, row in named.items()}
    chance = random.Random(7)
    ordinary = "model learning training large performance framework novel efficient general scalable data".split()
    for number in range(200):
        own = [f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{number}{n}x" for n in range(4)]
        words = [*own, *chance.sample(ordinary, 5)]
        chance.shuffle(words)
        found[f"other-{number:03}"] = terms(paper(" ".join(words)))
    return found


@pytest.mark.parametrize("topic", ["sae", "web", "zh", "ts"])
def test_papers_of_a_topic_find_each_other_and_nothing_else(topic: str) -> None:
    (found,) = relate([_topics()], 0, 5)
    assert [one.id for one in found[f"{topic}-1"]] == [f"{topic}-2"]
    assert [one.id for one in found[f"{topic}-2"]] == [f"{topic}-1"]


def test_papers_that_share_ordinary_words_only_are_not_related() -> None:
    (found,) = relate([_topics()], 0, 5)
    assert not any(found[name] for name in found if name.startswith("other"))


def test_the_shared_terms_say_why_the_rarest_first() -> None:
    (found,) = relate([_topics()], 0, 5)
    shared = found["web-1"][0].shared
    assert set(shared) >= {"web", "web agent"} and "training" not in shared


def _random_days(count: int) -> list[dict[str, list[str]]]:
    chance = random.Random(3)
    days: list[dict[str, list[str]]] = []
    for day in range(count):
        topics = {f"{day:03}.{n}": (chance.randrange(40), chance.randrange(15)) for n in range(chance.randint(1, 6))}
        days.append({i: [f"a{topic} b{topic}", f"b{topic}", f"c{other}", f"d{other}", i] for i, (topic, other) in topics.items()})
    days[20]["003.0"] = ["a1 b1", "b1", "c2"]  # covered again, with other words
    return days


@pytest.mark.parametrize("known", [0, 1, 19, 20, 21, 58, 59, 60])
def test_what_is_added_to_known_days_is_what_a_run_over_all_days_finds(known: int) -> None:
    days = _random_days(60)
    whole = list(relate(days, 0, 5))
    assert sum(len(related) for day in whole for related in day.values()) > 50
    assert list(relate(days, known, 5)) == whole[known:]


def test_a_new_day_changes_nothing_that_older_days_were_told() -> None:
    days = _random_days(60)
    assert list(relate(days, 0, 5))[:40] == list(relate(days[:40], 0, 5))


def test_related_papers_are_of_the_same_day_or_an_earlier_one() -> None:
    for found in relate(_random_days(60), 0, 5):
        for paper_id, related in found.items():
            assert all(one.id[:3] <= paper_id[:3] and one.id != paper_id for one in related)


def test_a_paper_that_is_covered_again_keeps_its_first_day_and_terms() -> None:
    days = _random_days(60)
    again = list(relate(days, 0, 5))[20]
    assert "003.0" not in again
    del days[20]["003.0"]
    assert list(relate(days, 0, 5))[20] == again


def test_equally_near_papers_come_in_the_order_of_their_ids() -> None:
    same = ("alpha beta", "alpha", "beta")
    others = {f"other-{n}": (f"term{n}",) for n in range(100)}
    (found,) = relate([{"c": same, "b": same, "d": same, "a": same, **others}], 0, 2)
    assert [one.id for one in found["d"]] == ["a", "b"]


def test_scores_are_whole_numbers() -> None:
    (found,) = relate([_topics()], 0, 5)
    assert {type(one.score) for related in found.values() for one in related} == {int}


def test_a_single_shared_word_relates_no_two_papers_however_rare() -> None:
    days = [{f"{n}": (f"only{n}",) for n in range(5000)}, {"a": ("rareword", "x y"), "b": ("rareword", "z w")}]
    assert list(relate(days, 1, 5)) == [{"a": (), "b": ()}]


def test_a_term_leads_to_the_newest_papers_that_carry_it() -> None:
    pair = ("left right", "left", "right")
    index = Index(pair)
    index.add({f"other{n}": (f"t{n}",) for n in range(5000)})
    index.add({f"{n:04}": pair for n in range(2 * NEWEST)})
    found = {one.id for one in index.related("x", pair, 1000)}
    assert found == {f"{n:04}" for n in range(NEWEST, 2 * NEWEST)}


@pytest.mark.parametrize("days", [[], [{}], [{"a": ()}], [{"a": ("x",)}], [{"a": ("x", "x")}, {}]])
def test_few_papers_or_none_are_no_error(days: Sequence[Mapping[str, Sequence[str]]]) -> None:
    assert list(relate(days, 0, 5)) == [dict.fromkeys(day, ()) for day in days]


# --- later ---------------------------------------------------------------------------------------


def test_later_papers_are_those_that_count_a_paper_among_their_nearest_three() -> None:
    days = [{"a": [], "b": []}, {"c": ["a"], "d": ["b", "c", "x", "a"]}, {"e": ["d", "a"]}]
    assert later(map(followed, days), 5) == {"a": ("e", "c"), "b": ("d",), "d": ("e",), "x": ("d",)}


def test_later_papers_are_the_newest_first_and_no_more_than_asked_for() -> None:
    days = [{"a": []}, *({f"p{n}": ["a"]} for n in range(9))]
    assert later(map(followed, days), 3) == {"a": ("p8", "p7", "p6")}


# --- terms ---------------------------------------------------------------------------------------


def test_terms_come_from_tags_then_title_then_blurb_and_are_few() -> None:
    row = paper(
        "Web Agents Reloaded", "Robots learn " + " ".join(f"skill{n}x" for n in range(50)), ("World Models", "cs.LG"), ("Agents",)
    )
    found = terms(row)
    assert found[:2] == ("agent", "world model")
    assert found.index("web agent") < found.index("robot")
    assert "cs.LG" not in found and len(found) == len(set(found)) == 20


@pytest.mark.parametrize(
    ("text", "words", "phrases", "pairs"),
    [
        ("Vision-Language Models", ("vision language", "language model"), (), ()),
        ("We propose a new and efficient method", (), (), ()),
        ("Alzheimer's Disease, and Proteins", ("alzheimer", "disease", "protein"), ("alzheimer disease",), ()),
        ("GRPO训练的稀疏注意力", ("grpo",), (), ("稀疏", "疏注", "注意", "意力")),
        ("an $O(n^2)$ bound on 3D fields in 2026", ("3d",), (), ()),
        ("", (), (), ()),
        ("<b>\u202e&amp;\x00", ("amp",), (), ()),
    ],
)
def test_what_a_text_tells(text: str, words: tuple[str, ...], phrases: tuple[str, ...], pairs: tuple[str, ...]) -> None:
    found = telling(text)
    assert set(words) <= {*found.words, *found.phrases} and set(phrases) <= set(found.phrases) and found.pairs == pairs
    if not words:
        assert found == ((), (), ())


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("agents", "agent"),
        ("policies", "policy"),
        ("losses", "loss"),
        ("series", "series"),
        ("bias", "bias"),
        ("analysis", "analysis"),
        ("gas", "gas"),
    ],
)
def test_plurals_lose_their_s(word: str, one: str) -> None:
    assert singular(word) == one
