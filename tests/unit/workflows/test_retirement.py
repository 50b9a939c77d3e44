"""How a project goes offline: its domains first, on the hub's own proof, nothing deleted."""

import pytest

from provisioner.engine.step import FAILED
from provisioner.models.plan import Resource, Verdict
from provisioner.models.remote import AttachedDomain, Project
from provisioner.workflows.leaving import Leaving
from provisioner.workflows.retirement import NOTE, retirement
from tests.unit.actions.hosted import Hosted, readers
from tests.unit.engine.given import app_record

HOST = "docs.example.org"
CLAIMS = frozenset({("project", "vercel:old/nairobi--docs"), ("domain", HOST), (FAILED, "deploy")})
LEFT = Leaving(
    "docs@old",
    app_record("docs@old"),
    Resource(kind="project", name="vercel:old/nairobi--docs"),
    (),
    (Resource(kind="repository", name="old/nairobi--docs"),),
)


class Online(Hosted):
    """A project that is linked to this repository."""

    linked_to: str = ""

    def project(self, team: str, project: str) -> Project | None:
        assert (team, project) == ("old", "nairobi--docs")
        return Project(id="prj_1", name=project, repository=self.linked_to)


@pytest.mark.parametrize(
    ("repository", "verdict"),
    [("old/nairobi--docs", Verdict.REMOVE), ("mombasa/website", Verdict.KEEP)],
)
def test_domains_and_then_the_project_go_offline_where_the_link_proves_it(
    repository: str, verdict: Verdict
) -> None:
    host = Online(attached=[AttachedDomain(name=HOST, zone="example.org", verified=True)])
    host.linked_to = repository

    steps = retirement("nairobi", LEFT, readers(host), None)

    assert [step.action for step in steps] == ["detach-domains", "pause-project"]
    assert [step.assess(CLAIMS, None).verdict for step in steps] == [verdict, verdict]
    assert not any(step.optional for step in steps)


def test_people_are_told_that_nothing_is_deleted() -> None:
    assert "Nothing is deleted" in NOTE
