"""Which words a refusal becomes, and who is asked: by what the service said, never by our path."""

from functools import partial

import pytest

from provisioner.actions.support.copy_refusals import copy_refusals
from provisioner.errors import (
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
    TokenRefused,
)
from provisioner.models.plan import Actor
from provisioner.refusals import Refusal, Words, body_says, codes, refusals, says
from tests.unit.actions.hosted import app
from tests.unit.refusing import refused_by

SITE = app(hub="hobby-club", owner="no-git-content", team="forking-is-disabled")


error = partial(refused_by, "GitHub", call="POST /repos/hobby/forking-is-disabled/forks")


def told(known: tuple[Refusal, ...], refused: RemoteError) -> ProvisionerError:
    with pytest.raises(ProvisionerError) as caught, refusals(*known):
        raise refused
    return caught.value


@pytest.mark.parametrize(
    ("refused", "kind", "who"),
    [
        (error(403, "The repository exists, but forking is disabled."), FatalError, "maintainer"),
        (error(403, "It contains no Git content."), FatalError, "maintainer"),
        (error(403, "Resource not accessible by personal access token"), NotYet, "facilitator"),
        (error(404, "Not Found"), NotYet, "facilitator"),
        (error(422, "Could not clone: Name already exists on this account"), RetryableError, ""),
    ],
)
def test_a_copy_that_is_refused(refused: RemoteError, kind: type, who: str) -> None:
    outcome = told(copy_refusals(SITE), refused)

    assert isinstance(outcome, kind)
    assert getattr(outcome, "who", "") == who


def test_a_limit_is_never_taken_for_a_missing_permission() -> None:
    limited = error(403, "You have exceeded a secondary rate limit", wait=60.0)

    assert told(copy_refusals(SITE), limited) is limited


def test_a_token_that_is_not_accepted_is_nobody_elses_permission() -> None:
    bad = error(403, "Not authorized", kind=TokenRefused)

    assert told(copy_refusals(SITE), bad) is bad


def test_names_in_our_own_message_are_not_the_services_words() -> None:
    plain = error(403, "Something else")
    assert not says("forking is disabled")(plain)
    assert not says("hobby", 403)(plain)


def test_what_nobody_knows_stays_as_it_is() -> None:
    unknown = error(418, "I am a teapot")
    assert told(copy_refusals(SITE), unknown) is unknown


def test_every_refusal_says_what_to_do_and_who() -> None:
    for one in (refusal.words for refusal in copy_refusals(SITE)):
        assert one.message.endswith(".")
        assert one.again or (one.hint and one.who is not Actor.NOBODY)
        assert one.wake_after is None or "looks again by itself" in one.hint


def test_what_is_tried_again_keeps_its_hint_and_its_time() -> None:
    words = Words("Not yet.", "Wait a little.", wake_after=7.0, again=True).error()

    assert isinstance(words, RetryableError)
    assert (words.message, words.hint, words.retry_after) == ("Not yet.", "Wait a little.", 7.0)


def test_words_are_known_at_any_status_or_only_at_some_in_the_message_if_nothing_is_said() -> None:
    silent = error(403)
    silent.message = "Forking is disabled"

    assert says("no git")(error(409, "No Git content"))
    assert not says("no git", 403)(error(409, "No Git content"))
    assert says("disabled", 403)(silent)


def test_a_code_and_a_part_of_the_body_are_known_as_they_stand() -> None:
    assert codes("a", "b")(error(400, code="b"))
    assert not codes("a", "b")(error(400, code="c"))
    listed = error(400)
    listed.body = ["action"]
    assert body_says("action", "x")(error(400, body={"action": "x"}))
    assert not body_says("action", "x")(error(400, body={"action": "y"}))
    assert not body_says("action", "x")(listed)
