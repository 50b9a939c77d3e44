"""A merge queue asks for the check of a commit that no pull request has."""

from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork

STATUS = "provisioner/check"


def test_the_commit_of_a_queued_merge_gets_its_status_and_nobody_gets_a_comment(
    network: ActionsNetwork,
) -> None:
    whole = network.queue(
        {
            "hubs/kisumu.yaml": docs_hub("kisumu-commons"),
            "requirements.txt": "no-such-library==1.0\n",  # the base branch's is used
        }
    )
    broken = network.queue({"hubs/mombasa.yaml": docs_hub("mombasa-commons", app="docs-sit")})

    assert whole.check.succeeded
    assert network.statuses(whole.sha) == [(STATUS, "success")]
    assert not broken.check.succeeded
    assert network.statuses(broken.sha) == [(STATUS, "failure")]
    assert network.sandbox.control.world()["github"]["comments"] == []
