"""Whose is it: what proves that a thing is ours, and what becomes of one that is not."""

from collections.abc import Iterable

import pytest

from provisioner.actions.support.ownership import (
    LABEL,
    carries,
    claimed,
    foreign,
    is_labelled,
    label_of,
)
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.vercel.problems import READ
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Deployment, Mark, Project
from tests.unit.actions.hosted import Hosted, app, as_told, at, build, readers

SITE = app()
PLAIN = Project(id="prj_1", name=SITE.project)
COPY = Resource(kind="repository", name="nairobi/nairobi--docs")


def marked(of: str = "nairobi/docs", minutes: float = 5) -> Project:
    return PLAIN.model_copy(update={"mark": Mark(app=of, made_at=at(minutes))})


def labelled(of: str = "nairobi/docs", minutes: float = 5) -> Hosted:
    return Hosted(builds=[build("d0", 9), build("d1", minutes, labels={LABEL: of})])


class Refusing(Hosted):
    """Does not show its deployments."""

    error = RemoteError("no", service="Vercel", effect=Effect.NONE)

    def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
        assert project_id == "prj_1"
        raise self.error


def refusing(status: int, retry_after: float | None = None) -> Refusing:
    host = Refusing()
    error = RemoteError(
        "no", service="Vercel", effect=Effect.NONE, status=status, retry_after=retry_after
    )
    host.error = as_told(READ, error)
    return host


def is_ours(host: Hosted, project: Project = PLAIN, since: float | None = None) -> bool:
    moment = None if since is None else at(since)
    return carries("nairobi/docs", SITE, project, readers(host), moment)


def test_our_things_say_of_which_hub_and_app_they_are() -> None:
    assert label_of(app(hub="kisumu", id="bot")) == "kisumu/bot"


def test_our_mark_on_the_project_says_so_and_no_deployment_is_asked() -> None:
    assert is_ours(refusing(500), marked())


def test_the_label_of_any_deployment_says_so() -> None:
    assert is_ours(labelled())


@pytest.mark.parametrize("of", ["nairobi/bot", "mombasa/docs", "nairobi/docs-2"])
def test_the_mark_and_the_label_of_a_sibling_or_another_hub_do_not(of: str) -> None:
    assert not is_ours(labelled(of), marked(of))


def test_a_project_that_carries_neither_is_not_ours() -> None:
    assert not is_ours(Hosted())


@pytest.mark.parametrize(("since", "ours"), [(4, True), (5, False), (6, False)])
def test_what_was_made_while_the_name_belonged_to_others_is_theirs(
    since: float, ours: bool
) -> None:
    assert is_ours(Hosted(), marked(), since) is ours
    assert is_ours(labelled(), since=since) is ours
    site = app(seals_since=at(since))
    assert is_labelled(site, marked(), readers(Hosted())) is ours


@pytest.mark.parametrize("status", [403, 404])
def test_a_host_that_shows_no_deployments_proves_nothing(status: int) -> None:
    assert is_ours(refusing(status)) is False


@pytest.mark.parametrize(("status", "retry_after"), [(403, 60), (404, 60), (500, None)])
def test_but_a_limit_or_a_trouble_is_no_answer(status: int, retry_after: float | None) -> None:
    with pytest.raises(RemoteError):
        is_ours(refusing(status, retry_after))


def test_a_claim_is_of_a_kind_and_a_name() -> None:
    claims = frozenset({("repository", "nairobi/nairobi--docs")})

    assert claimed(claims, "repository", "nairobi/nairobi--docs")
    assert not claimed(claims, "project", "nairobi/nairobi--docs")


def test_what_is_proved_and_may_be_adopted_is_taken_over() -> None:
    look = foreign(app(adopt=True), COPY, "a copy", "a fork of ours")

    assert (look.verdict, look.detail) == (Verdict.ADOPT, "Take over a copy: a fork of ours.")
    assert look.resources == (COPY.model_copy(update={"existed": True}),)


def test_what_is_proved_waits_for_the_facilitators_consent() -> None:
    look = foreign(SITE, COPY, "a copy", "a fork of ours")

    assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.FACILITATOR)
    assert "did not make it (a fork of ours)" in look.detail
    assert "`adopt: true` under the app `docs` in hubs/nairobi.yaml" in look.hint
    assert look.resources == (COPY.model_copy(update={"existed": True}),)


@pytest.mark.parametrize("adopt", [True, False])
def test_without_proof_nothing_is_taken_over_whoever_consents(adopt: bool) -> None:
    look = foreign(app(adopt=adopt), COPY, "a copy", "")

    assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.FACILITATOR)
    assert look.detail == "There is a copy already, and it is something else."
    assert "Nothing of it was touched" in look.hint
    assert look.resources == (COPY.model_copy(update={"existed": True}),)
