"""Exceptions that nobody foresaw, wherever they come: one hub's are no other hub's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from provisioner.actions.base import Readers, Writers
from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.commands.options import desired_of
from provisioner.commands.plan import candidates
from provisioner.commands.planning import Unplanned, plan_each
from provisioner.errors import ExitCode
from provisioner.github.network_repository import NetworkRepository
from provisioner.hosting.base import HostReader, HostWriter
from provisioner.models.plan import HubPlan
from provisioner.models.run import Run, RunState
from provisioner.wiring import Wiring
from tests.scenario.network import DOCS, PLAIN, Network
from tests.scenario.outcome import unfinished

SECRET = "correct-horse-battery-staple"
KISUMU = PLAIN.replace("nairobi-commons", "kisumu-lab").replace("Nairobi", "Kisumu")

Breaks = Callable[[str, tuple[Any, ...]], bool]


class Flawed:
    """Stands before a real object; some of its methods hold a bug of ours."""

    def __init__(self, real: object, breaks: Breaks) -> None:
        self._real = real
        self._breaks = breaks

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)

        def method(*arguments: Any, **named: Any) -> Any:
            if self._breaks(name, arguments):
                raise KeyError(SECRET)
            return real(*arguments, **named)

        return method if callable(real) else real


def each_flawed(hosts: Mapping[str, object], breaks: Breaks) -> dict[str, Flawed]:
    return {key: Flawed(host, breaks) for key, host in hosts.items()}


class FlawedWiring(Wiring):
    """A provisioner with a bug somewhere."""

    looks: Breaks = staticmethod(lambda _name, _arguments: False)
    changes: Breaks = staticmethod(lambda _name, _arguments: False)
    network_calls: Breaks = staticmethod(lambda _name, _arguments: False)

    @cached_property
    def readers(self) -> Readers:
        real = Wiring(self.environ, self.clock, self.rng).readers
        return replace(
            real, hosts=cast(Mapping[str, HostReader], each_flawed(real.hosts, self.looks))
        )

    @cached_property
    def writers(self) -> Writers:
        real = Wiring(self.environ, self.clock, self.rng).writers
        return replace(
            real, hosts=cast(Mapping[str, HostWriter], each_flawed(real.hosts, self.changes))
        )

    @cached_property
    def network(self) -> NetworkRepository:
        real = Wiring(self.environ, self.clock, self.rng).network
        return cast(NetworkRepository, Flawed(real, self.network_calls))


def of_kisumu(method: str) -> Breaks:
    return lambda name, arguments: name == method and "kisumu" in str(arguments)


def flawed(network: Network, **flaws: Breaks) -> FlawedWiring:
    wiring = FlawedWiring(network.environ, network.clock)
    for name, flaw in flaws.items():
        setattr(wiring, name, flaw)
    return wiring


def apply_both(network: Network, wiring: Wiring, **order: Any) -> tuple[Applied, Applied]:
    network.write("nairobi", PLAIN)
    network.write("kisumu", KISUMU)
    kisumu, nairobi = apply_hubs(wiring, Order(("kisumu", "nairobi"), network.directory, **order))
    assert nairobi.run is not None
    assert nairobi.run.state is RunState.COMPLETED
    assert SECRET not in str(network.world())
    return kisumu, nairobi


def test_a_bug_while_a_step_changes_something_fails_that_step_and_is_told(
    network: Network,
) -> None:
    network.write("kisumu", KISUMU)
    number = network.merge("kisumu")

    kisumu, _ = apply_both(network, flawed(network, changes=of_kisumu("create_project")))

    assert kisumu.run is not None
    step = unfinished(kisumu.run)
    assert step.action == "create-project"
    assert "KeyError at provisioner/actions/create_project.py:" in step.detail
    assert "bug of the provisioner" in network.comment(number)
    assert (kisumu.error, kisumu.exit_code) == (None, ExitCode.FINDINGS)
    assert network.apply("kisumu").state is RunState.COMPLETED


def test_a_bug_in_a_look_fails_that_step_and_the_journal_says_so(network: Network) -> None:
    kisumu, _ = apply_both(network, flawed(network, looks=of_kisumu("deployments")))

    assert kisumu.run is not None
    assert "bug of the provisioner" in unfinished(kisumu.run).detail
    recorded = network.wiring().journal.read("kisumu").journal
    assert recorded is not None
    assert recorded.run == kisumu.run


def test_a_bug_beside_all_steps_is_this_hubs_alone_and_counts_as_ours(network: Network) -> None:
    kisumu, _ = apply_both(network, flawed(network, network_calls=of_kisumu("last_change")))

    assert kisumu.run is None
    assert kisumu.exit_code is ExitCode.BUG


def test_a_comment_that_breaks_stops_no_run_and_is_counted(network: Network) -> None:
    network.write("kisumu", KISUMU)
    network.merge("kisumu")
    wiring = flawed(network, network_calls=lambda name, _: name == "comments")

    kisumu, nairobi = apply_both(network, wiring)

    assert kisumu.run is not None
    assert kisumu.run.state is RunState.COMPLETED
    assert (kisumu.exit_code, nairobi.exit_code) == (ExitCode.BUG, ExitCode.DONE)


def test_an_older_pull_requests_comment_that_breaks_stops_no_run(network: Network) -> None:
    network.write("nairobi", DOCS)
    older = network.merge("nairobi")
    assert network.apply().state is RunState.WAITING
    network.write("nairobi", PLAIN)
    network.merge("nairobi")
    wiring = flawed(network, network_calls=lambda name, it: name == "comments" and it[0] == older)

    (nairobi,) = apply_hubs(wiring, Order(("nairobi",), network.directory))

    assert nairobi.run is not None
    assert (nairobi.run.state, nairobi.error) == (RunState.COMPLETED, None)


def test_a_view_that_breaks_stops_no_run_and_is_counted(network: Network) -> None:
    def view(run: Run) -> None:
        if run.hub == "kisumu":
            raise IndexError(SECRET)

    kisumu, nairobi = apply_both(network, network.wiring(), listeners=(view,))

    assert kisumu.run is not None
    assert kisumu.run.state is RunState.COMPLETED
    assert (kisumu.exit_code, nairobi.exit_code) == (ExitCode.BUG, ExitCode.DONE)


def test_a_bug_while_planning_leaves_the_other_hubs_plan(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.write("kisumu", KISUMU)
    network.try_apply("kisumu", "nairobi")
    network.remove("kisumu")
    network.apply("kisumu")
    network.write("kisumu", KISUMU.replace("[amina-k]", "[stranger]"))
    wiring = flawed(network, network_calls=lambda name, _: name == "account_id")
    desired = desired_of(network.directory, wiring.environ)

    chosen = candidates(wiring, desired, (), only_due=False)
    kisumu, nairobi = plan_each(wiring, desired, chosen)

    assert isinstance(kisumu, Unplanned)
    assert kisumu.error.exit_code == ExitCode.BUG
    assert isinstance(nairobi, HubPlan)
