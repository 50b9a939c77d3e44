"""What a build tells on its way, and what makes a host build that does less by itself."""

from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from provisioner.actions.base import Readers
from provisioner.actions.deploy import Deploy
from provisioner.engine.step import Assessment, Claims, Progress
from provisioner.hosting.base import HostReader
from provisioner.hosting.kind import Abilities
from provisioner.hosting.registry import FIRST
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import AttachedDomain, DeploymentState, Project
from tests.unit.actions.hosted import Hosted, app, build, readers

SITE = app()
NOTHING: Claims = frozenset()
HEAD = "c0ffee0" * 5
OTHER = "0" * 40


@dataclass
class World(Hosted):
    """`project_fields`: what the project has otherwise; `heads`: by branch."""

    project_fields: dict[str, Any] | None = None
    heads: dict[str, str] | None = None
    missing: bool = False

    def project(self, team: str, project: str) -> Project | None:
        found = super().project(team, project)
        if self.missing or found is None:
            return None
        return found.model_copy(update=self.project_fields or {})

    def branch_head(self, full_name: str, branch: str) -> str | None:
        return (self.heads or {"main": HEAD}).get(branch)


def looking(world: World, abilities: Abilities | None = None) -> Readers:
    world.kind = replace(FIRST, abilities=abilities or Abilities())
    return replace(readers(world), hosts={FIRST.key: cast(HostReader, world)})


def look(world: World, abilities: Abilities | None = None, handle: str | None = None) -> Assessment:
    return Deploy().assess(SITE, looking(world, abilities), NOTHING, handle)


class TestBehind:
    """Whether a live build is made anew, by what the host does by itself."""

    def verdict(self, abilities: Abilities, world: World | None = None, **live: Any) -> Verdict:
        world = world or World()
        world.builds = [build("live", 1, SITE, **{"commit": HEAD, **live})]
        return look(world, abilities).verdict

    @pytest.mark.parametrize("in_effect", [False, True])
    def test_a_host_whose_domains_answer_at_once_is_not_asked(self, in_effect: bool) -> None:
        held = AttachedDomain(name="a.b", zone="a.b", verified=True, in_effect=in_effect)

        assert self.verdict(Abilities(), World(attached=[held]), commit=OTHER) is Verdict.KEEP

    @pytest.mark.parametrize(
        ("in_effect", "verdict"),
        [((), "keep"), ((True, True), "keep"), ((True, False), "create"), ((False,), "create")],
    )
    def test_else_each_domain_has_to_answer(
        self, in_effect: tuple[bool, ...], verdict: str
    ) -> None:
        held = [
            AttachedDomain(name=f"{nth}.b", zone="b", verified=True, in_effect=one)
            for nth, one in enumerate(in_effect)
        ]
        abilities = Abilities(domains_after_build=False)

        assert self.verdict(abilities, World(attached=held)) == verdict

    @pytest.mark.parametrize(
        ("commit", "heads", "fields", "verdict"),
        [
            (HEAD, None, {}, "keep"),
            (OTHER, None, {}, "create"),
            (None, None, {}, "keep"),
            (OTHER, {"trunk": OTHER}, {}, "keep"),
            (OTHER, {"main": HEAD, "trunk": OTHER}, {"production_branch": "trunk"}, "keep"),
            (OTHER, {"main": OTHER, "trunk": HEAD}, {"production_branch": "trunk"}, "create"),
        ],
    )
    def test_a_push_is_built_where_the_host_does_not_build_it(
        self,
        commit: str | None,
        heads: dict[str, str] | None,
        fields: dict[str, Any],
        verdict: str,
    ) -> None:
        world = World(heads=heads, project_fields=fields)

        assert self.verdict(Abilities(push_deploys=False), world, commit=commit) == verdict


class TestToBeMade:
    def test_of_the_newest_commit_of_the_branch_that_goes_live(self) -> None:
        world = World(heads={"trunk": OTHER}, project_fields={"production_branch": "trunk"})
        found = look(world)

        assert found.detail == f"Deploy {SITE.repository} at 0000000."
        assert found.unkeyed

    @pytest.mark.parametrize(
        "world",
        [
            World(missing=True),
            World(heads={"other": HEAD}),
            World(project_fields={"repository": None, "repository_id": None}),
        ],
        ids=["no project", "no commit", "not connected"],
    )
    def test_of_none_while_something_is_not_there_yet(self, world: World) -> None:
        found = look(world)

        assert (found.verdict, found.found) == (Verdict.CREATE, None)
        assert found.detail == f"Deploy {SITE.repository}."


class TestOnItsWay:
    @pytest.mark.parametrize(
        ("state", "detail"),
        [
            (DeploymentState.QUEUED, "The build waits for its turn."),
            (DeploymentState.BUILDING, "The app is being built."),
        ],
    )
    def test_nobody_has_to_do_anything(self, state: DeploymentState, detail: str) -> None:
        found = look(World(builds=[build("new", 1, SITE, state=state)]))

        assert (found.detail, found.hint, found.who) == (detail, "", Actor.NOBODY)
        assert (found.progress, found.handle) == (Progress.MOVING, "new")

    def test_but_where_names_are_never_set(self) -> None:
        page = "https://vercel.com/nairobi/docs/1"
        found = look(World(builds=[build("new", 1, SITE, aliased=False, page=page)]))

        assert found.detail == "The build is ready; its names are being set."
        assert "promote the build there" in found.hint
        assert page in found.hint
        assert found.who is Actor.MAINTAINER

    def test_a_failure_is_followed_by_its_id(self) -> None:
        bad = build("bad", 1, SITE, state=DeploymentState.ERROR, failure="exit 1")
        found = look(World(builds=[bad]))

        assert found.detail == "The newest build has failed."
        assert (found.progress, found.handle) == (Progress.MOVING, "bad")


class TestAddress:
    def test_the_projects_names_come_first(self) -> None:
        live = build("live", 1, SITE, aliases=("other.vercel.app",))

        assert look(World(builds=[live])).url == "https://nairobi--docs.vercel.app"

    def test_then_those_that_the_build_was_given(self) -> None:
        live = build("live", 1, SITE, aliases=("other.vercel.app",))
        world = World(builds=[live], project_fields={"aliases": ()})

        assert look(world).url == "https://other.vercel.app"

    def test_there_may_be_none(self) -> None:
        world = World(builds=[build("live", 1, SITE)], project_fields={"aliases": ()})

        assert (look(world).url, look(world).satisfied) == (None, True)
