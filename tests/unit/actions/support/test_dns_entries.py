"""What has to stand in DNS, as the host says and public DNS has it, and which word counts."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from provisioner.actions.base import Readers
from provisioner.actions.support.dns_entries import DomainObservation, entries_of, observe
from provisioner.dns.resolver import DnsReader
from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import AttachedDomain, DomainAdvice
from tests.unit.actions.hosted import Hosted, app, readers

NAME, OTHER = "docs.example.org", "www.example.org"
OK, MISSING, WRONG, REMOVE, UNKNOWN = (
    DnsState.OK,
    DnsState.MISSING,
    DnsState.WRONG,
    DnsState.REMOVE,
    DnsState.UNKNOWN,
)


def entry(value: str = "192.0.2.1", kind: str = "A", name: str = NAME, **more: Any) -> DnsEntry:
    return DnsEntry(type=kind, name=name, value=value, **more)


def proof(value: str = "proof", name: str = "_v.example.org", kind: str = "TXT") -> DnsEntry:
    return entry(value, kind, name)


def domain(*proofs: DnsEntry, verified: bool = False, name: str = NAME) -> AttachedDomain:
    return AttachedDomain(name=name, zone="example.org", verified=verified, challenges=proofs)


def advice(
    *wanted: DnsEntry, bad: bool = True, conflicts: tuple[DnsEntry, ...] = ()
) -> DomainAdvice:
    return DomainAdvice(misconfigured=bad, wanted=wanted, conflicts=conflicts)


def problem(what: Problem) -> HostProblem:
    error = RemoteError("No.", service="Host", effect=Effect.NONE, status=400)
    return HostProblem(error, what)


@dataclass
class Public:
    """Public DNS: what it says of an entry, by the entry's value."""

    says: dict[str, DnsState] = field(default_factory=dict)
    answers: tuple[str, ...] = ()

    def seen(self, entry: DnsEntry) -> DnsEntry:
        state = self.says.get(entry.value, entry.state)
        return entry.model_copy(update={"state": state, "answers": self.answers})


def reading(said: dict[str, DomainAdvice | Exception], public: Public) -> Readers:
    return replace(readers(Hosted(advice=said)), dns=cast(DnsReader, public))


def looked(
    said: DomainAdvice | Exception, public: Public | None = None, at: AttachedDomain | None = None
) -> DomainObservation:
    (look,) = observe(
        app(), [at or domain(verified=True)], reading({NAME: said}, public or Public())
    )
    return look


def states(look: DomainObservation) -> list[tuple[str, DnsState]]:
    return [(item.value, item.state) for item in look.entries]


def test_what_is_wanted_is_told_as_public_dns_has_it() -> None:
    look = looked(advice(entry("1"), entry("2")), Public({"1": MISSING, "2": UNKNOWN}))

    assert states(look) == [("1", MISSING), ("2", UNKNOWN)]


def test_where_the_host_is_content_what_is_wanted_is_in_place_whatever_dns_says() -> None:
    look = looked(advice(entry("1"), bad=False), Public({"1": WRONG}))

    assert states(look) == [("1", OK)]
    assert look.settled


def test_what_stands_in_the_way_is_told_last_and_only_while_it_stands() -> None:
    gone, there = entry("gone", state=REMOVE), entry("there", state=REMOVE)
    look = looked(advice(entry("1"), conflicts=(gone, there)), Public({"1": OK, "gone": OK}))

    assert states(look) == [("1", OK), ("there", REMOVE)]


def test_proofs_come_first_and_only_while_they_are_asked_for() -> None:
    said, public = advice(entry("1")), Public({"1": OK, "proof": MISSING})

    asked = looked(said, public, domain(proof()))
    proved = looked(said, public, domain(proof(), verified=True))

    assert states(asked) == [("proof", MISSING), ("1", OK)]
    assert states(proved) == [("1", OK)]


def test_a_host_that_could_not_look_leaves_the_proof_to_be_told() -> None:
    silent = problem(Problem.NAME_SERVERS_SILENT)

    asked = looked(silent, Public({"proof": MISSING}), domain(proof()))
    proved = looked(silent, at=domain(proof(), verified=True))

    assert (asked.advice, states(asked)) == (None, [("proof", MISSING)])
    assert (proved.advice, proved.entries) == (None, ())


def test_a_name_that_is_none_is_told_in_the_hosts_words() -> None:
    with pytest.raises(FatalError, match=f"does not take {NAME} for a domain name"):
        looked(problem(Problem.NO_DOMAIN_NAME))


@pytest.mark.parametrize("what", [Problem.NO_ENTRY, Problem.MISSING])
def test_any_other_problem_stays_what_it_is(what: Problem) -> None:
    error = problem(what)

    with pytest.raises(HostProblem) as caught:
        looked(error)

    assert caught.value is error


class TestBesideWhatIsToBeRemoved:
    """Public DNS has `old`, which is to go, beside what is wanted."""

    OLD = entry("192.0.2.9", state=REMOVE)

    def state(self, wanted: DnsEntry, *answers: str, old: DnsEntry = OLD) -> DnsState:
        public = Public({wanted.value: WRONG}, answers)
        return looked(advice(wanted, conflicts=(old,)), public).entries[0].state

    def test_a_right_value_is_not_wrong_itself(self) -> None:
        assert self.state(entry(), "192.0.2.1", "192.0.2.9") is OK

    def test_nothing_else_there_is_missing(self) -> None:
        assert self.state(entry(), "192.0.2.9") is MISSING

    def test_a_third_value_is_wrong_all_the_same(self) -> None:
        assert self.state(entry(), "192.0.2.1", "192.0.2.9", "192.0.2.5") is WRONG

    def test_values_are_compared_by_what_they_mean(self) -> None:
        old = entry("Old.Example.Net.", "CNAME", state=REMOVE)
        assert self.state(entry("new.example.net", "CNAME"), "old.example.net", old=old) is MISSING

    @pytest.mark.parametrize(
        "old",
        [entry("192.0.2.9", "AAAA", state=REMOVE), entry("192.0.2.9", name=OTHER, state=REMOVE)],
    )
    def test_one_of_another_kind_or_name_excuses_nothing(self, old: DnsEntry) -> None:
        assert self.state(entry(), "192.0.2.1", "192.0.2.9", old=old) is WRONG

    def test_what_is_not_wrong_stays_what_it_is(self) -> None:
        public = Public({"192.0.2.1": UNKNOWN}, ("192.0.2.1",))
        look = looked(advice(entry(), conflicts=(self.OLD,)), public)

        assert look.entries[0].state is UNKNOWN


class TestSettled:
    @pytest.mark.parametrize(
        ("said", "entries", "settled"),
        [
            (advice(bad=False), (), True),
            (advice(bad=False), (entry(state=MISSING),), True),
            (advice(bad=False), (entry(state=REMOVE),), False),
            (advice(), (entry(state=OK),), False),
            (None, (), False),
        ],
    )
    def test_by_the_hosts_word_and_with_nothing_in_the_way(
        self, said: DomainAdvice | None, entries: tuple[DnsEntry, ...], settled: bool
    ) -> None:
        assert DomainObservation(domain(), said, entries).settled is settled


class TestProvable:
    STANDING = proof().model_copy(update={"state": OK})

    def provable(self, at: AttachedDomain, *entries: DnsEntry) -> bool:
        return DomainObservation(at, advice(), entries).provable

    def test_one_proof_of_several_is_enough(self) -> None:
        assert self.provable(domain(proof(), proof("second")), entry(), self.STANDING)

    def test_where_the_host_names_none_it_may_tell_by_itself(self) -> None:
        assert self.provable(domain())

    def test_who_is_proved_is_not_asked_again(self) -> None:
        assert not self.provable(domain(proof(), verified=True), self.STANDING)
        assert not self.provable(domain(verified=True))

    @pytest.mark.parametrize(
        "other",
        [
            {"state": MISSING},
            {"state": WRONG},
            {"value": "another"},
            {"name": "_v.example.com"},
            {"type": "CNAME"},
        ],
    )
    def test_only_the_very_proof_in_place_counts(self, other: dict[str, Any]) -> None:
        assert not self.provable(domain(proof()), self.STANDING.model_copy(update=other))


class TestEntries:
    def test_every_domains_are_told_in_their_order(self) -> None:
        first, second = entry("1"), entry("2")
        looks = [
            DomainObservation(domain(), advice(), (first,)),
            DomainObservation(domain(), None, (second,)),
        ]

        assert entries_of(looks) == (first, second)

    def test_a_host_that_could_look_at_none_leaves_the_known_ones(self) -> None:
        silent = DomainObservation(domain(), None, (entry(),))

        assert entries_of([silent, silent]) is None

    def test_without_a_domain_there_is_none(self) -> None:
        assert entries_of([]) == ()
