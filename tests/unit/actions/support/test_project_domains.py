"""A project's names, and the proof that it is the hub's at all."""

import pytest

from provisioner.actions.support.ownership import LABEL
from provisioner.actions.support.project_domains import (
    ProjectDomains,
    attached_domains,
    is_proved,
    production_names,
)
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.vercel.problems import READ
from provisioner.models.remote import AttachedDomain, Mark, Project
from tests.unit.actions.hosted import Hosted, app, as_told, at, build, readers

COPY = "nairobi/nairobi--docs"
OURS = ProjectDomains(
    "vercel", "nairobi", "nairobi--docs", label="nairobi/docs", copies=("x/y", COPY)
)
DOMAIN = AttachedDomain(name="docs.example.org", zone="example.org", verified=True)


def project(repository: str | None = None, mark: str = "") -> Project:
    made = Mark(app=mark, made_at=at(1)) if mark else None
    return Project(id="prj_1", name="nairobi--docs", repository=repository, mark=made)


def proved(it: Project, label: str = "", inputs: ProjectDomains = OURS) -> bool:
    builds = [build("d1", 1, labels={LABEL: label})] if label else []
    return is_proved(inputs, it, readers(Hosted(builds=builds)))


@pytest.mark.parametrize("repository", [COPY, COPY.upper(), "X/Y"])
def test_the_link_to_a_copy_of_ours_is_proof_by_itself(repository: str) -> None:
    assert proved(project(repository))


@pytest.mark.parametrize("repository", [None, "mombasa/website", "nairobi/nairobi--docs-2"])
def test_any_other_link_is_none(repository: str | None) -> None:
    assert not proved(project(repository))


def test_no_link_is_no_link_to_no_copy() -> None:
    assert not proved(
        project(None), inputs=ProjectDomains("vercel", "t", "p", label="nairobi/docs")
    )


def test_our_mark_or_label_is_proof_by_itself() -> None:
    assert proved(project("mombasa/website", mark="nairobi/docs"))
    assert proved(project("mombasa/website"), label="nairobi/docs")


def test_a_siblings_is_none() -> None:
    assert not proved(project(mark="nairobi/docs-2"), label="nairobi/bot")


def test_what_an_earlier_step_has_proved_needs_no_label() -> None:
    assert proved(
        project("mombasa/website"), inputs=ProjectDomains("vercel", "nairobi", "nairobi--docs")
    )


class Named(Hosted):
    """A project of these names, or none."""

    names: tuple[str, ...] | None = None

    def project(self, team: str, project: str) -> Project | None:
        if self.names is None:
            return None
        return Project(id="prj_1", name=project, aliases=self.names)


@pytest.mark.parametrize(
    ("names", "known"),
    [(("a.vercel.app", "b.vercel.app"), ("a.vercel.app",)), ((), ()), (None, ())],
)
def test_the_hosts_own_name_is_the_first_one(
    names: tuple[str, ...] | None, known: tuple[str, ...]
) -> None:
    host = Named()
    host.names = names

    assert production_names(app(), readers(host)) == known


class Refusing(Hosted):
    """Does not show its domains."""

    status = 404

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        error = RemoteError("no", service="Vercel", effect=Effect.NONE, status=self.status)
        raise as_told(READ, error)


def domains_at(host: Hosted) -> tuple[AttachedDomain, ...]:
    return attached_domains(readers(host), app(), "nairobi--docs")


def test_a_project_that_is_not_there_has_no_domains() -> None:
    assert domains_at(Hosted(attached=[DOMAIN])) == (DOMAIN,)
    assert domains_at(Refusing()) == ()


@pytest.mark.parametrize("status", [403, 500])
def test_what_could_not_be_looked_at_is_not_taken_for_none(status: int) -> None:
    host = Refusing()
    host.status = status

    with pytest.raises(RemoteError):
        domains_at(host)
