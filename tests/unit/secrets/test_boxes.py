"""When a sealed value may be used: not before its time, not for another owner, only as a line."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from nacl.public import PublicKey, SealedBox

from provisioner.errors import FatalError
from provisioner.secrets.sealing import (
    canonical,
    generate_keypair,
    key_id_of,
    open_sealed,
    seal,
)

PAIR = generate_keypair()
PLACE = ("nairobi", "bot", "TELEGRAM_TOKEN")
SECRET = "correct-horse-battery-staple"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST_VERSION = "provisioner sealed value v1"
PRESENT = "provisioner sealed value v2"


def boxed(*content: object) -> str:
    """A box as anybody can make one who has the public half of the key."""
    key = PublicKey(base64.urlsafe_b64decode(PAIR.public + "="))
    text = json.dumps(content).ljust(80).encode()
    box = base64.urlsafe_b64encode(SealedBox(key).encrypt(text)).rstrip(b"=").decode()
    return f"v1.{key_id_of(PAIR.public)}.{box}"


def opened(sealed: str, since: datetime | None = None) -> str:
    return open_sealed(PAIR.private, *PLACE, sealed, now=NOW, since=since)


def refusal(sealed: str, since: datetime | None = None) -> FatalError:
    with pytest.raises(FatalError) as caught:
        opened(sealed, since)
    error = caught.value
    assert error.who == "facilitator"
    assert "`provisioner seal nairobi bot TELEGRAM_TOKEN`" in error.hint
    assert SECRET not in error.message + error.hint
    return error


def sealed_at(time: datetime) -> str:
    return seal(PAIR.public, *PLACE, SECRET, time)


def test_what_the_former_owner_of_a_name_sealed_stays_shut() -> None:
    assert opened(sealed_at(NOW - DAY), since=NOW - DAY) == SECRET
    error = refusal(sealed_at(NOW - DAY), since=NOW - DAY + timedelta(seconds=1))
    assert "before 2026-02-28, when the hub's name had another owner" in error.message


def test_an_older_value_without_a_time_opens_while_the_name_never_changed_hands() -> None:
    old = boxed(FIRST_VERSION, *PLACE, SECRET)
    assert opened(old) == SECRET
    assert "does not say that it was sealed after 2026-02-28" in refusal(old, NOW - DAY).message


def test_a_time_that_has_not_come_yet_is_the_fault_of_a_clock() -> None:
    assert opened(sealed_at(NOW + DAY)) == SECRET
    assert "the clock of the machine" in refusal(sealed_at(NOW + DAY * 1.01)).message


def test_times_are_compared_whatever_their_zone() -> None:
    east = timedelta(hours=9)
    assert opened(boxed(PRESENT, *PLACE, SECRET, "2026-03-01T20:59:59+09:00"), NOW - east)
    assert refusal(boxed(PRESENT, *PLACE, SECRET, "2026-03-01T20:59:59+09:00"), NOW)


@pytest.mark.parametrize(
    "content",
    [
        (PRESENT, *PLACE, SECRET),
        (FIRST_VERSION, *PLACE, SECRET, "2026-01-01T00:00:00+00:00"),
        (PRESENT, *PLACE, SECRET, "2026-01-01T00:00:00"),
        (PRESENT, *PLACE, SECRET, "yesterday"),
        (PRESENT, *PLACE, SECRET, ""),
        (PRESENT, *PLACE, SECRET, None),
        (PRESENT, *PLACE, [SECRET], "2026-01-01T00:00:00+00:00"),
        (PRESENT, *PLACE, SECRET, "2026-01-01T00:00:00+00:00", "more"),
        ("provisioner sealed value v3", *PLACE, SECRET, "2026-01-01T00:00:00+00:00"),
    ],
)
def test_a_box_of_no_known_form_is_damaged(content: tuple[object, ...]) -> None:
    assert "is damaged" in refusal(boxed(*content)).message


@pytest.mark.parametrize("version", [FIRST_VERSION, PRESENT])
@pytest.mark.parametrize(
    "more", ["\n", "\0", "\ud800", "\r", "\t", "\x1b", "\x7f", "\x85", "\u2028", "x" * 16_384]
)
def test_a_value_that_is_no_line_of_text_is_not_used(version: str, more: str) -> None:
    time = [] if version == FIRST_VERSION else ["2026-01-01T00:00:00+00:00"]
    error = refusal(boxed(version, *PLACE, SECRET + more, *time))
    assert "holds a line break, a control character or half of a character" in error.message


def test_an_empty_value_is_not_used() -> None:
    assert "is empty" in refusal(boxed(FIRST_VERSION, *PLACE, "")).message


def test_one_box_is_the_same_however_its_last_character_is_written() -> None:
    sealed = boxed(FIRST_VERSION, *PLACE, SECRET + "x")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    raw = base64.urlsafe_b64decode(sealed.split(".")[2] + "==")
    forms = {
        sealed[:-1] + last
        for last in alphabet
        if base64.urlsafe_b64decode(sealed.split(".")[2][:-1] + last + "==") == raw
    }
    assert len(forms) > 1
    assert {canonical(form) for form in forms} == {sealed}
    assert canonical("…") == "…"
