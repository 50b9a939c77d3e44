"""How keys and values are spoken of: short, on one line, without anything secret."""

import pytest

from provisioner.desired.wording.words import (
    counted,
    in_list,
    kind_of,
    listing,
    nearest,
    plain,
    shown,
    snippet,
)

GITHUB = "ghp_" + "a1B2c3" * 6
KEYS = ("app", "apps", "domains", "env", "maintainers", "SITE_TITLE", "long-name-of-it")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nairobi", "Nairobi"),
        ("  two\n lines\tand  more ", "two lines and more"),
        ("a `code` b", "a 'code' b"),
        (f"my {GITHUB} token", "my *** token"),
        ("bearer 1234567", "bearer ***"),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 99 + "…"),
    ],
)
def test_foreign_text_is_short_and_on_one_line_and_holds_no_secret(text: str, said: str) -> None:
    assert plain(text) == said
    assert shown(text) == f"`{said}`"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "empty"),
        (True, "the word `true`"),
        (False, "the word `false`"),
        (0, "a number"),
        (1.5, "a number"),
        ("", "a text"),
        ([], "a list"),
        ({}, "a group of `key: value` lines"),
    ],
)
def test_a_value_is_called_what_a_person_would_call_it(value: object, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("domains", "domains"),
        ("domain", "domains"),
        ("DOMAINS", "domains"),
        ("site-title", "SITE_TITLE"),
        ("SITE_TITEL", "SITE_TITLE"),
        ("environment", "env"),
        ("maint", "maintainers"),
        ("lon", "long-name-of-it"),
        ("lo", None),
        ("ap", "app"),
        ("mastodon", None),
        ("", None),
    ],
)
def test_the_word_that_comes_nearest_is_meant(word: str, meant: str | None) -> None:
    assert nearest(word, KEYS) == meant


def test_of_words_that_are_begun_alike_the_longest_is_meant() -> None:
    assert nearest("environments-of-all", ("env", "environ")) == "environ"


def test_of_words_that_differ_in_their_case_the_last_is_meant() -> None:
    assert nearest("site", ("Site", "SITE", "site")) == "site"


def test_where_no_word_is_known_none_is_meant() -> None:
    assert nearest("x", ()) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b"], "`a` and `b`"),
        (["a", "b", "c"], "`a`, `b` and `c`"),
    ],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], said: str) -> None:
    assert listing(words) == said
    assert listing(words, "or") == said.replace("and", "or")


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "error", "0 errors"),
        (1, "error", "1 error"),
        (2, "error", "2 errors"),
        (1, "entry", "1 entry"),
        (2, "entry", "2 entries"),
        (2, "day", "2 days"),
    ],
)
def test_a_noun_follows_its_number(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said


@pytest.mark.parametrize(
    ("example", "line"),
    [
        ("docs", "key: docs"),
        (5, "key: 5"),
        (True, "key: true"),
        (["a", "b"], "key: [a, b]"),
        ({"docs": {"app": "docs-site"}, "n": 1}, "key: {docs: {app: docs-site}, n: 1}"),
        ([], "key: []"),
    ],
)
def test_an_example_is_one_line_of_yaml(example: object, line: str) -> None:
    assert snippet("key", example) == line


def test_an_entry_of_a_list_is_called_by_its_number() -> None:
    assert in_list(2, "domains") == "entry 2 of `domains`"
