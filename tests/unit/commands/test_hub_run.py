"""One hub's run: its comment, its views, and what went wrong beside it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from provisioner.commands.hub_run import Order, comment_of, run_hub
from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import Bug, ProvisionerError
from provisioner.models.run import Run, RunState
from provisioner.report.finding import Lists
from tests.unit.commands.github import MERGED, GitHub, commit, refused
from tests.unit.commands.hubs import World
from tests.unit.engine.world import Thing
from tests.unit.report.runs import run as example_run

ENVIRON = {"GITHUB_REPOSITORY": "example-network/hubs", "GITHUB_RUN_ID": "7"}
Result = tuple[Run, ProvisionerError | None]


@dataclass
class Hub:
    """One hub with one thing to make; what brought its file is pull request 12."""

    world: World = field(default_factory=lambda: World(environ=ENVIRON))
    thing: Thing = field(default_factory=lambda: Thing("copy"))

    def __post_init__(self) -> None:
        self.github = GitHub(change=commit()).beside(self.world.wiring)
        self.views: list[Run] = []

    def run(self, order: Order | None = None) -> Result:
        entry = self.world.wiring.journal.read("nairobi")
        app = AppTask("docs", "docs-site", "Docs", (self.thing.step(),))
        task = HubTask("nairobi", "Nairobi", "d1", (app,))
        order = order or self.order()
        return run_hub(self.world.wiring, order, entry, task)

    def order(self, pull_request: int | None = None) -> Order:
        return Order(("nairobi",), Path(), None, pull_request, (self.views.append,))

    def recorded(self) -> Run:
        journal = self.world.wiring.journal.read("nairobi").journal
        assert journal is not None
        return journal.run


class TestWhereItCameFrom:
    def test_the_change_of_its_file_names_commit_and_pull_request(self) -> None:
        hub = Hub()

        run, error = hub.run()

        assert error is None
        assert (run.state, run.commit, run.pull_request) == (RunState.COMPLETED, MERGED, 12)
        assert run.actions_run_url == "https://github.com/example-network/hubs/actions/runs/7"
        assert "last_change hubs/nairobi.yaml" in hub.github.asked

    def test_who_names_a_pull_request_is_believed(self) -> None:
        hub = Hub()

        run, _ = hub.run(hub.order(pull_request=99))

        assert (run.commit, run.pull_request) == (MERGED, 99)

    def test_a_file_that_was_never_there_came_from_nowhere(self) -> None:
        hub = Hub()
        hub.github.change = None

        run, error = hub.run()

        assert error is None
        assert (run.commit, run.pull_request, hub.github.said) == (None, None, {})

    def test_what_may_pass_is_asked_again(self) -> None:
        hub = Hub()
        hub.github.passing["last_change"] = refused(503)

        run, error = hub.run()

        assert (error, run.pull_request) == (None, 12)


class TestItsComment:
    def test_it_shows_the_run_and_the_journal_keeps_its_number(self) -> None:
        hub = Hub()

        run, _ = hub.run()

        (shown,) = hub.github.shown()
        assert shown.startswith("### ✅ Nairobi")
        assert (run.comment, hub.recorded().comment) == (1, 1)

    def test_the_next_run_goes_to_it_without_a_look_at_the_list(self) -> None:
        hub = Hub()
        hub.run()
        hub.thing.made = 0
        hub.github.asked.clear()

        hub.run()

        assert "comment 1" in hub.github.asked
        assert not [call for call in hub.github.asked if call.startswith("comments")]
        assert len(hub.github.shown()) == 1

    def test_one_that_cannot_be_written_is_told_beside_the_run(self) -> None:
        hub = Hub()
        hub.github.troubles["add_comment"] = refused()

        run, error = hub.run()

        assert run.state is RunState.COMPLETED
        assert error is not None
        assert error.message == "the comment could not be written: GitHub refused"
        assert error.hint.startswith("The hub itself is as the journal says. Re-run the job")

    def test_no_secret_stands_in_it(self) -> None:
        hub = Hub()
        hub.world.wiring.redactor.register("correct-horse-battery")
        title = "Nairobi correct-horse-battery"

        shown = comment_of(hub.world.wiring, example_run(RunState.COMPLETED, title=title))

        assert "Nairobi" in shown.text
        assert "https://github.com/example-network/hubs/" in shown.text
        assert "correct-horse" not in shown.text


class TestItsViews:
    def test_they_hear_of_its_beginning_and_of_its_end(self) -> None:
        hub = Hub()

        hub.run()

        first, *_, last = (view.state for view in hub.views)
        assert (first, last) == (RunState.RUNNING, RunState.COMPLETED)

    def test_one_that_breaks_stops_nothing_and_is_told(self) -> None:
        hub = Hub()

        def broken(run: Run) -> None:
            raise ValueError("odd")

        run, error = hub.run(Order(("nairobi",), Path(), listeners=(broken, hub.views.append)))

        assert (run.state, len(hub.github.shown())) == (RunState.COMPLETED, 1)
        assert isinstance(error, Bug)
        assert hub.views[-1].state is RunState.COMPLETED

    def test_of_a_comment_and_a_view_that_break_the_comment_is_told(self) -> None:
        hub = Hub()
        hub.github.troubles["add_comment"] = refused()

        def broken(run: Run) -> None:
            raise ValueError("odd")

        _, error = hub.run(Order(("nairobi",), Path(), listeners=(broken,)))

        assert error is not None
        assert error.message.startswith("the comment could not be written")


class TestTheOlderPullRequest:
    def hub(self, pull_request: int | None = 7, comment: int | None = 1) -> Hub:
        """A run that a newer file overtakes, with its comment."""
        hub = Hub()
        hub.world.record(
            "nairobi", RunState.WAITING, pull_request=pull_request, comment=comment, digest="d0"
        )
        hub.github.wrote("nairobi", 7)
        return hub

    def test_its_comment_names_the_one_that_took_over(self) -> None:
        hub = self.hub()

        run, error = hub.run()

        assert (run.pull_request, error) == (12, None)
        assert "edit_comment 1" in hub.github.asked
        assert "/pull/12)" in hub.github.shown(7)[0]

    def test_it_is_sought_where_the_journal_does_not_know_it(self) -> None:
        hub = self.hub(comment=None)

        hub.run()

        assert "comments 7" in hub.github.asked
        assert "/pull/12)" in hub.github.shown(7)[0]

    def test_a_list_that_is_behind_makes_no_second_comment(self) -> None:
        hub = self.hub(comment=None)
        hub.world.wiring.lists = Lists(hub.world.clock, 5.0)
        hub.github.lists_behind[7] = 1

        hub.run()

        assert "add_comment 7" not in hub.github.asked
        assert "/pull/12)" in hub.github.shown(7)[0]

    @pytest.mark.parametrize("pull_request", [12, None])
    def test_where_there_is_none_or_the_same_nothing_is_said(
        self, pull_request: int | None
    ) -> None:
        hub = self.hub(pull_request)

        run, _ = hub.run()

        assert run.pull_request == 12
        assert not any("taken over" in text for text in hub.github.shown(7) + hub.github.shown())

    @pytest.mark.parametrize("trouble", [refused(), ValueError("odd")])
    def test_a_comment_that_cannot_be_written_stops_no_run(
        self, trouble: Exception, caplog: pytest.LogCaptureFixture
    ) -> None:
        hub = self.hub()
        hub.github.passing["edit_comment"] = trouble

        run, error = hub.run()

        assert (run.state, error) == (RunState.COMPLETED, None)
        assert "an older pull request's comment was not written" in caplog.text

    def test_no_secret_stands_in_it(self) -> None:
        hub = self.hub()
        hub.world.wiring.redactor.register("The hub nairobi")

        hub.run()

        assert "The hub" not in hub.github.shown(7)[0]
