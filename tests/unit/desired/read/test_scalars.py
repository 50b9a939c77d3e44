"""Plain scalars mean what YAML 1.2 says, and not what YAML 1.1 said."""

import math

import pytest

from provisioner.desired.read.scalars import resolve


@pytest.mark.parametrize(
    "text",
    ["no", "No", "yes", "on", "off", "y", "n", "2026-01-01", "1_000", "1:30", "0b1", "1e", "-"],
)
def test_what_was_once_more_than_a_text_is_a_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-7", -7),
        ("+7", 7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("FALSE", False),
    ],
)
def test_numbers_and_words_of_the_core_schema(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing(text: str) -> None:
    assert resolve(text) is None


def test_numbers_without_end() -> None:
    assert resolve(".inf") == math.inf
    assert resolve("-.INF") == -math.inf
    assert math.isnan(float(str(resolve(".nan"))))
    assert resolve("9" * 60_000) == math.inf


@pytest.mark.parametrize("digits", [400, 401, 5000, 60_000])
@pytest.mark.parametrize(("prefix", "digit"), [("", "9"), ("-", "9"), ("0x", "f"), ("0o", "7")])
def test_a_number_of_any_length_and_base_can_be_written_down(
    prefix: str, digit: str, digits: int
) -> None:
    number = resolve(prefix + digit * digits)
    assert isinstance(number, int | float)
    assert str(number)
    assert (number < 0) == (prefix == "-")
