"""What is said of DNS entries, and who has to act, from what the host and public DNS say."""

from typing import Any

import pytest

from provisioner.actions.verify_dns import VerifyDns
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import Effect, FatalError, NotYet, RemoteError
from provisioner.hosting.vercel.problems import ADVICE, CHANGE
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import AttachedDomain, DomainAdvice
from tests.unit.actions.hosted import Hosted, app, as_told, done, readers, writers

NAME, OTHER = "docs.example.org", "www.example.org"


def entry(state: DnsState, name: str = NAME, **fields: Any) -> DnsEntry:
    return DnsEntry(type="CNAME", name=name, value="x.example.net", state=state, **fields)


def advice(*wanted: DnsEntry, good: bool = False, **fields: Any) -> DomainAdvice:
    return DomainAdvice(misconfigured=not good, wanted=wanted, **fields)


def silent(code: str = "timeout") -> RemoteError:
    error = RemoteError("no", service="Vercel", effect=Effect.NONE, status=400, code=code)
    return as_told(ADVICE, error)


def domain(name: str = NAME, verified: bool = True, *proofs: DnsEntry) -> AttachedDomain:
    return AttachedDomain(name=name, zone="example.org", verified=verified, challenges=proofs)


def look(hosted: Hosted, *names: str) -> Assessment:
    site = app(domains=names or (NAME,))
    return VerifyDns().assess(site, readers(hosted), frozenset(), None)


def looked(said: DomainAdvice | Exception, attached: AttachedDomain | None = None) -> Assessment:
    return look(Hosted(attached=[attached or domain()], advice={NAME: said}))


@pytest.mark.parametrize("state", list(DnsState))
def test_where_the_host_is_content_everything_is_in_place(state: DnsState) -> None:
    if state is DnsState.REMOVE:
        return
    found = looked(advice(entry(state), good=True))

    assert found.satisfied
    assert found.dns is not None
    assert [item.state for item in found.dns] == [DnsState.OK]


@pytest.mark.parametrize("state", [DnsState.MISSING, DnsState.WRONG])
def test_an_entry_to_be_set_is_the_facilitators(state: DnsState) -> None:
    found = looked(advice(entry(state)))

    assert (found.progress, found.who) == (Progress.WAITING, Actor.FACILITATOR)


@pytest.mark.parametrize("state", [DnsState.OK, DnsState.UNKNOWN])
def test_an_entry_that_is_set_or_not_known_is_nobodys(state: DnsState) -> None:
    found = looked(advice(entry(state)))

    assert (found.progress, found.who) == (Progress.MOVING, Actor.NOBODY)


def test_what_stands_in_the_way_counts_even_where_the_host_is_content() -> None:
    hindering = entry(DnsState.REMOVE)
    found = looked(advice(entry(DnsState.OK), good=True, conflicts=(hindering,)))

    assert (found.progress, found.who) == (Progress.WAITING, Actor.FACILITATOR)
    assert found.dns is not None
    assert hindering in found.dns


def test_what_is_gone_is_no_longer_told() -> None:
    gone = entry(DnsState.OK).model_copy(update={"type": "AAAA"})
    found = looked(advice(entry(DnsState.OK), conflicts=(gone,)))

    assert found.dns == (entry(DnsState.OK),)


def test_a_host_that_is_silent_about_one_domain_still_tells_of_the_other() -> None:
    missing = entry(DnsState.MISSING, OTHER)
    hosted = Hosted(
        attached=[domain(), domain(OTHER)], advice={NAME: silent(), OTHER: advice(missing)}
    )

    found = look(hosted, NAME, OTHER)

    assert found.dns == (missing,)
    assert found.who is Actor.FACILITATOR


def test_a_host_that_is_silent_about_every_domain_leaves_what_was_known() -> None:
    found = looked(silent("unexpected_dns_response"))

    assert found.dns is None
    assert found.progress is Progress.MOVING
    assert "could not ask the name servers" in found.detail


def test_a_name_that_the_host_does_not_take_fails() -> None:
    with pytest.raises(FatalError) as caught:
        looked(silent("invalid_name"))
    assert caught.value.who == "facilitator"


def test_any_other_refusal_is_left_to_the_runner() -> None:
    with pytest.raises(RemoteError):
        looked(silent("something_new"))


def test_one_proof_in_place_is_enough_to_ask() -> None:
    proof = DnsEntry(type="TXT", name="_vercel.example.org", value="x", state=DnsState.OK)
    other = proof.model_copy(update={"value": "y", "state": DnsState.MISSING})

    found = looked(advice(entry(DnsState.MISSING)), domain(NAME, False, proof, other))

    assert (found.verdict, found.found) == (Verdict.UPDATE, (NAME,))


def test_where_the_host_names_no_proof_it_is_asked_all_the_same() -> None:
    found = looked(advice(entry(DnsState.OK), good=True), domain(NAME, False))

    assert found.verdict is Verdict.UPDATE


class Proved:
    """A host that sees the proof of some domains only."""

    def __init__(self, *names: str) -> None:
        self.asked: list[str] = []
        self._names = names

    def verify_domain(self, team: str, project: str, domain: str) -> bool:
        self.asked.append(domain)
        return domain in self._names


def test_every_domain_is_asked_for_before_one_is_waited_for() -> None:
    host = Proved(OTHER)
    wanted = Assessment(Verdict.UPDATE, found=(NAME, OTHER))

    with pytest.raises(NotYet) as caught:
        done(VerifyDns(), app(domains=(NAME, OTHER)), writers(host), wanted)

    assert host.asked == [NAME, OTHER]
    assert caught.value.who == "nobody"
    assert NAME in caught.value.message
    assert OTHER not in caught.value.message


class Leaving:
    """A project that changes hands takes no change."""

    def verify_domain(self, team: str, project: str, domain: str) -> bool:
        error = RemoteError("No.", service="Vercel", effect=Effect.NONE, status=409)
        raise as_told(CHANGE, error)


def test_in_a_project_that_is_being_handed_over_the_proof_is_looked_at_later() -> None:
    wanted = Assessment(Verdict.UPDATE, found=(NAME,))

    with pytest.raises(NotYet, match="nairobi--docs is being handed over") as caught:
        done(VerifyDns(), app(domains=(NAME,)), writers(Leaving()), wanted)

    assert caught.value.who == "facilitator"


def test_before_the_domains_are_connected_nothing_is_known() -> None:
    found = look(Hosted(attached=[domain()], advice={}), NAME, OTHER)

    assert (found.progress, found.dns) == (Progress.WAITING, None)


def test_an_app_without_domains_has_no_entries_any_more() -> None:
    found = VerifyDns().assess(app(), readers(Hosted()), frozenset(), None)

    assert (found.needless, found.dns) == (True, ())
