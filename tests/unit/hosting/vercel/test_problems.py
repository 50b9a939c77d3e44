"""Into which problem each refusal of Vercel is sorted, and which stay what they are."""

from functools import partial

import pytest

from provisioner.engine.retry import is_transient
from provisioner.errors import RemoteError
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel import problems
from provisioner.hosting.vercel.problems import Table
from tests.unit.actions.hosted import as_told
from tests.unit.refusing import refused_by

TABLES = {
    "reading": problems.READ,
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


refused = partial(refused_by, "Vercel")


def sorted_into(table: Table, error: RemoteError) -> Problem | None:
    told = as_told(table, error)
    if isinstance(told, HostProblem):
        assert (told.message, told.effect, told.__cause__) == (error.message, error.effect, error)
        return told.problem
    assert told is error
    return None


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("status", "wait"),
    [(400, 30.0), (402, 30.0), (403, 0.0), (404, 30.0), (409, 30.0), (408, None), (425, None)],
)
def test_what_time_may_fix_is_no_problem_whatever_vercel_says_of_it(
    table: str, status: int, wait: float | None
) -> None:
    assert_no_problem(TABLES[table], status, wait)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_nor_is_what_vercel_itself_has_trouble_with(table: str, status: int) -> None:
    assert_no_problem(TABLES[table], status, None)


def assert_no_problem(table: Table, status: int, wait: float | None) -> None:
    body = {"action": "Add a Login Connection", "key": "PROVISIONER_APP"}
    for code in CODES:
        error = refused(status, "hobby", code, wait=wait, body=body)

        assert is_transient(error)
        assert sorted_into(table, error) is None


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


INSTALL, LOGIN = {"action": "Install GitHub App"}, {"action": "Add a Login Connection"}
UNLINKABLE = [
    (refused(400, body=INSTALL), Problem.REPOSITORY_UNSEEN),
    (refused(404, code="repo_not_found"), Problem.REPOSITORY_UNSEEN),
    (refused(400, body=LOGIN), Problem.NO_LOGIN),
    (refused(400, code="repo_links_exceeded_limit"), Problem.LINKS_USED_UP),
    (refused(400, code="too_many_projects"), Problem.PROJECTS_USED_UP),
    (refused(400, "Not on the Hobby plan."), Problem.PLAN_TOO_SMALL),
    (refused(402, "Not on the Hobby plan."), Problem.PLAN_TOO_SMALL),
    (refused(403, "Not on the Hobby plan."), Problem.PLAN_TOO_SMALL),
    (refused(402), Problem.UNPAID),
    (refused(403), Problem.NO_ENTRY),
    (refused(404), Problem.NO_ENTRY),
    (refused(400), None),
]
MEANINGS: dict[str, list[tuple[RemoteError, Problem | None]]] = {
    "reading": [
        (refused(404), Problem.MISSING),
        (refused(403), Problem.NO_ENTRY),
        (refused(400), None),
        (refused(402), None),
    ],
    "creation": [
        *UNLINKABLE,
        (refused(409), Problem.NAME_TAKEN),
        (refused(409, "Not on the Hobby plan."), Problem.NAME_TAKEN),
        (refused(400, body={"key": "PROVISIONER_APP"}), Problem.MARK_REFUSED),
        (refused(403, body={"envVarKey": "PROVISIONER_APP"}), Problem.MARK_REFUSED),
        (refused(400, "An Environment Variable is refused"), Problem.MARK_REFUSED),
        (refused(400, code="env_conflict"), Problem.MARK_REFUSED),
        (refused(402, code="ENV_CONFLICT"), Problem.UNPAID),
        (refused(400, body={"key": "ANOTHER"}), None),
        (refused(400, body=["PROVISIONER_APP"]), None),
        (refused(400, code="my_env_"), None),
    ],
    "change": [(refused(409), Problem.IN_TRANSFER), (refused(403), None), (refused(400), None)],
    "connection": [*UNLINKABLE, (refused(409), Problem.IN_TRANSFER)],
    "deployment": [
        (refused(400, code="missing_build_script"), Problem.NO_WAY_TO_BUILD),
        (refused(402), Problem.BUILDS_UNPAID),
        (refused(402, code="api-deployments-free-per-day"), Problem.BUILDS_USED_UP),
        (refused(400, code="incorrect_git_source_info"), Problem.COMMIT_UNSEEN),
        (refused(429, wait=60.5), Problem.BUILDS_USED_UP),
        (refused(429, wait=60.0), None),
        (refused(429), None),
        (refused(503, wait=7200.0), None),
        (refused(429, code="builds_rate_limited"), Problem.BUILDS_USED_UP),
        (refused(409), None),
        (refused(400), None),
    ],
    "promotion": [
        (refused(409), Problem.IN_TRANSFER),
        (refused(400), Problem.NOT_PROMOTED),
        (refused(403), Problem.NOT_PROMOTED),
        (refused(404), Problem.NOT_PROMOTED),
        (refused(402), None),
    ],
    "attaching": [
        (refused(400, code="domain_already_exists"), Problem.DOMAIN_HERE),
        (refused(400, code="domain_already_in_use"), Problem.DOMAIN_HERE),
        (refused(409, code="domain_already_in_use"), Problem.DOMAIN_HELD),
        (refused(409), Problem.DOMAIN_HELD),
        (refused(400, "The latest production deployment failed"), Problem.NO_GOOD_BUILD),
        (refused(404, "The latest production deployment failed"), None),
        (refused(400, code="invalid_domain"), Problem.NO_DOMAIN_NAME),
        (refused(400, code="invalid_name"), Problem.NO_DOMAIN_NAME),
        (refused(400, code="too_many_domains"), Problem.DOMAINS_USED_UP),
        (refused(403), Problem.DOMAIN_NOT_ALLOWED),
        (refused(404), None),
    ],
    "detaching": [
        (refused(409, code="domain_is_redirect"), Problem.DOMAIN_LED_TO),
        (refused(409), Problem.DOMAIN_IN_TRANSFER),
        (refused(404), None),
    ],
    "advice": [
        (refused(400, code="timeout"), Problem.NAME_SERVERS_SILENT),
        (refused(400, code="unexpected_dns_response"), Problem.NAME_SERVERS_SILENT),
        (refused(400, code="invalid_name"), Problem.NO_DOMAIN_NAME),
        (refused(400, code="invalid_domain"), Problem.NO_DOMAIN_NAME),
        (refused(404), Problem.MISSING),
        (refused(403), Problem.NO_ENTRY),
    ],
}


@pytest.mark.parametrize("table", TABLES)
def test_each_call_has_its_own_meaning_for_a_refusal(table: str) -> None:
    for error, problem in MEANINGS[table]:
        assert sorted_into(TABLES[table], error) is problem, (error, error.code)


@pytest.mark.parametrize(
    ("body", "holder"),
    [
        ({"projectId": "prj_ours", "domain": {"projectId": "prj_theirs"}}, "prj_theirs"),
        ({"projectId": "prj_ours"}, ""),
        ({"domain": {}}, ""),
        ({"domain": {"projectId": None}}, ""),
        ({"domain": "prj_theirs"}, ""),
        ({"domain": ["projectId"]}, ""),
        (["domain"], ""),
        (None, ""),
    ],
)
def test_the_holder_of_a_domain_is_who_vercel_names_within_it(body: object, holder: str) -> None:
    found = as_told(problems.ATTACHING, refused(409, body=body))

    assert isinstance(found, HostProblem)
    assert found.holder == holder


def test_a_problem_is_sorted_once() -> None:
    inner = as_told(problems.READ, refused(404))

    assert as_told(problems.CREATION, inner) is inner
