"""Whose accounts are whose, as the hub files say together."""

from dataclasses import replace

import pytest

from provisioner.desired.catalog import Catalog
from provisioner.desired.read.source import source_of
from provisioner.desired.resolve import Desired, desired_of
from provisioner.hosting.registry import FIRST
from provisioner.models.journal import Person
from provisioner.workflows.accounts import others_accounts
from provisioner.workflows.own import OthersAccounts
from tests.unit.desired.given import own_catalog

FILE = """\
name: {hub}
maintainers: [{person}]
github: {{owner: {account}}}
vercel: {{team: {account}}}
apps:
  docs: {{app: docs-site}}
"""


def file(hub: str, account: str, person: str) -> str:
    return FILE.format(hub=hub, account=account, person=person)


def files(catalog: Catalog | None = None, /, **texts: str) -> Desired:
    sources = [
        source_of(f"hubs/{name}.yaml", text.encode()) for name, text in sorted(texts.items())
    ]
    return desired_of(sources, catalog or own_catalog())


def both(*names: str) -> OthersAccounts:
    return OthersAccounts(frozenset(names), frozenset((FIRST.key, name) for name in names))


def test_what_only_others_name_is_theirs() -> None:
    desired = files(
        nairobi=file("nairobi", "nairobi-commons", "amina-k"),
        kisumu=file("kisumu", "kisumu-lab", "grace-o"),
    )

    assert others_accounts(desired, "nairobi", ()) == both("kisumu-lab")
    assert others_accounts(desired, "ghost", ()) == both("kisumu-lab", "nairobi-commons")


def test_what_the_hubs_own_file_names_is_not_only_others() -> None:
    desired = files(
        nairobi=file("nairobi", "shared", "amina-k"), kisumu=file("kisumu", "shared", "grace-o")
    )

    assert others_accounts(desired, "nairobi", ()) == both()


def test_the_networks_own_accounts_are_free_to_all() -> None:
    network = own_catalog().network
    text = FILE.replace("owner: {account}", f"owner: {network.owner}")
    text = text.replace("team: {account}", f"team: {network.team}")
    desired = files(kisumu=text.format(hub="kisumu", person="grace-o"))

    assert others_accounts(desired, "ghost", ()) == both()


def test_an_account_that_the_network_lets_hubs_share_is_free_to_those_and_to_no_other() -> None:
    catalog = own_catalog()
    network = catalog.network.model_copy(update={"accounts": {"Kisumu-Lab": ("sister",)}})
    desired = files(
        replace(catalog, network=network), kisumu=file("kisumu", "kisumu-lab", "grace-o")
    )

    assert others_accounts(desired, "sister", ()) == both()
    assert others_accounts(desired, "ghost", ()) == both("kisumu-lab")


def test_a_hub_that_is_gone_shares_with_those_who_were_its_maintainers() -> None:
    desired = files(kisumu=file("kisumu", "kisumu-lab", "Grace-O"))

    assert others_accounts(desired, "sister", [Person(login="grace-o", id=3)]) == both()


def test_a_file_with_mistakes_keeps_its_accounts_and_an_example_has_none() -> None:
    desired = files(
        kisumu=file("kisumu", "Kisumu-Lab", "grace-o") + "nonsense: true\n",
        _example=file("example", "example-hub", "somebody"),
    )

    assert "kisumu" in desired.broken
    assert others_accounts(desired, "ghost", ()) == both("kisumu-lab")


def test_a_former_maintainer_is_known_in_whatever_spelling() -> None:
    desired = files(kisumu=file("kisumu", "kisumu-lab", "grace-o"))

    assert others_accounts(desired, "sister", [Person(login="GRACE-O", id=3)]) == both()


def test_the_networks_own_accounts_are_free_in_whatever_spelling() -> None:
    catalog = own_catalog()
    network = catalog.network.model_copy(update={"owner": "The-Network", "team": "The-Network"})
    desired = files(
        replace(catalog, network=network), kisumu=file("kisumu", "the-network", "grace-o")
    )

    assert others_accounts(desired, "ghost", ()) == both()


@pytest.mark.parametrize(
    "text",
    [
        "maintainers: 5\n",
        "maintainers: {grace-o: 1}\n",
        "maintainers: [5, [grace-o], {grace-o: 1}]\n",
        "github: kisumu-lab\nvercel: kisumu-lab\n",
        "github: [owner]\nvercel: 5\n",
        "github: {owner: [kisumu-lab]}\nvercel: {team: {a: b}}\n",
        "- kisumu-lab\n",
        "",
        "github: [",
    ],
)
def test_a_file_of_another_form_names_nothing_and_breaks_nothing(text: str) -> None:
    desired = files(kisumu=text, mombasa=file("mombasa", "mombasa-hub", "juma-s"))

    former = [Person(login="grace-o", id=3)]
    assert others_accounts(desired, "ghost", former) == both("mombasa-hub")
