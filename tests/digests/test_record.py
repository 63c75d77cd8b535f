"""The record on disk: canonical, validated, one a day."""

import json
from datetime import date

import pytest

from digest import digests
from digest.errors import RecordError
from digest.models import UpdatedPaper
from fakes import DATE, covered, digest, mention


def test_what_is_written_is_read_again(tmp_path):
    record = digest(covered(), also=[mention()])
    assert digests.write(tmp_path, record)
    assert digests.read(tmp_path, DATE) == record


def test_writing_the_same_record_changes_no_byte(tmp_path):
    digests.write(tmp_path, digest(covered()))
    assert not digests.write(tmp_path, digest(covered()))


def test_the_form_is_canonical(tmp_path):
    """Sorted keys, UTF-8 as it is, one newline at the end, the names of the contract."""
    updated = UpdatedPaper.model_validate({"id": "2602.1", "from": 1, "to": 2})
    record = digest(covered(title="标题")).model_copy(update={"updated": (updated,)})
    digests.write(tmp_path, record)
    text = digests.record_path(tmp_path, DATE).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "标题" in text
    data = json.loads(text)
    assert list(data) == sorted(data)
    assert data["schema"] == 1
    assert data["updated"] == [{"id": "2602.1", "from": 1, "to": 2}]
    names = {"date", "status", "provisional", "listed_on", "revised", "sources", "counts", "papers", "mentions", "editions"}
    assert names | {"schema", "updated", "recarded", "usage", "provenance", "posts"} == set(data)


def test_it_stands_under_its_year(tmp_path):
    assert digests.record_path(tmp_path, date(2026, 2, 18)) == tmp_path / "2026" / "2026-02-18.json"


def test_no_record_is_none(tmp_path):
    assert digests.read(tmp_path, DATE) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not a digest record"),
        ("[]", "not a digest record"),
        ('{"schema": 99}', "schema 99"),
        ('{"schema": 1}', "bad value for"),
        ('{\n "date": "2026-02-18",\n "schema": 1,\n "x": 0\n}', "bad value for"),
        ('{\n "date": "2026-02-18",\n "schema": 1,\n', "not a digest record"),
    ],
)
def test_a_damaged_record_is_named_with_its_file(tmp_path, text, why):
    path = digests.record_path(tmp_path, DATE)
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(RecordError, match=why) as caught:
        digests.read(tmp_path, DATE)
    assert str(path) in str(caught.value)


def written(tmp_path, change):
    """A record that was changed by hand, after its canonical text was written."""
    digests.write(tmp_path, digest(covered()))
    path = digests.record_path(tmp_path, DATE)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("schema", ['"1"', "2", "null"])
def test_another_schema_is_refused_before_anything_is_read_by_ours(tmp_path, schema):
    written(tmp_path, lambda text: text.replace('\n "schema": 1,', f'\n "schema": {schema},'))
    with pytest.raises(RecordError, match="a record of schema"):
        digests.read(tmp_path, DATE)


def test_a_record_without_a_schema_is_refused(tmp_path):
    written(tmp_path, lambda text: text.replace('\n "schema": 1,', ""))
    with pytest.raises(RecordError, match="a record of schema None"):
        digests.read(tmp_path, DATE)


def test_of_two_schemas_the_last_one_counts(tmp_path):
    written(tmp_path, lambda text: text.replace('\n "schema": 1,', '\n "schema": 1,\n "schema": 2,'))
    with pytest.raises(RecordError, match="a record of schema 2"):
        digests.read(tmp_path, DATE)


def test_a_record_in_any_other_form_is_read_as_well(tmp_path):
    written(tmp_path, lambda text: json.dumps(dict(reversed(json.loads(text).items()))))
    assert digests.read(tmp_path, DATE) == digest(covered())


def test_a_folder_in_a_records_place_is_no_record(tmp_path):
    digests.record_path(tmp_path, DATE).mkdir(parents=True)
    assert digests.read(tmp_path, DATE) is None


def test_a_record_under_another_days_name_is_refused(tmp_path):
    digests.write(tmp_path, digest(covered()))
    path = digests.record_path(tmp_path, DATE)
    path.rename(path.with_name("2026-02-19.json"))
    with pytest.raises(RecordError, match="another day"):
        digests.read(tmp_path, date(2026, 2, 19))


def test_days_are_listed_in_order_and_strangers_are_passed_over(tmp_path):
    for day in (date(2026, 2, 19), date(2026, 2, 17)):
        record = digest(covered()).model_copy(update={"date": day, "listed_on": day})
        digests.write(tmp_path, record)
    (tmp_path / "2026" / "notes.json").write_text("{}")
    assert digests.days(tmp_path) == [date(2026, 2, 17), date(2026, 2, 19)]


def test_seen_are_the_papers_with_a_card_on_other_days(tmp_path):
    """The first day and the newest carded version count; also-noted papers were not seen."""
    for day, version in ((date(2026, 2, 16), 1), (date(2026, 2, 17), 3)):
        record = digest(covered(version=version), also=[mention()])
        digests.write(tmp_path, record.model_copy(update={"date": day, "listed_on": day}))
    assert digests.seen(tmp_path, without=DATE) == {covered().paper.id: digests.Seen(date(2026, 2, 16), 3)}
    assert digests.seen(tmp_path, without=date(2026, 2, 16))[covered().paper.id].date == date(2026, 2, 17)


def test_a_damaged_earlier_record_is_an_error_not_a_second_card(tmp_path):
    path = digests.record_path(tmp_path, date(2026, 2, 17))
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(RecordError):
        digests.seen(tmp_path, without=DATE)
