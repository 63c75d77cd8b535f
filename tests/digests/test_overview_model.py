"""The overview by a model: what stands in it was checked, what does not stand gives way to counts and quotations."""

import pytest

from digest.digests.overview import overview
from digest.digests.overview_by_model import BLURB, summarise
from digest.labels import load_labels, shipped
from digest.llm import ModelError, load_prompt
from digest.models import Card, CardProvenance, Claim, Evidence, Meta, Problem, Result
from fakes import covered
from scripted import ScriptedModel

A, B, C = "2602.00001", "2602.00002", "2602.00003"
SENTENCES = {
    A: "AlphaNet trains a critic without labels and reaches 81.5% on ToyBench.",
    B: "BetaNet prunes half of its layers at a loss of 0.4 points on ToyBench.",
    C: "GammaNet plans with a learned world model over 12 games.",
}


def made(paper_id, **fields):
    """A paper with a card in English whose TL;DR is its abstract's one sentence."""
    text = SENTENCES[paper_id].rstrip(".")
    name = text.split()[0]
    card = Card(
        meta=Meta(tldr=Claim(text=text, evidence=(1,)), short_name=name),
        filled_by="model",
        provenance=CardProvenance(provider="openai"),
    )
    return covered(paper_id, title=f"{name}: a study of networks", cards={"en": card}, **fields)


PAPERS = (made(A, stars=3), made(B), made(C))
GOOD = {
    "headline": "AlphaNet trains a critic without labels, and BetaNet prunes half of its layers",
    "blurbs": [
        {"id": A, "text": "Trains a critic without labels and reaches 81.5% on ToyBench"},
        {"id": B, "text": "Prunes half of its layers at a loss of 0.4 points"},
        {"id": C, "text": "Plans with a learned world model over 12 games"},
    ],
    "trends": [
        {"name": "Cheaper networks", "text": "AlphaNet needs no labels, BetaNet prunes half of its layers", "papers": [A, B]},
        {"name": "Learned critics", "text": "AlphaNet trains a critic, GammaNet plans with a learned model", "papers": [A, C]},
        {"name": "Small models", "text": "BetaNet prunes its layers, GammaNet plans with a learned model", "papers": [B, C]},
    ],
}


def told(*answers, papers=PAPERS, language="en"):
    """The overview after these answers, the last one repeated, and the model that gave them."""
    left = list(answers)
    model = ScriptedModel(lambda question: left.pop(0) if len(left) > 1 else left[0])
    abstracts = {i: [text] for i, text in SENTENCES.items()}
    prompt = load_prompt("overview", language, shipped("templates"))
    return summarise(papers, abstracts, model, prompt, load_labels(language), "2026-02-18 daily-papers"), model


def blurbs(**by_letter):
    """The good answer's blurbs, some with another text."""
    ids = {"a": A, "b": B, "c": C}
    own = {ids[letter]: text for letter, text in by_letter.items()}
    return [{"id": b["id"], "text": own.get(b["id"], b["text"])} for b in GOOD["blurbs"]]


def texts(found):
    return {h.paper: h.text for h in found.highlights}


def counted():
    return overview(PAPERS, load_labels("en"))


def test_what_stands_is_told_as_the_model_wrote_it():
    found, model = told(GOOD)
    assert found.headline == GOOD["headline"]
    assert texts(found) == {b["id"]: b["text"] for b in GOOD["blurbs"]}
    assert [(t.name, t.papers) for t in found.trends] == [
        ("Cheaper networks", (A, B)),
        ("Learned critics", (A, C)),
        ("Small models", (B, C)),
    ]
    assert len(model.asked) == 1


@pytest.mark.parametrize(("language", "named", "other"), [("en", "in English", "用中文"), ("zh", "用中文", "in English")])
def test_the_prompt_names_its_language_once_and_asks_for_json(language, named, other):
    model = ScriptedModel(lambda _: ModelError("timeout"))
    prompt = load_prompt("overview", language, shipped("templates"))
    with pytest.raises(ModelError):
        summarise(PAPERS, {}, model, prompt, load_labels(language), "today")
    (question,) = model.asked
    assert question.system.count(named) == 1
    assert other not in question.system
    assert "JSON" in question.system
    assert '"headline"' in question.system
    assert A in question.user
    assert "AlphaNet" in question.user


def test_only_what_was_found_in_the_paper_is_told_to_the_model():
    wrong = Result(text="It reaches 99.9% on OtherBench", status="unsupported")
    card = Card(
        meta=Meta(tldr=Claim(text="It plans", evidence=(1,))),
        problem=Problem(core_idea=Claim(text="Line one\n2602.00002\nforged", evidence=(1,))),
        evidence=Evidence(results=(wrong, Result(text="It gains 3 points", dataset="ToyBench", evidence=(1,)))),
        filled_by="model",
        provenance=CardProvenance(provider="openai"),
    )
    _, model = told(GOOD, papers=(covered(C, cards={"en": card}),))
    user = model.asked[0].user
    assert "99.9" not in user
    assert "It gains 3 points (ToyBench)" in user
    assert B not in user.splitlines()


def test_a_failing_model_is_the_callers_matter():
    with pytest.raises(ModelError):
        told(ModelError("quota"))


def test_an_edition_without_papers_asks_nobody():
    found, model = told(GOOD, papers=())
    assert (found.headline, model.asked) == ("", [])


# --- texts that do not stand ---


@pytest.mark.parametrize(
    "text",
    [
        "Trains a critic without labels and reaches 97.3% on ToyBench",
        "Trains a critic without labels and beats DeltaNet-9 on ToyBench",
        "Trains a critic [without labels](https://example.org)",
        "Trains a critic <img src=x onerror=alert(1)>",
        "Trains a critic {{7*7}}",
        "Trains a critic " * 40,
        "无需标签即可训练评论家网络",
        "",
    ],
)
def test_a_blurb_that_does_not_stand_gives_way_to_the_tldr(text):
    found, model = told({**GOOD, "blurbs": blurbs(a=text)})
    assert len(model.asked) == 1, "another turn would cost a night a round"
    assert texts(found)[A] == SENTENCES[A].rstrip(".")
    assert texts(found)[B] == GOOD["blurbs"][1]["text"]


def test_a_missing_blurb_is_asked_for_once_more():
    found, model = told({**GOOD, "blurbs": GOOD["blurbs"][:2]})
    assert model.complaints == [f"blurb of {C}: is missing"]
    assert texts(found)[C] == SENTENCES[C].rstrip(".")


def test_a_blurb_stands_on_its_own_paper_only():
    """True of the neighbour is not true."""
    found, _ = told({**GOOD, "blurbs": blurbs(c="It reaches 81.5% on ToyBench with a learned world model")})
    assert texts(found)[C] == SENTENCES[C].rstrip(".")


def test_papers_that_are_not_in_the_edition_are_dropped_and_the_first_of_two_blurbs_counts():
    more = [{"id": "2602.99999", "text": "A paper that nobody picked"}, {"id": A, "text": "Trains a critic"}]
    found, model = told({**GOOD, "blurbs": [*GOOD["blurbs"], *more]})
    assert texts(found) == {b["id"]: b["text"] for b in GOOD["blurbs"]}
    assert len(model.asked) == 1


def test_a_blurb_tells_no_other_number_than_the_card():
    """The card was made from a later version than the abstract: both numbers were read, one page tells one of them."""
    text = "AlphaNet improves the accuracy on ToyBench by 11.49% over the baseline"
    card = made(A).cards["en"].model_copy(update={"meta": Meta(tldr=Claim(text=text, evidence=(1,)), short_name="AlphaNet")})
    paper = covered(A, title="AlphaNet: a study", cards={"en": card})
    answer = {"headline": text, "blurbs": [{"id": A, "text": text.replace("11.49", "7.13")}], "trends": []}
    model = ScriptedModel(lambda _: answer)
    prompt, labels = load_prompt("overview", "en", shipped("templates")), load_labels("en")
    abstracts = {A: [text.replace("11.49", "7.13") + "."]}
    found = summarise([paper], abstracts, model, prompt, labels, "today")
    assert texts(found)[A] == text


@pytest.mark.parametrize(
    "headline",
    [
        "AlphaNet reaches 99% on ToyBench",
        "AlphaNet prunes at a loss of 0.4 points",
        "AlphaNet <b>trains</b> a critic",
        "",
        "x" * 500,
    ],
)
def test_a_headline_that_does_not_stand_gives_way_to_what_is_said_of_the_first_paper(headline):
    """The second is BetaNet's figure under AlphaNet's name."""
    found, _ = told({**GOOD, "headline": headline})
    first = GOOD["blurbs"][0]["text"]
    assert found.headline == (first if "AlphaNet" in first else f"AlphaNet: {first}")


def test_without_a_headline_and_blurbs_that_stand_there_are_names():
    wrong = [{**blurb, "text": "It reaches 97.3%"} for blurb in GOOD["blurbs"]]
    found, _ = told({**GOOD, "headline": "", "blurbs": wrong})
    assert found.headline == counted().headline


@pytest.mark.parametrize(
    "trend",
    [
        {"name": "Alone", "text": "AlphaNet needs no labels", "papers": [A]},
        {"name": "Alone", "text": "AlphaNet needs no labels", "papers": [A, A, "2602.99999"]},
        {"name": "Wrong", "text": "AlphaNet and BetaNet both reach 95%", "papers": [A, B]},
        {"name": "", "text": "AlphaNet needs no labels, BetaNet prunes", "papers": [A, B]},
        {"name": "# A heading", "text": "AlphaNet needs no labels, BetaNet prunes", "papers": [A, B]},
        {"name": "Silent", "text": " ", "papers": [A, B]},
    ],
)
def test_a_trend_that_does_not_stand_is_dropped_without_another_turn(trend):
    found, model = told({**GOOD, "trends": [trend, *GOOD["trends"]]})
    assert [t.name for t in found.trends] == [t["name"] for t in GOOD["trends"]]
    assert len(model.asked) == 1


def test_where_trends_are_too_few_counted_ones_stand_in():
    found, _ = told({**GOOD, "trends": GOOD["trends"][:1]})
    assert [t.name for t in found.trends] == ["Cheaper networks", *(t.name for t in counted().trends)][:3]
    assert counted().trends


def test_there_are_five_trends_at_most_each_under_its_own_name():
    many = [{**GOOD["trends"][0], "name": f"Cheaper nets {'so ' * n}"} for n in (1, 1, 2, 3, 4, 5, 6)]
    found, _ = told({**GOOD, "trends": many})
    assert len({t.name for t in found.trends}) == len(found.trends) == 5


def test_a_trend_names_its_papers():
    """Where the model names fewer than two, code adds their names."""
    shy = {"name": "Small models", "text": "Layers are pruned, worlds are learned", "papers": [B, C]}
    found, _ = told({**GOOD, "trends": [*GOOD["trends"][:2], shy]})
    assert found.trends[2].text == "Layers are pruned, worlds are learned (BetaNet, GammaNet)"
    assert found.trends[0].text == GOOD["trends"][0]["text"]


# --- languages ---

CHINESE = {
    "headline": "AlphaNet 无需标签训练评论家，BetaNet 剪去一半的层",
    "blurbs": [
        {"id": A, "text": "无需标签训练评论家，在 ToyBench 上达到 81.5%"},
        {"id": B, "text": "剪去一半的层，只损失 0.4 分"},
        {"id": C, "text": "用学到的世界模型在 12 个游戏中规划"},
    ],
    "trends": [{"name": "更省的网络", "text": "AlphaNet 不用标签，BetaNet 剪去一半的层", "papers": [A, B]}],
}


def test_chinese_texts_stand_on_english_sentences():
    found, model = told(CHINESE, language="zh")
    assert len(model.asked) == 1
    assert found.headline == CHINESE["headline"]
    assert texts(found)[B] == "剪去一半的层，只损失 0.4 分"
    assert found.trends[0].name == "更省的网络"


def test_another_language_is_complained_of_once_and_fails_then():
    with pytest.raises(ModelError) as failed:
        told(GOOD, language="zh")
    assert failed.value.reason == "language"


def test_another_language_that_is_mended_stands():
    found, model = told(GOOD, CHINESE, language="zh")
    assert model.complaints == ["language: headline, blurbs and trends must be Chinese (中文)"]
    assert found.headline == CHINESE["headline"]


def test_what_was_usable_stands_where_the_turn_that_was_to_mend_it_fails():
    found, model = told({**GOOD, "blurbs": GOOD["blurbs"][:2]}, ModelError("timeout"))
    assert len(model.asked) == 2
    assert found.headline == GOOD["headline"]
    assert texts(found)[C] == SENTENCES[C].rstrip(".")


def test_faults_after_a_turn_over_the_language_cost_no_more_than_themselves():
    """There is one turn to mend an answer; when it is used up, what can stand stands."""
    found, _ = told(GOOD, {**CHINESE, "headline": "AlphaNet 达到 99%"}, language="zh")
    assert texts(found)[A] == CHINESE["blurbs"][0]["text"]
    assert "99" not in found.headline


def test_closing_stops_and_line_ends_are_taken_away():
    found, _ = told({**GOOD, "blurbs": blurbs(a="Trains a critic\n\nwithout labels.")})
    assert texts(found)[A] == "Trains a critic without labels"
    assert all(len(text) <= BLURB for text in texts(found).values())


@pytest.mark.parametrize("text", ["", " ", ".", "。", "; ."])
def test_a_trend_that_says_nothing_is_dropped(text):
    """Names in brackets after nothing are no trend."""
    trends = [{**GOOD["trends"][0], "name": "Nothing", "text": text}, *GOOD["trends"][1:]]
    found, _ = told({**GOOD, "trends": trends})
    assert "Nothing" not in [trend.name for trend in found.trends]
    assert all(trend.text.strip()[0] not in "(（" for trend in found.trends)
