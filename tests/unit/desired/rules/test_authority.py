"""Who may change a hub's file: every rule, by itself."""

import pytest

from provisioner.desired.rules.authority import (
    CODE,
    NAME_TAKEN,
    OTHER_ACCOUNT,
    authority_findings,
    is_network_maintainer,
)
from provisioner.models.change import Owners
from provisioner.models.journal import Person

AMINA, MALLORY, BOSS = (
    Person(login="amina-k", id=1),
    Person(login="mallory", id=666),
    Person(login="boss", id=9),
)
NAIROBI = Owners(present=("amina-k",), network=("boss",))
RECORDED = NAIROBI.model_copy(
    update={"known": True, "recorded": (AMINA,), "recorded_network": (BOSS,)}
)
REMOVED = RECORDED.model_copy(update={"present": None})


def codes(author: Person, owners: Owners, proposed: tuple[str, ...] | None = ()) -> list[str]:
    return [finding.code for finding in authority_findings(author, owners, proposed)]


@pytest.mark.parametrize("owners", [NAIROBI, RECORDED], ids=["not yet recorded", "recorded"])
def test_a_maintainer_may_and_a_stranger_may_not(owners: Owners) -> None:
    assert codes(AMINA, owners) == []
    assert codes(BOSS, owners) == []
    assert codes(MALLORY, owners, ("mallory",)) == [CODE]


def test_logins_compare_without_regard_to_case() -> None:
    assert codes(Person(login="AMINA-K", id=1), RECORDED) == []
    assert codes(Person(login="AMINA-K", id=1), NAIROBI) == []


def test_a_login_with_another_number_is_a_stranger() -> None:
    (finding,) = authority_findings(Person(login="amina-k", id=2), RECORDED, ())
    assert finding.code == OTHER_ACCOUNT
    assert "`boss`" in finding.hint


def test_an_author_whose_number_is_not_known_is_a_stranger_where_numbers_are_recorded() -> None:
    assert codes(Person(login="amina-k"), RECORDED) == [OTHER_ACCOUNT]
    assert codes(Person(login="amina-k"), NAIROBI) == []


def test_the_same_number_under_another_login_is_the_same_person() -> None:
    assert codes(Person(login="amina-kamau", id=1), RECORDED) == []


def test_the_number_of_somebody_who_is_no_longer_listed_gives_no_right() -> None:
    left = RECORDED.model_copy(update={"present": ("joseph-m",)})
    assert codes(AMINA, left) == [CODE]


def test_somebody_added_since_the_last_run_counts_by_login() -> None:
    added = RECORDED.model_copy(update={"present": ("amina-k", "joseph-m")})
    assert codes(Person(login="joseph-m", id=7), added) == []


def test_a_network_maintainers_login_with_another_number_opens_nothing() -> None:
    assert not is_network_maintainer(Person(login="boss", id=10), RECORDED)
    assert codes(Person(login="boss", id=10), RECORDED) == [CODE]


def test_who_has_no_file_to_be_in_is_asked_to_be_in_the_new_one() -> None:
    new = Owners(network=("boss",))
    (finding,) = authority_findings(MALLORY, new, ("amina-k",))
    assert (finding.code, finding.is_error) == ("author-not-listed", False)
    assert codes(MALLORY, new, ("mallory",)) == []
    assert codes(MALLORY, new, None) == []


def test_a_name_that_was_a_hubs_is_its_last_maintainers_or_the_networks() -> None:
    assert codes(AMINA, REMOVED) == []
    assert codes(BOSS, REMOVED) == []
    assert codes(MALLORY, REMOVED, ("mallory",)) == [NAME_TAKEN]
    assert codes(Person(login="amina-k", id=2), REMOVED) == [NAME_TAKEN]


def test_a_name_of_which_nobody_is_recorded_is_the_networks_alone() -> None:
    unknown = Owners(network=("boss",), known=True)
    assert codes(AMINA, unknown, ("amina-k",)) == [NAME_TAKEN]
    assert codes(BOSS, unknown) == []


def test_a_file_whose_maintainers_cannot_be_read_is_the_networks_alone() -> None:
    broken = Owners(present=(), network=("boss",))
    (finding,) = authority_findings(AMINA, broken, ("amina-k",))
    assert finding.code == CODE
    assert "`boss`" in finding.hint
    assert codes(BOSS, broken) == []
