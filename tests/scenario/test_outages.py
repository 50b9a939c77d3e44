"""What passes by itself needs nobody: after an outage at any moment the schedule alone goes on."""

from datetime import timedelta

import pytest

from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from provisioner.sandbox.world import Latency
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import DOCS, PLAIN, Network
from tests.scenario.outcome import COPY, unfinished
from tests.scenario.schedule import completed, newest, passed

DAY = timedelta(days=1)
LOOKS = {
    "the copy": ("github", f"/repos/{COPY}"),
    "its source": ("github", "/repos/example-network/docs-site"),
    "the account": ("github", "/users/nairobi-commons"),
    "the project": ("vercel", "/v9/projects/nairobi--docs"),
}


def outage(api: str, path: str = "*", method: str = "GET", times: object = 5) -> dict[str, object]:
    return {
        "api": api,
        "method": method,
        "path": path,
        "when": "before",
        "kind": "status",
        "status": 503,
        "times": times,
    }


COMMENTS = outage("github", "*/comments*", "*", times="forever")


@pytest.mark.parametrize("what", LOOKS)
def test_a_short_outage_at_the_first_look_is_healed_by_the_schedule(
    network: Network, what: str
) -> None:
    network.write("nairobi", PLAIN)
    network.sandbox.control.add_faults(outage(*LOOKS[what]))

    network.tick()

    waiting = newest(network)
    assert waiting.state is RunState.WAITING
    assert unfinished(waiting).who is Actor.NOBODY
    assert waiting.wake_at is not None
    passed(network, DAY, completed)
    assert completed(network)


def test_behind_what_could_not_be_looked_at_nothing_is_called_in_order(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.sandbox.control.add_faults(outage("vercel", "/v9/projects/*", times="forever"))

    network.tick()

    made = {item.path for item in network.requests() if item.method == "POST"}
    assert not any("deployments" in path or "/projects" in path for path in made)


def test_a_host_that_is_away_for_a_week_is_asked_more_and_more_rarely(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.sandbox.control.add_faults(outage("vercel", "/v9/projects/*", times="forever"))

    week = passed(network, 7 * DAY)

    assert week.runs <= 40
    assert newest(network).state is RunState.WAITING
    network.sandbox.control.clear_faults()
    passed(network, DAY, completed)
    assert completed(network)


def test_a_live_hub_that_is_looked_at_during_an_outage_is_not_called_done_or_failed(
    network: Network,
) -> None:
    network.write("nairobi", PLAIN)
    assert network.apply().state is RunState.COMPLETED
    network.sandbox.control.add_faults(outage("vercel"))

    assert network.apply().state is RunState.WAITING
    passed(network, DAY, completed)
    assert completed(network)


def test_an_entry_that_is_set_after_months_is_seen_and_looking_for_it_writes_nothing(
    network: Network,
) -> None:
    network.write("nairobi", DOCS)
    waiting = network.apply()
    passed(network, timedelta(days=25))

    month = passed(network, timedelta(days=30))

    assert month.commits == 0
    assert month.edits == 0
    assert 20 <= month.runs <= 70, "about once a day"
    passed(network, timedelta(days=10))
    later = passed(network, timedelta(days=28))
    assert 2 <= later.runs <= 10, "about once a week"
    assert later.commits == 0
    network.set_dns(waiting)
    passed(network, timedelta(days=8), completed)
    assert completed(network)


def test_a_hub_that_waits_and_is_then_blocked_before_is_left_in_peace(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.apply()
    network.sandbox.control.rename_repository(COPY, "nairobi-commons/other")

    ten_days = passed(network, 10 * DAY)

    assert newest(network).state is RunState.FAILED
    assert ten_days.runs <= 20
    assert ten_days.commits <= 40
    network.sandbox.control.rename_repository("nairobi-commons/other", COPY)
    assert passed(network, 30 * DAY).runs <= 5, "it is blocked no more, or asks for a person"


def test_who_removes_what_blocks_a_hub_need_not_tell_anybody(network: Network) -> None:
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"member": False}})
    network.write("nairobi", PLAIN)
    network.tick()
    assert newest(network).state is RunState.FAILED

    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"member": True}})
    passed(network, DAY, completed)
    assert completed(network)


def test_a_team_that_closes_its_door_while_a_hub_waits_makes_no_noise(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.apply()
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"member": False}})

    ten_days = passed(network, 10 * DAY)

    assert newest(network).state is RunState.FAILED
    assert ten_days.runs <= 20
    assert passed(network, 30 * DAY).runs == 0


def test_a_last_comment_that_could_not_be_written_is_written_by_the_schedule(
    network: Network,
) -> None:
    network.write("nairobi", DOCS)
    number = network.merge("nairobi")
    network.set_dns(network.apply())
    network.sandbox.control.add_faults(COMMENTS)
    assert network.apply().state is RunState.COMPLETED
    assert "live" not in network.headline(number)

    network.sandbox.control.clear_faults()
    passed(network, DAY)

    assert "is live" in network.headline(number)
    assert newest(network).wake_at is None
    assert passed(network, DAY).runs == 0


def test_a_comment_that_can_never_be_written_is_tried_more_and_more_rarely_and_then_no_more(
    network: Network,
) -> None:
    network.write("nairobi", PLAIN)
    network.merge("nairobi")
    network.sandbox.control.add_faults(COMMENTS)
    network.apply()

    assert passed(network, 10 * DAY).runs <= 12
    assert completed(network)
    assert passed(network, 10 * DAY).runs == 0


def test_a_block_that_gives_way_to_another_one_makes_no_noise(network: Network) -> None:
    network.write("nairobi", DOCS)
    network.apply()
    network.sandbox.control.delete_branch("example-network/hubs", "provisioner-state")
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"member": False}})
    passed(network, DAY)
    assert unfinished(newest(network)).action == "fork-repository"

    network.sandbox.control.delete_repository(COPY)
    ten_days = passed(network, 10 * DAY)

    assert unfinished(newest(network)).action == "create-project"
    assert ten_days.runs <= 20


def test_what_is_waited_for_may_come_while_it_is_looked_at_and_then_the_run_goes_on(
    make_network: MakeNetwork,
) -> None:
    network = make_network(latency=Latency(build=timedelta(minutes=35).total_seconds()))
    network.write("nairobi", DOCS)
    network.tick()
    assert unfinished(newest(network)).action == "deploy"

    passed(network, timedelta(minutes=30))

    assert unfinished(newest(network)).action == "verify-dns"
