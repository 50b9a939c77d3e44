"""What each look at the DNS entries tells, when it is looked at again, and where the host wants
the entries first."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from provisioner.actions.base import Readers
from provisioner.actions.verify_dns import OBSERVE_AGAIN, VerifyDns
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import NotYet
from provisioner.hosting.base import HostReader
from provisioner.hosting.kind import Abilities
from provisioner.hosting.registry import FIRST
from provisioner.models.dns import DnsState
from provisioner.models.plan import Verdict
from provisioner.models.remote import AttachedDomain, DomainAdvice
from tests.unit.actions.hosted import Hosted, app, done, readers, writers
from tests.unit.actions.test_verify_dns import (
    NAME,
    OTHER,
    Proved,
    advice,
    domain,
    entry,
    look,
    looked,
    silent,
)

AGAIN = timedelta(minutes=10)


def test_what_is_to_be_set_is_looked_at_again_in_ten_minutes() -> None:
    for state in (DnsState.MISSING, DnsState.WRONG, DnsState.REMOVE):
        found = looked(advice(entry(state, answers=("192.0.2.9",))))

        assert found.detail == "The DNS entries are not in place yet."
        assert found.hint.startswith("Set them where the domain is managed.")
        assert (found.verdict, found.progress) == (Verdict.KEEP, Progress.WAITING)
        assert found.wake_after == AGAIN == OBSERVE_AGAIN


def test_an_app_without_a_domain_has_nothing_to_say() -> None:
    found = VerifyDns().assess(app(), readers(Hosted()), frozenset(), None)

    assert (found.verdict, found.detail) == (Verdict.KEEP, "The app has no domain of its own.")


def test_before_the_domains_are_connected_it_waits() -> None:
    found = look(Hosted(attached=[domain()], advice={}), NAME, OTHER)

    assert found.detail == "The DNS entries are known once the domains are connected."
    assert (found.verdict, found.wake_after) == (Verdict.KEEP, AGAIN)


def test_a_proof_that_is_not_seen_is_looked_at_again_in_ten_minutes() -> None:
    wanted = Assessment(Verdict.UPDATE, found=(NAME,))

    with pytest.raises(NotYet, match=f"Vercel does not see the proof of ownership of {NAME} yet"):
        done(VerifyDns(), app(domains=(NAME,)), writers(Proved()), wanted)
    with pytest.raises(NotYet) as caught:
        done(VerifyDns(), app(domains=(NAME,)), writers(Proved()), wanted)

    assert caught.value.wake_after == 600


def test_a_proof_that_stands_is_what_the_host_is_asked_to_look_at() -> None:
    found = looked(advice(entry(DnsState.OK), good=True), domain(NAME, False))

    assert found.detail == f"Ask Vercel to look at the proof of ownership of {NAME}."


class TestInPlace:
    def said(self, *wanted: DomainAdvice | Exception) -> str:
        names = (NAME, OTHER)[: len(wanted)]
        hosted = Hosted(
            attached=[domain(name) for name in names],
            advice=dict(zip(names, wanted, strict=True)),
        )
        found = look(hosted, *names)
        assert found.satisfied
        return found.detail

    def test_nothing_more_is_said(self) -> None:
        good = advice(entry(DnsState.OK), good=True)

        assert self.said(good) == "Every DNS entry is in place."

    @pytest.mark.parametrize("kind", ["A", "CNAME"])
    def test_but_of_newer_values_that_the_host_has(self, kind: str) -> None:
        newer = entry(DnsState.OK).model_copy(update={"type": kind, "value": "new.example.net"})
        beside = entry(DnsState.OK).model_copy(update={"type": "TXT", "value": "proof"})
        better = advice(newer, beside, good=True, may_improve=True)
        good = advice(entry(DnsState.OK, OTHER), good=True)

        assert self.said(better, good) == (
            "Every DNS entry is in place. Vercel has newer values, to set when it suits: "
            f"`new.example.net` for {NAME}."
        )


class TestNotSeen:
    def test_a_host_that_could_not_ask_is_named_with_the_domain(self) -> None:
        found = looked(silent())

        assert found.detail == f"Vercel could not ask the name servers of {NAME} just now."

    def test_then_public_dns_that_gave_no_answer(self) -> None:
        found = looked(advice(entry(DnsState.UNKNOWN)))

        assert found.detail == f"Public DNS gave no answer about {NAME} just now."

    def test_else_the_host_is_behind(self) -> None:
        found = looked(advice(entry(DnsState.OK)))

        assert found.detail == "The entries are in place; Vercel has not seen them yet."
        assert found.progress is Progress.MOVING


class TestEntriesFirst:
    """A host where the entries have to stand before a domain is connected."""

    def look(self, attached: list[AttachedDomain], said: DomainAdvice) -> Assessment:
        asked: list[AttachedDomain] = []

        class First(Hosted):
            def domain_advice(
                self, team: str, project: str, domain: AttachedDomain
            ) -> DomainAdvice:
                asked.append(domain)
                return said

        kind = replace(FIRST, abilities=Abilities(dns_before_domains=True))
        hosted = First(attached=attached, kind=kind)
        reading: Readers = replace(readers(hosted), hosts={FIRST.key: cast(HostReader, hosted)})
        found = VerifyDns().assess(app(domains=(NAME,)), reading, frozenset(), None)
        self.asked = asked
        return found

    def test_they_are_told_of_a_domain_that_is_not_connected(self) -> None:
        missing = entry(DnsState.MISSING)
        found = self.look([], advice(missing))

        assert self.asked == [AttachedDomain(name=NAME, zone=NAME, verified=True)]
        assert found.dns == (missing,)

    def test_once_they_stand_it_goes_on(self) -> None:
        assert self.look([], advice(entry(DnsState.OK), good=True)).satisfied

    def test_a_domain_that_is_connected_is_asked_about_as_it_is(self) -> None:
        there = domain(NAME, False)
        self.look([there], advice(entry(DnsState.MISSING)))

        assert self.asked == [there]
