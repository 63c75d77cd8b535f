"""Tables become sentences in which every number stands beside its head."""

import pytest

from reading.latexml import section, sentences


def table(*rows, caption="Table 2", extra=""):
    """Rows of cells; a cell is a text, or a text with its attributes."""
    made = "".join(f'<tr class="ltx_tr">{"".join(map(cell, row))}</tr>' for row in rows)
    tag = f'<figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_table">{caption}: </span>What it shows.</figcaption>'
    return section("1 A", f'<figure id="S1.T2" class="ltx_table">{tag}<table class="ltx_tabular">{made}</table>{extra}</figure>')


def cell(content):
    text, attributes = content if isinstance(content, tuple) else (content, "")
    return f'<td class="ltx_td" {attributes}>{text}</td>'


def rows(*args, **kwargs):
    caption, *lines = sentences(table(*args, **kwargs))
    assert caption == "Table 2: What it shows."
    return lines


def test_a_row_names_its_heads():
    assert rows(["Model", "MMLU", "MATH"], ["GPT-4", "88.5", "76.6"]) == ["Table 2, row GPT-4: MMLU = 88.5; MATH = 76.6"]


def test_heads_of_two_lines_and_spans():
    lines = rows([("Model", 'rowspan="2"'), ("Code", 'colspan="2"')], ["Pass@1", "Length"], ["Ours", "37.4", "783"])
    assert lines == ["Table 2, row Ours: Code Pass@1 = 37.4; Code Length = 783"]


def test_heads_that_hold_numbers_under_one_that_reaches_down():
    lines = rows([("Benchmark", 'rowspan="2"'), "Qwen2.5", "GPT-4o"], ["72B Base", "0513"], ["MMLU", "85.0", "87.2"])
    assert lines == ["Table 2, row MMLU: Qwen2.5 72B Base = 85.0; GPT-4o 0513 = 87.2"]


def test_a_cell_that_spans_columns_names_them_all():
    lines = rows(["Model", "EN-DE", "EN-FR"], ["Base", ("3.3", 'colspan="2"')], ["Big", "2", "3"])
    assert lines[0] == "Table 2, row Base: EN-DE / EN-FR = 3.3"


def test_groups_stand_before_the_names_of_rows():
    spanning = rows(["Model", "A", "B"], [("Open models", 'colspan="3"')], ["Ours", "1", "2"])
    assert spanning == ["Table 2, row Open models / Ours: A = 1; B = 2"]
    reaching = rows(["", "Task", "A"], [("English", 'rowspan="4"'), "MMLU", "1"], ["BBH", "2"], ["DROP", "3"], ["ARC", "4"])
    assert reaching[:2] == ["Table 2, row English / MMLU: A = 1", "Table 2, row English / BBH: A = 2"]


def test_heads_marked_by_latexml_are_believed():
    head = 'class="ltx_td ltx_th ltx_th_column"'
    made = "".join(f"<th {head}>{text}</th>" for text in ("Year", "2024", "2025"))
    body = '<tr class="ltx_tr"><th class="ltx_td ltx_th ltx_th_row">Sales</th><td>7</td><td>9</td></tr>'
    whole = (
        f'<table class="ltx_tabular"><thead class="ltx_thead"><tr class="ltx_tr">{made}</tr></thead><tbody>{body}</tbody></table>'
    )
    assert sentences(section("1 A", whole)) == ["Table, row Sales: 2024 = 7; 2025 = 9"]


def test_spans_that_act_as_a_table():
    made = "".join(
        f'<span class="ltx_tr"><span class="ltx_td">{a}</span><span class="ltx_td">{b}</span></span>'
        for a, b in [("Model", "MMLU"), ("Ours", "88.5")]
    )
    assert sentences(section("1 A", f'<p class="ltx_p"><span class="ltx_tabular">{made}</span></p>')) == [
        "Table, row Ours: MMLU = 88.5"
    ]


def test_a_table_within_a_cell_is_its_text():
    inner = '<table class="ltx_tabular"><tr class="ltx_tr"><td>#</td></tr><tr><td>layers</td></tr></table>'
    assert rows(["Model", inner], ["Ours", "6"]) == ["Table 2, row Ours: # layers = 6"]


def test_what_was_not_measured_is_left_out():
    assert rows(["Model", "A", "B"], ["Ours", "–", "2"], ["Other", "1", ""]) == [
        "Table 2, row Ours: B = 2",
        "Table 2, row Other: A = 1",
    ]


def test_a_long_row_is_several_sentences_each_with_its_name():
    heads = [f"Benchmark number {n}" for n in range(60)]
    lines = rows(["Model", *heads[:59]], ["Ours", *map(str, range(100, 159))])
    assert len(lines) > 1
    assert all(line.startswith("Table 2, row Ours: Benchmark number ") for line in lines)
    assert "Benchmark number 58 = 158" in lines[-1]


@pytest.mark.parametrize("span", ["0", "-1", "99999999", "x", "²"])
def test_hostile_spans_do_no_harm(span):
    lines = rows(["Model", "A"], ["Ours", ("5", f'colspan="{span}" rowspan="{span}"')], ["Other", "6"])
    assert "A = 5" in lines[0]


def test_a_layout_of_texts_is_read_as_text():
    long = "This prompt goes on and on. " * 20
    lines = rows(["Prompt", long])
    assert lines[0] == "Prompt"
    assert lines[1] == "This prompt goes on and on."
