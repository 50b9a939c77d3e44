"""What a pull request may not do as a whole, and which accounts its author may not name."""

import pytest

from provisioner.desired.pull_request import (
    MOST_ASKED,
    MOST_BULK,
    MOST_FILES,
    conflict,
    foreign_accounts,
    of_the_folder,
    too_many,
)
from provisioner.desired.resolve import Desired
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.journal import Person
from provisioner.models.remote import TreeEntry
from tests.unit.desired.given import desired, hub_with, network_with, own_catalog

AMINA = Person(login="amina-k", id=1)
BOSS = Person(login="example-maintainer", id=9)
ACCOUNTS = "github: {owner: Riverside}\nvercel: {team: riverside}\n"


def nobody_recorded(_hub: str) -> Owners:
    return Owners()


class TestFolder:
    def test_a_file_in_the_place_of_the_folder_is_refused(self) -> None:
        link = TreeEntry(name="hubs", mode="120000", sha="a1")
        (finding,) = of_the_folder(MergeEffect(after={"": link}))
        assert (finding.code, finding.is_error) == ("not-a-folder", True)
        assert "leave the folder `hubs` as it is" in finding.hint

    def test_a_folder_with_files_is_fine(self) -> None:
        file = TreeEntry(name="nairobi.yaml", mode="100644", sha="a1")
        assert of_the_folder(MergeEffect(after={"nairobi.yaml": file})) == []

    def test_something_else_that_is_replaced_by_the_folder_is_fine(self) -> None:
        link = TreeEntry(name="hubs", mode="120000", sha="a1")
        assert of_the_folder(MergeEffect(before={"": link})) == []


class TestConflict:
    def test_a_merge_that_cannot_be_tried_is_refused(self) -> None:
        (finding,) = conflict(MergeEffect(exact=False))
        assert (finding.code, finding.is_error) == ("conflict", True)
        assert "`Resolve conflicts`" in finding.hint

    def test_a_merge_that_was_tried_is_fine(self) -> None:
        assert conflict(MergeEffect()) == []


def names(number: int, before: str = "hub-") -> list[str]:
    return [f"{before}{n}.yaml" for n in range(number)]


def most(changed: list[str], author: Person | None, recorded: Owners | None = None) -> int | None:
    """The number of files that the finding allows, where there is one."""
    finding = too_many(changed, author, own_catalog(), lambda _hub: recorded or Owners())
    if finding is None:
        return None
    assert (finding.code, finding.is_error) == ("too-many-files", True)
    assert f"changes {len(changed)} hub files" in finding.message
    (allowed,) = {may for may in (MOST_FILES, MOST_BULK) if f"at most {may} " in finding.message}
    assert f"at most {allowed} hub files each" in finding.hint
    return allowed


class TestNumberOfFiles:
    def test_the_limits_are_what_the_guide_says(self) -> None:
        assert (MOST_FILES, MOST_BULK) == (25, 250)

    @pytest.mark.parametrize(
        ("author", "number", "allowed"),
        [
            (AMINA, 25, None),
            (AMINA, 26, 25),
            (BOSS, 26, None),
            (BOSS, 250, None),
            (BOSS, 251, 250),
            (None, 250, None),
            (None, 251, 250),
        ],
    )
    def test_so_many_files_may_be_changed_at_once(
        self, author: Person | None, number: int, allowed: int | None
    ) -> None:
        assert most(names(number), author) == allowed

    def test_a_login_of_the_networks_with_another_number_has_no_larger_limit(self) -> None:
        recorded = Owners(recorded_network=(BOSS,))
        other = Person(login="example-maintainer", id=10)
        assert most(names(26), other, recorded) == MOST_FILES
        assert most(names(26), BOSS, recorded) is None

    def test_a_renamed_network_maintainer_keeps_the_larger_limit(self) -> None:
        renamed = Person(login="renamed", id=9)
        assert most(names(26), renamed, Owners(recorded_network=(BOSS,))) is None

    def test_the_first_real_hubs_journal_is_asked_and_of_few_files_none(self) -> None:
        asked: list[str] = []

        def owners_of(hub: str) -> Owners:
            asked.append(hub)
            return Owners()

        too_many(names(25), BOSS, own_catalog(), owners_of)
        assert asked == []
        too_many(["_example.yaml", *names(26)], BOSS, own_catalog(), owners_of)
        assert asked == ["hub-0"]

    def test_examples_count_but_give_nobody_a_larger_limit(self) -> None:
        assert most(names(26, "_example-"), AMINA) == MOST_FILES
        assert most(names(26, "_example-"), BOSS) == MOST_FILES
        assert most([*names(25), "_example.yaml"], BOSS) == MOST_FILES


def refused(
    text: str,
    before: dict[str, str],
    author: Person = AMINA,
    owners: dict[str, Owners] | None = None,
    **accounts: tuple[str, ...],
) -> list[str]:
    """The messages about accounts that an author may not name in `nairobi`."""
    catalog = network_with(accounts=accounts)
    files = {f"{hub}.yaml": content for hub, content in before.items()}
    present: Desired = desired(files, catalog)
    hub = desired({"nairobi.yaml": text}, catalog).hubs["nairobi"]
    known = owners or {}
    found = foreign_accounts(hub, present, author, lambda name: known.get(name, Owners()))
    return [finding.message for finding in found]


class TestAccounts:
    theirs = hub_with(top=ACCOUNTS.lower()).replace("amina-k", "joseph-m")

    def test_who_maintains_none_of_an_accounts_hubs_may_not_name_it(self) -> None:
        owner, team = refused(hub_with(top=ACCOUNTS), {"kisumu": self.theirs})
        assert owner.startswith("`Riverside` is an account of `kisumu`, and amina-k")
        assert team.startswith("`riverside` is an account of `kisumu`, and amina-k")

    def test_that_the_new_file_names_their_maintainer_gives_no_right(self) -> None:
        ours = hub_with(top=ACCOUNTS).replace("amina-k", "amina-k, joseph-m")
        assert len(refused(ours, {"kisumu": self.theirs})) == 2

    def test_who_maintains_one_of_the_accounts_hubs_may(self) -> None:
        joseph = Person(login="Joseph-M", id=3)
        assert refused(hub_with(top=ACCOUNTS), {"kisumu": self.theirs}, joseph) == []

    def test_a_login_with_another_number_than_the_journals_may_not(self) -> None:
        known = {"kisumu": Owners(recorded=(Person(login="joseph-m", id=3),))}
        text, before = hub_with(top=ACCOUNTS), {"kisumu": self.theirs}
        assert refused(text, before, Person(login="joseph-m", id=3), known) == []
        assert len(refused(text, before, Person(login="joseph-m", id=4), known)) == 2

    def test_an_account_that_the_network_lets_this_hub_share_is_free_to_it(self) -> None:
        text, before = hub_with(top=ACCOUNTS), {"kisumu": self.theirs}
        assert refused(text, before, RIVERSIDE=("kisumu", "nairobi")) == []
        assert len(refused(text, before, RIVERSIDE=("kisumu", "lagos"))) == 2
        assert len(refused(text, before, other=("nairobi",))) == 2

    def test_an_account_that_is_free_does_not_open_the_next_one(self) -> None:
        text = hub_with(top="github: {owner: shared}\nvercel: {team: riverside}\n")
        theirs = self.theirs.replace("owner: riverside", "owner: shared")
        (team,) = refused(text, {"kisumu": theirs}, shared=("nairobi",))
        assert team.startswith("`riverside` is")

    def test_an_account_of_nobody_is_free(self) -> None:
        assert refused(hub_with(top=ACCOUNTS), {"kisumu": hub_with()}) == []

    def test_of_many_hubs_the_first_few_journals_are_asked(self) -> None:
        assert MOST_ASKED == 3
        hubs = ("aaa", "bbb", "ccc", "ddd")
        before = desired({f"{hub}.yaml": self.theirs for hub in hubs})
        hub = desired({"nairobi.yaml": hub_with(top="github: {owner: riverside}\n")})
        asked: list[str] = []

        def owners_of(name: str) -> Owners:
            asked.append(name)
            return Owners()

        (finding,) = foreign_accounts(hub.hubs["nairobi"], before, AMINA, owners_of)
        assert asked == ["aaa", "bbb", "ccc"]
        assert "an account of `aaa`, `bbb`, `ccc` and `ddd`" in finding.message
