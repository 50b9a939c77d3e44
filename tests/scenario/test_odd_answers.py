"""Answers that are not what was promised: no damage, plain words, and the next run goes on."""

from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from tests.scenario.network import DOCS, Network
from tests.scenario.outcome import (
    COPY,
    PROJECT,
    SOURCE,
    assert_live,
    merged,
    project,
    repositories,
    unfinished,
)

COPYING = {"api": "github", "method": "POST", "path": "*/forks"}
READING = {"api": "github", "method": "GET", "path": f"/repos/{COPY}/branches/main"}
MAKING = {"api": "vercel", "method": "POST", "path": "/v11/projects"}
LISTING = {"api": "vercel", "method": "GET", "path": f"/v10/projects/{PROJECT}/env"}
ODD: list[dict[str, Any]] = [
    {"kind": "empty"},
    {"kind": "html"},
    {"kind": "html", "status": 502},
    {"kind": "truncated", "content_length": "full"},
    {"kind": "truncated", "content_length": "cut"},
    {"kind": "wrong-type"},
    {"kind": "status", "status": 202},
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: "-".join(str(part) for part in odd.values()))
@pytest.mark.parametrize(
    "request_",
    [{**COPYING, "when": "after"}, READING, {**MAKING, "when": "after"}, LISTING],
    ids=lambda one: one["path"],
)
def test_an_odd_answer_once_is_overcome_and_nothing_is_doubled(
    network: Network, request_: dict[str, Any], odd: dict[str, Any]
) -> None:
    merged(network)
    network.sandbox.control.add_faults({**request_, **odd})

    run = network.apply()

    assert_live(network, run)
    assert repositories(network) == [COPY]


@pytest.mark.parametrize("request_", [COPYING, MAKING, LISTING], ids=lambda one: one["path"])
def test_an_odd_answer_for_ever_ends_the_run_and_a_later_one_goes_on(
    network: Network, clock: ManualClock, request_: dict[str, Any]
) -> None:
    number = merged(network)
    network.sandbox.control.add_faults({**request_, "kind": "html", "times": "forever"})

    run = network.apply()

    step = unfinished(run)
    assert "<" not in step.detail
    assert step.who is Actor.NOBODY
    assert run.wake_at is not None
    assert "Nobody has to do anything" in network.headline(number)
    network.sandbox.control.clear_faults()
    clock.advance((run.wake_at - clock.now()).total_seconds())
    assert_live(network, network.apply())


def test_a_fork_behind_a_hundred_others_is_found(network: Network) -> None:
    control = network.sandbox.control
    control.set_repository(SOURCE, template=False)
    control.set_repository("nairobi-commons/our-docs", fork_of=SOURCE)
    for index in range(120):
        control.set_repository(f"hub-{index}/docs", fork_of=SOURCE)
    merged(network)

    run = network.apply()

    assert "nairobi-commons/our-docs" in unfinished(run).detail
    asked = [item for item in network.requests() if item.path.endswith("/forks")]
    assert [item.method for item in asked] == ["GET", "GET"]


def test_a_domain_behind_a_hundred_others_is_not_attached_again(network: Network) -> None:
    merged(network, DOCS)
    waiting = network.apply()
    for index in range(120):
        name = {"name": f"page-{index}.example.com"}
        network.by_hand("POST", f"/v10/projects/{PROJECT}/domains", name)
    network.set_dns(waiting)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    names = [item["name"] for item in project(network)["domains"]]
    assert names.count("docs.nairobi.example.org") == 1
    assert len(names) == 122
    asked = [item for item in network.requests() if item.path.endswith("/domains")]
    assert sum(item.method == "POST" for item in asked) == 121
