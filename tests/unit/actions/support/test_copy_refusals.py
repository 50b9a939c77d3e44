"""GitHub's refusals to copy: each by its status and its words, and who can fix it."""

from functools import partial

import pytest

from provisioner.actions.support.copy_refusals import copy_refusals
from provisioner.errors import (
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.refusals import HOUR, refusals
from tests.unit.actions.hosted import app
from tests.unit.refusing import refused_by

SITE = app(owner="nairobi-owner")
SOURCE = SITE.entry.app.source


refused = partial(refused_by, "GitHub")


def told(error: RemoteError) -> ProvisionerError:
    with pytest.raises(ProvisionerError) as caught, refusals(*copy_refusals(SITE)):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("Forking is disabled.", f"does not allow forks of {SOURCE}.", "Allow forking"),
        ("It has no Git content", f"source {SOURCE} is empty", f"Put the app's code into {SOURCE}"),
    ],
)
def test_a_source_that_cannot_be_copied_is_the_maintainers(
    said: str, message: str, hint: str
) -> None:
    error = told(refused(403, said))

    assert isinstance(error, FatalError)
    assert message in error.message
    assert hint in error.hint
    assert error.who == "maintainer"


@pytest.mark.parametrize(
    ("status", "message", "hint"),
    [
        (403, "make repositories in nairobi-owner", "it must be a member"),
        (404, f"does not show nairobi-owner or {SOURCE}", "lets the provisioner's account in"),
    ],
)
def test_an_account_that_does_not_let_us_in_is_waited_for(
    status: int, message: str, hint: str
) -> None:
    error = told(refused(status, "Not for you."))

    assert isinstance(error, NotYet)
    assert message in error.message
    assert hint in error.hint
    assert (error.who, error.wake_after) == ("facilitator", HOUR)


def test_a_name_that_was_taken_meanwhile_is_looked_at_again_in_this_run() -> None:
    error = told(refused(422, "Name already exists on this account"))

    assert isinstance(error, RetryableError)
    assert error.retry_after is None
    assert SITE.repository in error.message


@pytest.mark.parametrize(
    "error",
    [
        refused(422, "Forking is disabled."),
        refused(422, "It has no Git content"),
        refused(400, "Name already exists on this account"),
        refused(409, "Something else"),
        refused(404, "Not found", wait=60.0),
        refused(403, "You have exceeded a limit", wait=60.0),
    ],
)
def test_anything_else_stays_what_it_is(error: RemoteError) -> None:
    assert told(error) is error
