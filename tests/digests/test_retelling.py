"""What a model said over a day, after an editor has changed the day."""

from digest.digests import project
from digest.models import Highlight, Overview, Trend
from fakes import covered, digest

A, B, C = "2602.00001", "2602.00002", "2602.00003"
WRITTEN = Overview(
    headline="Alpha and its rivals",
    highlights=(Highlight(paper=A, text="On alpha"), Highlight(paper=B, text="On beta")),
    trends=(
        Trend(name="Letters", text="Alpha and beta", papers=(A, B)),
        Trend(name="More letters", text="Beta and gamma", papers=(B, C)),
    ),
)


def day(blog, edits):
    """A day of three papers under a model's overview, with these edits."""
    from digest.config import load

    record = digest(covered(A, title="Alpha: one"), covered(B, title="Beta: two"), covered(C, title="Gamma: three"))
    editions = {n: e.model_copy(update={"overview": {"en": WRITTEN}}) for n, e in record.editions.items()}
    record = record.model_copy(update={"editions": editions})
    file = blog.folder / f"content/edits/{record.date}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(edits, encoding="utf-8")
    config = load(blog.config_file, {"DIGEST__SITE__LANGUAGE": "en", "DIGEST__POSTS__LANGUAGES": "[en]"})
    (edition,) = project(config, record).digest.editions.values()
    return edition.overview["en"]


def test_a_day_that_nobody_touched_keeps_every_word(blog):
    assert day(blog, "intro: {en: Hello.}\n") == WRITTEN


def test_what_is_said_of_a_dropped_paper_goes_with_it(blog):
    told = day(blog, f'drop: ["{C}"]\n')
    assert told.headline == WRITTEN.headline
    assert told.highlights == WRITTEN.highlights
    assert [t.name for t in told.trends] == ["Letters"]


def test_a_headline_that_names_a_dropped_paper_is_made_of_the_others(blog):
    told = day(blog, f'drop: ["{A}"]\n')
    assert "Alpha" not in told.headline
    assert "Beta" in told.headline
    assert [h.paper for h in told.highlights] == [B]


def test_what_is_said_of_a_corrected_card_gives_way_to_the_card(blog):
    told = day(blog, f'replace: [{{id: "{B}", field: meta.tldr, lang: en, text: It was different}}]\n')
    assert [h.paper for h in told.highlights] == [A]
    assert "Beta and gamma" not in [t.text for t in told.trends]
    assert told.headline == WRITTEN.headline


def test_another_order_is_no_reason_to_say_it_anew(blog):
    assert day(blog, f'order: ["{C}"]\n') == WRITTEN
