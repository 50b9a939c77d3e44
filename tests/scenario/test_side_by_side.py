"""Many at once: hubs that write one state branch, two processes at one hub, merges on the way."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.engine.lease import Busy, Worker
from provisioner.models.run import Run, RunState
from provisioner.wiring import Wiring
from tests.scenario.network import DOCS, Network

HUBS = tuple(f"hub-{number:02}" for number in range(20))


class OtherProcess(Wiring):
    """A second process: it has another name, and can see that the first one is alive."""

    @cached_property
    def worker(self) -> Worker:
        return Worker("another process", gone=lambda _holder: False)


def test_twenty_hubs_write_the_state_branch_at_once_and_nothing_is_lost(network: Network) -> None:
    for hub in HUBS:
        network.write(hub, DOCS.replace("nairobi-commons", hub).replace("docs.nairobi", hub))
    wirings = {hub: network.wiring() for hub in HUBS}

    def apply_one(hub: str) -> Applied:
        return apply_hubs(wirings[hub], Order((hub,), network.directory))[0]

    with ThreadPoolExecutor(max_workers=len(HUBS)) as pool:
        results = list(pool.map(apply_one, HUBS))

    assert {item.hub: item.error for item in results} == dict.fromkeys(HUBS)
    written = [
        item for item in network.requests() if item.method == "PUT" and item.status in (200, 201)
    ]
    assert len(written) == 2 * len(HUBS)
    journal = network.wiring().journal
    assert journal.hubs() == list(HUBS)
    for hub in HUBS:
        recorded = journal.read(hub).journal
        assert recorded is not None
        assert recorded.run.state is RunState.WAITING
        assert recorded.lease is None


def test_a_second_process_stands_back_while_the_first_is_at_work(network: Network) -> None:
    network.write("nairobi", DOCS)
    second: list[Applied] = []

    def meanwhile(run: Run) -> None:
        if run.state is RunState.RUNNING and not second:
            wiring = OtherProcess(network.environ, network.clock)
            second.extend(apply_hubs(wiring, Order(("nairobi",), network.directory)))

    (first,) = apply_hubs(
        network.wiring(), Order(("nairobi",), network.directory, listeners=(meanwhile,))
    )

    assert first.run is not None
    assert first.run.state is RunState.WAITING
    assert isinstance(second[0].error, Busy)
    projects = network.world()["vercel"]["projects"]
    assert [len(item["deployments"]) for item in projects] == [1]


def test_a_merge_during_a_run_is_applied_after_it(network: Network) -> None:
    network.write("nairobi", DOCS)
    first_number = network.merge("nairobi")
    later: list[int] = []

    def merged_meanwhile(run: Run) -> None:
        if run.state is RunState.RUNNING and not later:
            network.write("nairobi", DOCS.replace("docs.nairobi", "guide.nairobi"))
            later.append(network.merge("nairobi"))

    order = Order(("nairobi",), network.directory, listeners=(merged_meanwhile,))
    (first,) = apply_hubs(network.wiring(), order)
    second = network.apply()

    assert first.run is not None
    assert first.run.apps[0].dns[0].name == "docs.nairobi.example.org"
    assert second.apps[0].dns[0].name == "guide.nairobi.example.org"
    assert second.pull_request == later[0]
    assert "taken over" in network.comments(first_number)[0]["body"]
