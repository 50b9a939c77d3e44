"""What the world holds of one app, as far as a receipt speaks of it."""

from dataclasses import dataclass, field, replace

import pytest

from provisioner.models.remote import AttachedDomain, Deployment, Project, Repository
from provisioner.receipts.observed import Observation, Place, UnknownHost, observe
from tests.unit.actions.hosted import Hosted, build, readers

PLACE = Place("nairobi/nairobi--docs", "vercel", "team", "nairobi--docs")


@dataclass
class World(Hosted):
    """`branch` is the one that the host says goes live; `called` the copy's name now."""

    builds: list[Deployment] = field(
        default_factory=lambda: [build("first", 1), build("second", 2)]
    )
    exists: bool = True
    branch: str | None = "trunk"
    called: str = PLACE.repository

    def project(self, team: str, project: str) -> Project | None:
        assert (team, project) == (PLACE.team, PLACE.project)
        return Project(id="prj_1", name=project, production_branch=self.branch, serving="first")

    def repository(self, full_name: str) -> Repository | None:
        assert full_name == PLACE.repository
        found = super().repository(self.called)
        return found if self.exists else None

    def branch_head(self, full_name: str, branch: str) -> str | None:
        return f"head of {full_name} {branch}"


class Empty(World):
    """There is no project."""

    def project(self, team: str, project: str) -> Project | None:
        return None


def seen(world: World) -> Observation:
    return observe(PLACE, readers(world))


def attached(name: str, verified: bool = True) -> AttachedDomain:
    return AttachedDomain.model_validate({"name": name, "zone": name, "verified": verified})


def test_the_copy_is_seen_with_the_branch_that_goes_live_and_its_newest_commit() -> None:
    found = seen(World())

    assert (found.repository, found.branch) == (PLACE.repository, "trunk")
    assert found.commit == f"head of {PLACE.repository} trunk"


@pytest.mark.parametrize("world", [World(branch=None), Empty()], ids=["untold", "no project"])
def test_where_the_host_names_no_branch_the_copys_own_counts(world: World) -> None:
    found = seen(world)

    assert (found.branch, found.commit) == ("main", f"head of {PLACE.repository} main")


def test_a_copy_that_was_renamed_is_seen_under_its_new_name() -> None:
    assert seen(World(called="nairobi/elsewhere")).repository == "nairobi/elsewhere"


@pytest.mark.parametrize(("branch", "known"), [("trunk", "trunk"), (None, "")])
def test_of_a_copy_that_is_not_there_no_commit_is_asked(branch: str | None, known: str) -> None:
    found = seen(World(exists=False, branch=branch))

    assert (found.repository, found.branch, found.commit) == (None, known, None)


def test_without_a_project_nothing_is_deployed_or_connected() -> None:
    found = seen(Empty(attached=[attached("docs.example.org")]))

    assert (found.project, found.deployment, found.domains) == (None, None, ())


def test_what_visitors_get_is_seen_and_not_what_is_newest() -> None:
    found = seen(World())

    assert found.project is not None
    assert found.deployment is not None
    assert (found.project.id, found.deployment.id) == ("prj_1", "first")


def test_domains_are_sorted_and_those_that_were_not_proved_are_left_out() -> None:
    domains = [attached("b.org"), attached("c.org", verified=False), attached("a.org")]

    assert seen(World(attached=domains)).domains == ("a.org", "b.org")


def test_at_a_host_that_nobody_knows_nothing_is_looked_at() -> None:
    with pytest.raises(UnknownHost, match="no host is known here by the name elsewhere") as caught:
        observe(replace(PLACE, host="elsewhere"), readers(World()))

    assert "up to date" in caught.value.hint
