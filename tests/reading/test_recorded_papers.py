"""Six recorded papers in full: what is known to stand in them is found where it stands."""

import gzip
import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.models import Candidate
from digest.paper_id import PaperId
from digest.reading import within
from digest.reading.fulltext import _document
from digest.reading.html import read_html
from digest.reading.pdf import read_pdf
from fakes import paper

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "upstream" / "data"
PAPERS = ("1706.03762", "2305.03393", "2412.19437", "2501.00089")

pytestmark = [
    pytest.mark.upstream,
    pytest.mark.skipif(not (DATA / "html").is_dir(), reason="the recorded papers are not on this machine"),
]


@cache
def html(paper_id):
    return gzip.decompress((DATA / "html" / f"{paper_id}.html.gz").read_bytes())


@cache
def lines(paper_id):
    text = read_html(html(paper_id), PaperId(paper_id))
    return [*text.abstract, *text.body]


@pytest.mark.parametrize("paper_id", PAPERS)
def test_nothing_of_the_frame_and_no_debris(paper_id):
    for line in lines(paper_id):
        text = re.sub(r"\$[^$]*\$", "formula", line.text)
        for debris in ("Report issue", "LaTeXML", "footnotemark", "\ue000", "\ue001", "ltx_", "[]", "()", " ,", "UTF8"):
            assert debris not in text
        assert not re.search(r"\s{2}|\[\d+\]| [.;:](?:\s|$)", text), text
        assert not text.startswith((",", ".", ")"))


@pytest.mark.parametrize("paper_id", PAPERS)
def test_every_anchor_is_an_id_of_the_page(paper_id):
    ids = set(re.findall(r'\bid="([^"]+)"', html(paper_id).decode()))
    anchors = {line.anchor for line in lines(paper_id) if line.section != "Abstract"}
    assert anchors <= ids
    assert len(anchors) > 30


@pytest.mark.parametrize("paper_id", PAPERS)
def test_nothing_is_said_twice_in_a_row(paper_id):
    texts = [line.text for line in lines(paper_id)]
    assert not [a for a, b in pairwise(texts) if a == b]


@pytest.mark.parametrize("paper_id", PAPERS)
def test_no_recorded_paper_hides_anything(paper_id):
    text = read_html(html(paper_id), PaperId(paper_id))
    assert (text.flags, text.hidden) == ((), ())


@pytest.mark.parametrize(("paper_id", "count"), [("1706.03762", 8), ("2305.03393", 5), ("2412.19437", 9), ("2501.00089", 6)])
def test_the_sections_that_hold_text_are_all_there(paper_id, count):
    sections = {line.section.split(" › ")[0] for line in lines(paper_id) if line.section not in (None, "Abstract")}
    assert len(sections) == count


@pytest.mark.parametrize(
    ("paper_id", "anchor", "parts"),
    [
        ("1706.03762", "S6.T2", ["Transformer (big)", "BLEU EN-DE = 28.4", "BLEU EN-FR = 41.8"]),
        ("1706.03762", "S6.T3", ["row big", "PPL (dev) = 4.33", "BLEU (dev) = 26.4"]),
        ("1706.03762", "S6.T4", ["Transformer (4 layers)", "semi-supervised", "WSJ 23 F1 = 92.7"]),
        ("2305.03393", "S5.SS2.tab1", ["FinTabNet / OTSL", "TEDs complex = 0.961", "Inference time (secs) = 1.85"]),
        ("2412.19437", "S1.T1", ["in USD", "Pre-Training = $5.328M", "Total = $5.576M"]),
        ("2412.19437", "S4.T3", ["MMLU-Pro (EM)", "Qwen2.5 72B Base = 58.3", "DeepSeek-V3 Base = 64.4"]),
        ("2412.19437", "S5.T6", ["MATH-500 (EM)", "GPT-4o 0513 = 74.6", "DeepSeek V3 = 90.2"]),
        ("2412.19437", "S5.T9", ["+R1 Distill", "LiveCodeBench-CoT Length = 783", "MATH-500 Pass@1 = 83.2"]),
        ("2501.00089", "S3.T1", ["SL 157", "95.8%", "Morphology = red, elliptical"]),
    ],
)
def test_a_tables_number_stands_beside_its_head(paper_id, anchor, parts):
    found = [line.text for line in lines(paper_id) if line.anchor == anchor and all(part in line.text for part in parts)]
    assert len(found) == 1


def test_sentences_that_a_card_would_cite():
    transformer = {line.text for line in lines("1706.03762")}
    assert "Training took 3.5 days on 8 P100 GPUs." in transformer
    assert "We used the Adam optimizer with $\\beta_{1}=0.9$, $\\beta_{2}=0.98$ and $\\epsilon=10^{-9}$." in transformer
    assert any(text.startswith("$\\mathrm{Attention}(Q,K,V)=") for text in transformer)
    deepseek = {line.text for line in lines("2412.19437")}
    assert any("decoding speed, delivering 1.8 times TPS" in text for text in deepseek)


def test_a_footnote_stands_once_after_its_sentence():
    texts = [line.text for line in lines("1706.03762")]
    note = next(n for n, text in enumerate(texts) if text.startswith("We used values of 2.8, 3.7"))
    assert texts[note - 1].endswith("floating-point capacity of each GPU.")
    assert sum("We used values of 2.8" in text for text in texts) == 1


def test_a_long_paper_is_read_in_a_second():
    html("2412.19437")
    start = time.process_time()
    read_html(html("2412.19437"), PaperId("2412.19437"))
    assert time.process_time() - start < 1


def test_the_budget_keeps_the_main_results_of_a_long_paper():
    text = read_html(html("2412.19437"), PaperId("2412.19437"))
    candidate = Candidate(paper=paper("2412.19437"), abstract=" ".join(line.text for line in text.abstract))
    whole = _document(candidate, "html", text)
    kept = within(whole, 24000)
    texts = [s.text for s in kept.sentences]
    assert kept.reading.truncated
    assert any("DeepSeek V3 = 90.2" in text for text in texts)
    assert {"1 Introduction", "6 Conclusion, Limitations, and Future Directions"} <= {s.section for s in kept.sentences}
    assert sum(s.section == "Abstract" for s in kept.sentences) == 9


# --- PDFs ----------------------------------------------------------------------------------------


def test_a_page_of_a_pdf():
    text = read_pdf((DATA / "pdf" / "2305.03393.pdf").read_bytes(), PaperId("2305.03393"))
    texts = [line.text for line in text.body]
    assert "However OTSL yields a 2x speed up in the inference runtime over HTML." in texts
    assert "6 6 OTSL 0.965 0.934 0.955 0.88 2.73" in texts
    assert any("diﬃcult" in t or "difficult financial tables" in t for t in texts)
    assert {line.anchor for line in text.body} == {"page=1"}


def test_a_whole_pdf():
    content = (DATA / "pdf" / "paper.pdf").read_bytes()
    text = read_pdf(content, PaperId("2404.01230"))
    tops = [line.section.split(" › ")[0] for line in text.body]
    assert list(dict.fromkeys(tops)) == [
        "1 Introduction",
        "2 DEFINITION: WHAT IS STRATEGIC REASONING WITH LLMS",
        "3 SCENARIOS: WHERE TO APPLY STRATEGIC REASONING WITH LLMS",
        "4 METHODS: HOW TO IMPROVE STRATEGIC REASONING WITH LLMS",
        "5 EVALUATIONS: HOW TO ASSESS STRATEGIC REASONING WITH LLMS",
        "6 DISCUSSIONS: AN OUTLOOK ON STRATEGIC REASONING WITH LLMS",
        "7 Conclusion",
        "Acknowledgments",
        "Appendix A APPENDIX",
    ]
    assert (text.version, text.flags, text.cut) == (1, (), False)
    assert text.abstract[0].text.startswith("This paper presents a comprehensive survey")
    assert not any(line.text == "A Survey of Strategic Reasoning with Large Language Models" for line in text.body)
    assert {line.anchor for line in text.body} >= {"page=2", "page=9", "page=17"}
    with pytest.raises(SourceError, match="another version"):
        read_pdf(content, PaperId("2404.01230", 2))
