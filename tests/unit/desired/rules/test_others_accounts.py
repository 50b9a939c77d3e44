"""Whose an account is: no hub names one that another hub has, unless both belong together."""

import pytest

from provisioner.desired.catalog import Catalog, load_catalog
from provisioner.errors import ConfigurationError
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.unit.desired.given import desired, findings, hub_with, own_catalog, place


def hub(maintainers: str = "amina-k", owner: str = "", team: str = "") -> str:
    top = f"github: {{owner: {owner}}}\n" if owner else ""
    top += f"vercel: {{team: {team}}}\n" if team else ""
    return hub_with(top=top).replace("amina-k", maintainers).replace("docs-site", "telegram-bot")


def accounts(text: str, **others: str) -> list[tuple[str, tuple[int, int]]]:
    found = findings(text, **others)
    return [(each.code, place(each)) for each in found if each.code == "account-taken"]


def sharing(**accounts: tuple[str, ...]) -> Catalog:
    network = own_catalog().network.model_copy(update={"accounts": accounts})
    return Catalog(network, own_catalog().entries)


THEIRS = hub("joseph-m", "nairobi", "nairobi-team")


def test_an_owner_or_team_of_another_hub_is_an_error_in_both_files() -> None:
    ours = hub("amina-k", "nairobi", "nairobi-team")
    files = desired({"nairobi.yaml": ours, "kisumu.yaml": THEIRS}).files
    for file, other in zip(files, ("kisumu", "nairobi"), strict=True):
        told = [each for each in file.errors if each.code == "account-taken"]
        assert [place(each) for each in told] == [(3, 17), (4, 16)]
        assert "the GitHub account `nairobi` is another hub's" in told[0].message
        assert "the Vercel team `nairobi-team` is another hub's" in told[1].message
        assert f"`hubs/{other}.yaml` names it in line 3" in told[0].message
        assert "`nairobi: [kisumu, nairobi]` below `accounts:` in `network.yaml`" in told[0].hint


def test_an_account_is_the_same_however_it_is_spelt() -> None:
    assert accounts(hub(owner="NAIROBI"), kisumu=THEIRS) == [("account-taken", (3, 17))]


def test_an_owner_is_no_team_of_the_same_name() -> None:
    assert accounts(hub(owner="nairobi-team", team="nairobi"), kisumu=THEIRS) == []


def test_hubs_that_share_a_maintainer_may_share_accounts() -> None:
    ours = hub("amina-k, Joseph-M", "nairobi", "nairobi-team")
    assert accounts(ours, kisumu=THEIRS) == []


def test_a_maintainer_of_one_hub_does_not_open_the_account_of_a_third() -> None:
    ours = hub("amina-k, joseph-m", "nairobi")
    third = hub("grace-u", "nairobi")
    assert accounts(ours, kisumu=THEIRS, mombasa=third) == [("account-taken", (3, 17))]


def test_an_account_that_the_network_lists_is_for_the_hubs_of_its_list_alone() -> None:
    files = {f"{name}.yaml": hub(f"m-{name}", "Nairobi") for name in ("nairobi", "kisumu", "lagos")}
    for listed, refused in (
        (("nairobi", "kisumu"), {"nairobi", "kisumu", "lagos"}),
        (("nairobi", "kisumu", "lagos"), set()),
        (("lagos",), {"nairobi", "kisumu", "lagos"}),
    ):
        found = desired(files, sharing(nairobi=listed)).files
        codes = {file.hub: {each.code for each in file.errors} for file in found}
        assert {name for name, each in codes.items() if "account-taken" in each} == refused
    two = {name: files[name] for name in ("nairobi.yaml", "kisumu.yaml")}
    for file in desired(two, sharing(nairobi=("nairobi", "kisumu"))).files:
        assert "account-taken" not in {each.code for each in file.errors}


def test_the_networks_own_accounts_are_free_to_all() -> None:
    network = "Example-Network", "example-network"
    assert accounts(hub("a", *network), kisumu=hub("b", *network)) == []
    assert accounts(hub("a"), kisumu=hub("b")) == []


def test_an_example_has_no_accounts() -> None:
    files = desired({"kisumu.yaml": THEIRS, "_example.yaml": hub("amina-k", "nairobi")}).files
    assert not [each for file in files for each in file.findings if each.code == "account-taken"]


def test_a_second_file_of_the_same_hub_is_not_its_rival() -> None:
    files = desired({"nairobi.yaml": hub("a", "nairobi"), "nairobi.yml": hub("b", "nairobi")}).files
    assert not [each for file in files for each in file.findings if each.code == "account-taken"]


def test_a_file_with_mistakes_still_holds_its_account() -> None:
    assert accounts(hub(owner="nairobi"), kisumu=THEIRS + "nonsense: 1\n")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("accounts: [nairobi]", "`accounts` must be a group of `account: [hub, hub]` lines"),
        ("accounts: {nairobi: kisumu}", "`nairobi` must be a list of hub names"),
        ("accounts: {nairobi: [Kisumu]}", "`Kisumu` is not a hub's name"),
        (
            "accounts: {'a b': [kisumu]}",
            "`a b` is not the name of an account at GitHub or at a host",
        ),
    ],
)
def test_a_mistake_in_the_networks_list_is_told(
    tmp_path_factory: pytest.TempPathFactory, lines: str, says: str
) -> None:
    folder = tmp_path_factory.mktemp("catalog")
    text = (EXAMPLE_CATALOG / "network.yaml").read_text()
    (folder / "network.yaml").write_text(f"{text}\n{lines}\n")
    with pytest.raises(ConfigurationError) as caught:
        load_catalog(folder)
    assert says in caught.value.message


def test_a_good_list_is_taken(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("catalog")
    text = (EXAMPLE_CATALOG / "network.yaml").read_text()
    (folder / "network.yaml").write_text(f"{text}\naccounts: {{Nairobi: [nairobi, kisumu]}}\n")
    assert load_catalog(folder).network.accounts == {"Nairobi": ("nairobi", "kisumu")}
