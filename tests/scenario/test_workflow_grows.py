"""A new version of the provisioner has one step more: hubs that are live already get it, too."""

from datetime import timedelta
from typing import Any

import pytest

from provisioner.actions.support.hand_over import Neighbours
from provisioner.commands.options import desired_of
from provisioner.models.run import RunState
from provisioner.workflows.tasks import WORKFLOWS, has_grown
from tests.scenario.journals import commits, document_of, edit
from tests.scenario.network import PLAIN, Network, step_of
from tests.scenario.schedule import newest, passed


def of_an_older_version(document: dict[str, Any], without: str = "check-live") -> None:
    """The journal of a time when the workflow had not this step yet."""
    for app in document["run"]["apps"]:
        app["steps"] = [step for step in app["steps"] if step["action"] != without]


@pytest.fixture
def live(network: Network) -> Network:
    network.write("nairobi", PLAIN)
    assert network.apply().state is RunState.COMPLETED
    edit(network, "nairobi", of_an_older_version)
    return network


def test_the_step_is_made_up_for_by_the_schedule(live: Network) -> None:
    assert [item.reason for item in live.due()] == ["its workflow has a new step"]

    live.tick()

    assert step_of(newest(live), "docs", "check-live").state == "done"


def test_once_and_without_another_word(live: Network) -> None:
    live.tick()
    written = commits(live)

    days = passed(live, timedelta(days=3))

    assert (days.runs, commits(live)) == (0, written)


def test_what_is_live_stays_as_it_is(live: Network) -> None:
    asked = len(live.requests())

    live.tick()

    writes = {item.api for item in live.requests()[asked:] if item.method not in ("GET", "HEAD")}
    assert writes == {"github"}, "the journal and the comment"
    assert newest(live).state is RunState.COMPLETED


def test_what_has_failed_for_good_is_not_woken_by_it(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.sandbox.control.set_vercel(next_deployments=[{"state": "ERROR"}])
    assert network.apply().state is RunState.FAILED
    edit(network, "nairobi", of_an_older_version)

    assert network.due() == []


def test_an_app_whose_workflow_nobody_knows_is_no_trouble_of_the_schedule(live: Network) -> None:
    hub = desired_of(live.directory, live.wiring().environ).hubs["nairobi"]
    unknown = {"workflow": "another"}
    entries = [
        app.entry.model_copy(update={"app": app.entry.app.model_copy(update=unknown)})
        for app in hub.apps
    ]
    apps = tuple(
        app.model_copy(update={"entry": entry})
        for app, entry in zip(hub.apps, entries, strict=True)
    )

    assert has_grown(hub, newest(live))
    assert not has_grown(hub.model_copy(update={"apps": apps}), newest(live))


def test_a_step_that_is_only_there_when_needed_makes_nobody_due(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    listed = {step["action"] for step in document_of(network)["run"]["apps"][0]["steps"]}

    assert "remove-variables" not in listed
    assert network.due() == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_workflow_names_the_steps_that_it_always_has(network: Network, name: str) -> None:
    network.write("nairobi", PLAIN)
    wiring, workflow = network.wiring(), WORKFLOWS[name]
    (app,) = desired_of(network.directory, wiring.environ).hubs["nairobi"].apps

    steps = workflow.steps(app, wiring.readers, None, Neighbours())

    assert workflow.actions == tuple(step.action for step in steps if not step.optional)
