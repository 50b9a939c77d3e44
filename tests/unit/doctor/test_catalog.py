"""Whether every hub that asks for an app can get its copy, by whom the source belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from provisioner.doctor.base import Access
from provisioner.doctor.catalog import probes
from provisioner.doctor.owners import Owners
from provisioner.models.diagnosis import CheckState, Verdict, ok
from provisioner.models.remote import Account
from provisioner.models.setup import BranchSettings, RepositorySettings, TokenOwner
from tests.unit.desired.given import desired, hub_with
from tests.unit.doctor.readers import NOW, Settings

SOURCE = RepositorySettings(
    full_name="Example-Network/docs-site",
    owner="Example-Network",
    default_branch="main",
    created_at=NOW,
)


@dataclass
class Sources(Settings):
    """The sources of the catalog's apps, all of one owner: a person or an organisation."""

    settings: RepositorySettings = SOURCE
    personal: bool = False

    def branch(self, full_name: str, branch: str) -> BranchSettings | None:
        return BranchSettings(protected=False)

    def account(self, login: str) -> Account | None:
        return Account(login=login, personal=self.personal)


def verdict(reader: Settings, *owners: str) -> Verdict:
    """On the docs site, where a hub for each of these owners asks for it."""
    files = {
        f"hub-{number}.yaml": hub_with(top=f"github: {{owner: {owner}}}\n")
        for number, owner in enumerate(owners)
    }
    asked = Owners(Access("PROVISIONER_GITHUB_TOKEN", ok("good"), (reader, TokenOwner())))
    found = {probe.name: probe.check for probe in probes(asked, desired(files))}
    look: Callable[[], Verdict] = found["docs-site"]
    return look()


def test_the_organisation_that_owns_the_source_can_fork_it_too() -> None:
    assert verdict(Sources(), "example-network", "nairobi").state is CheckState.OK


@pytest.mark.parametrize(
    "owners", [("example-network",), ("nairobi", "example-network")], ids=["alone", "beside"]
)
def test_a_person_cannot_fork_what_is_their_own(owners: tuple[str, ...]) -> None:
    found = verdict(Sources(personal=True), *owners)

    assert found.state is CheckState.NOT_OK
    assert "example-network cannot fork it" in found.detail
    assert "Template repository" in found.hint


def test_others_can_fork_what_a_person_owns() -> None:
    assert verdict(Sources(personal=True), "nairobi", "kisumu").state is CheckState.OK


def test_an_owner_of_two_copies_needs_a_template() -> None:
    found = verdict(Sources(), "nairobi", "Nairobi", "kisumu")

    assert found.state is CheckState.NOT_OK
    assert "and nairobi cannot fork it" in found.detail
