"""What Vercel's refusals mean, which words they become, and who is asked: by what Vercel said."""

from functools import partial

import pytest

from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.errors import (
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
    TokenRefused,
    UnexpectedResponse,
    Unreachable,
)
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel import problems
from provisioner.hosting.vercel.problems import Table
from provisioner.hosting.vercel.refusals import words
from provisioner.models.plan import Actor
from provisioner.refusals import Words
from tests.unit.actions.hosted import Hosted, app, as_told, readers
from tests.unit.refusing import refused_by

SITE = app(hub="hobby-club", owner="no-git-content", team="forking-is-disabled")
HOST = readers(Hosted()).host(SITE)


error = partial(refused_by, "Vercel", call="POST /v11/projects of hobby")


def told(refused: RemoteError, table: Table = problems.CREATION) -> ProvisionerError:
    with pytest.raises(ProvisionerError) as caught, in_words(HOST, concerning(SITE, "a.example")):
        raise as_told(table, refused)
    return caught.value


@pytest.mark.parametrize(
    ("refused", "kind", "who", "word"),
    [
        (error(400, body={"action": "Install GitHub App"}), NotYet, "facilitator", "see"),
        (error(400, code="repo_not_found"), NotYet, "facilitator", "see"),
        (error(400, body={"action": "Add a Login Connection"}), FatalError, "maintainer", "login"),
        (error(400, code="repo_links_exceeded_limit"), NotYet, "facilitator", "linked"),
        (error(400, code="too_many_projects"), NotYet, "facilitator", "as many"),
        (error(400, "A Hobby account can't connect it"), NotYet, "facilitator", "free plan"),
        (error(402, "Payment required"), NotYet, "facilitator", "payment"),
        (error(403, "Not authorized"), FatalError, "facilitator", "into the team"),
        (error(409, "Project already exists"), RetryableError, "", "a moment ago"),
    ],
)
def test_a_project_that_is_refused(refused: RemoteError, kind: type, who: str, word: str) -> None:
    outcome = told(refused)

    assert isinstance(outcome, kind)
    assert getattr(outcome, "who", "") == who
    assert word in outcome.message


def test_what_vercel_asks_for_counts_before_its_code() -> None:
    both = error(400, "hobby", "too_many_projects", body={"action": "Install GitHub App"})
    assert "cannot see" in told(both).message


def test_a_limit_is_never_taken_for_a_missing_permission() -> None:
    limited = error(403, "You have exceeded a rate limit", wait=60.0)

    assert told(limited) is limited


@pytest.mark.parametrize("kind", [TokenRefused, Unreachable, UnexpectedResponse])
def test_what_is_no_calls_own_trouble_stays_as_it_is(kind: type[RemoteError]) -> None:
    bad = error(403, "Not authorized", kind=kind)

    assert told(bad) is bad


def test_names_in_our_own_message_are_not_vercels_words() -> None:
    assert "free plan" not in told(error(403, "Something else")).message


def test_what_nobody_knows_stays_as_it_is() -> None:
    unknown = error(418, "I am a teapot")

    assert told(unknown) is unknown


_SILENT = {
    Problem.MISSING,
    Problem.MARK_REFUSED,
    Problem.DOMAIN_HERE,
    Problem.DOMAIN_HELD,
    Problem.NAME_SERVERS_SILENT,
}
"""From these an action goes on by itself."""


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_that_reaches_people_says_what_to_do_and_who(problem: Problem) -> None:
    said = words(HostProblem(error(400), problem), concerning(SITE, "a.example"))

    assert (said is None) == (problem in _SILENT)
    if said is not None:
        assert said.message.endswith(".")
        waits = "looks again by itself" in said.hint or "tries again by itself" in said.hint
        assert said.again or (said.wake_after is not None) == waits
        assert said.again or said.hint
        assert said.who is not Actor.NOBODY or said.again or "Nothing is needed" in said.hint


@pytest.mark.parametrize("refused", [{"": "X"}, {"A": "ENV_CONFLICT", "B": "BAD_REQUEST"}])
def test_a_refusal_is_told_even_where_vercel_does_not_say_much(refused: dict[str, str]) -> None:
    problem = HostProblem(error(400), Problem.VARIABLES_REFUSED, variables=refused)
    said = words(problem, concerning(SITE))

    assert said is not None
    assert said.hint
    assert all(name in said.message for name in refused)


def test_a_quota_is_waited_for_as_long_as_it_says_and_at_least_five_minutes() -> None:
    def wait(seconds: float | None) -> float | None:
        problem = HostProblem(error(429, wait=seconds), Problem.BUILDS_USED_UP)
        said = words(problem, concerning(SITE))
        return said.wake_after if said else None

    assert [wait(None), wait(10.0), wait(7200.0)] == [3600.0, 300.0, 7200.0]


def said_of(problem: Problem, variables: dict[str, str] | None = None) -> Words:
    refused = HostProblem(error(400), problem, variables=variables)
    said = words(refused, concerning(SITE, "a.example"))
    assert said is not None
    return said


@pytest.mark.parametrize(
    ("variables", "message", "who"),
    [
        ({"A": "ENV_CONFLICT"}, "somebody has set A for one environment", Actor.FACILITATOR),
        ({"B": "env_limit", "A": "X"}, "together (A, B did not fit)", Actor.FACILITATOR),
        ({"B": "X", "A": "ENV_CONFLICT"}, "A, B (its code: ENV_CONFLICT, X)", Actor.MAINTAINER),
        ({"": "ENV_CONFLICT"}, "has set some variables for one", Actor.FACILITATOR),
    ],
)
def test_variables_that_are_refused_are_named_with_what_to_do(
    variables: dict[str, str], message: str, who: Actor
) -> None:
    said = said_of(Problem.VARIABLES_REFUSED, variables)

    assert message in said.message
    assert said.who is who


@pytest.mark.parametrize(
    ("problem", "seconds"),
    [
        (Problem.REPOSITORY_UNSEEN, 600),
        (Problem.NO_GOOD_BUILD, 600),
        (Problem.COMMIT_UNSEEN, 20),
        (Problem.PLAN_TOO_SMALL, 3600),
        (Problem.LINKS_USED_UP, 3600),
        (Problem.PROJECTS_USED_UP, 3600),
        (Problem.UNPAID, 3600),
        (Problem.IN_TRANSFER, 3600),
        (Problem.DOMAIN_NOT_ALLOWED, 3600),
        (Problem.DOMAIN_IN_TRANSFER, 3600),
    ],
)
def test_what_waits_is_looked_at_again_in_its_time(problem: Problem, seconds: int) -> None:
    assert said_of(problem).wake_after == seconds


def test_a_repository_is_named_as_the_app_of_github_lists_it() -> None:
    assert f"(or add {SITE.name} to the chosen ones)" in said_of(Problem.REPOSITORY_UNSEEN).hint


def test_a_commit_that_is_not_seen_is_one_of_the_copys() -> None:
    said = said_of(Problem.COMMIT_UNSEEN)

    assert said.message == f"Vercel cannot see the newest commit of {SITE.repository} yet."
    assert said.hint.startswith("If it stays so, open https://github.com/apps/vercel")
