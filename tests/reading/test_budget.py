"""What is kept of a paper that is too long, and under which numbers."""

import pytest

from digest.models import Document, Sentence
from digest.reading import within
from digest.tokens import estimated_tokens
from fakes import paper, reading

WORDS = "goes on about this and that without any end in sight"


def document(*parts):
    """A document of (section, text) pairs."""
    sentences = tuple(Sentence(number=n, text=text, section=section) for n, (section, text) in enumerate(parts, 1))
    return Document(paper=paper(), reading=reading(source="html", sentences=len(sentences)), sentences=sentences)


def long_document():
    parts = [("Abstract", f"Abstract {n} {WORDS}.") for n in range(5)]
    parts += [("1 Introduction", f"Others {n} {WORDS}.") for n in range(20)]
    parts += [("1 Introduction", f"We propose thing {WORDS}.")]
    parts += [("2 Related Work", f"Related {n} {WORDS}.") for n in range(40)]
    parts += [("3 Method › 3.1 Part", f"Method {chr(97 + n)} {WORDS}.") for n in range(26)]
    parts += [("4 Experiments", "Table 1: What it shows.")]
    parts += [("4 Experiments", f"Table 1, row Model{n}: MMLU = {n}.5; MATH = {n}.6") for n in range(40)]
    parts += [("4 Experiments", f"It reaches {n}.5 percent and {WORDS}.") for n in range(20)]
    parts += [("5 Limitations", f"It cannot {WORDS}."), ("6 Conclusion", f"We are done and it {WORDS}.")]
    parts += [("7 Acknowledgements", f"Thanks {WORDS}."), ("Appendix A More", f"More {WORDS}.")]
    return document(*parts)


def lines(doc):
    return "\n".join(f"[{s.number}] {s.text}" for s in doc.sentences)


def sections(doc):
    return {s.section for s in doc.sentences}


def test_what_fits_is_left_as_it_is():
    whole = long_document()
    assert within(whole, 100_000) is whole


@pytest.mark.parametrize("budget", [60, 500, 1000, 2000, 2500])
def test_the_numbered_lines_fit(budget):
    kept = within(long_document(), budget)
    assert 0 < estimated_tokens(lines(kept)) <= budget
    assert estimated_tokens(lines(kept)) > budget - 40
    assert kept.reading.truncated
    assert kept.reading.sentences == len(kept.sentences)
    assert kept.reading.tokens == estimated_tokens("\n".join(s.text for s in kept.sentences))


def test_sentences_keep_their_numbers_and_their_order():
    whole = long_document()
    kept = within(whole, 1000)
    texts = {s.number: s.text for s in whole.sentences}
    numbers = [s.number for s in kept.sentences]
    assert numbers == sorted(numbers)
    assert all(texts[s.number] == s.text for s in kept.sentences)
    assert len(numbers) < len(texts)


def test_what_a_card_needs_first_is_kept_first():
    small = within(long_document(), 400)
    assert {"Abstract", "5 Limitations", "6 Conclusion"} <= sections(small)
    assert any("We propose" in s.text for s in small.sentences)
    assert any(s.text.startswith("Table 1:") for s in small.sentences)
    medium = within(long_document(), 1000)
    assert sum(s.section == "Abstract" for s in medium.sentences) == 5
    assert [s.text[:8] for s in medium.sentences if s.section == "3 Method › 3.1 Part"][:2] == ["Method a", "Method b"]
    assert not {"2 Related Work", "7 Acknowledgements", "Appendix A More"} & sections(medium)


def test_tables_leave_room_for_the_text():
    rows = [("4 Experiments", f"Table 1, row Model {n}: MMLU = {n}.5; MATH = {n}.6") for n in range(400)]
    kept = within(document(*rows, *[("4 Experiments", f"It reaches {n}.5 and {WORDS}.") for n in range(60)]), 2000)
    assert sum(not s.text.startswith("Table") for s in kept.sentences) == 60


def test_the_same_document_is_cut_the_same_way():
    assert within(long_document(), 1234) == within(long_document(), 1234)


def test_what_is_not_ascii_counts_in_full():
    kept = within(document(*[("摘要", "模型的结果很好。" * 10)] * 10), 300)
    assert 1 <= len(kept.sentences) <= 3
    assert estimated_tokens(lines(kept)) <= 300


def test_a_cut_document_stays_cut():
    doc = document(("Abstract", "All of it."))
    doc = doc.model_copy(update={"reading": doc.reading.model_copy(update={"truncated": True})})
    assert within(doc, 1000).reading.truncated
