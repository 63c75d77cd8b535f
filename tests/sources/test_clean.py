"""Text, names and links of upstreams are somebody's input: what comes out is one visible line, a name, or a safe link."""

import pytest

from digest.sources import clean

ZERO_WIDTH, RTL, BOM, TAG = "\u200b", "\u202e", "\ufeff", "\U000e0041"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("A plain title", "A plain title"),
        ("  A \n title\tin\r\n  pieces ", "A title in pieces"),
        ("one\u2028two\u2029three\x85four\xa0five", "one two three four five"),
        (f"a{ZERO_WIDTH}b{RTL}c{BOM}d{TAG}e\u00adf", "abcdef"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m"),
        ("half a pair \ud83d of surrogates", "half a pair of surrogates"),
        ("private \ue000 and unassigned \uffff", "private and unassigned"),
        ("Emoji 🤖 and 中文：标题，é, ü", "Emoji 🤖 and 中文：标题，é, ü"),
        ("$a<b$ and c > d", "$a<b$ and c > d"),
        (r"$\tau_p$ & \alpha {x} `y` | <b>", r"$\tau_p$ & \alpha {x} `y` | <b>"),
        ("", ""),
        (ZERO_WIDTH * 9, ""),
        (None, ""),
        (5, ""),
        (["a"], ""),
        (b"a", ""),
    ],
)
def test_text_is_one_line_of_what_a_reader_can_see(given: object, expected: str) -> None:
    assert clean.text(given) == expected


def test_a_long_text_is_cut_at_a_word() -> None:
    assert clean.text("one two three", 9) == "one two…"
    assert clean.text("one two three", 13) == "one two three"


@pytest.mark.parametrize("title", ["word " * 400, "x" * 2000, "🤖" * 2000, "\n" * 2000 + "x " * 1000])
def test_a_title_of_2000_characters_is_capped(title: str) -> None:
    found = clean.text(title, clean.TITLE_CAP)
    assert len(found) <= clean.TITLE_CAP + 1 and found.endswith("…") and "\n" not in found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (r"$\texttt{FLAC}$: \emph{Maximum} \n Entropy", r"FLAC: Maximum \n Entropy"),
        ("Schr\\\"odinger's\n cats---and $\\tau_p$ {a}", "Schrödinger's cats—and $\\tau_p$ {a}"),
        (None, ""),
    ],
)
def test_a_title_is_without_text_commands_of_tex(given: object, expected: str) -> None:
    assert clean.title(given) == expected


def test_a_long_title_is_cut_after_its_commands_are_gone() -> None:
    assert clean.title(r"\textbf{word} " * 101) == ("word " * 100).strip() + "…"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["GLM-5 Team", ":", "Aohan Zeng"], ("GLM-5 Team", "Aohan Zeng")),
        (["GLM-5 Team:", "Aohan Zeng"], ("GLM-5 Team", "Aohan Zeng")),
        ([":"], ()),
        (["Ada", "Ada", " Ada "], ("Ada",)),
        (["", " ", "\u200b", ","], ()),
        (["Jos\u00e9 \n Garc\u00eda"], ("José García",)),
        (["Robert'); DROP TABLE"], ("Robert'); DROP TABLE",)),
        (["J. R. R. Tolkien Jr."], ("J. R. R. Tolkien Jr.",)),
    ],
)
def test_authors_are_names_once_each_and_a_collaboration_has_no_colon(given: list[str], expected: tuple[str, ...]) -> None:
    assert clean.authors(given) == expected


def test_three_thousand_authors_are_kept_in_order() -> None:
    names = [f"Author {n}" for n in range(3000)]
    assert clean.authors(names) == tuple(names)


REPOSITORIES = [
    ("https://github.com/owner/name", "https://github.com/owner/name"),
    ("http://github.com/owner/name", "https://github.com/owner/name"),
    ("https://www.github.com/owner/name/", "https://github.com/owner/name"),
    ("https://GitHub.com/Owner/Name", "https://github.com/Owner/Name"),
    ("https://github.com/owner/name.git", "https://github.com/owner/name"),
    ("https://github.com/owner/name.", "https://github.com/owner/name"),
    ("https://github.com/owner/name),", "https://github.com/owner/name"),
    ("https://github.com/owner/name/tree/main?tab=readme#x", "https://github.com/owner/name"),
    (" https://github.com/owner/n_a-m.e2 ", "https://github.com/owner/n_a-m.e2"),
    ("javascript:alert(1)", None),
    ("javascript:alert('https://github.com/owner/name')", None),
    ("data:text/html,https://github.com/owner/name", None),
    ("//github.com/owner/name", None),
    ("github.com/owner/name", None),
    ("ftp://github.com/owner/name", None),
    ("http://169.254.169.254/latest/meta-data", None),
    ("https://github.com@evil.com/owner/name", None),
    ("https://user:word@github.com/owner/name", None),
    ("https://github.com.evil.com/owner/name", None),
    ("https://evil.com/github.com/owner/name", None),
    ("https://github.com:8443/owner/name", None),
    ("https://github.com:x/owner/name", None),
    ("https://gist.github.com/owner/name", None),
    ("https://github.com/", None),
    ("https://github.com/owner", None),
    ("https://github.com/orgs/owner", None),
    ("https://github.com/owner/..", None),
    ("https://github.com/../name", None),
    ("https://github.com/-owner-/name", None),
    ("https://github.com/owner/na%2fme", None),
    ("https://github.com/owner/name\nX-Header: 1", None),
    ('https://github.com/owner/name"onclick="x', None),
    ("https://github.com/owner/<b>", None),
    ("https://ɡithub.com/owner/name", None),
    ("https://[::1/owner/name", None),
    ("https://github.com/owner/" + "n" * 600, None),
    ("", None),
    (None, None),
    (5, None),
    ({"url": "https://github.com/owner/name"}, None),
]


@pytest.mark.parametrize(("given", "expected"), REPOSITORIES, ids=lambda value: ascii(value)[:50])
def test_a_repository_is_an_address_at_github_or_nothing(given: object, expected: str | None) -> None:
    assert clean.repository(given) == expected


PAGES = [
    ("https://example.org/project/", "https://example.org/project/"),
    ("http://example.org/project", "https://example.org/project"),
    ("https://name.github.io/paper", "https://name.github.io/paper"),
    ("https://Example.org./x.", "https://example.org/x"),
    ("https://example.org", "https://example.org"),
    ("javascript:alert(1)", None),
    ("http://169.254.169.254/", None),
    ("http://127.0.0.1/admin", None),
    ("http://2130706433/", None),
    ("http://0x7f.1/", None),
    ("http://[::1]/", None),
    ("http://localhost/", None),
    ("https://printer.local/", None),
    ("https://metadata.google.internal/", None),
    ("https://example.org:8080/", None),
    ("https://example.org@evil.com/", None),
    ("https://exa mple.org/", None),
    ("https://-x-.org/", None),
    ("https://example..org/", None),
    ("https://example.org/<script>", None),
    ("https://example.org/\u202eexe", None),
    ("https://пример.рф/", None),
    (None, None),
    (["https://example.org"], None),
]


@pytest.mark.parametrize(("given", "expected"), PAGES, ids=lambda value: ascii(value)[:50])
def test_a_project_page_is_https_on_a_public_looking_host_or_nothing(given: object, expected: str | None) -> None:
    assert clean.web_page(given) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Code: https://github.com/owner/name."], "https://github.com/owner/name"),
        (["Code (https://github.com/owner/name), data elsewhere"], "https://github.com/owner/name"),
        (["Nothing here", "Code at https://github.com/owner/name"], "https://github.com/owner/name"),
        (["See https://github.com/orgs/all and https://github.com/owner/name"], "https://github.com/owner/name"),
        (["https://github.com/first/one https://github.com/second/two"], "https://github.com/first/one"),
        (["https://github.com.evil.com/owner/name"], None),
        (["https://github.com@evil.com/owner/name"], None),
        ([None, ""], None),
    ],
)
def test_the_first_repository_that_the_authors_name_is_found(texts: list[str | None], expected: str | None) -> None:
    assert clean.repository_in(*texts) == expected
