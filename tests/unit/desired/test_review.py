"""What a reviewer is told of a proposed hub: its neighbours in DNS, and accounts new to it."""

from provisioner.desired.review import (
    MOST_ELSEWHERE,
    Neighbour,
    Relation,
    SharedAccount,
    changed_elsewhere,
    domain_neighbours,
    first_uses,
    shared_uses,
)
from provisioner.desired.rules.accounts import AT_HOST, Account
from provisioner.desired.rules.accounts import OWNER as GITHUB
from provisioner.models.app import DesiredHub
from provisioner.models.change import MergeEffect
from provisioner.models.remote import ChangedFile, TreeEntry
from tests.unit.desired.given import desired, hub_with

ACCOUNTS = "github: {owner: Nairobi}\nvercel: {team: nairobi-team}\n"
OWNER = Account(GITHUB, "Nairobi")
TEAM = Account(AT_HOST["vercel"], "nairobi-team")


def proposed(text: str, **others: str) -> DesiredHub:
    files = {f"{hub}.yaml": content for hub, content in others.items()}
    return desired({**files, "nairobi.yaml": text}).hubs["nairobi"]


def neighbours(domain: str, *others: str) -> tuple[tuple[str, str], ...]:
    hub = proposed(hub_with(f"domains: [{domain}]"))
    beside = {"kisumu.yaml": hub_with(f"domains: [{', '.join(others)}]")}
    found = domain_neighbours(hub, desired(beside))
    assert {(each.domain, each.hub) for each in found} <= {(domain, "kisumu")}
    return tuple((each.relation.value, each.other) for each in found)


def test_a_domain_below_or_above_another_hubs_is_told() -> None:
    assert neighbours("docs.kisumu.org", "kisumu.org") == (("below", "kisumu.org"),)
    assert neighbours("a.b.kisumu.org", "kisumu.org") == (("below", "kisumu.org"),)
    assert neighbours("kisumu.org", "a.b.kisumu.org") == (("above", "a.b.kisumu.org"),)


def test_the_same_with_www_is_beside() -> None:
    assert neighbours("www.kisumu.org", "kisumu.org") == (("beside", "kisumu.org"),)
    assert neighbours("kisumu.org", "www.kisumu.org") == (("beside", "www.kisumu.org"),)


def test_names_that_only_look_alike_are_no_neighbours() -> None:
    assert neighbours("docs.nairobi.org", "xdocs.nairobi.org", "docs.kisumu.org") == ()
    assert neighbours("akisumu.org", "kisumu.org") == ()


def test_a_hubs_own_domains_and_the_examples_are_no_neighbours() -> None:
    text = hub_with("domains: [a.org, docs.a.org]")
    beside = desired({"nairobi.yaml": text, "_example.yaml": hub_with("domains: [www.a.org]")})
    assert domain_neighbours(proposed(text), beside) == ()


def test_domains_in_a_file_with_mistakes_are_somebodys_too() -> None:
    beside = desired({"kisumu.yaml": hub_with("domains: [Kisumu.org, kisumu.org.]\nenv: 5")})
    hub = proposed(hub_with("domains: [docs.kisumu.org]"))
    assert domain_neighbours(hub, beside) == (
        Neighbour("docs.kisumu.org", Relation.BELOW, "kisumu.org", "kisumu"),
    )


def test_accounts_that_nobody_used_before_are_told() -> None:
    hub = proposed(hub_with(top=ACCOUNTS))
    before = desired({"kisumu.yaml": hub_with(top="github: {owner: kisumu}\n")})
    assert first_uses(hub, before) == (OWNER, TEAM)
    assert shared_uses(hub, before) == ()


def test_the_networks_own_accounts_are_nobodys_first() -> None:
    network = "github: {owner: Example-Network}\nvercel: {team: example-network}\n"
    for text in (hub_with(), hub_with(top=network)):
        assert first_uses(proposed(text), desired({})) == ()


def test_what_the_hub_used_before_is_not_told_again_however_it_is_spelt() -> None:
    hub = proposed(hub_with(top=ACCOUNTS))
    before = desired({"nairobi.yaml": hub_with("env: 5", top=ACCOUNTS.lower())})
    assert first_uses(hub, before) == ()
    assert shared_uses(hub, before) == ()


def test_an_account_that_another_hub_uses_comes_with_its_present_maintainers() -> None:
    theirs = hub_with(top=ACCOUNTS.lower()).replace("amina-k", "joseph-m, amina-k")
    hub = proposed(hub_with(top=ACCOUNTS))
    before = desired({"kisumu.yaml": theirs})
    assert first_uses(hub, before) == ()
    assert shared_uses(hub, before) == (
        SharedAccount(OWNER, ("kisumu",), ("amina-k", "joseph-m")),
        SharedAccount(TEAM, ("kisumu",), ("amina-k", "joseph-m")),
    )


def test_an_owner_is_no_team_of_the_same_name() -> None:
    hub = proposed(hub_with(top="github: {owner: shared}\n"))
    before = desired({"kisumu.yaml": hub_with(top="vercel: {team: shared}\n")})
    assert first_uses(hub, before) == (Account(GITHUB, "shared"),)


def test_the_hubs_own_file_does_not_hide_the_neighbours_after_it() -> None:
    text = hub_with("domains: [a.org]")
    beside = desired({"nairobi.yaml": text, "zanzibar.yaml": hub_with("domains: [docs.a.org]")})
    assert domain_neighbours(proposed(text), beside) == (
        Neighbour("a.org", Relation.ABOVE, "docs.a.org", "zanzibar"),
    )


def test_every_hub_of_an_account_is_told() -> None:
    files = {f"{hub}.yaml": hub_with(top=ACCOUNTS) for hub in ("mombasa", "kisumu")}
    owner, team = shared_uses(proposed(hub_with(top=ACCOUNTS)), desired(files))
    assert (owner.hubs, team.hubs) == (("kisumu", "mombasa"), ("kisumu", "mombasa"))


def elsewhere(listed: list[str], *tops: str, changed: tuple[str, ...] = ()) -> tuple[str, ...]:
    files = [ChangedFile(path=path, status="modified") for path in listed]
    after = {name: TreeEntry(name=name, mode="100644", sha="a1") for name in changed}
    return changed_elsewhere(MergeEffect(after=after, elsewhere=tops), files)


def test_what_else_changes_is_told_by_its_path() -> None:
    assert elsewhere(["README.md", "docs/a.md", "docs/b.md"], "README.md", "docs") == (
        "README.md",
        "docs/a.md",
        "docs/b.md",
    )


def test_what_the_list_does_not_hold_is_told_by_the_top_of_its_path() -> None:
    assert elsewhere(["docs/a.md"], "docs", ".github") == ("docs/a.md", ".github/…")


def test_a_hubs_file_has_a_comment_of_its_own_and_is_not_told_here() -> None:
    assert elsewhere(["hubs/nairobi.yaml"], changed=("nairobi.yaml",)) == ()


def test_what_lies_below_a_folder_called_like_a_hub_file_is_that_hubs() -> None:
    assert elsewhere(["hubs/nairobi.yaml/x.md", "hubs/README.md/nairobi.yaml"]) == (
        "hubs/README.md/nairobi.yaml",
    )


def test_a_file_called_like_a_hubs_but_elsewhere_is_told() -> None:
    assert elsewhere(["nairobi.yaml", "more/hubs/nairobi.yaml"]) == (
        "nairobi.yaml",
        "more/hubs/nairobi.yaml",
    )


def test_an_example_and_words_among_the_hub_files_are_told_once() -> None:
    names = ("README.md", "_example.yaml", "nairobi.yaml", "")
    assert elsewhere(["hubs/_example.yaml"], changed=names) == (
        "hubs/_example.yaml",
        "hubs/README.md",
    )


def test_of_much_that_changes_the_first_paths_are_told_and_every_top() -> None:
    assert MOST_ELSEWHERE == 20
    listed = [f"docs/{n:02}.md" for n in range(21)] + ["src/a.py"]
    told = elsewhere(listed, "docs", "src")
    assert told == (*listed[:20], "src/…")


def test_of_many_tops_the_first_are_told() -> None:
    assert elsewhere([], *(f"top-{n:02}" for n in range(21))) == tuple(
        f"top-{n:02}/…" for n in range(20)
    )
