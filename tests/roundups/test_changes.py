"""What two cards of a paper say otherwise."""

from digest.models import Meta, Result
from digest.roundups.changes import compare_cards
from fakes import card, claim, covered
from roundups.weeks import model_card, version


def changes(old, new, language="en"):
    found = compare_cards(version(1, old), version(2, new), language)
    return [(c.kind, c.field, c.old and c.old.text, c.new and c.new.text) for c in found.changes]


def test_the_same_words_are_no_change():
    found = compare_cards(version(1, model_card("A gains 5%")), version(2, model_card("a gains  5%.")), "en")
    assert (found.tldr, found.changes) == (None, ())


def test_other_numbers_in_the_same_finding_are_told_with_both():
    old, new = "Accuracy on MATH rises by 7.13% over GRPO", "The accuracy rises by 8.02% over GRPO on MATH"
    assert changes(model_card(old), model_card(new)) == [("numbers", "results", old, new)]


def test_other_words_for_the_same_finding_are_no_change():
    old, new = "Accuracy on MATH rises by 7.13% over GRPO", "Compared with GRPO, accuracy on MATH rises by $7.13\\%$"
    assert changes(model_card(old), model_card(new)) == []


def test_what_is_new_and_what_is_gone():
    old = model_card("It runs 3 times faster", "Memory falls by half")
    new = model_card("It runs 3 times faster", "Humans prefer its answers in most cases")
    assert changes(old, new) == [
        ("new", "results", None, "Humans prefer its answers in most cases"),
        ("gone", "results", "Memory falls by half", None),
    ]


def test_the_same_words_about_another_data_set_are_another_result():
    old, new = model_card("Accuracy on GSM8K is 82.1%"), model_card("Accuracy on MATH500 is 74.0%")
    assert [kind for kind, *_ in changes(old, new)] == ["new", "gone"]


def test_results_that_measure_the_same_belong_together_whatever_their_words():
    old = Result(text="It solves 82.1% of the problems", evidence=(3,), dataset="GSM8K", metric="accuracy")
    new = Result(text="84.5% are right", evidence=(4,), dataset="gsm8k", metric="Accuracy")
    assert changes(model_card(evidence={"results": (old,)}), model_card(evidence={"results": (new,)})) == [
        ("numbers", "results", old.text, new.text)
    ]


def test_claims_on_the_same_sentence_belong_together():
    old = version(1, model_card("Far fewer parameters are needed"))
    new = version(2, model_card("The model is small"))
    quotes = {**new.quotes, 11: old.quotes[11]}
    assert compare_cards(old, new.model_copy(update={"quotes": quotes}), "en").changes == ()


def test_chinese_claims_are_compared_by_their_characters():
    old, new = model_card("相比 GRPO 准确率平均提升 7.13%"), model_card("准确率相比 GRPO 平均提升 8.02%")
    assert [kind for kind, *_ in changes(old, new, "zh")] == ["numbers"]


def test_limits_come_after_results_and_of_steps_only_other_numbers_are_told():
    steps = {"pipeline": (claim("Train the model for 3 epochs"), claim("Find spurious tokens"))}
    later = {"pipeline": (claim("Train the model for 5 epochs"), claim("Mask their updates"))}
    found = {"results": (Result(text="It wins on 12 tasks", evidence=(5,)),), "limitations": (claim("It is slow on phones"),)}
    old = model_card(evidence={"limitations": (claim("Only English was tested"),)}, method=steps)
    told = changes(old, model_card(evidence=found, method=later))
    assert [(kind, field) for kind, field, *_ in told] == [
        ("numbers", "pipeline"),
        ("new", "results"),
        ("new", "limitations"),
        ("gone", "limitations"),
    ]


def test_a_tldr_is_told_before_and_after():
    old, new = model_card("It is fast", tldr="It helps"), model_card("It is fast", tldr="It helps a lot")
    before, after = compare_cards(version(1, old), version(2, new), "en").tldr
    assert (before.text, after.text) == ("It helps", "It helps a lot")


def test_quoted_and_written_cards_are_not_compared():
    old = covered(cards={"en": card(meta=Meta(tldr=claim("It helps")))})
    assert compare_cards(old, version(2, model_card("It is fast")), "en") is None


def test_cards_in_different_languages_are_not_compared():
    old = version(1, model_card("It is fast")).model_copy(update={"cards": {"en": model_card("It is fast")}})
    new = version(2, model_card("很快")).model_copy(update={"cards": {"zh": model_card("很快")}})
    assert compare_cards(old, new, "zh") is None


def test_two_cards_in_another_language_than_the_posts_are():
    old = version(1, model_card("It is fast")).model_copy(update={"cards": {"en": model_card("It is fast")}})
    new = version(2, model_card("It is slow"))
    assert [c.kind for c in compare_cards(old, new, "zh").changes] == ["new", "gone"]
