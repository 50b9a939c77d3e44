"""Addresses on GitHub's pages lead to the network's repository, or there are only labels."""

import pytest

from provisioner.report.links import Links

HOME = "https://github.com/example-network/hubs"
LINKS = Links(HOME)
SHA = "5f0c9e1b7a3d4c2e8f6a1b0d9c8e7f6a5b4c3d2e"


@pytest.mark.parametrize("links", [LINKS, Links(f"{HOME}/")])
def test_each_page_has_its_address(links: Links) -> None:
    assert links.commit(SHA) == f"[`5f0c9e1`]({HOME}/commit/{SHA})"
    assert links.pull_request(12) == f"[pull request 12]({HOME}/pull/12)"
    assert links.line("hubs/nairobi.yaml", SHA, 6) == (
        f"[line 6]({HOME}/blob/{SHA}/hubs/nairobi.yaml#L6)"
    )


def test_a_path_of_odd_letters_still_leads_there() -> None:
    assert "/blob/abc/hubs/a%20b.yaml#L1" in LINKS.line("hubs/a b.yaml", "abc", 1)


def test_without_a_repository_there_are_labels_alone() -> None:
    assert Links().commit(SHA) == "`5f0c9e1`"
    assert Links().pull_request(12) == "pull request 12"
    assert Links().line("hubs/nairobi.yaml", SHA, 6) == "line 6"


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        (f"{HOME}/actions/runs/4711", True),
        ("https://github.com/mallory/hubs/actions/runs/4711", False),
        (f"{HOME}-x/actions/runs/4711", False),
        (f"{HOME}/pull/12", False),
        ("", False),
    ],
)
def test_an_actions_run_is_one_of_this_repository(address: str, ours: bool) -> None:
    assert LINKS.is_actions_run(address) is ours


def test_where_no_repository_is_known_any_run_may_be_ours() -> None:
    assert Links().is_actions_run("https://ci.example.org/1")
