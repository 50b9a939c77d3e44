"""When an answer of public DNS is the wanted one: spellings, values that serve as well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.dns.compared import comparable, state_of
from provisioner.models.dns import DnsEntry, DnsState

ADDRESSES = st.ip_addresses(v=4).map(str)


def entry(type: str, value: str, *also: str, remove: bool = False) -> DnsEntry:
    state = DnsState.REMOVE if remove else DnsState.UNKNOWN
    return DnsEntry(type=type, name="docs.example.org", value=value, also=also, state=state)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), DnsState.MISSING),
        (("216.198.79.1",), DnsState.OK),
        (("64.29.17.1",), DnsState.OK),
        (("216.198.79.1", "64.29.17.1"), DnsState.OK),
        (("192.0.2.7",), DnsState.WRONG),
        (("192.0.2.7", "216.198.79.1"), DnsState.WRONG),
    ],
)
def test_one_of_several_addresses_is_enough_and_a_stranger_among_them_is_wrong(
    answers: tuple[str, ...], state: DnsState
) -> None:
    assert state_of(entry("A", "216.198.79.1", "64.29.17.1"), answers) is state


@given(st.lists(ADDRESSES, min_size=1, max_size=4, unique=True), st.data())
def test_any_part_of_the_serving_values_is_in_place(
    serving: list[str], data: st.DataObject
) -> None:
    answers = data.draw(st.lists(st.sampled_from(serving), min_size=1, unique=True))

    assert state_of(entry("A", serving[0], *serving[1:]), tuple(answers)) is DnsState.OK


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("X.Vercel-DNS-017.com", "x.vercel-dns-017.com."),
        ("2001:db8::1", "2001:0DB8:0:0:0:0:0:1"),
        (" 192.0.2.1 ", "192.0.2.1"),
    ],
)
def test_spelling_makes_no_difference(written: str, answered: str) -> None:
    assert comparable(written) == comparable(answered)


PROOF = "vc-domain-verify=docs.example.org,AbC123"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), DnsState.MISSING),
        (("v=spf1 -all", PROOF), DnsState.OK),
        (("v=spf1 -all",), DnsState.MISSING),
        (("vc-domain-verify=notes.example.org,AbC123",), DnsState.MISSING),
        (("vc-domain-verify=docs.example.org.uk,AbC123",), DnsState.MISSING),
        (("vc-domain-verify=docs.example.org,older",), DnsState.WRONG),
        ((PROOF.lower(),), DnsState.WRONG),
        ((f'"{PROOF}"',), DnsState.WRONG),
    ],
    ids=["none", "beside", "others", "other app", "longer name", "outdated", "case", "quoted"],
)
def test_a_proof_stands_beside_others_and_an_outdated_one_is_wrong(
    answers: tuple[str, ...], state: DnsState
) -> None:
    assert state_of(entry("TXT", PROOF), answers) is state


def test_a_proof_of_a_form_that_nobody_knows_is_missing_until_it_stands_there() -> None:
    wanted = entry("TXT", "just-a-token")

    assert state_of(wanted, ("another-token",)) is DnsState.MISSING
    assert state_of(wanted, ("just-a-token",)) is DnsState.OK


@pytest.mark.parametrize(
    ("type", "value", "answers", "state"),
    [
        ("AAAA", "2001:db8::1", ("2001:db8:0::1",), DnsState.REMOVE),
        ("AAAA", "2001:db8::1", (), DnsState.OK),
        ("A", "192.0.2.7", ("216.198.79.1",), DnsState.OK),
        ("CAA", "sectigo.com", ('0 issue "sectigo.com"',), DnsState.REMOVE),
        ("CAA", "sectigo.com", (), DnsState.OK),
        ("A", "", ("192.0.2.7",), DnsState.REMOVE),
    ],
)
def test_what_must_go_stays_told_until_it_is_gone(
    type: str, value: str, answers: tuple[str, ...], state: DnsState
) -> None:
    assert state_of(entry(type, value, remove=True), answers) is state
