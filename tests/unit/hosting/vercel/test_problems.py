"""Into which problem each refusal of Vercel is sorted, and which stay what they are."""

import pytest

from provisioner.engine.retry import is_transient
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel import problems
from provisioner.hosting.vercel.problems import Table
from tests.unit.actions.hosted import as_told

TABLES = {
    "look": problems.LOOK,
    "creation": problems.CREATION,
    "change": problems.CHANGE,
    "connection": problems.CONNECTION,
    "deployment": problems.DEPLOYMENT,
    "promotion": problems.PROMOTION,
    "attaching": problems.ATTACHING,
    "detaching": problems.DETACHING,
    "advice": problems.ADVICE,
}
CODES = (
    "",
    "missing_build_script",
    "incorrect_git_source_info",
    "repo_not_found",
    "repo_links_exceeded_limit",
    "too_many_projects",
    "too_many_domains",
    "domain_already_in_use",
    "domain_is_redirect",
    "invalid_domain",
    "ENV_CONFLICT",
)


def refused(
    status: int,
    said: str = "",
    code: str = "",
    wait: float | None = None,
    body: object = None,
) -> RemoteError:
    return RemoteError(
        f"Vercel answered {status}: {said}",
        service="Vercel",
        effect=Effect.NONE,
        status=status,
        said=said,
        code=code,
        retry_after=wait,
        body=body,
    )


def sorted_into(table: Table, error: RemoteError) -> Problem | None:
    told = as_told(table, error)
    if isinstance(told, HostProblem):
        return told.problem
    assert told is error
    return None


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("status", "wait"),
    [
        *((status, 30.0) for status in (400, 402, 404, 409, 503)),
        *((status, None) for status in (408, 425, 429, 500, 502)),
        (403, 0.0),
    ],
)
def test_what_time_may_fix_is_no_problem_whatever_vercel_says_of_it(
    table: str, code: str, status: int, wait: float | None
) -> None:
    body = {"action": "Add a Login Connection", "key": "PROVISIONER_APP"}
    error = refused(status, "hobby", code, wait, body)

    assert is_transient(error)
    assert sorted_into(TABLES[table], error) is None


@pytest.mark.parametrize(
    ("table", "error", "problem"),
    [
        (problems.DEPLOYMENT, refused(402, code="api-deployments-x", wait=80_000.0), "builds"),
        (problems.DEPLOYMENT, refused(429, code="builds_rate_limited", wait=5.0), "builds"),
        (problems.ADVICE, refused(504, code="timeout"), "servers"),
        (problems.ADVICE, refused(503, code="unexpected_dns_response", wait=60.0), "servers"),
    ],
)
def test_what_only_time_fixes_is_one_all_the_same(
    table: Table, error: RemoteError, problem: str
) -> None:
    known = {"builds": Problem.BUILDS_USED_UP, "servers": Problem.NAME_SERVERS_SILENT}

    assert sorted_into(table, error) is known[problem]


@pytest.mark.parametrize(
    "said",
    [
        "Cannot add money-transfer.example.org since it's already in use by another account.",
        "Cannot add transfer.example.org since it's already assigned to another project.",
        "",
    ],
)
def test_a_domain_that_is_called_transfer_is_held_and_in_no_transfer(said: str) -> None:
    error = refused(409, said, "domain_already_in_use")
    error.message = f"Vercel answered 409 to POST /v10/projects/transfer--docs/domains: {said}"

    assert sorted_into(problems.ATTACHING, error) is Problem.DOMAIN_HELD


@pytest.mark.parametrize("table", [problems.ATTACHING, problems.DEPLOYMENT])
@pytest.mark.parametrize(
    "error",
    [
        refused(409, "The project is being transferred."),
        refused(409, "Project Transfer: in progress"),
        refused(409, "It is transferring, and nothing can be changed"),
        refused(409, "No.", "project_being_transferred"),
    ],
)
def test_a_project_in_transfer_is_told_by_vercels_words_or_its_code(
    table: Table, error: RemoteError
) -> None:
    assert sorted_into(table, error) is Problem.IN_TRANSFER


def test_no_other_status_speaks_of_a_transfer() -> None:
    error = refused(400, "The project is being transferred.", "project_being_transferred")

    assert sorted_into(problems.ATTACHING, error) is None
    assert sorted_into(problems.DEPLOYMENT, error) is None
