"""Citation keys: readable, unique in a site, and the same for ever."""

from datetime import date as Date

import pytest

from digest.site.exports import keys
from digest.site.exports.names import Name, parse
from digest.site.exports.tex import unicode
from fakes import covered

FIRST, LATER = Date(2026, 2, 17), Date(2026, 2, 18)


def key(paper_id: str = "2602.15763", **fields: object) -> str:
    return keys([(FIRST, covered(paper_id, **fields))])[paper_id]


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("GLM-5: from Vibe Coding to Agentic Engineering", ("GLM-5 Team", "Aohan Zeng"), "zeng2026glm5"),
        ("Scaling $\\tau$-Leaping", ("Ludwig van Beethoven",), "beethoven2026scaling"),
        ("The Art of X", ("José Ångström",), "angstrom2026art"),
        ("τ-leaping", ("Łukasz Øre",), "ore2026leaping"),
        ("What does RL improve?", ("Xirui Li",), "li2026rl"),
        ("深度学习", ("曾奥涵",), "arxiv2026"),
        ("", (), "arxiv2026"),
        ("A Report", ("Xiaomi Robotics Team",), "xiaomiroboticsteam2026report"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", ("A. " + "b" * 90,), "b" * 20 + "2026pneumonoultramicrosc"),
    ],
)
def test_a_key_says_who_when_and_what(title: str, authors: tuple[str, ...], expected: str) -> None:
    assert key(title=title, authors=authors) == expected


def test_an_old_paper_has_the_year_of_its_id() -> None:
    assert key("cs/9912017", published=None, title="Old", authors=("Ada Lovelace",)) == "lovelace1999old"


def test_the_one_that_was_covered_first_has_the_plain_key() -> None:
    days = [(LATER, covered("2602.00001")), (FIRST, covered("2602.00009")), (LATER, covered("2602.00005"))]
    found = keys(days)
    plain = found["2602.00009"]
    assert (found["2602.00001"], found["2602.00005"]) == (f"{plain}a", f"{plain}b")
    assert keys([*days, (Date(2026, 3, 1), covered("2602.00000"))]) == {**found, "2602.00000": f"{plain}c"}


def test_a_letter_never_meets_another_key() -> None:
    papers = [("2602.00001", "X"), ("2602.00002", "Xa"), ("2602.00003", "X"), *((f"2602.1{n:04}", "X") for n in range(60))]
    found = keys((FIRST, covered(paper_id, title=title)) for paper_id, title in papers)
    assert len(set(found.values())) == len(papers)


def test_a_paper_of_two_days_has_one_key() -> None:
    assert keys([(LATER, covered(title="New title")), (FIRST, covered(title="Old title"))]) == {"2602.15763": "lovelace2026old"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("J. R. R. Tolkien", Name("Tolkien", "J. R. R.")),
        ("Vincent van Gogh", Name("Gogh", "Vincent", "van")),
        ("Hans von der Leyen", Name("Leyen", "Hans", "von der")),
        ("Guy Van den Broeck", Name("Van den Broeck", "Guy")),
        ("Nicolas Le Roux", Name("Le Roux", "Nicolas")),
        ("Hung Van Nguyen", Name("Nguyen", "Hung Van")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("Henry Ford III", Name("Ford", "Henry", "", "III")),
        ("Erd\\H{o}s P\\'al", Name("Pál", "Erdős")),
        ("Madonna", Name("Madonna", literal=True)),
        ("The ATLAS Collaboration", Name("The ATLAS Collaboration", literal=True)),
        ("Qwen Team", Name("Qwen Team", literal=True)),
        ("Mistral AI", Name("Mistral AI", literal=True)),
        ("01.AI", Name("01.AI", literal=True)),
        ("University of Oxford", Name("University of Oxford", literal=True)),
        ("欧阳修", Name("欧阳", "修", east_asian=True)),
        ("曾 奥涵", Name("曾", "奥涵", east_asian=True)),
        ("山田太郎", Name("山田太郎", literal=True)),
    ],
)
def test_a_name_in_parts(text: str, name: Name) -> None:
    assert parse(text) == name


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("Scaling $\\tau$-Leaping to $S_n$", "Scaling τ-Leaping to Sₙ"),
        ("$\\mathcal{O}(n^2)$ and $10^{-3}$ and $x_{ij}$", "O(n²) and 10⁻³ and x_ij"),
        ("$\\frac{a}{b}$", "$\\frac{a}{b}$"),
        ("from $5 to $10, or $6$", "from $5 to $10, or 6"),
        ("Schr\\\"odinger's \\'{e}t\\'e, \\v{S}, \\ss{} and \\l", "Schrödinger's été, Š, ß and ł"),
        ("\\texttt{a_b} \\& C\\_2 at 5\\%", "a_b & C_2 at 5%"),
        ("\\input{x} {y} $\\evil{z}$", "\\input{x} {y} $\\evil{z}$"),
        ("a\x00b\u202ec\nd", "abc d"),
    ],
)  # fmt: skip
def test_tex_as_text(tex: str, text: str) -> None:
    assert unicode(tex) == text
