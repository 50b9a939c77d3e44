"""A host's refusal reaches people in that host's own words; everything else stays what it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.errors import Effect, FatalError, NotYet, ProvisionerError, RemoteError
from provisioner.hosting.problems import Concerned, HostProblem, Problem
from provisioner.hosting.registry import FIRST
from provisioner.models.plan import Actor
from provisioner.refusals import Words
from tests.unit.actions.hosted import Hosted, app, readers

SITE = app(team="nairobi-team", owner="nairobi-owner")
ERROR = RemoteError("No.", service="Host", effect=Effect.NONE, status=409)
PROBLEM = HostProblem(ERROR, Problem.IN_TRANSFER)
Say = Callable[[HostProblem, Concerned], Words | None]


def told(error: Exception, say: Say, state: str = "") -> Exception:
    host = readers(Hosted(kind=replace(FIRST, words=say))).host(SITE)
    with pytest.raises(Exception) as caught, in_words(host, concerning(SITE), state):  # noqa: PT011
        raise error
    return caught.value


def waits(problem: HostProblem, about: Concerned) -> Words:
    return Words(f"{problem.problem} of {about.project}.", "Wait.", Actor.FACILITATOR, 60.0)


def test_all_that_a_call_may_be_about_is_known() -> None:
    assert concerning(SITE, "docs.example.org") == Concerned(
        team="nairobi-team",
        project="nairobi--docs",
        hub="nairobi",
        owner="nairobi-owner",
        repository="nairobi-owner/nairobi--docs",
        domain="docs.example.org",
    )
    assert concerning(SITE).domain == ""


def test_it_is_told_in_the_hosts_own_words_and_its_cause_is_kept() -> None:
    error = told(PROBLEM, waits)

    assert isinstance(error, NotYet)
    assert (error.message, error.hint) == ("in-transfer of nairobi--docs.", "Wait.")
    assert (error.who, error.wake_after) == ("facilitator", 60.0)
    assert error.__cause__ is PROBLEM


def test_how_things_stand_now_is_added_to_what_happened() -> None:
    error = told(PROBLEM, waits, " It is connected to nothing.")

    assert isinstance(error, ProvisionerError)
    assert error.message == "in-transfer of nairobi--docs. It is connected to nothing."
    assert error.hint == "Wait."


def test_what_the_host_has_no_words_for_stays_what_it_is() -> None:
    assert told(PROBLEM, lambda _, __: None) is PROBLEM


@pytest.mark.parametrize("error", [ERROR, FatalError("No."), ValueError("no")])
def test_what_is_no_problem_of_the_hosts_is_not_looked_at(error: Exception) -> None:
    assert told(error, waits) is error
