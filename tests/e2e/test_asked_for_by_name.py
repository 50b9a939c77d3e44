"""A person asks for hubs by name, by hand or from outside; names are data, never code."""

from pathlib import Path

from tests.e2e.actions_run import ActionsRun
from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork

HUBS = ("kisumu", "mombasa", "nakuru")


def test_only_the_hubs_that_are_named_are_run(network: ActionsNetwork) -> None:
    files = {f"hubs/{hub}.yaml": docs_hub(f"{hub}-commons") for hub in HUBS}
    network.merge_unseen(network.open_unseen(files))

    by_hand = network.by_hand(" kisumu\tmombasa ")
    from_outside = network.from_outside({"hubs": ["nakuru"]})

    assert by_hand.succeeded
    assert applied(by_hand) == ["kisumu", "mombasa"]
    assert from_outside.succeeded
    assert applied(from_outside) == ["nakuru"]
    assert network.journaled_hubs() == sorted(HUBS)


def test_a_name_that_nobody_knows_fails_the_plan_and_touches_nothing(
    network: ActionsNetwork, tmp_path: Path
) -> None:
    before = network.sandbox.control.world()
    trace = tmp_path / "executed"

    run = network.by_hand(f"$(touch${{IFS}}{trace}) `touch {trace}` --help * ; touch {trace}")

    assert not run.succeeded
    assert not run.job("plan").succeeded
    assert "there is no hub" in run.job("plan").log
    assert not run.job("summary").succeeded
    assert "could not be listed" in run.job("summary").summary
    assert not trace.exists()
    assert network.sandbox.control.world() == before


def applied(run: ActionsRun) -> list[str]:
    return sorted(job.matrix["hub"] for job in run.jobs if job.id == "apply")
