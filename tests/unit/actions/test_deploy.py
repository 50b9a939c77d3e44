"""Starting a build: what a refusal means, and that a failure is told before it is tried again."""

import pytest

from provisioner.actions.deploy import Deploy
from provisioner.actions.support.ownership import INPUTS_LABEL, LABEL, REPOSITORY_LABEL
from provisioner.actions.support.variables import inputs_digest
from provisioner.engine.step import FAILED, Claims, Progress, made_by
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.hosting.vercel.problems import DEPLOYMENT, PROMOTION
from provisioner.models.plan import Verdict
from provisioner.models.remote import Deployment, DeploymentState, Project
from tests.unit.actions.hosted import (
    COPY_ID,
    Hosted,
    Opened,
    app,
    as_told,
    build,
    done,
    failed,
    readers,
    writers,
)

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
        done(Deploy(), SITE, writers(Refusing(as_told(DEPLOYMENT, error))), look)
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
def test_what_time_does_not_fix_fails_and_says_who_can(
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


def test_a_build_that_is_to_be_made_has_no_name_to_be_found_by() -> None:
    look = Deploy().assess(SITE, readers(Hosted()), NOTHING, None)

    assert (look.verdict, look.unkeyed) == (Verdict.CREATE, True)


@pytest.mark.parametrize("copy_id", [None, COPY_ID + 1], ids=["gone", "made anew"])
def test_nothing_counts_until_the_project_builds_the_present_copy(copy_id: int | None) -> None:
    hosted = Hosted(builds=[build("ours", 1, SITE)], copy_id=copy_id)

    look = Deploy().assess(SITE, readers(hosted), NOTHING, None)

    assert look.verdict is Verdict.CREATE
    with pytest.raises(RetryableError):
        done(Deploy(), SITE, writers(hosted), look)


def test_what_was_made_is_found_although_no_list_shows_it_yet() -> None:
    hosted = Hosted(unlisted=[build("made", 1, SITE, state=DeploymentState.BUILDING)])
    claims: Claims = frozenset({(made_by("deploy"), "made")})

    look = Deploy().assess(SITE, readers(hosted), claims, None)

    assert (look.progress, look.handle) == (Progress.MOVING, "made")
    assert Deploy().assess(SITE, readers(hosted), NOTHING, None).verdict is Verdict.CREATE


class Taking:
    """A host that takes whatever is asked of it."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.promoted: list[str] = []

    def deploy(
        self, team: str, project: Project, branch: str, commit: str, labels: dict[str, str]
    ) -> Deployment:
        self.labels = labels
        return build("made", 1)

    def promote(self, team: str, project_id: str, deployment_id: str) -> None:
        self.promoted.append(deployment_id)


def test_a_build_says_whose_it_is_and_what_it_was_made_from() -> None:
    host = Taking()

    look = Deploy().assess(SITE, readers(Hosted()), NOTHING, None)
    assert done(Deploy(), SITE, writers(host), look) == "made"

    assert host.labels == {
        LABEL: "nairobi/docs",
        INPUTS_LABEL: inputs_digest(SITE),
        REPOSITORY_LABEL: str(COPY_ID),
    }


def test_a_build_that_somebody_replaced_is_promoted_and_then_looked_for_by_the_project() -> None:
    other = app(env={"SITE_TITLE": "Karibu"})
    builds = [build("first", 1, other), build("second", 2, SITE, commit="c0ffee0" * 5)]
    host, replaced = Taking(), Hosted(builds=builds, serving="first")

    look = Deploy().assess(SITE, readers(replaced), NOTHING, None)

    assert look.verdict is Verdict.UPDATE
    assert look.detail.startswith("Promote the build of c0ffee0: ")
    assert done(Deploy(), SITE, writers(host), look) is None
    assert host.promoted == ["second"]
    assert look.handle is None
    live = Hosted(builds=builds, serving="second")
    assert Deploy().assess(SITE, readers(live), NOTHING, None).satisfied


def test_a_failed_build_that_is_followed_gives_way_to_one_that_can_be_promoted() -> None:
    other = app(env={"SITE_TITLE": "Karibu"})
    builds = [build("first", 1, other), build("second", 2, SITE), failed("third", 3)]

    look = Deploy().assess(SITE, readers(Hosted(builds=builds, serving="first")), NOTHING, "third")

    assert look.verdict is Verdict.UPDATE


@pytest.mark.parametrize(("status", "kind"), [(409, NotYet), (400, FatalError)])
def test_a_promotion_that_is_refused_is_the_facilitators(
    status: int, kind: type[ProvisionerError]
) -> None:
    class Refuses(Taking):
        def promote(self, team: str, project_id: str, deployment_id: str) -> None:
            error = RemoteError("No.", service="Vercel", effect=Effect.NONE, status=status)
            raise as_told(PROMOTION, error)

    other = app(env={"SITE_TITLE": "Karibu"})
    builds = [build("first", 1, other), build("second", 2, SITE)]
    look = Deploy().assess(SITE, readers(Hosted(builds=builds, serving="first")), NOTHING, None)

    with pytest.raises(kind) as caught:
        done(Deploy(), SITE, writers(Refuses()), look)

    assert getattr(caught.value, "who", "") == "facilitator"


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
