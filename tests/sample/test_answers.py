"""The bundled model: what it answers, what it refuses, and that its answers are what they should be."""

import json
from importlib.resources import files
from typing import Any

import httpx2
import pytest
import yaml

from digest.cards.answers import CardAnswer
from digest.llm import strict_schema
from digest.sample import MODEL, MODEL_URL, SampleModel, SampleUpstream
from digest.sample.answers import NoAnswer, answer

Json = dict[str, Any]
CARD = strict_schema(CardAnswer)
FOLDER = files("digest.sample") / "data" / "answers"
PAPERS = sorted(file.name.removesuffix(".yaml") for file in FOLDER.iterdir() if file.name[0].isdigit())
BESIDE_THE_CARD = {"id", "title", "blurb"}


def content(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def told(system: str, user: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def keys(*names: str, kind: Any = "string") -> Json:
    return {"type": "object", "properties": {name: {"type": kind} for name in names}}


def post(body: Json, path: str = "/chat/completions") -> httpx2.Response:
    with httpx2.Client(transport=SampleModel()) as client:
        return client.post(f"{MODEL_URL}{path}", json=body)


def asked(schema: Json, user: str, model: str = MODEL) -> Json:
    return {
        "model": model,
        "messages": told("Write in English.", user),
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}},
    }


# --- the files -----------------------------------------------------------------------------------


def texts(value: Any, path: str) -> Any:
    """Every text in two languages with its place."""
    if isinstance(value, dict):
        if value.keys() & {"zh", "en"}:
            yield path, value
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from texts(item, f"{path}[{n}]")


@pytest.mark.parametrize("name", [*PAPERS, "triage", "overview"])
def test_every_text_stands_there_in_both_languages(name: str) -> None:
    known = {"zh", "en", "evidence", "name", "dataset", "metric", "value", "baseline", "first", "papers"}
    for path, text in texts(content(name), name):
        assert text.keys() >= {"zh", "en"}, path
        assert text.keys() <= known, path  # what a comma in an unquoted text makes of itself
        for language in ("zh", "en"):
            assert isinstance(text[language], str) and not text[language].endswith((".", "。")), path


@pytest.mark.parametrize("name", PAPERS)
def test_a_file_of_a_paper_has_the_fields_of_a_card(name: str) -> None:
    paper = content(name)
    assert paper["id"] == name
    assert paper.keys() - BESIDE_THE_CARD <= CardAnswer.model_fields.keys()
    title = next(entry.title for entry in SampleUpstream()._entries if entry.id == name)
    assert title in paper["title"].values()


def test_overview_and_triage_speak_of_papers_of_the_sample() -> None:
    known = {entry.id for entry in SampleUpstream()._entries}
    assert content("triage").keys() <= known
    words = content("overview")
    for row in (*words["headlines"], *words["trends"]):
        assert set(row["papers"]) <= set(PAPERS)


# --- the answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(("system", "language"), [("用中文书写", "zh"), ("Write in English.", "en")])
def test_a_card_has_every_key_of_its_schema_in_the_language_of_the_prompt(name: str, system: str, language: str) -> None:
    said = answer(told(system, f"{name}\nTitle: something\n[1] One sentence."), CARD)
    assert said.keys() == CARD["properties"].keys()
    card = CardAnswer.model_validate(said)
    assert card.paper == name
    assert card.tldr.text == content(name)["tldr"][language]


def test_a_title_that_is_in_the_language_already_is_not_translated() -> None:
    name, title = "2602.10388", content("2602.10388")["title"]
    said = answer(told("Write in English.", f"{name}\nTitle: {title['en']}"), CARD)
    assert said["title_translated"] == ""
    assert answer(told("用中文", f"{name}\n标题：{title['en']}"), CARD)["title_translated"] == title["zh"]


def test_the_slip_is_in_the_first_answer_and_mended_by_the_repair() -> None:
    name = "2602.12984"
    claim = content(name)["results"][0]
    first = answer(told("Write in English.", name), CARD)["results"][0]
    assert first["text"] == claim["first"]["en"]
    assert first["evidence"] == claim["evidence"]
    claims = {"anyOf": [{"$ref": "#/$defs/C"}, {"type": "null"}]}
    schema = {"type": "object", "properties": {"r1": claims, "r2": claims}, "$defs": CARD["$defs"]}
    said = answer(told("Write in English.", f"{name}\nr1: {first['text']}\nr2: Something else\n[5] A sentence."), schema)
    assert said == {"r1": {"text": claim["en"], "evidence": claim["evidence"]}, "r2": None}


def test_a_translation_is_the_other_text_of_the_pair() -> None:
    tldr = content("2602.12395")["tldr"]
    said = answer(told("Write in English.", f"2602.12395\nt1: {tldr['zh']}\nt2: 别的"), keys("t1", "t2"))
    assert said == {"t1": tldr["en"], "t2": ""}


def test_an_edition_gets_the_widest_headline_and_the_trends_over_its_papers() -> None:
    row = {"type": "object", "properties": {"id": {"type": "string"}, "text": {"type": "string"}}}
    trend = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "papers": {"type": "array", "items": {"type": "string"}}},
    }
    lists = {"blurbs": {"type": "array", "items": row}, "trends": {"type": "array", "items": trend}}
    schema = {"type": "object", "properties": {"headline": {"type": "string"}, **lists}}
    for headline in content("overview")["headlines"]:
        ids = headline["papers"]
        said = answer(told("用中文", "\n".join(f"{i}\n标题：…" for i in ids)), schema)
        assert said["headline"] == headline["zh"]
        assert [row["id"] for row in said["blurbs"]] == ids
        assert 2 <= len(said["trends"]) <= 5
        assert all(set(trend["papers"]) <= set(ids) for trend in said["trends"])


@pytest.mark.parametrize(
    ("user", "schema"),
    [
        ("2602.12617\nTitle: no card is bundled of it", CARD),
        ("no paper at all", CARD),
        ("../../config", CARD),
        ("2602.99001\nTitle: withdrawn", keys("papers", kind="array")),
        ("2602.10388\n2602.12617", keys("headline", "blurbs", "trends")),
        ("2602.12628\nName: RL-Co", keys("headline", "blurbs", "trends")),
        ("2602.10388\nt1: 一句没有译文的话", keys("t1")),
        ("2602.10388\nr1: A claim that nobody has mended", keys("r1", kind="object")),
        ("2602.10388\nWhat do you think of it?", keys("opinion")),
    ],
)
def test_nothing_is_made_up_for_what_is_not_bundled(user: str, schema: Json) -> None:
    with pytest.raises(NoAnswer):
        answer(told("Write in English.", user), schema)
    refusal = post(asked(schema, user))
    assert refusal.status_code == 404
    assert refusal.json()["error"]["code"] == "no_sample_answer"


# --- the endpoint --------------------------------------------------------------------------------


def test_a_completion_comes_with_the_tokens_of_prompt_and_answer() -> None:
    body = asked(CARD, "2602.10388\nTitle: …")
    completion = post(body).json()
    choice, usage = completion["choices"][0], completion["usage"]
    assert choice["finish_reason"] == "stop"
    assert json.loads(choice["message"]["content"])["paper"] == "2602.10388"
    longer = post(asked(CARD, "2602.10388\nTitle: …" + " word" * 400)).json()["usage"]
    assert longer["prompt_tokens"] - usage["prompt_tokens"] == 500
    assert usage["completion_tokens"] > 1000
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_it_answers_to_its_own_name_only() -> None:
    """Else a page could show a real model's name over bundled answers."""
    refusal = post(asked(CARD, "2602.10388", model="gpt-5"))
    assert refusal.status_code == 404
    assert MODEL in refusal.json()["error"]["message"]


def test_there_is_nothing_but_chat_completions() -> None:
    assert post(asked(CARD, "2602.10388"), "/embeddings").status_code == 404
    with httpx2.Client(transport=SampleModel()) as client:
        assert client.get(f"{MODEL_URL}/chat/completions").status_code == 404
