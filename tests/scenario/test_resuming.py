"""Runs that stop, fail, wait or are overtaken: a later run does what is left, and only that."""

import json
from datetime import timedelta

from provisioner.commands.cancel import cancel_run
from provisioner.commands.options import desired_of
from provisioner.commands.plan import candidates
from provisioner.github.session import GitHubSession
from provisioner.github.state_branch import StateBranch
from provisioner.github.throttle import Throttle
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from tests.scenario.journals import without_hosts
from tests.scenario.network import DOCS, Network, app_of, step_of
from tests.scenario.outcome import unfinished

STATE = "provisioner-state"


def due(network: Network) -> dict[str, str]:
    """The hubs that the schedule would run now, and why."""
    wiring = network.wiring()
    found = candidates(wiring, desired_of(network.directory, wiring.environ), (), only_due=True)
    return {item.hub: item.reason for item in found}


def journal(network: Network, path: str = "hubs/nairobi.json") -> str:
    repository = network.sandbox.github.network_repository()
    found = repository.git.file(repository.git.head(STATE) or "", path)
    assert found is not None
    return found.decode()


def set_aside(network: Network) -> list[str]:
    """The contents of all journals that were kept aside."""
    wiring = network.wiring()
    branch = StateBranch(
        GitHubSession(
            network.environ["GITHUB_API_URL"],
            network.environ["GITHUB_TOKEN"],
            wiring.clock,
            Throttle(wiring.clock),
        ),
        wiring.repository,
    )
    return [journal(network, f"set-aside/{name}") for name in branch.names("set-aside")]


def rewrite(network: Network, text: str) -> None:
    network.sandbox.control.push({"hubs/nairobi.json": text}, branch=STATE)


def broken_builds(network: Network) -> None:
    network.sandbox.control.set_vercel(
        next_deployments=[{"project": "nairobi--docs", "state": "ERROR"}]
    )


def test_a_waiting_hub_is_due_when_its_wake_time_has_come(network: Network) -> None:
    network.write_with_bot()
    assert due(network) == {"nairobi": "new"}
    network.apply()

    assert due(network) == {}
    network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(network) == {"nairobi": "its time to look again has come"}


def test_a_journal_that_cannot_be_read_is_kept_aside_and_made_anew(network: Network) -> None:
    live = network.go_live()
    rewrite(network, "{ not a journal")
    before = network.world()["vercel"]

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert run.id != live.id
    assert "could not be read" in run.notes[0]
    assert network.world()["vercel"] == before
    assert "{ not a journal" in set_aside(network)


def test_a_journal_of_the_first_version_is_read_and_goes_on(network: Network) -> None:
    network.write_with_bot()
    waiting = network.apply()
    document = without_hosts(json.loads(journal(network)))
    document["version"] = 1
    document["run"]["lease"] = document.pop("lease")
    rewrite(network, json.dumps(document))

    again = network.apply()

    assert again == waiting


def test_a_later_merge_takes_over_and_the_older_comment_says_so(network: Network) -> None:
    network.write("nairobi", DOCS)
    first = network.merge("nairobi")
    assert network.apply().state is RunState.WAITING
    network.write("nairobi", DOCS.replace("docs.nairobi", "guide.nairobi"))
    second = network.merge("nairobi")

    run = network.apply()

    assert run.pull_request == second
    (older,) = network.comments(first)
    assert "taken over" in older["body"]
    assert f"pull request {second}" in older["body"]
    (past,) = json.loads(journal(network))["history"]
    assert past["state"] == "superseded"


def test_a_cancelled_run_is_left_alone_until_somebody_asks(network: Network) -> None:
    network.write_with_bot()
    number = network.merge("nairobi")
    waiting = network.apply()

    cancelled = cancel_run(network.wiring(), "nairobi")

    assert cancelled.state is RunState.CANCELLED
    assert "stopped" in network.comments(number)[0]["body"]
    network.clock.advance(timedelta(days=2).total_seconds())
    assert due(network) == {}
    network.set_dns(waiting)
    assert network.apply().state is RunState.COMPLETED


def test_a_run_that_failed_for_good_waits_for_a_person_or_a_change(network: Network) -> None:
    network.write("nairobi", DOCS)
    broken_builds(network)
    failed = network.apply()
    assert step_of(failed, "docs", "deploy").state is StepState.FAILED

    network.clock.advance(timedelta(days=2).total_seconds())
    assert due(network) == {}
    network.write("nairobi", DOCS.replace("Nairobi Commons}", "Karibu}"))
    assert due(network) == {"nairobi": "its file or the catalog changed"}


def test_what_time_may_fix_is_tried_again_by_the_schedule(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.sandbox.control.add_faults(
        {
            "api": "vercel",
            "method": "POST",
            "path": "/v11/projects",
            "when": "before",
            "kind": "status",
            "status": 503,
            "times": "forever",
        }
    )
    waiting = network.apply()
    assert waiting.state is RunState.WAITING
    assert unfinished(waiting).who is Actor.NOBODY
    assert due(network) == {}

    network.sandbox.control.clear_faults()
    network.clock.advance(timedelta(minutes=11).total_seconds())

    assert due(network) == {"nairobi": "its time to look again has come"}
    assert network.apply().state is RunState.WAITING


def test_the_schedule_wakes_one_app_and_leaves_the_one_that_failed_for_good(
    network: Network,
) -> None:
    network.write_with_bot()
    network.sandbox.control.set_vercel(
        next_deployments=[{"project": "nairobi--bot", "state": "ERROR"}]
    )
    first = network.apply()
    assert app_of(first, "bot").state is RunState.FAILED
    network.set_dns(first)
    network.clock.advance(timedelta(minutes=11).total_seconds())
    network.environ |= {"GITHUB_EVENT_NAME": "schedule", "GITHUB_RUN_ATTEMPT": "1"}

    woken = network.apply()

    assert app_of(woken, "docs").state is RunState.COMPLETED
    assert app_of(woken, "bot") == app_of(first, "bot")


def test_the_jobs_own_time_ends_a_run_in_good_order(network: Network) -> None:
    network.write("nairobi", DOCS)

    run = network.apply(within=timedelta())

    assert run.state is RunState.WAITING
    assert app_of(run, "docs").steps[0].detail.startswith("The job's time is over")
    assert due(network) == {"nairobi": "its time to look again has come"}
    assert network.apply().state is RunState.WAITING
    assert network.world()["vercel"]["projects"] != []
