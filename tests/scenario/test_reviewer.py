"""The comment tells a reviewer what no program can know."""

import pytest

from tests.scenario.gate import FILE, MOMBASA, NETWORKS_MAINTAINER, Gate
from tests.scenario.network import DOCS, Network

KISUMU = DOCS.replace("nairobi", "kisumu").replace("Nairobi", "Kisumu")
HEADING = "For the reviewer"


@pytest.fixture
def gate(network: Network) -> Gate:
    gate = Gate(network)
    gate.on_main({"nairobi": DOCS})
    return gate


def told(gate: Gate, text: str, author: str = "amina-k", **files: str) -> str:
    number = gate.propose({"hubs/kisumu.yaml": text, **files}, author)
    gate.report(number)
    return gate.comments(number)


def test_the_first_use_of_an_account_by_whom_github_does_not_show_in_it(gate: Gate) -> None:
    page = told(gate, KISUMU, "mallory")
    assert "No hub has named the GitHub account `kisumu-commons` before" in page
    assert "GitHub does not show that the author, `mallory`, belongs to it" in page
    assert "No hub has named the Vercel team `kisumu-commons` before" in page


def test_the_first_use_of_an_account_by_a_public_member(gate: Gate) -> None:
    gate.network.sandbox.control.set_account("kisumu-commons", public_members=["amina-k"])
    assert "`amina-k`, is publicly a member of it" in told(gate, KISUMU)


def test_the_first_use_of_the_authors_own_account(gate: Gate) -> None:
    own = KISUMU.replace("owner: kisumu-commons", "owner: amina-k")
    assert "It is the author's own (`amina-k`)" in told(gate, own)


def test_whether_the_author_belongs_to_it_could_not_be_seen(gate: Gate) -> None:
    fault = {"api": "github", "method": "GET", "path": "*/public_members/*", "kind": "status"}
    gate.network.sandbox.control.add_faults([{**fault, "status": 500, "times": "forever"}])
    assert "cannot be seen: ask" in told(gate, KISUMU)


@pytest.mark.parametrize(
    ("domain", "lies"),
    [
        ("www.docs.nairobi.example.org", "is the same, but for `www.`, as"),
        ("nairobi.example.org", "lies above"),
        ("evil.docs.nairobi.example.org", "lies below"),
    ],
)
def test_a_domain_beside_another_hubs(gate: Gate, domain: str, lies: str) -> None:
    page = told(gate, KISUMU.replace("docs.kisumu.example.org", domain))
    assert f"`{domain}` {lies} `docs.nairobi.example.org` of the hub `nairobi`" in page


def test_what_else_the_pull_request_changes(gate: Gate) -> None:
    files = {".github/workflows/x.yml": "on: push\n", "hubs/README.md": "Ours now.\n"}
    page = told(gate, KISUMU, **files, **{"provisioner/a.py": ""})
    named = "`.github/workflows/x.yml`, `hubs/README.md` and `provisioner/a.py`"
    assert f"outside the hub files: {named}." in page


def test_what_a_list_of_files_no_longer_names_is_still_told_by_its_folder(gate: Gate) -> None:
    many = {f"a/{number:03}.txt": "x\n" for number in range(120)}
    page = told(gate, KISUMU, **many, **{".github/workflows/x.yml": "on: push\n"})
    assert "`.github/workflows/x.yml`" in page or "`.github/…`" in page
    assert "`provisioner/…`" in told(gate, KISUMU, **many, **{"provisioner/z.py": "x\n"})


def test_nothing_where_nothing_is_to_be_judged(gate: Gate) -> None:
    number = gate.propose({FILE: DOCS.replace("Nairobi Commons", "Nairobi")}, "amina-k")
    gate.report(number)
    assert HEADING not in gate.comments(number)


def test_a_file_with_mistakes_is_told_as_well(gate: Gate) -> None:
    page = told(gate, KISUMU.replace("docs-site", "docs-sit"), **{"Makefile": "all:\n"})
    assert HEADING in page
    assert "`Makefile`" in page


def test_the_networks_own_account_and_one_that_is_known_need_no_word(gate: Gate) -> None:
    gate.on_main({"mombasa": MOMBASA})
    shared = MOMBASA.replace("docs.mombasa", "guide.mombasa").replace("[zuri-w]", "[amina-k]")
    number = gate.propose({"hubs/mombasa.yaml": shared}, NETWORKS_MAINTAINER)
    gate.report(number)
    assert "before" not in gate.comments(number)
