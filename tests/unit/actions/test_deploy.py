"""Starting a build: what a refusal means, and that a failure is told before it is tried again."""

import pytest

from provisioner.actions.deploy import Deploy
from provisioner.engine.step import FAILED, Claims, Progress
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.models.plan import Verdict
from provisioner.models.remote import Deployment, DeploymentState, Project
from tests.unit.actions.hosted import Hosted, Opened, app, build, failed, readers, writers

SITE = app()
NOTHING: Claims = frozenset()
TOLD: Claims = frozenset({(FAILED, "deploy")})


class Refusing:
    """A host that takes no build."""

    def __init__(self, error: RemoteError) -> None:
        self._error = error

    def deploy(
        self, team: str, project: Project, branch: str, commit: str, labels: dict[str, str]
    ) -> Deployment:
        raise self._error


def refused(status: int, code: str, said: str = "", wait: float | None = None) -> ProvisionerError:
    """What becomes of a refusal."""
    error = RemoteError(
        f"Vercel answered {status}: {said}",
        service="Vercel",
        effect=Effect.NONE,
        status=status,
        code=code,
        retry_after=wait,
    )
    look = Deploy().assess(SITE, readers(Hosted()), NOTHING, None)
    with pytest.raises(ProvisionerError) as caught:
        Deploy().perform(SITE, writers(Refusing(error)), look)
    return caught.value


@pytest.mark.parametrize(
    ("status", "code", "wait", "wakes_after"),
    [
        (402, "api-deployments-free-per-day", None, 3600),
        (402, "api-deployments-free-per-day", 80_000.0, 80_000),
        (429, "builds_rate_limited", None, 3600),
        (429, "builds_rate_limited", 60.0, 300),
        (429, "rate_limited", 4000.0, 4000),
    ],
)
def test_builds_that_are_used_up_are_waited_for(
    status: int, code: str, wait: float | None, wakes_after: float
) -> None:
    error = refused(status, code, wait=wait)

    assert isinstance(error, NotYet)
    assert (error.who, error.wake_after) == ("nobody", wakes_after)


def test_a_short_limit_is_left_to_the_runner() -> None:
    error = refused(429, "rate_limited", wait=20.0)

    assert isinstance(error, RemoteError)
    assert error.retry_after == 20.0


def test_a_commit_that_the_host_does_not_see_yet_is_tried_again() -> None:
    error = refused(400, "incorrect_git_source_info")

    assert isinstance(error, RetryableError)
    assert error.retry_after == 20.0


@pytest.mark.parametrize(
    ("status", "code", "said", "who", "words"),
    [
        (402, "payment_required", "", "facilitator", "lacks a payment"),
        (400, "missing_build_script", "", "maintainer", "no way to build"),
    ],
)
def test_what_time_does_not_mend_fails_and_says_who_can(
    status: int, code: str, said: str, who: str, words: str
) -> None:
    error = refused(status, code, said)

    assert isinstance(error, FatalError)
    assert error.who == who
    assert words in error.message


def test_a_project_that_changes_hands_is_waited_for() -> None:
    error = refused(409, "conflict", "The project is being transferred")

    assert isinstance(error, NotYet)
    assert error.who == "facilitator"


def test_a_refusal_that_nobody_knows_stays_as_it_is() -> None:
    assert isinstance(refused(400, "something_new"), RemoteError)


def test_a_failure_that_nobody_has_read_of_is_told_and_not_built_over() -> None:
    hosted = Hosted(builds=[failed("ours", 1, SITE)], log=["it broke"])

    look = Deploy().assess(SITE, readers(hosted), NOTHING, None)
    assert (look.verdict, look.progress) == (Verdict.KEEP, Progress.MOVING)
    with pytest.raises(FatalError) as caught:
        Deploy().assess(SITE, readers(hosted, Opened()), NOTHING, look.handle)

    assert caught.value.log_tail == ("it broke",)


def test_after_it_was_told_the_next_try_builds_again() -> None:
    hosted = Hosted(builds=[failed("ours", 1, SITE)])

    assert Deploy().assess(SITE, readers(hosted), TOLD, None).verdict is Verdict.CREATE


def test_an_earlier_failure_does_not_make_a_live_app_be_built_again() -> None:
    hosted = Hosted(builds=[build("ours", 1, SITE)])

    assert Deploy().assess(SITE, readers(hosted), TOLD, None).satisfied


def test_a_build_that_a_push_has_overtaken_is_not_waited_for() -> None:
    cancelled = failed("ours", 1, SITE, state=DeploymentState.CANCELED)
    hosted = Hosted(builds=[cancelled, build("pushed", 2)])

    assert Deploy().assess(SITE, readers(hosted), NOTHING, "ours").satisfied


def test_the_address_is_the_hosts_until_the_hubs_own_domains_answer() -> None:
    names = ("nairobi--docs.vercel.app", "docs.example.org")
    hosted = Hosted(builds=[build("ours", 1, SITE, aliases=names)])
    named = app(domains=("docs.example.org",))

    for handle in (None, "ours"):
        look = Deploy().assess(named, readers(hosted), NOTHING, handle)
        assert look.url == "https://nairobi--docs.vercel.app"
