"""Whose project it is, before a domain is taken off or the project paused."""

import pytest

from provisioner.actions.create_project import KIND as PROJECT
from provisioner.actions.detach_domains import DetachDomains
from provisioner.actions.pause_project import PauseProject
from provisioner.actions.support.ownership import LABEL
from provisioner.actions.support.project_domains import KIND as DOMAIN
from provisioner.actions.support.project_domains import ProjectDomains, is_proved
from provisioner.models.plan import Verdict
from provisioner.models.remote import AttachedDomain, Mark, Project
from tests.unit.actions.hosted import Hosted, at, build, readers

NAME, HOST = "nairobi--docs", "docs.nairobi.example.org"
COPY, ANOTHERS = f"nairobi/{NAME}", "mombasa/website"
OURS = ProjectDomains("nairobi", NAME, label="nairobi/docs", copies=(COPY,))
CLAIMS = frozenset({(PROJECT, f"nairobi/{NAME}"), (DOMAIN, HOST)})


class Linked(Hosted):
    """`linked_to`: the repository that the project is linked to."""

    linked_to: str | None = None

    def project(self, team: str, project: str) -> Project | None:
        return Project(id="prj_1", name=project, repository=self.linked_to)


def world(repository: str | None, label: str = "") -> Linked:
    labels = {LABEL: label} if label else {}
    attached = AttachedDomain(name=HOST, zone="example.org", verified=True)
    made = Linked(builds=[build("d1", 1, labels=labels)], attached=[attached])
    made.linked_to = repository
    return made


def proved(repository: str | None, label: str = "") -> bool:
    return is_proved(
        OURS, Project(id="prj_1", name=NAME, repository=repository), readers(world(None, label))
    )


@pytest.mark.parametrize("repository", [COPY, COPY.upper()])
def test_the_link_to_our_copy_is_proof_by_itself(repository: str) -> None:
    assert proved(repository)


@pytest.mark.parametrize("repository", [None, ANOTHERS])
def test_our_label_on_a_deployment_is_proof_by_itself(repository: str | None) -> None:
    assert proved(repository, "nairobi/docs")


@pytest.mark.parametrize(("of", "is_proof"), [("nairobi/docs", True), ("mombasa/docs", False)])
def test_our_mark_on_the_project_is_proof_by_itself(of: str, is_proof: bool) -> None:
    marked = Project(id="prj_1", name=NAME, mark=Mark(app=of, made_at=at(1)))

    assert is_proved(OURS, marked, readers(world(None))) is is_proof


@pytest.mark.parametrize("label", ["", "mombasa/docs"])
def test_a_name_alone_and_anothers_label_are_none(label: str) -> None:
    assert not proved(None, label)
    assert not proved(ANOTHERS, label)


@pytest.mark.parametrize(
    ("repository", "label", "verdict"),
    [
        (COPY, "", Verdict.REMOVE),
        (ANOTHERS, "nairobi/docs", Verdict.REMOVE),
        (ANOTHERS, "mombasa/docs", Verdict.KEEP),
    ],
    ids=["linked", "labelled", "neither"],
)
def test_only_what_is_proved_is_paused_and_loses_domains(
    repository: str, label: str, verdict: Verdict
) -> None:
    seen = readers(world(repository, label))
    for action in (DetachDomains(optional=False), PauseProject()):
        assert action.assess(OURS, seen, CLAIMS, None).verdict is verdict
