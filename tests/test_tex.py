r"""TeX's text commands become what they print; formulas, and what is not known, stay as they are."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.tex import FONTS, LETTERS, MARKS, characters, readable, worded


@pytest.mark.parametrize("font", FONTS)
def test_a_font_leaves_its_words(font: str) -> None:
    assert readable(rf"We introduce \{font}{{Web World}} and \{font} {{B}}eyond.") == "We introduce Web World and Beyond."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"{\bf Bold} and {\em told}, {\it x}{\tt y}{\sc z}", "Bold and told, xyz"),
        (r"\textbf{\texttt{A\_b} and \emph{c}}d", "A_b and cd"),
        (r"{\color{red}here} \textcolor{blue}{there}", "here there"),
        (r"9.2\% of R\&D, item \#1, a\_b", "9.2% of R&D, item #1, a_b"),
        (r"the set \{a, b\}", "the set {a, b}"),
        (r"at \href{https://example.org/a_b}{our page}.", "at our page."),
        (r"at \url{https://example.org/~me/a--b\_c}.", "at https://example.org/~me/a--b_c."),
        (r"by Winkler~\cite{winkler83} and \citep[p.~3]{x,y} in Section~\ref{s}.", "by Winkler and in Section."),
        (r"vs.\ it, 30\,m, Movie\;Lens, hy\-phen, shelf\/ful", "vs. it, 30 m, Movie Lens, hyphen, shelfful"),
        (r"(\ie, this) \eg that, Li \etal. and so on \ldots", "(i.e., this) e.g. that, Li et al. and so on …"),
        (r"M\textsc{eme} by \LaTeX{} at 5\textdegree{}C", "Meme by LaTeX at 5°C"),
    ],
)
def test_a_command_becomes_what_it_prints(text: str, shown: str) -> None:
    assert readable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"caf\'e caf\'{e} caf{\'e} caf{\'{e}}", "café café café café"),
        (r"Schr\"odinger, na{\"\i}ve na\"{\i}ve, Gau\ss{} Gau{\ss} Stra\ss e", "Schrödinger, naïve naïve, Gauß Gauß Straße"),
        (r"gar\c{c}on gar\c con Erd\H{o}s \v{Z}i\v{z}ek S{\o}ren \L{}ukasz \r{A}", "garçon garçon Erdős Žižek Søren Łukasz Å"),
        (r"\~n \^o \`a \=a \.z \u{g} \k{a}", "ñ ô à ā ż ğ ą"),
    ],
)
def test_accents_and_letters_are_characters(text: str, shown: str) -> None:
    assert readable(text) == shown == characters(text).replace("{é}", "é")


def test_every_accent_and_letter_of_the_tables_is_read() -> None:
    assert all(not re.search(r"[\\{}]", readable(rf"x\{mark}{{o}}y")) for mark in MARKS)
    assert all(readable(rf"x\{name}{{}}y") == f"x{letter}y" for name, letter in LETTERS.items())


@pytest.mark.parametrize("text", [r"it\'s the model\'s and we\'ve", r"said \"yes\" and \"also no\", twice"])
def test_quotes_that_a_program_escaped_are_no_accents(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2--3, input--output, 10%--20%, $x$--$y$", "2–3, input–output, 10%–20%, $x$–$y$"),
        ("a model -- if any --- works---well", "a model – if any — works—well"),
        ("``a b'' and `c', the ``models' views''", "“a b” and ‘c’, the “models' views”"),
        ("Fig.~3, GLM~4.6, 5~GB, method~(FFN), e.g.~$A$, $x$~is", "Fig. 3, GLM 4.6, 5 GB, method (FFN), e.g. $A$, $x$ is"),
    ],
)
def test_dashes_quotes_and_ties_are_set(text: str, shown: str) -> None:
    assert readable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "run it --fast or --no-cache=a--b",
        "x --- @y",
        "--",
        "i-- and ----- and <!-- -->",
        "https://example.org/a--b~c and foo_bar--baz",
        "about ~50%, (~3x), 3~5, 50%~60%, p~0.05, x~N(0, 1), ~~gone~~",
        "`code` and ``code`` and the users' data",
        "it's the models' view''",
        r"C:\new\users",
    ],
)
def test_what_may_be_something_else_than_typography_stays(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$\texttt{FLAC}$", "FLAC"),
        (r"${\bf \texttt{Sink-Aware Pruning}}$, ${\bf GMFS}$", "Sink-Aware Pruning, GMFS"),
        (r"$\textbf{V}$ariance $\textbf{C}$ontrolled $\texttt{\textbf{LATA}}$", "Variance Controlled LATA"),
        (r"by $\textbf{+8.26\%}$ in \(\text{A}\)", "by +8.26% in A"),
        (r"$\mathtt{FLAC}$ and $\mathrm{SNR}$", "FLAC and SNR"),
        (r"$\href{https://example.org/}{https://example.org/}$", "https://example.org/"),
        (r"at \(5\times10^{-4}\) and \(R_x\).", r"at $5\times10^{-4}$ and $R_x$."),
    ],
)
def test_a_formula_of_words_is_its_words(text: str, shown: str) -> None:
    assert readable(text) == shown


FORMULAS = [
    r"$\tau$",
    "$x_{1}^{2}$",
    r"$60\%$",
    r"$\mathbf{x}$",
    r"${\bf x}$",
    r"$\bf 71 \times$",
    r"$d_\text{head} = 64$",
    r"$\langle \texttt{/Think} \rangle$",
    "$f''(x) -- `y'$",
    "$a~b$",
    r"$\{\mathbf{a}\}$",
    "$>$",
    r"$x\$y$",
    r"$$\textbf{a} + 1$$",
    r"\[\textbf{a} + 1\]",
    "$O(n)$",
    "$^{2}$",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("after", ["", " \\textbf{a}", "-b", "$y$"])
def test_a_formula_stays_byte_for_byte(formula: str, after: str) -> None:
    assert readable(f"9\\% {formula}{after}").startswith(f"9% {formula}")


@pytest.mark.parametrize("text", [r"about $\sim$40 and $>$0.9 and $^{2}$3", r"$5 \& $10, or $5\%-$10\%"])
def test_a_sign_before_a_number_is_a_formula_and_a_price_is_none(text: str) -> None:
    assert readable(text) == text.replace(r"\&", "&").replace(r"\%", "%")


@pytest.mark.parametrize(
    ("formula", "words"), [("x", None), (r"\mathbf{x}", None), (r"\texttt{a} + 1", None), (r"\texttt{a b}", "a b")]
)
def test_words_are_told_from_mathematics(formula: str, words: str | None) -> None:
    assert worded(formula) == words


@pytest.mark.parametrize(
    "text",
    [
        r"x \alpha {a} {positive} \port{} {\name} \footnote{Code} \acrshort{ewma} \citet{x} 5\textsuperscript{th}",
        r"\textbf{never closed",
        r"closed} too {often}}",
        r"\textbf and {\bfx y}",
        r"\\ \\textbf{x}",
        "a\0b \\textbf{c}",
    ],
)
def test_what_is_not_known_or_not_closed_stays(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"costs \$5", "costs $5"),
        (r"from \$5 to \$10, with $x$", "from $5 to $10, with $x$"),
        (r"\$5-\$10 a run, \$5--\$10", "$5-$10 a run, $5–$10"),
        (r"(\$5)$x$", r"(\$5)$x$"),
        (r"\$\alpha\$", r"\$\alpha\$"),
        (r"in \$ or $x$.", r"in $ or $x$."),
    ],
)
def test_a_dollar_begins_no_formula(text: str, shown: str) -> None:
    assert readable(text) == shown


PARTS = st.one_of(
    st.sampled_from(FORMULAS),
    st.sampled_from(
        [rf"\{name}" for name in ("textbf{", "emph {", "href{u}{", "url{", "cite{", "c", "'", '"', "~", "ss", "\\", "(", ")")]
    ),
    st.sampled_from(
        [r"{\bf ", "{", "}", "\\{", "\\}", "\\$", "$", "$5", "\\%", "--", "---", "``", "''", "`", "'", "~", " ", "\\", "\\["]
    ),
    st.text(st.sampled_from("abZ5 .,-é中"), max_size=3),
)
HOSTILE = st.lists(PARTS, max_size=14).map("".join)


@given(HOSTILE)
def test_done_twice_it_changes_nothing_more(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@given(st.text(st.characters(exclude_characters="\\${}~`")).filter(lambda text: "--" not in text))
def test_a_text_without_tex_is_unchanged(text: str) -> None:
    assert readable(text) == text


@given(
    st.lists(
        st.tuples(
            st.sampled_from([f for f in FORMULAS if f[0] == "$" != f[1]]), st.sampled_from([r" \emph{a} ", r" 5\% -- ", "-`b', "])
        ),
        max_size=5,
    )
)
def test_the_formulas_of_a_text_come_out_in_order(pairs: list[tuple[str, str]]) -> None:
    shown = readable("".join(map("".join, pairs)))
    position = 0
    for formula, _ in pairs:
        position = shown.index(formula, position) + len(formula)
    assert "emph" not in shown and r"5\%" not in shown


@given(HOSTILE)
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    without_commands = re.sub(r"\\href\{u\}|\\[a-z]+|\{\\bf", "", text)
    kept = [c for c in without_commands if c in "Z5中"]
    dropped = re.sub(r"\\cite\{[^{}]*\}", "", text) != text
    assert dropped or [c for c in unicodedata.normalize("NFD", readable(text)) if c in "Z5中"] == kept


HOSTILE_PARTS = [
    r"\textbf{", r"{\bf ", "$", "``", "`", r"\(", r"\[", r"\cite[", r"\cite{", r"\href{}", r"\href{} ", "~", "a~", "--", "a--",
    r"\'", "{", "}", r"\$", "$a ", r"\c~c", r"\emph  ", "a/", r"\$5$a ", r"$\textbf{a}", "``a'", "`a'b", r"$_\\", "$a_", r"\,",
    " ",
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE_PARTS)
def test_a_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    text = "\\" + part * (100_000 // len(part))
    begun = time.process_time()
    readable(text)
    assert time.process_time() - begun < 2
