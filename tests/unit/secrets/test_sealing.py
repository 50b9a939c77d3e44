"""Sealed values open where they were sealed for, and nowhere else."""

import base64
import json
import string
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox

from provisioner.errors import ConfigurationError, FatalError, ProvisionerError
from provisioner.secrets.sealing import (
    KeyPair,
    generate_keypair,
    key_id_of,
    key_id_within,
    open_sealed,
    public_of,
    seal,
)

PAIR = generate_keypair()
PLACE = ("nairobi", "bot", "TELEGRAM_TOKEN")
SECRET = "123456789:AbCdEf"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

values = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=200,
)
places = st.tuples(*[st.text(string.ascii_letters + '-_"[],\\ ', min_size=1, max_size=20)] * 3)


@given(place=places, value=values)
def test_what_was_sealed_opens_at_its_place(place: tuple[str, str, str], value: str) -> None:
    sealed = seal(PAIR.public, *place, value, NOW)
    assert open_sealed(PAIR.private, *place, sealed, now=NOW) == value


@given(place=places, other=places, value=values)
def test_it_opens_at_no_other_place(
    place: tuple[str, str, str], other: tuple[str, str, str], value: str
) -> None:
    assume(place != other)
    sealed = seal(PAIR.public, *place, value, NOW)
    with pytest.raises(FatalError, match="another hub, app or variable"):
        open_sealed(PAIR.private, *other, sealed, now=NOW)


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_value_never_opens(data: st.DataObject) -> None:
    sealed = seal(PAIR.public, *PLACE, SECRET, NOW)
    head, body = sealed.rsplit(".", 1)
    where = data.draw(st.integers(0, len(body) - 2))
    wrong = data.draw(st.sampled_from(string.ascii_letters).filter(lambda c: c != body[where]))
    with pytest.raises(FatalError, match="damaged"):
        open_sealed(
            PAIR.private, *PLACE, f"{head}.{body[:where]}{wrong}{body[where + 1 :]}", now=NOW
        )


@pytest.mark.parametrize("text", ["", "…", "v1.", "v2.AbCd_123." + "A" * 80, "v1.x.y", "A" * 100])
def test_what_is_no_sealed_value_does_not_open(text: str) -> None:
    with pytest.raises(FatalError, match="damaged"):
        open_sealed(PAIR.private, *PLACE, text, now=NOW)


def test_another_key_does_not_open_it_and_says_who_can_help() -> None:
    with pytest.raises(FatalError, match="a key that is not in") as raised:
        open_sealed(
            generate_keypair().private, *PLACE, seal(PAIR.public, *PLACE, SECRET, NOW), now=NOW
        )
    assert raised.value.who == "maintainer"
    assert "provisioner seal nairobi bot TELEGRAM_TOKEN" in raised.value.hint


def test_older_keys_open_what_was_sealed_with_them() -> None:
    newer = generate_keypair()
    both = f"{newer.private}\n{PAIR.private}"
    assert open_sealed(both, *PLACE, seal(PAIR.public, *PLACE, SECRET, NOW), now=NOW) == SECRET
    assert open_sealed(both, *PLACE, seal(newer.public, *PLACE, SECRET, NOW), now=NOW) == SECRET
    assert public_of(both) == newer.public


def test_a_value_somebody_made_without_a_binding_does_not_open() -> None:
    key = PublicKey(base64.urlsafe_b64decode(PAIR.public + "="))
    for content in (SECRET.ljust(80), json.dumps([*PLACE, SECRET]).ljust(80), "[" * 60_000):
        box = base64.urlsafe_b64encode(SealedBox(key).encrypt(content.encode())).rstrip(b"=")
        sealed = f"v1.{key_id_of(PAIR.public)}.{box.decode()}"[:40_000]
        with pytest.raises(FatalError, match="damaged"):
            open_sealed(PAIR.private, *PLACE, sealed, now=NOW)


def test_no_error_holds_the_value_or_a_key() -> None:
    sealed = seal(PAIR.public, *PLACE, SECRET, NOW)
    for place in (PLACE, ("kisumu", "bot", "X")):
        for text in (sealed[:-2] + "AA", sealed):
            for key in (PAIR.private, generate_keypair().private, "nonsense"):
                try:
                    open_sealed(key, *place, text, now=NOW)
                except ProvisionerError as error:
                    told = error.message + error.hint + repr(error.__cause__)
                    assert SECRET not in told
                    assert PAIR.private not in told


def test_the_same_value_is_never_sealed_twice_alike_and_its_length_is_hidden() -> None:
    first, second = (seal(PAIR.public, *PLACE, SECRET, NOW) for _ in range(2))
    assert first != second
    assert len(first) == len(seal(PAIR.public, *PLACE, SECRET[:-3], NOW))


def test_key_ids_tell_keys_apart() -> None:
    other = generate_keypair()
    assert key_id_of(PAIR.public) != key_id_of(other.public)
    assert key_id_within(seal(other.public, *PLACE, SECRET, NOW)) == key_id_of(other.public)
    assert key_id_within("plain") is None
    assert public_of(PAIR.private) == PAIR.public


def test_a_pair_shows_no_private_half_by_accident() -> None:
    assert PAIR.private not in repr(PAIR)
    assert KeyPair(PAIR.public, PAIR.private) == PAIR


@pytest.mark.parametrize(
    "key",
    ["", "x", PAIR.public, "private_v1_x", PAIR.private + "x"],
    ids=["empty", "x", "public half", "short", "long"],
)
def test_what_is_no_private_key_is_wrong_configuration(key: str) -> None:
    with pytest.raises(ConfigurationError, match="private half"):
        open_sealed(key, *PLACE, seal(PAIR.public, *PLACE, SECRET, NOW), now=NOW)


@pytest.mark.parametrize(
    "key",
    ["", "x", PAIR.private, "A" * 43, "!" * 43],
    ids=["empty", "x", "private half", "no point of the curve", "no base64url"],
)
def test_what_is_no_public_key_seals_nothing(key: str) -> None:
    with pytest.raises(ConfigurationError, match="public half"):
        seal(key, *PLACE, SECRET, NOW)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a\0b",
        "\udc80",
        "a\nb",
        "a\n",
        "a\rb",
        "a\tb",
        "\x1b[31m",
        "a\x85b",
        "a\u2028b",
        "x" * 16_385,
        "€" * 16_384,
    ],
)
def test_what_no_variable_can_hold_is_not_sealed(value: str) -> None:
    with pytest.raises(ConfigurationError, match="nothing was sealed"):
        seal(PAIR.public, *PLACE, value, NOW)
