"""Faults of the network's own files, its sealing key and its tokens: each is found and told."""

import pytest

from tests.scenario.planting import (
    Fault,
    assert_found_alone,
    ending_in,
    github,
    in_another_repository,
    lacking,
    with_environ,
    without_any_key,
    without_key_in_catalog,
)
from tests.scenario.setup import SetUp

OTHER_KEY = "private_v1_" + "A" * 43

NETWORK = (
    Fault(
        "network.yaml",
        in_another_repository,
        "still holds the example's values: `owner: example-network`, `team: example-network`, "
        "the maintainer `example-maintainer`",
        "provisioner/catalog/network.yaml",
    ),
    Fault("sealing key", lacking("PROVISIONER_SEALING_KEY"), "is not set", "`Run workflow`"),
    Fault("sealing key", without_any_key, "There is none", "provisioner keygen"),
    Fault("sealing key", without_key_in_catalog, "hubs cannot seal", "`sealing_key: "),
    Fault(
        "sealing key",
        with_environ(PROVISIONER_SEALING_KEY=OTHER_KEY),
        "does not belong",
        "`sealing_key: ",
    ),
    Fault(
        "sealing key",
        with_environ(PROVISIONER_SEALING_KEY="secret"),
        "is not one that `provisioner keygen` made",
        "PROVISIONER_SEALING_KEY",
    ),
    Fault(
        "hub files",
        lambda here: here.network.write("mombasa", "name: M\n"),
        "mistakes, so nothing is done for them: mombasa",
        "provisioner check",
    ),
)

TOKENS = (
    Fault("GITHUB_TOKEN", lacking("GITHUB_TOKEN"), "is not set", "the workflow file passes it on"),
    Fault("GITHUB_TOKEN", with_environ(GITHUB_TOKEN="ghp_old"), "does not accept it", "new token"),
    Fault("GITHUB_TOKEN", with_environ(GITHUB_TOKEN="“pasted”"), "is not a token", "Paste it anew"),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        lacking("PROVISIONER_GITHUB_TOKEN"),
        "is not set",
        "`Run workflow`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        with_environ(PROVISIONER_GITHUB_TOKEN="ghp_old"),
        "GitHub does not accept it",
        "new token",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        lambda here: here.network.environ.update(
            PROVISIONER_GITHUB_TOKEN=here.network.environ["GITHUB_TOKEN"]
        ),
        "the same as GITHUB_TOKEN",
        "docs/set-up.md",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        github("set_behaviour", scopes=["read:org", "gist"]),
        "belongs to provisioner-bot and has only the scopes read:org, gist",
        "`public_repo`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN",
        github("set_behaviour", scopes=[]),
        "has no scope at all",
        "`public_repo`",
    ),
    Fault(
        "PROVISIONER_GITHUB_TOKEN", ending_in(days=3), "it ends on 2026-01-04", "Make a new token"
    ),
    Fault("VERCEL_TOKEN", lacking("VERCEL_TOKEN"), "is not set", "`Run workflow`"),
    Fault("VERCEL_TOKEN", with_environ(VERCEL_TOKEN="old"), "Vercel does not accept", "new token"),
)


@pytest.mark.parametrize("fault", [*NETWORK, *TOKENS], ids=str)
def test_a_planted_fault_is_found_with_its_fix_and_no_other_is_claimed(
    here: SetUp, fault: Fault
) -> None:
    assert_found_alone(here, fault)
