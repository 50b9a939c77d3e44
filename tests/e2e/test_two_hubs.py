"""Two hubs arrive at once and the build of one fails; a re-run does what is left."""

from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork

OWNERS = {"kisumu": "kisumu-commons", "mombasa": "mombasa-commons"}


def test_one_hub_fails_the_other_goes_live_and_a_rerun_does_only_what_is_left(
    network: ActionsNetwork,
) -> None:
    failing = {"project": "mombasa--docs", "state": "ERROR", "log": ["npm ERR! no such file"]}
    network.sandbox.control.set_vercel(next_deployments=[failing])
    numbers = {
        hub: network.open_unseen({f"hubs/{hub}.yaml": docs_hub(owner)})
        for hub, owner in OWNERS.items()
    }
    network.merge_unseen(numbers["kisumu"])  # what this run would do, the next one finds

    run = network.merge(numbers["mombasa"])

    assert not run.succeeded
    assert run.job("apply", hub="kisumu").succeeded
    assert not run.job("apply", hub="mombasa").succeeded
    assert run.job("summary").succeeded
    assert state_of(network, "kisumu") == "completed"
    assert state_of(network, "mombasa") == "failed"
    (live,) = network.comments(numbers["kisumu"])
    assert "is live" in live["body"]
    (failed,) = network.comments(numbers["mombasa"])
    assert "❌" in failed["body"].splitlines()[1]
    assert "npm ERR! no such file" in failed["body"]
    assert network.deployments() == {"kisumu--docs": ["READY"], "mombasa--docs": ["ERROR"]}

    assert network.on_schedule().ran() == ["plan"]  # only a person can fix a build
    again = network.rerun(run)

    assert again.succeeded
    assert [job.matrix["hub"] for job in again.jobs if job.id == "apply"] == ["mombasa"]
    assert state_of(network, "mombasa") == "completed"
    (fixed,) = network.comments(numbers["mombasa"])
    assert fixed["id"] == failed["id"]
    assert "is live" in fixed["body"]
    assert network.comments(numbers["kisumu"]) == [live]
    assert network.deployments() == {
        "kisumu--docs": ["READY"],
        "mombasa--docs": ["ERROR", "READY"],
    }
    assert network.copies() == ["kisumu-commons/kisumu--docs", "mombasa-commons/mombasa--docs"]


def state_of(network: ActionsNetwork, hub: str) -> str:
    state: str = network.journal(hub)["run"]["state"]
    return state
