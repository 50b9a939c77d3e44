"""What is thought of a token, by what it says of itself."""

from datetime import timedelta

import pytest

from provisioner.doctor import tokens
from provisioner.models.diagnosis import CheckState
from provisioner.models.setup import TokenOwner
from tests.unit.doctor.readers import NOW, Settings


def state(owner: TokenOwner, is_the_jobs_own: bool = False) -> CheckState:
    return tokens.copies_door(Settings, NOW, is_the_jobs_own).judge(owner).state


def test_a_fine_grained_token_does_not_say_what_it_may_do() -> None:
    assert state(TokenOwner(login="bot")) is CheckState.UNKNOWN


def test_an_apps_token_is_not_known_to_be_enough_unless_it_is_the_jobs_own() -> None:
    assert state(TokenOwner()) is CheckState.UNKNOWN
    assert state(TokenOwner(), is_the_jobs_own=True) is CheckState.NOT_OK


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (("repo", "gist"), CheckState.OK),
        (("public_repo",), CheckState.OK),
        (("repo:status", "gist"), CheckState.NOT_OK),
        ((), CheckState.NOT_OK),
    ],
)
def test_a_classic_token_needs_one_of_two_scopes(
    scopes: tuple[str, ...], expected: CheckState
) -> None:
    assert state(TokenOwner(login="bot", scopes=scopes)) is expected


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, "not_ok"), (0, "not_ok"), (13, "not_ok"), (14, "ok"), (400, "ok")]
)
def test_a_token_that_ends_within_two_weeks_is_to_be_renewed_now(days: int, expected: str) -> None:
    ends = NOW + timedelta(days=days)
    assert state(TokenOwner(login="bot", scopes=("repo",), expires_at=ends)).value == expected
