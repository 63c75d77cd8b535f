"""The editor's layer: everything in it applies, or is refused with its line."""

from pathlib import Path

import pytest

from digest.digests.edits import Edits, apply, edits_date, read_edits, template
from digest.errors import EditsError
from fakes import DATE, covered, digest, mention

FIRST, SECOND, NOTED = "2602.15763", "2602.15620", "2602.15829"


@pytest.fixture
def edited(tmp_path):
    """Write edits and apply them to a day with two cards and one also-noted paper."""

    def of(text):
        path = tmp_path / f"{DATE}.yaml"
        path.write_text(text, encoding="utf-8")
        record = digest(covered(FIRST), covered(SECOND), also=[mention(NOTED)])
        edits, lines = read_edits(path)
        return apply(record, edits, lines, path.name)

    return of


def shown(day):
    return next(iter(day.digest.editions.values())).picked


def test_no_file_changes_nothing(tmp_path):
    record = digest(covered(FIRST), also=[mention(NOTED)])
    edits, lines = read_edits(tmp_path / "none.yaml")
    assert apply(record, edits, lines).digest == record


def test_what_no_edition_shows_is_left_out_without_edits_too(tmp_path):
    """A paper that an editor had added once stays in the record; its page goes when the edit does."""
    record = digest(covered(FIRST), covered(SECOND))
    editions = {name: edition.model_copy(update={"picked": (FIRST,)}) for name, edition in record.editions.items()}
    day = apply(record.model_copy(update={"editions": editions}), *read_edits(tmp_path / "none.yaml"))
    assert [paper.paper.id for paper in day.digest.papers] == [FIRST]
    assert day.digest.counts.picked == 1


def test_drop_takes_a_paper_from_every_part_and_the_counts_follow(edited):
    day = edited(f'drop: ["{FIRST}", "{NOTED}"]\n')
    edition = next(iter(day.digest.editions.values()))
    assert edition.picked == (SECOND,)
    assert edition.also == ()
    assert (edition.counts.picked, edition.counts.also) == (1, 0)
    assert [p.paper.id for p in day.digest.papers] == [SECOND]
    assert NOTED not in day.digest.mentions
    assert all(h.paper != FIRST for o in edition.overview.values() for h in o.highlights)


def test_order_comes_first_and_the_others_follow(edited):
    assert shown(edited(f'order: ["{SECOND}"]\n')) == (SECOND, FIRST)


def test_stars_are_the_editors(edited):
    day = edited(f'stars: {{"{SECOND}": 3}}\n')
    assert day.digest.paper(SECOND).assessment.stars == 3


@pytest.mark.parametrize("field", ["meta.tldr", "meta.tldr.text"])
def test_a_replaced_claim_is_a_persons_and_cites_nothing(edited, field):
    day = edited(f'replace: [{{id: "{FIRST}", field: {field}, lang: en, text: In my words}}]\n')
    claim = day.digest.paper(FIRST).cards["en"].meta.tldr
    assert (claim.text, claim.status, claim.evidence) == ("In my words", "edited", ())


def test_an_empty_field_can_be_written(edited):
    day = edited(f'replace: [{{id: "{FIRST}", field: problem.core_idea, lang: en, text: The idea}}]\n')
    assert day.digest.paper(FIRST).cards["en"].problem.core_idea.text == "The idea"


def test_intro_and_correction_are_shown(edited):
    day = edited(f'intro: {{zh: 你好}}\ncorrection: [{{id: "{FIRST}", text: {{zh: 数字有误}}}}]\n')
    assert day.intro == {"zh": "你好"}
    assert day.corrections_of(FIRST)[0].text["zh"] == "数字有误"


def test_what_is_added_and_has_no_card_yet_waits_for_the_next_build(edited):
    day = edited(f'add: ["{NOTED}"]\norder: ["{NOTED}", "{SECOND}"]\nstars: {{"{NOTED}": 3}}\n')
    assert shown(day) == (SECOND, FIRST)


def test_ids_need_no_quotes(edited):
    """YAML would read 2602.15620 as the number 2602.1562."""
    assert shown(edited(f"drop: [{SECOND}]\nstars:\n  {FIRST}: 3\n")) == (FIRST,)


def test_ids_are_taken_as_people_paste_them(edited):
    assert shown(edited(f'drop: ["https://arxiv.org/abs/{FIRST}v2"]\n')) == (SECOND,)


def test_advice_and_labels_can_be_written_too(edited):
    day = edited(
        f"replace:\n"
        f'  - {{id: "{FIRST}", field: takeaways.next_action, lang: en, text: Try it}}\n'
        f'  - {{id: "{FIRST}", field: meta.short_name, lang: en, text: NAME}}\n'
    )
    card = day.digest.paper(FIRST).cards["en"]
    assert card.takeaways.next_action.text == "Try it"
    assert card.meta.short_name == "NAME"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('drop:\n  - "2602.15763"\n  - "9999.99999"\n', 3, "9999.99999"),
        ('order: ["2602.15829"]\n', 1, "no card"),
        ('\nadd: ["../etc/passwd"]\n', 2, "no arXiv id"),
        ('replace:\n  - {id: "2602.15763", field: meta.tldr.status, lang: en, text: x}\n', 2, "meta.tldr.status"),
        ('replace:\n  - {id: "2602.15763", field: filled_by, lang: en, text: x}\n', 2, "filled_by"),
        ('stars:\n  "2602.15763": 4\n', 2, "stars"),
        ('stars:\n  "2602.15763": 3\n  "2602.00000": 3\n', 3, "2602.00000"),
        ('replace:\n  - {id: "2602.15763", field: problem.nothing, lang: en, text: x}\n', 2, "problem.nothing"),
        ('replace:\n  - {id: "2602.15763", field: "evidence.results[7].text", lang: en, text: x}\n', 2, "results"),
        ('replace:\n  - {id: "2602.15763", field: problem.gaps, lang: en, text: x}\n', 2, "problem.gaps"),
        ('replace:\n  - {id: "2602.15763", field: meta.tldr, lang: zh, text: x}\n', 2, "no card in 'zh'"),
        ("dorp: []\n", 1, "did you mean 'drop'"),
        ("drop: []\ndrop: []\n", 2, "stands twice"),
        ("intro:\n\tzh: x\n", 2, "not YAML"),
        ("- drop\n", 1, "mapping"),
        ("intro: {fr: bonjour}\n", 1, "intro"),
    ],
)
def test_a_mistake_is_named_with_its_line(edited, text, line, what):
    with pytest.raises(EditsError, match=rf"{DATE}\.yaml:{line}: .*") as caught:
        edited(text)
    assert what in str(caught.value)


def test_a_file_that_is_named_otherwise_is_refused():
    with pytest.raises(EditsError, match="no date"):
        edits_date(Path("notes.yaml"))


def test_the_template_is_valid_and_changes_nothing(tmp_path):
    path = tmp_path / f"{DATE}.yaml"
    record = digest(covered(FIRST))
    path.write_text(template(record, "zh"), encoding="utf-8")
    edits, lines = read_edits(path)
    assert apply(record, edits, lines).digest == record


def test_every_line_of_the_template_works_when_it_is_uncommented(tmp_path):
    record = digest(covered(FIRST))
    for line in template(record, "zh").splitlines():
        if line.startswith("# ") and ": " in line and not line.startswith(("# What", "# Papers", "#  ")):
            path = tmp_path / f"{DATE}.yaml"
            path.write_text(line.removeprefix("# ") + "\n", encoding="utf-8")
            edits, lines = read_edits(path)
            apply(record, edits, lines)


PICK, AGAIN = "2602.00001", "2602.00002"


def test_the_card_of_a_new_version_can_be_edited_too():
    """No edition shows it, its page does."""
    record = digest(covered(PICK)).model_copy(update={"recarded": (covered(AGAIN),)})
    edits = Edits.model_validate(
        {
            "stars": {AGAIN: 1},
            "replace": [{"id": AGAIN, "field": "meta.tldr", "lang": "en", "text": "Otherwise"}],
            "correction": [{"id": AGAIN, "text": {"en": "It was wrong."}}],
        }
    )
    (again,) = apply(record, edits).digest.recarded
    assert (again.assessment.stars, again.cards["en"].meta.tldr.text) == (1, "Otherwise")
    assert apply(record, Edits(drop=(AGAIN,))).digest.recarded == ()
    assert [p.paper.id for p in apply(record, edits).digest.papers] == [PICK]
