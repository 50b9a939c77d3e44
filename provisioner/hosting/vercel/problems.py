"""What Vercel's refusals mean: status, code and words sorted into the closed set. Pure.

Each call has its own table, for the same status means different things to different calls.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from provisioner.errors import RemoteError, TokenRefused, UnexpectedResponse, Unreachable
from provisioner.hosting.base import MARK
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.refusals import When, answers, body_says, codes, says

_OF_TIME = frozenset({Problem.BUILDS_USED_UP, Problem.NAME_SERVERS_SILENT})
"""Time itself fixes these, so they stand for what may pass as well."""
SHORT_WAIT = 60.0
"""Seconds; a longer wait on a 429 is that of a plan's quota."""

Table = tuple[tuple[When, Problem], ...]


@contextmanager
def sorted_by(table: Table) -> Iterator[None]:
    """Inside, a refusal that the table knows is raised as a `HostProblem`.

    What is said of the token, or of an answer that is none, is no single call's trouble.
    """
    try:
        yield
    except (TokenRefused, Unreachable, UnexpectedResponse, HostProblem):
        raise
    except RemoteError as error:
        problem = next((problem for when, problem in table if when(error)), None)
        if problem is None or (_may_pass(error) and problem not in _OF_TIME):
            raise
        raise HostProblem(error, problem, holder=_holder(error)) from error


def _may_pass(error: RemoteError) -> bool:
    """Whether it stands for a limit, or for a trouble of the service's own, whatever it says."""
    return error.retry_after is not None or (error.status or 0) >= 500 or error.status in _PASSING


_PASSING = frozenset({408, 425, 429})


def _is_of_mark(error: RemoteError) -> bool:
    """Whether a project was refused for the variable that was to come with it.

    Which teams' policies refuse one that everybody may read, and how, is not on record: a refusal
    that names a variable, in its text, code or body, is taken for one.
    """
    if error.status not in (400, 403):
        return False
    body = error.body if isinstance(error.body, dict) else {}
    said = (error.said or error.message).lower()
    named = MARK in (body.get("key"), body.get("envVarKey"))
    return named or error.code.upper().startswith("ENV_") or "environment variable" in said


def _is_quota(error: RemoteError) -> bool:
    if error.code == "builds_rate_limited" or error.code.startswith("api-deployments-"):
        return True
    return error.status == 429 and (error.retry_after or 0.0) > SHORT_WAIT


def _is_unpaid(error: RemoteError) -> bool:
    return error.status == 402 and not error.code.startswith("api-deployments-")


def _is_here(error: RemoteError) -> bool:
    """Vercel has two codes for a domain that is on this very project, both on a 400."""
    return error.status == 400 and error.code in ("domain_already_exists", "domain_already_in_use")


def _is_transfer(error: RemoteError) -> bool:
    """What Vercel says may hold names, such as money-transfer.example.org: they say nothing."""
    words = {word.strip(".,:;!") for word in (error.said or error.message).lower().split()}
    said = "transfer" in error.code or not words.isdisjoint(_TRANSFER)
    return error.status == 409 and said


_TRANSFER = frozenset({"transfer", "transferred", "transferring"})


def _is_held(error: RemoteError) -> bool:
    return error.status == 409 and not _is_transfer(error)


def _holder(error: RemoteError) -> str:
    """A 409 names the holder within `domain`; `projectId` beside it is our own project's."""
    domain = error.body.get("domain") if isinstance(error.body, dict) else None
    return str(domain.get("projectId") or "") if isinstance(domain, dict) else ""


READ: Table = (
    (answers(404), Problem.MISSING),
    (answers(403), Problem.NO_ENTRY),
)
_UNLINKABLE: Table = (  # `action` is told before `code`, as Vercel's own command line does
    (body_says("action", "Install GitHub App"), Problem.REPOSITORY_UNSEEN),
    (codes("repo_not_found"), Problem.REPOSITORY_UNSEEN),
    (body_says("action", "Add a Login Connection"), Problem.NO_LOGIN),
    (codes("repo_links_exceeded_limit"), Problem.LINKS_USED_UP),
    (codes("too_many_projects"), Problem.PROJECTS_USED_UP),
    (says("hobby", 400, 402, 403), Problem.PLAN_TOO_SMALL),
)
_ACCOUNT: Table = (
    (answers(402), Problem.UNPAID),
    (answers(403, 404), Problem.NO_ENTRY),
)
CREATION: Table = (
    (_is_of_mark, Problem.MARK_REFUSED),
    *_UNLINKABLE,
    (answers(409), Problem.NAME_TAKEN),
    *_ACCOUNT,
)
CHANGE: Table = ((answers(409), Problem.IN_TRANSFER),)
CONNECTION: Table = (*_UNLINKABLE, *CHANGE, *_ACCOUNT)
DEPLOYMENT: Table = (
    (codes("missing_build_script"), Problem.NO_WAY_TO_BUILD),
    (_is_transfer, Problem.IN_TRANSFER),
    (_is_unpaid, Problem.BUILDS_UNPAID),
    (codes("incorrect_git_source_info"), Problem.COMMIT_UNSEEN),
    (_is_quota, Problem.BUILDS_USED_UP),
)
PROMOTION: Table = (
    *CHANGE,
    (answers(400, 403, 404), Problem.NOT_PROMOTED),
)
ATTACHING: Table = (
    (_is_here, Problem.DOMAIN_HERE),
    (_is_held, Problem.DOMAIN_HELD),
    (says("latest production deployment", 400), Problem.NO_GOOD_BUILD),
    (codes("invalid_domain", "invalid_name"), Problem.NO_DOMAIN_NAME),
    (codes("too_many_domains"), Problem.DOMAINS_USED_UP),
    (_is_transfer, Problem.IN_TRANSFER),
    (answers(403), Problem.DOMAIN_NOT_ALLOWED),
)
DETACHING: Table = (
    (codes("domain_is_redirect"), Problem.DOMAIN_LED_TO),
    (answers(409), Problem.DOMAIN_IN_TRANSFER),
)
ADVICE: Table = (
    (codes("timeout", "unexpected_dns_response"), Problem.NAME_SERVERS_SILENT),
    (codes("invalid_name", "invalid_domain"), Problem.NO_DOMAIN_NAME),
    *READ,
)
