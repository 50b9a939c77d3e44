"""Limits of the services: short ones are sat out, long ones waited for, ours are not run into."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepState
from provisioner.sandbox.github.accounts import BOT_LOGIN
from tests.scenario.network import PLAIN, Network, step_of
from tests.scenario.outcome import COPY, assert_live, merged, repositories, unfinished

FORKING, MAKING, SETTING = "fork-repository", "create-project", "set-environment"
FORKS = {"api": "github", "method": "POST", "path": "*/forks"}
LOOKS = {"api": "github", "method": "GET", "path": f"/repos/{COPY}*"}
PROJECTS = {"api": "vercel", "method": "POST", "path": "/v11/projects"}
VARIABLES = {"api": "vercel", "method": "POST", "path": "*/env"}


def passes(clock: ManualClock, until: datetime) -> None:
    clock.advance((until - clock.now()).total_seconds())


@pytest.mark.parametrize(
    ("where", "fault", "seconds"),
    [
        (FORKS, {"kind": "secondary-limit", "retry_after": 30}, 30),
        (FORKS, {"kind": "secondary-limit", "status": 429, "retry_after": 30}, 30),
        (FORKS, {"kind": "secondary-limit"}, 60),
        (FORKS, {"kind": "rate-limit"}, 60),
        (FORKS, {"kind": "primary-limit", "retry_after": 45}, 45),
        (PROJECTS, {"kind": "rate-limit", "retry_after": 30}, 30),
        (PROJECTS, {"kind": "rate-limit"}, 60),
        (VARIABLES, {"kind": "rate-limit"}, 60),
    ],
)
def test_a_short_limit_is_sat_out_and_nothing_is_doubled(
    network: Network,
    clock: ManualClock,
    where: dict[str, Any],
    fault: dict[str, Any],
    seconds: int,
) -> None:
    merged(network)
    network.sandbox.control.add_faults({**where, **fault})
    began = clock.now()

    run = network.apply()

    assert_live(network, run)
    assert clock.now() - began >= timedelta(seconds=seconds)
    assert repositories(network) == [COPY]


@pytest.mark.parametrize(
    ("where", "fault", "action"),
    [
        (FORKS, {"kind": "secondary-limit", "retry_after": 1800}, FORKING),
        (FORKS, {"kind": "primary-limit", "retry_after": 1800}, FORKING),
        (LOOKS, {"kind": "primary-limit", "retry_after": 1800}, FORKING),
        (PROJECTS, {"kind": "rate-limit", "retry_after": 1800}, MAKING),
        (VARIABLES, {"kind": "rate-limit", "retry_after": 1800}, SETTING),
    ],
)
def test_a_long_limit_is_waited_for_by_a_later_run(
    network: Network, clock: ManualClock, where: dict[str, Any], fault: dict[str, Any], action: str
) -> None:
    number = merged(network)
    network.sandbox.control.add_faults({**where, **fault, "times": "forever"})
    began = clock.now()

    run = network.apply()

    step = unfinished(run)
    assert (step.action, step.state, step.who) == (action, StepState.WAITING, Actor.NOBODY)
    assert clock.now() - began < timedelta(minutes=2)
    assert run.wake_at is not None
    assert run.wake_at - began >= timedelta(seconds=1800)
    assert "Nobody has to do anything: the next look is at about" in network.headline(number)
    assert "takes no more requests for now" in step.detail
    network.sandbox.control.clear_faults()
    passes(clock, run.wake_at)
    assert_live(network, network.apply())
    assert repositories(network) == [COPY]


def test_a_limit_of_vercel_is_believed_in_its_body_where_the_header_is_missing(
    network: Network, clock: ManualClock
) -> None:
    merged(network)
    limit = {"operation": "projects", "total": 0, "window": 1200, "retry_after": False}
    network.sandbox.control.set_vercel(limits=[limit])

    run = network.apply()

    assert run.state is RunState.WAITING
    assert run.wake_at is not None
    assert timedelta(seconds=1190) < run.wake_at - clock.now() <= timedelta(seconds=1201)
    network.sandbox.control.set_vercel(limits=[])
    passes(clock, run.wake_at)
    assert_live(network, network.apply())


def test_a_limit_that_never_ends_stops_the_run_and_is_tried_again_by_itself(
    network: Network, clock: ManualClock
) -> None:
    merged(network)
    network.sandbox.control.add_faults({**FORKS, "kind": "secondary-limit", "times": "forever"})

    run = network.apply()

    assert unfinished(run).who is Actor.NOBODY
    assert run.wake_at is not None
    network.sandbox.control.clear_faults()
    passes(clock, run.wake_at)
    assert_live(network, network.apply())


def test_while_the_journal_cannot_be_written_nothing_is_begun(network: Network) -> None:
    merged(network)
    journal = {"api": "github", "method": "PUT", "path": "*/contents/*"}
    fault = {"kind": "primary-limit", "retry_after": 3000, "times": "forever"}
    network.sandbox.control.add_faults({**journal, **fault})

    (applied,) = network.try_apply()

    assert applied.exit_code == 1
    assert applied.error is not None
    assert "takes no more requests" in applied.error.message
    assert "goes on by itself" in applied.error.hint
    assert repositories(network) == []
    network.sandbox.control.clear_faults()
    assert_live(network, network.apply())


def test_many_hubs_at_once_keep_within_what_github_allows_a_minute(
    network: Network, clock: ManualClock
) -> None:
    hubs = [f"hub-{letter}" for letter in "abcdefghijklmnopqrstu"]
    for hub in hubs:
        network.write(hub, PLAIN.replace("nairobi-commons", f"{hub}-commons"))
        network.merge(hub)
    network.sandbox.control.set_behaviour(content_per_minute=80)
    began = clock.now()

    results = network.try_apply(*hubs)

    assert {item.exit_code for item in results} == {0}
    asked = [item for item in network.requests() if item.api == "github"]
    assert {item.status for item in asked} & {403, 429} == set()
    writes = [item.time for item in asked if item.method not in ("GET", "HEAD")]
    assert len(writes) > 80
    assert clock.now() - began >= timedelta(minutes=1)
    for first, one_more in zip(writes, writes[80:], strict=False):
        assert one_more - first >= timedelta(minutes=1)
    comments = network.world()["github"]["comments"]
    assert [item["author"] for item in comments] == [BOT_LOGIN] * len(hubs)
    assert {step_of(item.run, "docs", FORKING).state for item in results if item.run} == {
        StepState.DONE
    }
