"""Whose project it is, before a domain is taken off or the project paused."""

import pytest

from provisioner.actions.detach_domains import DetachDomains
from provisioner.actions.pause_project import PauseProject
from provisioner.actions.support.ownership import LABEL
from provisioner.actions.support.project_domains import KIND as DOMAIN
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.actions.support.project_key import PROJECT
from provisioner.models.plan import Verdict
from provisioner.models.remote import AttachedDomain, Project
from tests.unit.actions.hosted import Hosted, build, readers

NAME, HOST = "nairobi--docs", "docs.nairobi.example.org"
COPY, ANOTHERS = f"nairobi/{NAME}", "mombasa/website"
OURS = ProjectDomains("vercel", "nairobi", NAME, label="nairobi/docs", copies=(COPY,))
CLAIMS = frozenset({(PROJECT, f"vercel:nairobi/{NAME}"), (DOMAIN, HOST)})


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
