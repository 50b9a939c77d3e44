"""The accounts that a hub file names, without those of the network, which are free to all."""

import pytest

from provisioner.desired.rules import accounts as kinds
from provisioner.desired.rules.accounts import Account, not_the_networks, own_accounts
from provisioner.desired.rules.view import see
from tests.unit.desired.given import checked, hub_with, own_catalog

NETWORK = own_catalog().network.model_copy(update={"owner": "Net-Owner", "team": "net-team"})
AT_VERCEL = kinds.AT_HOST["vercel"]
OWNER = Account(kinds.OWNER, "Nairobi")
TEAM = Account(AT_VERCEL, "nairobi-team")


@pytest.mark.parametrize(
    ("owner", "team", "accounts"),
    [
        ("Nairobi", "nairobi-team", [OWNER, TEAM]),
        ("Nairobi", None, [OWNER]),
        (None, "nairobi-team", [TEAM]),
        (None, None, []),
        ("NET-owner", "NET-team", []),
        ("net-owner", "nairobi-team", [TEAM]),
        ("Nairobi", "net-team", [OWNER]),
        (
            "net-team",
            "net-owner",
            [Account(kinds.OWNER, "net-team"), Account(AT_VERCEL, "net-owner")],
        ),
    ],
)
def test_what_is_named_and_not_the_networks_is_a_hubs_own(
    owner: str | None, team: str | None, accounts: list[Account]
) -> None:
    at_hosts = {"vercel": team} if team else {}
    assert list(not_the_networks(owner, at_hosts, NETWORK)) == accounts


def test_a_hub_files_accounts_are_read_from_it() -> None:
    text = hub_with(top="github: {owner: Nairobi}\nvercel: {team: nairobi-team}\n")
    hub = see(checked(text).document, "nairobi", example=False)
    assert list(own_accounts(hub, NETWORK)) == [OWNER, TEAM]


def test_an_account_is_the_same_however_it_is_spelt() -> None:
    assert Account(kinds.OWNER, "NAIROBI").key == OWNER.key
    assert Account(AT_VERCEL, "nairobi").key != OWNER.key


def test_an_account_knows_where_it_stands_in_a_hub_file() -> None:
    assert (OWNER.pointer, TEAM.pointer) == ("/github/owner", "/vercel/team")
