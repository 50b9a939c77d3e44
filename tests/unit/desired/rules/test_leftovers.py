"""What a hub file still has of the example, and what is its own."""

import pytest

from provisioner.models.finding import Finding
from tests.unit.desired.given import desired, findings, network_with

EXAMPLE = """\
name: Example Hub
maintainers: [your-login, their-login]
github: {owner: your-account}
vercel: {team: your-team}
apps:
  docs:
    app: docs-site
    domains: [docs.your-hub.example.org, www.your-hub.example.org]
"""


def left(text: str, **others: str) -> list[Finding]:
    found = findings(text, "nairobi.yaml", **{"_example": EXAMPLE, **others})
    return [finding for finding in found if finding.code == "leftover"]


def test_each_thing_of_the_example_is_told_at_its_place() -> None:
    found = left(EXAMPLE)

    assert [(one.pointer, one.line) for one in found] == [
        ("/maintainers/0", 2),
        ("/maintainers/1", 2),
        ("/github/owner", 3),
        ("/vercel/team", 4),
        ("/apps/docs/domains/0", 8),
        ("/apps/docs/domains/1", 8),
    ]
    assert all(one.is_error for one in found)


def test_it_says_whose_it_is_and_what_belongs_there() -> None:
    person, _, owner, team, domain, _ = left(EXAMPLE)

    assert person.message == (
        "`your-login` is left over from the example, `hubs/_example.yaml`, line 2"
    )
    assert person.hint.startswith("write your own GitHub user name")
    assert owner.hint == (
        "write your hub's GitHub account, which gets the copies of the apps; if it has none, "
        "remove the line `github:`, and the network's own is used"
    )
    assert "your hub's Vercel team" in team.hint
    assert "`vercel:`" in team.hint
    assert domain.hint.endswith("or remove this one")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("your-login", "Your-Login"), ("your-account", "Your-Account"), ("www.", "WWW.")],
)
def test_another_spelling_is_the_same_thing(theirs: str, ours: str) -> None:
    assert len(left(EXAMPLE.replace(theirs, ours))) == 6


def test_at_another_app_or_place_it_is_left_over_all_the_same() -> None:
    text = EXAMPLE.replace("  docs:", "  guide:").replace("[your-login, their", "[amina-k, your")

    assert [one.pointer for one in left(text)][:2] == ["/maintainers/1", "/github/owner"]
    assert left(text)[-1].pointer == "/apps/guide/domains/1"


def test_what_is_the_hubs_own_is_no_leftover() -> None:
    own = EXAMPLE.replace("your", "our").replace("their", "her")

    assert left(own) == []


def test_an_example_has_no_leftovers_of_itself_or_of_another() -> None:
    files = desired({"_example.yaml": EXAMPLE, "_other.yaml": EXAMPLE}).files

    assert [file.findings for file in files] == [(), ()]


def test_only_the_example_that_people_copy_counts() -> None:
    files = desired({"nairobi.yaml": EXAMPLE, "_zebra.yaml": EXAMPLE}).files

    assert [file.findings for file in files] == [(), ()]


def test_the_networks_own_accounts_are_free_to_all_also_where_an_example_names_them() -> None:
    network = network_with(owner="your-account", team="your-team")
    files = desired({"nairobi.yaml": EXAMPLE, "_example.yaml": EXAMPLE}, network).files

    pointers = {one.pointer for one in files[0].findings if one.code == "leftover"}
    assert pointers.isdisjoint({"/github/owner", "/vercel/team"})


def test_where_there_is_no_example_nothing_is_left_over() -> None:
    assert findings(EXAMPLE, "nairobi.yaml") == ()


def test_what_is_no_text_is_left_to_the_schema() -> None:
    text = EXAMPLE.replace("[your-login, their-login]", "[7, their-login]")

    assert left(text)[0].pointer == "/maintainers/1"
