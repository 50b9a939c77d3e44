"""A plan says what it could not look at, and never that there is nothing to do there."""

import json
import re

import pytest

from provisioner.models.plan import Actor, Verdict
from tests.scenario.gate import FILE, Gate
from tests.scenario.lists import EDITED
from tests.scenario.network import PLAIN, Network
from tests.scenario.outcome import planned
from tests.unit.commands.command import run

LONG = {"status": 503, "retry_after": 600}
"""Nobody waits for it: a command goes by the machine's own clock."""


def out_of_order(network: Network, api: str, path: str, **answer: int) -> None:
    fault = {"api": api, "path": path, "kind": "status", "times": "forever"}
    network.sandbox.control.add_faults({**fault, **(answer or LONG)})


@pytest.fixture
def shut(network: Network) -> Network:
    """A hub with a site; of GitHub's copies nothing can be seen."""
    network.write("nairobi", PLAIN)
    out_of_order(network, "github", "/repos/nairobi-commons/*")
    return network


def plan(network: Network, *options: str) -> tuple[int, str, str]:
    done = run("plan", *options, "--hubs", str(network.directory), stdin=b"", **network.environ)
    return done.code, done.out, done.err


def test_no_step_that_nobody_looked_at_is_without_a_change(shut: Network) -> None:
    steps = planned(shut)

    assert not any(step.checked for step in steps.values())


def test_nor_is_one_behind_a_step_that_could_not_be_seen(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    out_of_order(network, "vercel", "/v9/projects/*")

    steps = planned(network)

    assert steps["fork-repository"].checked
    assert not steps["create-project"].checked
    assert not steps["deploy"].checked


def test_an_answer_that_nobody_understands_shows_nothing(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    out_of_order(network, "vercel", "/v9/projects/*", status=418)

    steps = planned(network)

    assert steps["create-project"].verdict is Verdict.BLOCKED
    assert not steps["create-project"].checked
    assert not steps["deploy"].checked


def test_an_answer_that_says_who_must_act_was_seen_and_blocks_what_is_behind(
    network: Network,
) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    out_of_order(network, "vercel", "/v9/projects/*", status=403)

    steps = planned(network)

    assert steps["create-project"].verdict is Verdict.BLOCKED
    assert steps["create-project"].who is Actor.FACILITATOR
    assert steps["deploy"].verdict is Verdict.BLOCKED
    assert all(step.checked for step in steps.values())


def test_the_command_says_so_and_fails(shut: Network) -> None:
    code, out, err = plan(shut)

    assert code == 1
    assert re.search(r"could not check +Copy the repository", out)
    assert "1 hub: 1 that could not be checked." in out
    assert "error: nairobi: not everything could be checked" in err
    assert "no change" not in out


def test_json_names_the_hub_among_the_unchecked(shut: Network) -> None:
    code, out, _ = plan(shut, "--format", "json")
    document = json.loads(out)

    assert code == 1
    assert [item["hub"] for item in document["unchecked"]] == ["nairobi"]
    assert [item["hub"] for item in document["hubs"]] == ["nairobi"]
    steps = [step for app in document["hubs"][0]["apps"] for step in app["steps"]]
    assert not any(step["checked"] for step in steps)


def test_a_report_does_not_call_it_ready(gate: Gate) -> None:
    number = gate.propose({FILE: EDITED})
    out_of_order(gate.network, "vercel", "/v9/projects/*")

    gate.report(number)

    assert "ready to be merged" not in gate.comments(number)
    assert "not everything could be checked" in gate.comments(number)
    assert "no change" not in gate.comments(number)
