"""GitHub's lists may be some seconds behind: there is one comment all the same."""

import shutil
from pathlib import Path

import pytest

from provisioner.clock import SystemClock
from provisioner.errors import ConfigurationError
from provisioner.models.run import Run, RunState
from provisioner.report.finding import Lists
from provisioner.sandbox.github.accounts import BOT_LOGIN
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.scenario.gate import FILE, Gate
from tests.scenario.lists import EDITED, LOST, MOMENT, bodies, lists, with_lag
from tests.scenario.network import DOCS, PLAIN, Network
from tests.scenario.outcome import merged

MARKER = "<!-- provisioner:hub=nairobi -->"
DAY = 86_400


@pytest.fixture
def network(network: Network) -> Network:
    return with_lag(network)


class TestOfARun:
    def test_what_the_report_wrote_a_moment_before_the_merge_is_found(self, gate: Gate) -> None:
        network = gate.network
        number = gate.propose({FILE: EDITED})
        gate.report(number)
        network.sandbox.control.merge_pull_request(number, "squash")
        network.write("nairobi", EDITED)

        run = network.apply()

        (comment,) = network.comments(number)
        assert run.comment == comment["id"]
        assert "DNS" in comment["body"]

    def test_a_comment_whose_answer_was_lost_is_found_later(self, network: Network) -> None:
        number = merged(network)
        network.sandbox.control.add_faults(LOST)

        network.apply()

        assert len(bodies(network, number)) == 1

    def test_lists_that_are_never_behind_are_asked_once(self, network: Network) -> None:
        network.environ["PROVISIONER_LISTS_BEHIND"] = "0"
        number, began = merged(network), network.clock.now()

        network.apply()

        assert (len(bodies(network, number)), lists(network)) == (1, 1)
        assert network.clock.now() == began


class TestTheNumberInTheJournal:
    """With it no list is needed, however far it is behind."""

    @pytest.fixture
    def waiting(self, network: Network) -> Run:
        """A run waits for DNS, and its comment will not be in a list for a day."""
        merged(network, DOCS)
        network.sandbox.control.set_behaviour(comments_lag=DAY)
        return network.apply()

    def test_a_later_run_asks_for_the_very_comment(self, network: Network, waiting: Run) -> None:
        network.set_dns(waiting)
        before = lists(network)

        live = network.apply()

        (comment,) = network.comments(1)
        assert "is live" in comment["body"]
        assert live.comment == waiting.comment == comment["id"]
        assert lists(network) == before

    def test_a_new_run_for_the_same_pull_request_knows_it(
        self, network: Network, waiting: Run, tmp_path: Path
    ) -> None:
        catalog = Path(shutil.copytree(EXAMPLE_CATALOG, tmp_path / "catalog"))
        app = catalog / "apps" / "docs-site.yaml"
        app.write_text(app.read_text().replace("npm run build", "npm run build:all"))
        network.environ["PROVISIONER_CATALOG"] = str(catalog)

        anew = network.apply()

        assert anew.id != waiting.id
        assert anew.comment == waiting.comment
        assert len(bodies(network, 1)) == 1

    def test_a_run_for_another_pull_request_does_not(self, network: Network, waiting: Run) -> None:
        number = merged(network, EDITED)

        anew = network.apply()

        (comment,) = network.comments(number)
        assert anew.comment == comment["id"] != waiting.comment
        (former,) = bodies(network, 1)
        assert "taken over" in former

    def test_a_look_that_changes_nothing_keeps_it(self, network: Network, waiting: Run) -> None:
        network.clock.advance(7 * 3600)

        again = network.apply()

        assert again.state is RunState.WAITING
        assert again.comment == waiting.comment
        assert recorded(network) == again

    def test_a_run_that_breaks_off_has_it_from_its_beginning(
        self, network: Network, waiting: Run
    ) -> None:
        journal = {"method": "PUT", "path": "*/contents/*", "kind": "reset"}
        network.sandbox.control.add_faults({**journal, "nth": 2, "times": "forever"})
        network.write("nairobi", EDITED)

        (applied,) = network.try_apply()

        network.sandbox.control.clear_faults()
        assert applied.run is None
        begun = recorded(network)
        assert begun.id != waiting.id
        assert (begun.state, begun.comment) == (RunState.RUNNING, waiting.comment)

    def test_while_comments_cannot_be_looked_at_it_is_kept(
        self, network: Network, waiting: Run
    ) -> None:
        broken = {"path": "*/issues/*", "kind": "status", "status": 502, "times": "forever"}
        network.sandbox.control.add_faults(broken)
        network.set_dns(waiting)

        network.try_apply()

        network.sandbox.control.clear_faults()
        live = recorded(network)
        assert (live.state, live.comment) == (RunState.COMPLETED, waiting.comment)

    def test_a_comment_that_is_gone_is_looked_for_and_written_anew(
        self, network: Network, waiting: Run
    ) -> None:
        network.sandbox.control.delete_comment(waiting.comment or 0)
        network.set_dns(waiting)

        live = network.apply()
        network.clock.advance(DAY)
        network.apply()

        (comment,) = network.comments(1)
        assert "is live" in comment["body"]
        assert live.comment == comment["id"]

    @pytest.mark.parametrize(
        ("author", "body"),
        [("mallory", MARKER), (BOT_LOGIN, MARKER.replace("nairobi", "kigali")), (BOT_LOGIN, "Hi")],
    )
    def test_the_number_of_what_is_not_ours_or_not_this_hubs_is_not_believed(
        self, network: Network, waiting: Run, author: str, body: str
    ) -> None:
        network.sandbox.control.set_behaviour(comments_lag=MOMENT)
        network.sandbox.control.comment(1, author, body)
        mine, theirs = network.comments(1)
        forge(network, theirs["id"])
        network.set_dns(waiting)

        live = network.apply()

        assert live.comment == mine["id"]
        first, second = bodies(network, 1)
        assert "is live" in first
        assert second == body


def recorded(network: Network) -> Run:
    journal = network.wiring().journal.read("nairobi").journal
    if journal is None:
        raise AssertionError("there is no journal")
    return journal.run


def forge(network: Network, comment: int) -> None:
    """The journal names another comment."""
    journal = network.wiring().journal
    entry = journal.read("nairobi")
    if entry.journal is None:
        raise AssertionError("there is no journal")
    run = entry.journal.run.model_copy(update={"comment": comment})
    journal.write(entry, entry.journal.model_copy(update={"run": run}), "for a story")


def test_a_run_is_not_told_of_a_comment_before_there_is_one(network: Network) -> None:
    network.write("nairobi", PLAIN)

    assert network.apply().comment is None


@pytest.mark.parametrize("value", ["soon", "-1", "1000", "1.5", "٣"])
def test_a_number_of_seconds_that_is_none_is_wrong_use(network: Network, value: str) -> None:
    network.write("nairobi", PLAIN)
    network.environ["PROVISIONER_LISTS_BEHIND"] = value

    (applied,) = network.try_apply()

    assert isinstance(applied.error, ConfigurationError)
    assert "PROVISIONER_LISTS_BEHIND" in applied.error.message
    assert network.world()["vercel"]["projects"] == []


def test_a_process_that_is_asked_to_stop_waits_for_no_list() -> None:
    clock = SystemClock()
    clock.stop.set()

    assert Lists(clock, 900).caught_up()
