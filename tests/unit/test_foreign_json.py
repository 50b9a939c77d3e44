"""JSON that somebody else wrote: what is read, and what only harms its reader."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.foreign_json import MOST_DEPTH, MOST_DIGITS, json_of, json_or_none

HARMFUL = {
    "deep": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "one level too many": "[" * MOST_DEPTH + "1" + "]" * MOST_DEPTH,
    "objects a level too deep": '{"a":' * MOST_DEPTH + "1" + "}" * MOST_DEPTH,
    "5,000 digits": '{"id": ' + "9" * 5_000 + "}",
    "a digit too many": "9" * (MOST_DIGITS + 1),
    "more than a number can be": '{"id": 1e999}',
    "no number": '{"id": NaN}',
    "without end": '{"id": -Infinity}',
    "cut": '{"a"',
    "nothing": "",
    "a page": "<html>",
    "a control character": "\x00",
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_what_only_harms_its_reader_is_a_value_error_or_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"deep|digits|number|Expecting|control"):
        json_of(text)
    assert json_or_none(text) is None


def test_what_is_as_deep_and_as_long_as_may_be_is_read() -> None:
    levels = MOST_DEPTH - 1
    assert json_or_none("[" * levels + "1" + "]" * levels) is not None
    assert json_of("9" * MOST_DIGITS) == int("9" * MOST_DIGITS)
    assert json_of("[1.5, -2e3, []]") == [1.5, -2000.0, []]


def test_half_a_surrogate_is_replaced_wherever_it_stands() -> None:
    text = json.dumps({"a\ud83d": ["cut \ud83d", {"b": "\ude00"}], "whole": "😀", "one": 1})

    assert json_of(text) == {"a\ufffd": ["cut \ufffd", {"b": "\ufffd"}], "whole": "😀", "one": 1}
    assert json_of('["\ud83d"]') == ["\ufffd"]


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "replace")))
def test_whatever_a_text_is_what_is_read_of_it_can_be_written(text: str) -> None:
    with suppress(ValueError):
        json.dumps(json_of(text), ensure_ascii=False).encode()
