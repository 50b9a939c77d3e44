"""The steps of a website, in the order that the host of the app needs."""

from dataclasses import replace
from typing import cast

import pytest

from provisioner.actions.base import Readers
from provisioner.actions.support.hand_over import FormerProject, Neighbours
from provisioner.actions.support.project_domains import KIND, ProjectDomains
from provisioner.engine.step import Step
from provisioner.hosting.base import HostReader
from provisioner.hosting.kind import Abilities
from provisioner.hosting.registry import FIRST
from provisioner.models.remote import AttachedDomain
from provisioner.workflows.website import ACTIONS, website
from tests.unit.actions.hosted import Hosted, app, readers

SITE = app(domains=("docs.example.org",))
MADE = ["fork-repository", "create-project", "set-environment", "remove-variables"]
DOMAINS = ["detach-domains", "attach-domains"]


def reading(hosted: Hosted, abilities: Abilities) -> Readers:
    hosted.kind = replace(FIRST, abilities=abilities)
    return replace(readers(hosted), hosts={FIRST.key: cast(HostReader, hosted)})


def steps(
    abilities: Abilities, neighbours: Neighbours | None = None, hosted: Hosted | None = None
) -> tuple[Step, ...]:
    at = reading(hosted or Hosted(), abilities)
    return website(SITE, at, None, neighbours or Neighbours())


@pytest.mark.parametrize(
    ("abilities", "order"),
    [
        (Abilities(), ["deploy", *DOMAINS, "verify-dns"]),
        (Abilities(domains_after_build=False), [*DOMAINS, "deploy", "verify-dns"]),
        (Abilities(dns_before_domains=True), ["verify-dns", "deploy", *DOMAINS]),
        (
            Abilities(domains_after_build=False, dns_before_domains=True),
            ["verify-dns", *DOMAINS, "deploy"],
        ),
    ],
)
def test_domains_and_their_entries_come_when_the_host_takes_them(
    abilities: Abilities, order: list[str]
) -> None:
    found = [step.action for step in steps(abilities)]

    assert found == [*MADE, *order, "check-live"]


def test_what_every_website_has_is_all_that_is_not_optional() -> None:
    found = steps(Abilities())

    assert {step.action for step in found if not step.optional} == set(ACTIONS)
    assert [one for one in ACTIONS if one in {step.action for step in found}] == list(ACTIONS)


def test_a_domain_stays_that_the_app_or_a_neighbour_wants_and_one_that_nobody_does_goes() -> None:
    names = ("docs.example.org", "wanted.example.org", "left.example.org")
    hosted = Hosted(
        attached=[AttachedDomain(name=name, zone="example.org", verified=True) for name in names]
    )
    beside = Neighbours(wanted=("wanted.example.org",))
    detach = next(
        step for step in steps(Abilities(), beside, hosted) if step.action == "detach-domains"
    )

    look = detach.assess(frozenset((KIND, name) for name in names), None)

    assert look.found == ("left.example.org",)


def test_a_domain_of_a_former_project_is_taken_over() -> None:
    place = ProjectDomains(FIRST.key, "old", "nairobi--old", copies=("nairobi/nairobi--docs",))
    former = FormerProject(place, frozenset({"docs.example.org"}))

    class Moving(Hosted):
        def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
            held = AttachedDomain(name="docs.example.org", zone="example.org", verified=False)
            return (held,) if project == "nairobi--old" else ()

    attach = next(
        step
        for step in steps(Abilities(), Neighbours(former=(former,)), Moving())
        if step.action == "attach-domains"
    )

    assert "old/nairobi--old gives it up" in attach.assess(frozenset(), None).detail
