"""A hub at a host that differs from the first in everything it may: the walls hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import pytest

from provisioner.actions.base import Readers
from provisioner.commands.hub_run import Order, run_hub
from provisioner.commands.options import desired_of
from provisioner.commands.preparing import prepared
from provisioner.hosting.live_page import PageReader
from provisioner.models.app import DesiredHub
from provisioner.models.dns import DnsState
from provisioner.models.run import Run, RunState, StepState
from provisioner.wiring import Wiring
from tests.hosts.memory import ADDRESS, MEMORY, MemoryHost, known
from tests.scenario.journals import document_of
from tests.scenario.network import DOCS, Network, app_of, step_of

SITE = "docs.nairobi.example.org"
COPY = "nairobi-commons/nairobi--docs"
ROOM = "room-1"


class OtherWiring(Wiring):
    """What the other host serves has no address at which it could be visited."""

    pages: PageReader

    @cached_property
    def readers(self) -> Readers:
        return replace(super().readers, pages=self.pages)


@dataclass
class Elsewhere:
    network: Network
    host: MemoryHost
    runs: list[Run] = field(default_factory=list)

    def apply(self) -> Run:
        """As `apply nairobi` would, for a file that names the other host."""
        real = self.network.wiring()
        wiring = OtherWiring(real.environ, real.clock, real.rng)
        wiring.pages = self.host
        desired = desired_of(self.network.directory, wiring.environ)
        hubs = {key: _moved(hub) for key, hub in desired.hubs.items()}
        entry, task = prepared(
            wiring, replace(desired, hubs=hubs), wiring.journal.read("nairobi"), wiring.writers
        )
        run, trouble = run_hub(wiring, Order(("nairobi",), self.network.directory), entry, task)
        assert trouble is None
        return run

    def live(self) -> Run:
        self.network.set_dns(self.apply())
        return self.apply()

    def did(self) -> list[str]:
        """What the host was asked to do since the last time."""
        done, self.host.calls = self.host.calls, []
        return done


def _moved(hub: DesiredHub) -> DesiredHub:
    at = {"host": MEMORY.key, "team": ROOM}
    return hub.model_copy(update={"apps": tuple(app.model_copy(update=at) for app in hub.apps)})


@pytest.fixture
def elsewhere(network: Network) -> Iterator[Elsewhere]:
    network.write("nairobi", DOCS)
    network.environ["MEMORY_TOKEN"] = "a-token-of-no-use"
    host = MemoryHost(network.clock, network.wiring().readers.dns)
    with known(host):
        yield Elsewhere(network, host)


def test_dns_entries_are_asked_for_before_a_domain_is_connected_or_anything_built(
    elsewhere: Elsewhere,
) -> None:
    run = elsewhere.apply()

    assert run.state is RunState.WAITING
    (entry,) = app_of(run, "docs").dns
    assert (entry.type, entry.name, entry.value) == ("A", SITE, ADDRESS)
    assert entry.state is DnsState.MISSING
    assert elsewhere.did() == [f"create {ROOM}/nairobi--docs", "set SITE_TITLE"]


def test_then_domains_come_before_the_build_that_makes_them_answer(elsewhere: Elsewhere) -> None:
    run = elsewhere.live()

    assert run.state is RunState.COMPLETED
    assert app_of(run, "docs").url == f"https://{SITE}"
    made = elsewhere.did()
    assert made[2] == f"attach {SITE}"
    assert made[3].startswith("deploy ")
    assert len(made) == 4
    order = [step.action for step in app_of(run, "docs").steps]
    assert order.index("verify-dns") < order.index("attach-domains") < order.index("deploy")


def test_a_live_hub_is_left_alone_and_its_project_is_known_by_its_host(
    elsewhere: Elsewhere,
) -> None:
    elsewhere.live()
    elsewhere.did()

    assert elsewhere.apply().state is RunState.COMPLETED

    assert elsewhere.did() == []
    resources = document_of(elsewhere.network)["run"]["apps"][0]["resources"]
    assert {"kind": "project", "name": f"memory:{ROOM}/nairobi--docs"}.items() <= next(
        item for item in resources if item["kind"] == "project"
    ).items()


def test_a_push_is_built_because_this_host_does_not_do_it_by_itself(elsewhere: Elsewhere) -> None:
    elsewhere.live()
    first = elsewhere.did()[-1]
    elsewhere.network.sandbox.control.push({"news.md": "Karibu"}, repository=COPY)

    assert elsewhere.apply().state is RunState.COMPLETED

    (call,) = elsewhere.did()
    assert call.startswith("deploy ")
    assert call != first


def test_a_domain_that_is_added_takes_another_build(elsewhere: Elsewhere) -> None:
    elsewhere.live()
    elsewhere.did()
    added = DOCS.replace(f"[{SITE}]", f"[{SITE}, www.nairobi.example.org]")
    elsewhere.network.write("nairobi", added)

    assert elsewhere.live().state is RunState.COMPLETED

    attached, built = elsewhere.did()
    assert attached == "attach www.nairobi.example.org"
    assert built.startswith("deploy ")


def test_a_build_that_fails_is_told_without_a_log(elsewhere: Elsewhere) -> None:
    elsewhere.host.fails = True

    run = elsewhere.live()

    step = step_of(run, "docs", "deploy")
    assert step.state is StepState.FAILED
    assert "could not be built" in step.detail
    assert "Read the build log on Memory" in step.hint
    assert step.log_tail == ()


def test_a_removed_hub_is_paused_once(elsewhere: Elsewhere) -> None:
    elsewhere.live()
    elsewhere.did()
    elsewhere.network.remove("nairobi")

    assert elsewhere.apply().state is RunState.COMPLETED
    assert elsewhere.did() == [f"detach {SITE}", "pause p1"]
    assert elsewhere.apply().state is RunState.COMPLETED
    assert elsewhere.did() == []


def test_a_hub_that_is_put_back_answers_again(elsewhere: Elsewhere) -> None:
    elsewhere.live()
    elsewhere.network.remove("nairobi")
    elsewhere.apply()
    elsewhere.did()
    elsewhere.network.write("nairobi", DOCS)

    assert elsewhere.apply().state is RunState.COMPLETED

    assert [call.split()[0] for call in elsewhere.did()] == ["unpause", "attach"]
    assert elsewhere.host.observe(SITE, "/").answers
