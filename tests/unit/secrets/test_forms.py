"""A secret is known in every form in which it travels, and taken out of a text whole."""

import base64

import pytest

from provisioner.secrets.forms import HIDDEN, SHORTEST_SECRET, forms_of, without_secrets

SECRET = 'ab/c d"é'
"""With a slash, a space, a quotation mark, and a letter that is no ASCII."""


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        'ab/c d\\"é',
        'ab/c d\\"\\u00e9',
        'ab\\/c d\\"é',
        'ab\\/c d\\"\\u00e9',
        'ab/c d\\\\\\"é',
        'ab/c d\\\\\\"\\\\u00e9',
        "ab%2Fc%20d%22%C3%A9",
        "ab%2fc%20d%22%c3%a9",
        "ab/c%20d%22%C3%A9",
        "ab/c%20d%22%c3%a9",
        "ab%2Fc+d%22%C3%A9",
        "ab/c d&quot;é",
        "61622f63206422c3a9",
        "YWIvYyBkIsOp",
    ],
)
def test_a_secret_is_known_as_it_is_written_elsewhere(form: str) -> None:
    assert form in forms_of(SECRET)


def test_a_secret_is_known_as_python_shows_it() -> None:
    assert "ab\\x01cd" in forms_of("ab\x01cd")


def test_a_secret_is_known_without_the_spaces_around_it() -> None:
    assert "hunter2" in forms_of("  hunter2\n")


def test_each_line_of_a_secret_is_one() -> None:
    assert {"first line", "second line"} <= forms_of("first line\r\nsecond line\n")


def test_the_password_of_an_address_is_one() -> None:
    assert "pass%20w" in forms_of("postgres://user:pass%20w@db.example.org/x")


def test_what_is_no_address_has_no_password() -> None:
    assert "http://[" in forms_of("http://[")


def test_what_is_too_short_is_no_secret() -> None:
    assert SHORTEST_SECRET == 4
    assert "abcd" in forms_of("abcd")
    assert forms_of("abc") == {"YWJj"}
    assert "  a  " not in forms_of("  a  ")
    assert "abc" not in forms_of("abc\nlong enough")


def test_half_a_character_does_not_stop_us() -> None:
    assert "pass\ud800word" in forms_of("pass\ud800word")


@pytest.mark.parametrize("before", ["", "u", "us", "user:"])
@pytest.mark.parametrize("after", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("secret", ["hunter2hunter", "hunter2hunter2", "hunter2hunter2x"])
def test_a_secret_is_known_within_something_longer_in_base64(
    before: str, after: str, secret: str
) -> None:
    text = base64.b64encode(f"{before}{secret}{after}".encode()).decode()
    found = [form for form in forms_of(secret) if form in text]
    assert found
    assert max(map(len, found)) >= len(text) * len(secret) // len(before + secret + after) - 6


def test_a_secret_is_known_in_the_base64_of_addresses() -> None:
    assert {"Pz8-Pz8_", "Pz8+Pz8/"} <= forms_of("??>???")


def test_a_part_in_base64_is_cut_where_its_neighbours_begin() -> None:
    shifted = base64.b64encode(b"\0" + b"hunter2").decode()[2:10]
    longer = base64.b64encode(b"\0" + b"hunter2hunte").decode()[2:17]
    assert len(shifted) == 8
    assert shifted in forms_of("hunter2")
    assert longer in forms_of("hunter2hunte")
    assert base64.b64encode(b"\0" + b"hunter").decode()[2:9] not in forms_of("hunter")


def test_a_part_in_base64_that_is_too_short_is_left_out() -> None:
    assert {form for form in forms_of("abcd") if form not in ("abcd", "61626364")} == {"YWJjZA"}
    assert "FiY2Rl" not in forms_of("abcde")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a hush-hush b", "a *** b"),
        ("hush-hushhush-hush", "***"),
        ("hush-hush hush-hush", "*** ***"),
        ("nothing", "nothing"),
        ("hush-", "hush-"),
    ],
)
def test_a_form_is_hidden_wherever_it_stands(text: str, shown: str) -> None:
    assert without_secrets(text, ["hush-hush"]) == shown


def test_forms_that_overlap_are_hidden_as_one() -> None:
    assert without_secrets("x abcdef y", ["abcd", "cdef"]) == "x *** y"
    assert without_secrets("x abcdef y", ["abcdef", "bcd"]) == "x *** y"
    assert without_secrets("x ababab y", ["abab"]) == "x *** y"
    assert without_secrets("xaaaaay", ["aaaa"]) == "x***y"
    assert without_secrets("x abcdef y abcdef z", ["abcd", "cdef"]) == "x *** y *** z"
    assert without_secrets("x abcdef y abcdef z", ["abcdef", "bcd"]) == "x *** y *** z"
    assert without_secrets("x abcdefg y", ["abcd", "defg"]) == "x *** y"


def test_what_hiding_brings_together_is_hidden_too() -> None:
    assert without_secrets("a-secret-b", ["secret", "a-***-b"]) == HIDDEN


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ghp_" + "a1B2" * 4, "***"),
        ("github_pat_" + "a1B2" * 4, "***"),
        ("vcp_" + "a1B2" * 5, "***"),
        ("/bot123456:" + "a" * 30 + "/getMe", "/bot***/getMe"),
        ("123456%3A" + "a" * 30, "***"),
        ("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY----- y", "*** y"),
        ("-----BEGIN PRIVATE KEY-----\nx", "***"),
        ("Bearer abc1234", "Bearer ***"),
        ("bearer " + "x" * 20, "bearer ***"),
        ("the bearer of this", "the bearer of this"),
        ("Authorization: Basic YWJj", "Authorization: Basic ***"),
        ("'authorization': 'abc'", "'authorization': '***'"),
        ("postgres://user:pass@db/x", "postgres://***@db/x"),
        ("https://token@example.org", "https://***@example.org"),
        ("https://example.org/@amina", "https://example.org/@amina"),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0", "***"),
        ("x-eyJhbGciOiJI.eyJzdWIiOiIx.", "x-***"),
        ("eyJhbGc.x", "eyJhbGc.x"),
    ],
)
def test_what_looks_like_a_token_is_hidden_unasked(text: str, shown: str) -> None:
    assert without_secrets(text, ()) == shown


def test_a_form_that_hiding_a_token_brings_together_is_hidden() -> None:
    text = "pre ghp_" + "a1B2" * 4 + " post"
    assert without_secrets(text, ["e *** p"]) == "pr***ost"
    token = "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0"
    assert without_secrets(f"pre {token} post", ["e *** p"]) == "pr***ost"
