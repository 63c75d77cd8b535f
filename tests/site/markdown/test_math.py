"""TeX becomes MathML that needs no style and can do no harm, or it is shown as it was written."""

import re
import subprocess
import sys
import time

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.site.markdown import Markdown, inline, math

HOSTILE = [
    r"\href{javascript:alert(1)}{x}",
    r"\url{https://evil.example/}",
    r"\class{a}{b}",
    r"\style{color:red}{x}",
    r"\cssId{a}{b}",
    r"\htmlStyle{color:red}{x}",
    r"\textcolor{red}{x}",
    r"\color{red}x",
    r"\includegraphics{https://evil.example/x.png}",
    r"\text{<script>alert(1)</script>}",
    r"<mglyph src=x onerror=alert(1)>",
    r"\def\x{\x\x}\x",
    r"\newcommand\x{y}\x",
    r"\unicode{x2}",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_tex_makes_no_element_and_no_attribute_but_those_of_mathml(source: str) -> None:
    for made in (math.inline(source), math.display(source)):
        for element in lxml.etree.fromstring(f"<p>{made}</p>").iter():
            assert element.tag in {"p", "code", *math.ELEMENTS}
            assert not set(element.keys()) - {"class", *math.ATTRIBUTES}
            assert element.get("class") in (None, "math", "left", "right")


@pytest.mark.parametrize(
    "source",
    [
        "{" * 10_000 + "x" + "}" * 10_000,
        r"\sqrt" * 10_000 + "x",
        r"\left(" * 10_000 + r"\right)" * 10_000,
        r"\begin{matrix}" * 5_000,
        "x^{" * 10_000,
        "x" * 100_000,
        "$" * 100,
        "\\" * 100_000,
    ],
)
def test_a_formula_that_is_long_or_deep_stays_its_source_and_takes_no_time(source: str) -> None:
    start = time.process_time()
    assert math.inline(source).startswith('<code class="math">')
    assert time.process_time() - start < 1


def test_the_deepest_formula_that_is_converted_does_not_end_the_process() -> None:
    """In a process of its own: what the converter cannot bear ends the whole process."""
    script = (
        "from digest.site.markdown import math\n"
        "n = math.DEPTH\n"
        "for each in ('{', 'x^{', r'\\sqrt{', r'\\frac{1}{', r'\\hat{'):\n"
        "    assert '<math' in math.inline(each * n + 'x' + '}' * n), each\n"
        "math.inline(r'\\frac1' * math.COMMANDS + 'x')\n"
        "math.inline(r'\\sqrt' * math.COMMANDS + 'x')\n"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)})
    assert (made.returncode, made.stderr) == (0, "")


TEX = [*"ab1{}^_&$ <>\"'%", "\\frac", "\\sqrt", "\\left(", "\\right)", "\\text{", "\\begin{matrix}", "\\\\"]


@given(st.lists(st.sampled_from(TEX)).map("".join))
def test_any_tex_is_well_formed(source: str) -> None:
    lxml.etree.fromstring(f"<p>{math.inline(source)}{math.display(source)}</p>")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (r"a<b", "<mo>&lt;</mo>"),
        (r"\tau_p", "<msub><mi>τ</mi><mi>p</mi></msub>"),
        (r"\mathbb{R}^{n \times d}", "<mi>ℝ</mi>"),
        (r"\operatorname{softmax}(QK^\top/\sqrt{d_k})", "\u2061"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", '<mtd class="right">'),
        (r"\begin{cases}a&b\\c&d\end{cases}", '<mtd class="left">'),
    ],
)
def test_what_papers_write_becomes_mathml(source: str, part: str) -> None:
    assert math.inline(source).startswith("<math>") and part in math.inline(source)


def test_a_formula_by_itself_is_displayed_as_one() -> None:
    assert '<div class="math" role="group" tabindex="0"><math display="block">' in Markdown("https://a.b/", {}).parse(
        "$$\n\\sum_i x_i\n$$"
    ).html("")


@pytest.mark.parametrize("source", ["5%", "5 and 10", "accuracy improves with scale", r"\unknown x", ""])
def test_what_would_lose_something_as_mathml_stays_as_it_is(source: str) -> None:
    assert math.inline(source) == f'<code class="math">{source}</code>'


def test_a_cards_text_has_the_formulas_that_it_has_in_a_post() -> None:
    assert inline("$a<b$ & <i>") == f"{math.inline('a<b')} &amp; &lt;i&gt;"
    assert inline("from $5 to $10, **no** [link](https://a.b)") == "from $5 to $10, **no** [link](https://a.b)"
    assert inline("costs $5 and 6$") == "costs $5 and 6$"
    assert inline('<b title="x">\x02') == "&lt;b title=&quot;x&quot;&gt;"


@given(
    st.lists(st.sampled_from([*"$`\\|![]*~_^ 5a<&\x02\n", "$x$", "$$", "&amp;", "[a](https://b.cc/d)", "<https://a.b>"])).map(
        "".join
    )
)
def test_a_cards_text_is_never_markup(text: str) -> None:
    kinds = {element.tag for element in lxml.etree.fromstring(f"<p>{inline(text)}</p>").iter()}
    assert kinds <= {"p", "code", *math.ELEMENTS}


def test_the_converter_is_imported_only_for_a_formula() -> None:
    script = (
        "import sys\n"
        "from digest.site.markdown import Markdown, inline\n"
        "parse = Markdown('https://a.b/', {}).parse\n"
        "parse('# a\\n\\n- **b**: c [[1]](https://a.b/papers/1/#s1)\\n\\n| a |\\n|---|\\n| b |\\n')\n"
        "inline('text')\n"
        "print([name for name in ('math_core', 'pygments', 'markdown_it') if name in sys.modules])\n"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)})
    assert made.stdout == "[]\n", made.stderr


def test_a_post_full_of_formulas_has_no_style_anywhere() -> None:
    text = "\n\n".join(f"$${source}$$ and ${source}$" for source in HOSTILE)
    html = Markdown("https://a.b/", {}).parse(text).html("")
    tags = "".join(re.findall("<[^>]*>", html))
    assert not re.search(r"style=|\son\w+=|href=|src=", tags)
