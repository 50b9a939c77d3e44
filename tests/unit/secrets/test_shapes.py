"""What looks like a secret is found by its shape or its name, and what only resembles it is not."""

import pytest

from provisioner.secrets.shapes import SHAPES, find_secrets, is_secret_name, without_secrets

BOT = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz_-01"
WEB = "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"


def names(text: str) -> list[str]:
    return [found.shape.name for found in find_secrets(text)]


@pytest.mark.parametrize(
    ("secret", "name"),
    [
        (BOT, "a Telegram bot token"),
        ("123456:" + "a" * 30, "a Telegram bot token"),
        ("123456789012:" + "a" * 30, "a Telegram bot token"),
        ("ghp_" + "a1B2" * 4, "a GitHub token"),
        ("ghs_" + "a1B2" * 9, "a GitHub token"),
        ("github_pat_" + "a1B2" * 4, "a GitHub token"),
        ("vcp_" + "a1B2" * 5, "a hosting token"),
        ("private_v1_" + "a" * 43, "the private half of a sealing key"),
        (KEY, "a private key"),
        ("-----BEGIN PRIVATE KEY-----\nnever closed", "a private key"),
        ("postgres://user:pass@", "an address with a password in it"),
        ("AMQP+s://:pass@", "an address with a password in it"),
        ("AKIA" + "A1B2" * 4, "an access key"),
        ("xoxb-0123456789", "an access key"),
        ("sk-" + "a1B2" * 5, "an access key"),
        ("AIza" + "a" * 35, "an access key"),
        (WEB, "a signed token"),
    ],
)
def test_a_secret_is_found_whole_where_it_stands(secret: str, name: str) -> None:
    (found,) = find_secrets(f"it is {secret}")
    assert (found.shape.name, found.start, found.end) == (name, 6, 6 + len(secret))
    assert without_secrets(f"it is {secret}") == "it is ***"


@pytest.mark.parametrize(
    "text",
    [
        "12345:" + "a" * 30,
        "1234567890123:" + "a" * 30,
        "123456:" + "a" * 29,
        "x123456:" + "a" * 30,
        "ghp_" + "a" * 15,
        "xghp_" + "a" * 16,
        "github_pat_" + "a" * 15,
        "vcp_" + "a" * 19,
        "private_v1_" + "a" * 42,
        "public_v1_" + "a" * 43,
        "-----BEGIN PUBLIC KEY-----",
        "neo4j+s://graph.example.org",
        "postgres://user@db.example.org",
        "https://example.org/a:b@c",
        "p://a:b@",
        "AKIA" + "A" * 15,
        "AKIA" + "A" * 17,
        "xoxb-012345678",
        "sk-" + "a" * 19,
        "AIza" + "a" * 34,
        "eyJhbGciOiJI.c2lnbmF0dXJl.c2lnbmF0",
        "eyJhbGc.eyJzdWIiOiIx.c2lnbmF0",
        "12:30",
        "",
    ],
)
def test_what_only_resembles_one_is_left_alone(text: str) -> None:
    assert names(text) == []
    assert without_secrets(text) == text


def test_every_secret_of_a_text_is_found() -> None:
    text = f"{BOT} and {BOT} and {WEB}"
    assert names(text) == ["a Telegram bot token", "a Telegram bot token", "a signed token"]
    assert without_secrets(text) == "*** and *** and ***"


def test_every_shape_says_how_the_secret_is_replaced() -> None:
    assert all(shape.renew for shape in SHAPES)
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) == 8


def test_only_an_address_is_more_than_its_secret() -> None:
    assert [shape.name for shape in SHAPES if not shape.whole] == [
        "an address with a password in it"
    ]


@pytest.mark.parametrize(
    "variable",
    [
        "TELEGRAM_TOKEN",
        "token",
        "CLIENT_SECRET_2",
        "PASSWD",
        "DbPassword",
        "PASSPHRASE",
        "PRIVATE_PART",
        "CREDENTIALS",
        "APIKEY_OF_MAPS",
        "API_KEY",
        "SIGNING_KEY",
        "KEY",
        "DB_PASS",
        "DB_PWD",
        "AUTH",
        "BASIC_AUTH",
    ],
)
def test_a_name_tells_that_a_variable_is_secret(variable: str) -> None:
    assert is_secret_name(variable)


@pytest.mark.parametrize(
    "variable",
    ["SITE_TITLE", "GRAPH_URI", "KEYBOARD", "MONKEY", "COMPASS", "PASS_RATE", "AUTHOR", "KEY_ID"],
)
def test_a_name_that_only_resembles_it_tells_nothing(variable: str) -> None:
    assert not is_secret_name(variable)
