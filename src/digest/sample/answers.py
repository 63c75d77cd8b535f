"""What the bundled model says: the answers of `data/answers/`, found by the question that the pipeline asks.

    2602.10388.yaml   one paper: its card, its blurb, in both languages
    triage.yaml       scores and a line for every candidate of the day
    overview.yaml     headlines and trends

A text stands there as `{zh: …, en: …}`. From these pairs come the cards in either language and the translations from one to
the other. A claim may have a `first`: what the model says at first and the checks refuse, so that the claim itself is what
the repair turn brings.

Nothing is made up on the spot: a question about anything else is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Json = dict[str, Any]

_LANGUAGES = ("zh", "en")
_FOLDER = files("digest.sample") / "data" / "answers"
_IN_CHINESE = "用中文"
"""Stands in every Chinese prompt, and in no English one."""
_ID = re.compile(r"^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})$", re.MULTILINE)
_LABELLED = re.compile(r"^([rt]\d+): (.+)$", re.MULTILINE)
_TRENDS = 5


class NoAnswer(Exception):
    """Nothing is bundled for a question; the text says what was asked."""


def answer(messages: Sequence[Mapping[str, str]], schema: Json) -> Json:
    """The answer to one request of the pipeline.

    Args:
        messages: as in a chat completion; the system prompt says in which language to answer.
        schema: of the answer; its keys tell what is asked for.

    Raises:
        NoAnswer: nothing is bundled for it.
    """
    system, user = (_said_by(role, messages) for role in ("system", "user"))
    language = "zh" if _IN_CHINESE in system else "en"
    ids, labelled = _ID.findall(user), dict(_LABELLED.findall(user))
    keys = schema.get("properties", {})
    if "tldr" in keys:
        found = _card(_paper(_one(ids)), language, user)
    elif "papers" in keys:
        found = _triage(ids, language)
    elif "headline" in keys:
        found = _overview(ids, language)
    elif labelled:
        of = _repaired if "r1" in keys else _translated
        found = of(_paper(_one(ids)), labelled, language)
    else:
        raise NoAnswer("no question that the pipeline asks")
    filled: Json = _filled(found, schema, schema.get("$defs", {}))
    return filled


def _said_by(role: str, messages: Sequence[Mapping[str, str]]) -> str:
    return next((message["content"] for message in messages if message["role"] == role), "")


def _one(ids: Sequence[str]) -> str:
    if not ids:
        raise NoAnswer("no paper is named")
    return ids[0]


# --- the five kinds of answers -------------------------------------------------------------------


def _card(paper: Json, language: str, user: str) -> Json:
    """The card as the model gives it at first."""
    title = paper["title"][language]
    said: Json = _in(paper, language)
    return {**said, "paper": paper["id"], "title_translated": "" if title in user else title}


def _triage(ids: Sequence[str], language: str) -> Json:
    known = _yaml("triage")
    rows = [{"exclude": None, **_in(known[i], language), "id": i} for i in ids if i in known]
    if not rows:
        raise NoAnswer(f"no opinion on {', '.join(ids) or 'nothing'}")
    return {"papers": rows}


def _overview(ids: Sequence[str], language: str) -> Json:
    """The words over an edition: of the bundled ones those that speak of its papers alone, the widest headline among them."""
    words = _yaml("overview")
    headlines, trends = ([row for row in words[name] if set(row["papers"]) <= set(ids)] for name in ("headlines", "trends"))
    if not headlines:
        raise NoAnswer(f"no headline over {', '.join(ids) or 'nothing'}")
    widest = max(headlines, key=lambda row: len(row["papers"]))
    return {
        "headline": widest[language],
        "blurbs": [{"id": i, "text": _paper(i)["blurb"][language]} for i in ids],
        "trends": [{"name": row["name"][language], "text": row[language], "papers": row["papers"]} for row in trends[:_TRENDS]],
    }


def _repaired(paper: Json, labelled: Mapping[str, str], language: str) -> Json:
    """The claims that stand behind refused ones; null, "it cannot be borne out", for others."""
    mended = {claim["first"][language]: _claim(claim, claim, language) for claim in _dicts(paper) if "first" in claim}
    return _known({key: mended.get(text) for key, text in labelled.items()}, paper)


def _translated(paper: Json, labelled: Mapping[str, str], language: str) -> Json:
    other = next(one for one in _LANGUAGES if one != language)
    pairs = {text[other]: text[language] for text in _dicts(paper) if language in text}
    return _known({key: pairs.get(text) for key, text in labelled.items()}, paper)


def _known(said: Json, paper: Json) -> Json:
    if not any(said.values()):
        raise NoAnswer(f"none of these texts about {paper['id']}")
    return said


# --- out of the files ----------------------------------------------------------------------------


def _paper(paper_id: str) -> Json:
    """What is said of a paper. Raises NoAnswer."""
    if not (_FOLDER / f"{paper_id.replace('/', '-')}.yaml").is_file():
        raise NoAnswer(f"no card of {paper_id}")
    return _yaml(paper_id.replace("/", "-"))


@cache
def _yaml(name: str) -> Json:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with it
    found: Json = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), loader)  # noqa: S506  both are safe
    return found


def _in(value: Any, language: str) -> Any:
    """A value of a file in one language."""
    if isinstance(value, list):
        return [_in(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {*_LANGUAGES}:
        return value[language]
    return _claim(value, value.get("first", value), language) if language in value else _fields(value, language)


def _claim(claim: Json, words: Json, language: str) -> Json:
    """A claim in other words than its own, perhaps."""
    return {**_fields(claim, language), **_fields(words, language), "text": words[language]}


def _fields(value: Json, language: str) -> Json:
    return {key: _in(item, language) for key, item in value.items() if key not in (*_LANGUAGES, "first")}


def _dicts(value: Any) -> Iterator[Json]:
    """Every mapping in a file."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _dicts(item)


def _filled(value: Any, schema: Json, shapes: Json) -> Any:
    """A value with exactly the keys of its schema, as an endpoint gives it that holds to one."""
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    if options := schema.get("anyOf"):
        return None if value is None else _filled(value, next(o for o in options if o.get("type") != "null"), shapes)
    if "properties" in schema:
        return {key: _filled((value or {}).get(key), inner, shapes) for key, inner in schema["properties"].items()}
    if "items" in schema:
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [_filled(item, schema["items"], shapes) for item in items]
    return "" if value is None and schema.get("type") == "string" else value
