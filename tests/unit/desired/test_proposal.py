"""A pull request's files are judged among all others, each by what a merge would make of it."""

import pytest

from provisioner.desired.proposal import Proposal, propose
from provisioner.desired.pull_request import MOST_FILES
from provisioner.desired.read.source import source_of
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.finding import Finding, Severity
from provisioner.models.journal import Person
from provisioner.models.remote import TreeEntry
from tests.unit.desired.given import hub_with, own_catalog

AMINA = Person(login="amina-k", id=1)
MALLORY = Person(login="mallory", id=666)
BOSS = Person(login="example-maintainer", id=9)
GENERAL = Finding(code="a-move", message="something else is wrong")


class World:
    """The default branch and a proposal: files by name, and who is recorded for each hub."""

    def __init__(self, before: dict[str, str], after: dict[str, str]) -> None:
        self.before, self.after = before, after
        self.owners: dict[str, Owners] = {}
        self.fetched: list[str] = []
        self.asked: list[str] = []

    def fetch(self, sha: str) -> bytes:
        self.fetched.append(sha)
        return sha.encode()

    def owners_of(self, hub: str) -> Owners:
        self.asked.append(hub)
        return self.owners.get(hub, Owners())

    def proposed(
        self,
        author: Person | None = AMINA,
        general: tuple[Finding, ...] = (),
        authored: tuple[str, ...] | None = None,
        exact: bool = True,
    ) -> Proposal:
        base = [source_of(f"hubs/{name}", text.encode()) for name, text in self.before.items()]
        effect = MergeEffect(before=tree(self.before), after=tree(self.after), exact=exact)
        return propose(
            base, effect, self.fetch, author, self.owners_of, own_catalog(), general, authored
        )

    def present_owners(self) -> tuple[str, ...] | None:
        """Of the first file."""
        proposal = self.proposed()
        return proposal.owners_of(proposal.files[0]).present


def tree(files: dict[str, str]) -> dict[str, TreeEntry]:
    """In place of an id each entry has its content."""
    return {name: TreeEntry(name=name, mode="100644", sha=text) for name, text in files.items()}


def told(proposal: Proposal) -> dict[str, list[str]]:
    return {file.path: [each.code for each in file.findings] for file in proposal.files}


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found]


NAIROBI = hub_with()
CHANGED = NAIROBI.replace("name: Nairobi", "name: Nairobi West")
THEIRS = NAIROBI.replace("amina-k", "joseph-m")


class TestFiles:
    def test_a_changed_file_is_judged_as_proposed(self) -> None:
        world = World({"nairobi.yaml": NAIROBI}, {"nairobi.yaml": CHANGED})
        proposal = world.proposed()
        (file,) = proposal.files
        assert (file.hub, file.path, file.findings) == ("nairobi", "hubs/nairobi.yaml", ())
        assert file.lines[0] == "name: Nairobi West"
        assert proposal.owners_of(file).present == ("amina-k",)
        assert (file.errors, proposal.errors) == ((), 0)
        assert proposal.before.hubs["nairobi"].title == "Nairobi"
        assert proposal.after.hubs["nairobi"].title == "Nairobi West"

    def test_a_file_that_is_not_changed_is_neither_fetched_nor_judged(self) -> None:
        both = {"kisumu.yaml": THEIRS, "nairobi.yaml": NAIROBI}
        world = World(both, {**both, "nairobi.yaml": CHANGED})
        assert list(told(world.proposed())) == ["hubs/nairobi.yaml"]
        assert world.fetched == [CHANGED]
        assert set(world.proposed().after.hubs) == {"kisumu", "nairobi"}

    def test_a_file_that_is_no_hubs_is_passed_over(self) -> None:
        proposal = World({}, {"README.md": "words", "": "link"}).proposed()
        assert (proposal.files, proposal.others) == ((), ())

    def test_a_file_that_is_a_link_is_not_followed(self) -> None:
        world = World({}, {})
        entry = TreeEntry(name="nairobi.yaml", mode="120000", sha="../secret")
        effect = MergeEffect(after={"nairobi.yaml": entry})
        proposal = propose([], effect, world.fetch, AMINA, world.owners_of, own_catalog())
        assert "symbolic-link" in told(proposal)["hubs/nairobi.yaml"]
        assert world.fetched == []

    def test_an_example_is_nobodys(self) -> None:
        proposal = World({}, {"_example.yaml": NAIROBI}).proposed(MALLORY)
        (file,) = proposal.others
        assert (proposal.files, file.findings) == ((), ())
        assert file.lines[0] == "name: Nairobi"

    def test_two_new_files_that_claim_one_domain_are_both_told(self) -> None:
        text = hub_with("domains: [docs.example.org]")
        proposal = World({}, {"kisumu.yaml": text, "nairobi.yaml": text}).proposed()
        assert told(proposal) == {
            "hubs/kisumu.yaml": ["domain-taken"],
            "hubs/nairobi.yaml": ["domain-taken"],
        }


class TestWhoMayChangeIt:
    def test_a_stranger_may_not_change_a_hub_that_is_there(self) -> None:
        world = World({"nairobi.yaml": NAIROBI}, {"nairobi.yaml": CHANGED})
        assert told(world.proposed(MALLORY)) == {"hubs/nairobi.yaml": ["not-a-maintainer"]}

    def test_a_stranger_may_not_remove_it(self) -> None:
        proposal = World({"nairobi.yaml": NAIROBI}, {}).proposed(MALLORY)
        assert told(proposal) == {"hubs/nairobi.yaml": ["not-a-maintainer"]}
        assert proposal.files[0].lines == ()

    def test_its_maintainer_may_remove_it(self) -> None:
        proposal = World({"nairobi.yaml": NAIROBI}, {}).proposed()
        assert told(proposal) == {"hubs/nairobi.yaml": []}
        assert set(proposal.after.hubs) == set()

    def test_a_renamed_file_is_judged_at_its_old_path_too(self) -> None:
        """Who renames a file takes it away from where it was."""
        mine = THEIRS.replace("joseph-m", "mallory")
        proposal = World({"kisumu.yaml": THEIRS}, {"mine.yaml": mine}).proposed(MALLORY)
        assert told(proposal) == {
            "hubs/kisumu.yaml": ["not-a-maintainer"],
            "hubs/mine.yaml": [],
        }
        assert set(proposal.after.hubs) == {"mine"}

    def test_a_file_renamed_to_another_spelling_stays_its_maintainers(self) -> None:
        world = World({"kisumu.yaml": THEIRS}, {"Kisumu.yml": THEIRS})
        for path, found in told(world.proposed(MALLORY)).items():
            assert "not-a-maintainer" in found, path

    def test_a_file_with_mistakes_is_the_networks_to_correct(self) -> None:
        world = World({"nairobi.yaml": "name: [\n"}, {"nairobi.yaml": NAIROBI})
        assert told(world.proposed(AMINA)) == {"hubs/nairobi.yaml": ["not-a-maintainer"]}
        assert told(world.proposed(BOSS)) == {"hubs/nairobi.yaml": []}
        assert world.present_owners() == ()

    def test_who_is_not_in_a_new_file_is_asked_to_be(self) -> None:
        world = World({}, {"nairobi.yaml": NAIROBI})
        assert told(world.proposed(MALLORY)) == {"hubs/nairobi.yaml": ["author-not-listed"]}
        assert told(world.proposed(AMINA)) == {"hubs/nairobi.yaml": []}
        assert world.present_owners() is None

    def test_a_new_file_that_cannot_be_read_says_nothing_of_its_author(self) -> None:
        proposal = World({}, {"nairobi.yaml": "name: [\n"}).proposed(MALLORY)
        assert told(proposal) == {"hubs/nairobi.yaml": ["yaml-syntax"]}

    def test_a_former_hubs_name_is_its_last_maintainers(self) -> None:
        world = World({}, {"nairobi.yaml": NAIROBI})
        world.owners["nairobi"] = Owners(known=True, recorded=(Person(login="joseph-m", id=3),))
        assert told(world.proposed(AMINA)) == {"hubs/nairobi.yaml": ["former-hub"]}

    def test_where_nobody_is_asked_nobody_is_told(self) -> None:
        world = World({"nairobi.yaml": NAIROBI}, {"nairobi.yaml": CHANGED})
        assert told(world.proposed(None)) == {"hubs/nairobi.yaml": []}
        assert world.asked == []

    def test_of_others_changes_beside_the_authors_nobody_is_told(self) -> None:
        world = World({"kisumu.yaml": THEIRS, "nairobi.yaml": NAIROBI}, {})
        assert told(world.proposed(MALLORY, authored=("nairobi.yaml",))) == {
            "hubs/kisumu.yaml": [],
            "hubs/nairobi.yaml": ["not-a-maintainer"],
        }

    def test_another_hubs_account_is_refused_to_all_but_the_network(self) -> None:
        top = "github: {owner: riverside}\n"
        theirs = hub_with(top=top).replace("amina-k", "amina-k, joseph-m")
        world = World({"kisumu.yaml": theirs}, {})
        world.after = {"kisumu.yaml": theirs, "nairobi.yaml": theirs}
        found = told(world.proposed(MALLORY))["hubs/nairobi.yaml"]
        assert "another-hubs-account" in found
        assert "another-hubs-account" not in told(world.proposed(BOSS))["hubs/nairobi.yaml"]
        assert "another-hubs-account" not in told(world.proposed(AMINA))["hubs/nairobi.yaml"]


class TestTheNetworksPeople:
    """A new name's journal knows no numbers of theirs; other hubs' journals do."""

    def world(self) -> World:
        world = World({"kisumu.yaml": THEIRS, "lagos.yaml": THEIRS}, {})
        world.after = {**world.before, "nairobi.yaml": "name: [\n"}
        world.before["nairobi.yaml"] = NAIROBI
        return world

    def test_a_login_of_theirs_with_another_number_is_a_stranger(self) -> None:
        world = self.world()
        world.owners["lagos"] = Owners(recorded_network=(BOSS,))
        other = Person(login="Example-Maintainer", id=10)
        assert "not-a-maintainer" in told(world.proposed(other))["hubs/nairobi.yaml"]
        assert "not-a-maintainer" not in told(world.proposed(BOSS))["hubs/nairobi.yaml"]

    def test_the_hubs_own_journal_counts_before_the_others(self) -> None:
        world = self.world()
        world.owners["kisumu"] = Owners(recorded_network=(BOSS.model_copy(update={"id": 8}),))
        world.owners["nairobi"] = Owners(recorded_network=(BOSS,))
        assert "not-a-maintainer" not in told(world.proposed(BOSS))["hubs/nairobi.yaml"]

    def test_where_no_journal_knows_them_the_login_counts(self) -> None:
        assert "not-a-maintainer" not in told(self.world().proposed(BOSS))["hubs/nairobi.yaml"]

    def test_other_journals_are_not_asked_for_anybody_else(self) -> None:
        world = self.world()
        world.proposed(MALLORY)
        assert set(world.asked) == {"nairobi"}


class TestAsAWhole:
    def test_what_is_wrong_with_all_of_it_is_told_in_general(self) -> None:
        world = World({}, {"": "link", "nairobi.yaml": NAIROBI})
        proposal = world.proposed(general=(GENERAL,), exact=False)
        assert codes(proposal.general) == ["a-move", "not-a-folder", "conflict"]
        assert proposal.errors == 3

    def test_of_too_many_files_none_is_fetched(self) -> None:
        files = {f"hub-{n}.yaml": NAIROBI for n in range(MOST_FILES + 1)}
        world = World({}, files)
        proposal = world.proposed(general=(GENERAL,))
        assert codes(proposal.general) == ["a-move", "too-many-files"]
        assert (proposal.files, proposal.others, world.fetched) == ((), (), [])
        assert proposal.after is proposal.before

    def test_where_others_changes_stand_beside_the_authors_more_are_taken(self) -> None:
        files = {f"hub-{n}.yaml": NAIROBI for n in range(MOST_FILES + 1)}
        proposal = World({}, files).proposed(authored=("hub-0.yaml",))
        assert len(proposal.files) == MOST_FILES + 1

    @pytest.mark.parametrize(
        ("after", "author", "outcome"),
        [
            ({}, AMINA, "No hub file is changed."),
            ({"nairobi.yaml": NAIROBI}, AMINA, "Every hub file is in order."),
            ({"nairobi.yaml": NAIROBI}, MALLORY, "Every hub file is in order."),
            ({"_example.yaml": NAIROBI}, AMINA, "Every hub file is in order."),
            ({"nairobi.yaml": NAIROBI + "x: 1\n"}, AMINA, "1 thing to fix; see the comment."),
            ({"_example.yaml": NAIROBI + "x: 1\n"}, AMINA, "1 thing to fix; see the comment."),
            (
                {"nairobi.yaml": NAIROBI + "x: 1\nyy: 2\n"},
                AMINA,
                "2 things to fix; see the comment.",
            ),
        ],
    )
    def test_the_outcome_is_said_in_one_line(
        self, after: dict[str, str], author: Person, outcome: str
    ) -> None:
        assert World({}, after).proposed(author).outcome == outcome

    def test_warnings_are_no_errors(self) -> None:
        (file,) = World({}, {"nairobi.yaml": NAIROBI}).proposed(MALLORY).files
        assert [each.severity for each in file.findings] == [Severity.WARNING]
        assert file.errors == ()
