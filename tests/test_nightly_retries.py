"""What a night that the model failed leaves to the next ones."""

import json
from datetime import date

import pytest

from digest import digests
from fakes import covered, digest
from model_nights import build, cards, is_card, user
from model_server import CHAT, completion
from nights import LATE_VERSION, edit, published, record
from server import Answer

DEAD = Answer("out of order", status=500)
REFUSED = Answer('{"error": {"message": "no such key"}}', status=401)


def fails_on_cards(model, answer):
    """The model answers everything but cards."""
    model.on(CHAT, lambda request: answer if is_card(json.loads(request.body)) else model.chat(request))


def by_model(night):
    return {card["filled_by"] for card in cards(night).values()} == {"model"}


@pytest.mark.parametrize("trouble", [REFUSED, Answer('{"error": {"code": "insufficient_quota", "message": "x"}}', status=429)])
def test_a_key_that_a_person_has_to_mend_is_tried_every_night(night, model, trouble):
    model.on(CHAT, trouble)
    assert build(night).status == 1
    for _ in range(4):
        assert night("build").status == 1
    model.on(CHAT, model.chat)
    assert night("build").status == 0
    assert by_model(night)


def test_nights_offline_are_no_attempts(night, model):
    fails_on_cards(model, DEAD)
    assert build(night).status == 1
    before = published(night)
    for _ in range(4):
        assert build(night, "--offline").status == 1
    assert published(night) == before, "and they leave the reason that stands there"
    model.on(CHAT, model.chat)
    assert night("build").status == 0
    assert by_model(night)


def test_refresh_tries_what_was_given_up(night, model):
    fails_on_cards(model, completion("", model.usage))
    build(night)
    for _ in range(4):
        night("build")
    model.on(CHAT, model.chat)
    assert night("build").status == 0
    assert not by_model(night)
    assert build(night, "--refresh").status == 0
    assert by_model(night)


def test_force_with_a_model_that_fails_is_told(night, model):
    """A date that was made without a model, made again with one that does not work."""
    assert night("build", "--date", "2026-02-16", DIGEST__MODEL__PROVIDER="extractive").status == 0
    model.on(CHAT, REFUSED)
    done = build(night, "--force")
    assert done.status == 1
    assert {card["reason"] for card in cards(night).values()} == {"unauthorised"}


def test_force_without_a_model_keeps_what_a_model_made(night, model):
    build(night)
    before = cards(night)
    assert night("build", "--date", "2026-02-16", "--force", DIGEST__MODEL__PROVIDER="extractive").status == 0
    assert cards(night) == before


def test_an_addition_that_was_taken_back_is_not_waited_for(night, model):
    build(night)
    added = next(iter(record(night)["editions"]["daily-papers"]["also"]))
    fails_on_cards(model, DEAD)
    file = edit(night, f'add: ["{added}"]\n')
    assert night("build").status == 1
    file.unlink()
    assert night("build").status == 0
    asked = len(night.server.log)
    assert night("build").status == 0
    assert not [r for r in night.server.log[asked:] if "2026-02-16" in r.query], "the day is complete"


def test_a_new_version_that_failed_is_tried_again(night, model):
    day = date(2026, 2, 12)
    earlier = digest(covered(LATE_VERSION, version=1)).model_copy(update={"date": day, "listed_on": day})
    digests.write(night.folder / "content/records", earlier)
    model.on(CHAT, lambda r: DEAD if is_card(body := json.loads(r.body)) and LATE_VERSION in user(body) else model.chat(r))
    build(night)
    assert record(night)["recarded"] == []
    model.on(CHAT, model.chat)
    assert night("build").status == 0
    assert [p["paper"]["version"] for p in record(night)["recarded"]] == [2]


def test_what_later_days_carded_changes_no_earlier_day(night, model):
    """A later record has version 3; the day that announced version 2 stays as it is."""
    for day, version in ((date(2026, 2, 12), 1), (date(2026, 2, 17), 3)):
        other = digest(covered(LATE_VERSION, version=version)).model_copy(update={"date": day, "listed_on": day})
        digests.write(night.folder / "content/records", other)
        if version == 1:
            build(night)
            before = night.record.read_bytes()
    assert build(night, "--force").status == 0
    assert night.record.read_bytes() == before


def test_a_closed_endpoint_costs_arxiv_no_request(night, model):
    night.environ["DIGEST__READING__FULL_TEXT"] = "true"
    model.on(CHAT, REFUSED)
    assert build(night).status == 1
    assert not [path for path in night.server.paths() if path.startswith(("/html/", "/pdf/"))]


def test_a_broken_prompt_of_ones_own_is_named(night, model):
    """It is the user's to mend, and no reason to give papers up."""
    own = night.folder / "templates/prompts/card.en.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% block system %}{{ 1 + 'a' }}{% endblock %}{% block user %}{{ sentences }}{% endblock %}", encoding="utf-8")
    done = build(night)
    assert done.status == 2
    assert "prompts/card.en.j2" in done.stderr
    own.unlink()
    assert build(night).status == 0
    assert by_model(night)


def test_a_change_of_language_leaves_earlier_days_alone(night, model):
    build(night)
    asked = len(model.log)
    assert night("build", DIGEST__SITE__LANGUAGE="zh", DIGEST__POSTS__LANGUAGES="[zh]").status == 0
    assert len(model.log) == asked
