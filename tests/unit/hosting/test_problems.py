"""A host's problem is its client's error, with the reason beside it."""

from provisioner.errors import Effect, RemoteError
from provisioner.hosting.problems import Concerned, HostProblem, Problem

ERROR = RemoteError(
    "The host said no.",
    "Ask again.",
    service="Host",
    effect=Effect.UNKNOWN,
    status=409,
    code="conflict",
    retry_after=7.0,
    body={"a": 1},
    said="No.",
)


def test_nothing_of_the_error_is_lost() -> None:
    problem = HostProblem(ERROR, Problem.DOMAIN_HELD)

    for name, value in vars(ERROR).items():
        assert getattr(problem, name) == value
    assert str(problem) == "The host said no."


def test_what_it_is_and_whom_it_concerns_stands_beside_it() -> None:
    problem = HostProblem(ERROR, Problem.DOMAIN_HELD, holder="prj_2", variables={"A": "LIMIT"})

    assert (problem.problem, problem.holder) == (Problem.DOMAIN_HELD, "prj_2")
    assert problem.variables == {"A": "LIMIT"}


def test_where_nothing_is_told_there_is_nobody_and_no_variable() -> None:
    problem = HostProblem(ERROR, Problem.MISSING)

    assert (problem.holder, problem.variables) == ("", {})


def test_what_does_not_matter_to_a_call_is_empty() -> None:
    about = Concerned("team", "project")

    assert (about.hub, about.owner, about.repository, about.domain) == ("", "", "", "")
