"""Who may change a hub's file: every rule, by itself."""

import pytest

from provisioner.desired.rules.accounts import AT_HOST, Account
from provisioner.desired.rules.authority import (
    CODE,
    FOREIGN_ACCOUNT,
    NAME_TAKEN,
    OTHER_ACCOUNT,
    another_hubs_account,
    authority_findings,
    holds,
    is_network_maintainer,
)
from provisioner.models.change import Owners
from provisioner.models.finding import Finding
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


def only(author: Person, owners: Owners, proposed: tuple[str, ...] | None = ()) -> Finding:
    (finding,) = authority_findings(author, owners, proposed)
    return finding


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


def test_the_networks_right_goes_with_the_number_under_another_login() -> None:
    renamed = Person(login="new-boss", id=9)
    assert is_network_maintainer(renamed, RECORDED)
    assert codes(renamed, RECORDED) == []
    assert codes(renamed, REMOVED) == []


def test_the_networks_right_ends_with_its_list_whatever_was_recorded() -> None:
    left = RECORDED.model_copy(update={"network": ("other",)})
    assert not is_network_maintainer(BOSS, left)
    assert codes(BOSS, left) == [CODE]


def test_the_networks_right_is_not_had_by_a_hubs_maintainer() -> None:
    assert not is_network_maintainer(AMINA, RECORDED)
    assert not is_network_maintainer(AMINA, NAIROBI)


def test_a_hubs_recorded_number_says_nothing_of_the_network() -> None:
    both = RECORDED.model_copy(update={"recorded_network": (), "recorded": (BOSS,)})
    assert is_network_maintainer(Person(login="boss", id=10), both)
    assert codes(Person(login="mallory", id=9), both) == [CODE]


def test_the_networks_maintainers_may_write_a_new_file_for_others() -> None:
    assert codes(BOSS, Owners(network=("boss",)), ("amina-k",)) == []


def test_a_present_file_counts_more_than_the_journal_of_the_name() -> None:
    assert codes(MALLORY, RECORDED, ("mallory",)) == [CODE]
    assert codes(AMINA, RECORDED, ("mallory",)) == []


def test_who_writes_themselves_into_a_file_that_is_there_gains_nothing() -> None:
    assert codes(MALLORY, NAIROBI, ("amina-k", "mallory")) == [CODE]


@pytest.mark.parametrize(
    ("author", "may"),
    [
        (Person(login="amina-k", id=1), True),
        (Person(login="Amina-K", id=1), True),
        (Person(login="renamed", id=1), True),
        (Person(login="amina-k", id=2), False),
        (Person(login="amina-k"), False),
        (Person(login="joseph-m", id=3), True),
        (Person(login="Joseph-M"), True),
        (Person(login="grace-u", id=4), True),
        (Person(login="gone", id=5), False),
        (Person(login="nobody"), False),
    ],
)
def test_the_number_counts_where_one_is_recorded_and_else_the_login(
    author: Person, may: bool
) -> None:
    recorded = (
        Person(login="AMINA-K", id=1),
        Person(login="grace-u"),
        Person(login="gone", id=5),
    )
    assert holds(author, ("Amina-k", "JOSEPH-m", "grace-u"), recorded) is may


def test_two_without_a_number_are_not_the_same_person() -> None:
    assert not holds(Person(login="mallory"), ("amina-k",), (Person(login="amina-k"),))


def test_a_stranger_is_told_whom_to_ask() -> None:
    owners = NAIROBI.model_copy(update={"present": ("joseph-m", "amina-k")})
    finding = only(MALLORY, owners)
    assert (finding.is_error, finding.pointer) == (True, "/maintainers")
    assert "mallory, may not change this hub's file" in finding.message
    assert finding.hint.startswith("ask `amina-k` or `joseph-m` to open the pull request")
    assert "add `mallory` to `maintainers`" in finding.hint


def test_a_registered_anew_login_is_told_that_somebody_else_has_it() -> None:
    network = RECORDED.model_copy(update={"network": ("chief", "boss")})
    finding = only(Person(login="amina-k", id=2), network)
    assert (finding.is_error, finding.pointer) == (True, "/maintainers")
    assert "is not the account that amina-k was when this hub was set up" in finding.message
    assert finding.hint.startswith("ask `boss` or `chief` to open the pull request")


def test_who_takes_a_former_hubs_name_is_told_whose_it_was() -> None:
    two = REMOVED.model_copy(update={"recorded": (Person(login="joseph-m", id=3), AMINA)})
    finding = only(MALLORY, two)
    assert (finding.is_error, finding.pointer) == (True, "/maintainers")
    assert "before, of `amina-k` and `joseph-m`, and mallory may not" in finding.message
    assert finding.hint.endswith("ask `amina-k` or `joseph-m` to open the pull request")


def test_a_name_of_which_nobody_is_recorded_is_told_as_the_networks() -> None:
    finding = only(MALLORY, Owners(network=("chief", "boss"), known=True))
    assert "a hub of this name before, and mallory may not" in finding.message
    assert finding.hint.endswith("ask `boss` or `chief` to open the pull request")


def test_who_is_not_in_the_new_file_is_told_where_to_stand() -> None:
    finding = only(MALLORY, Owners(network=("boss",)), ("amina-k",))
    assert (finding.is_error, finding.pointer) == (False, "/maintainers")
    assert "mallory, is not among the `maintainers`" in finding.message
    assert finding.hint.startswith("add `mallory` to the list")


def test_the_new_files_list_is_read_without_regard_to_case() -> None:
    assert codes(MALLORY, Owners(network=("boss",)), ("Mallory",)) == []


@pytest.mark.parametrize(
    ("hubs", "says"),
    [
        (("kisumu",), "an account of `kisumu`, and mallory maintains another one"),
        (
            ("kisumu", "lagos"),
            "an account of `kisumu` and `lagos`, and mallory maintains none of these hubs",
        ),
    ],
)
def test_an_account_of_other_hubs_is_told_with_whose_it_is(
    hubs: tuple[str, ...], says: str
) -> None:
    finding = another_hubs_account(MALLORY, Account(AT_HOST["vercel"], "kisumu-team"), hubs)
    assert (finding.code, finding.is_error) == (FOREIGN_ACCOUNT, True)
    assert finding.message == f"`kisumu-team` is {says}"
    assert finding.pointer == "/vercel/team"
    assert "a maintainer of that hub, or of the network" in finding.hint
