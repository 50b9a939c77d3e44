"""Hubs are applied side by side, and whatever happens to one is its own."""

from pathlib import Path
from threading import Barrier

import pytest

from provisioner.commands.admitting import HINT
from provisioner.commands.applying import SIDE_BY_SIDE, Applied, Order, apply_hubs
from provisioner.engine.limits import written
from provisioner.errors import (
    Bug,
    ConfigurationError,
    Effect,
    ExitCode,
    ProvisionerError,
    TokenRefused,
    Unreachable,
)
from provisioner.models.plan import Resource
from provisioner.models.run import Run, RunState
from provisioner.workflows.tasks import RETIRED_DIGEST
from tests.unit.commands.github import refused
from tests.unit.commands.network import TWO_APPS, Network, gave_up
from tests.unit.commands.test_admitting import NETWORK, TREES, Doorkeeper
from tests.unit.report.runs import run

PUSH = {"GITHUB_EVENT_NAME": "push", "GITHUB_RUN_ATTEMPT": "1"}
SCHEDULE = {"GITHUB_EVENT_NAME": "schedule", "GITHUB_RUN_ATTEMPT": "1"}
BROKEN = "name: [\n"


def error_of(applied: Applied) -> ProvisionerError:
    assert applied.run is None
    assert applied.error is not None
    return applied.error


def run_of(applied: Applied) -> Run:
    assert applied.error is None
    assert applied.run is not None
    return applied.run


class TestExitCode:
    @pytest.mark.parametrize(
        ("state", "code"),
        [
            (RunState.COMPLETED, ExitCode.DONE),
            (RunState.WAITING, ExitCode.DONE),
            (RunState.FAILED, ExitCode.FINDINGS),
            (RunState.CANCELLED, ExitCode.FINDINGS),
        ],
    )
    def test_what_waits_is_no_failure(self, state: RunState, code: ExitCode) -> None:
        assert Applied("nairobi", run(state)).exit_code is code

    def test_an_error_outranks_how_the_run_ended(self) -> None:
        error = ConfigurationError("no token")

        assert Applied("nairobi", run(RunState.COMPLETED), error).exit_code is ExitCode.USAGE

    def test_without_a_run_nothing_is_done(self) -> None:
        assert Applied("nairobi").exit_code is ExitCode.FINDINGS


class TestEachByItself:
    def test_each_hub_is_applied_once_in_the_order_of_its_first_name(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa", "bbb")

        done = network.apply("bbb", "aaa", "bbb")

        assert [(item.hub, run_of(item).hub) for item in done] == [("bbb", "bbb"), ("aaa", "aaa")]
        assert sorted(network.services.looked) == ["docs", "docs"]

    def test_four_are_at_work_at_once(self, tmp_path: Path) -> None:
        """The patience of the barrier only keeps a broken rule from hanging."""
        assert SIDE_BY_SIDE == 4
        hubs = ("aaa", "bbb", "ccc", "ddd")
        network, meeting = Network(tmp_path), Barrier(SIDE_BY_SIDE, timeout=60)
        for hub in hubs:
            network.record(hub)

        def heard(run: Run) -> None:
            meeting.wait()

        done = apply_hubs(network.wiring, Order(hubs, tmp_path, listeners=(heard,)))

        assert [run_of(item).state for item in done] == [RunState.COMPLETED] * 4

    def test_a_broken_file_stops_its_own_hub_alone(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.files["bbb.yaml"] = BROKEN

        fine, broken = network.apply("aaa", "bbb")

        assert run_of(fine).hub == "aaa"
        assert (
            error_of(broken).message
            == "the file of hub bbb has mistakes, so nothing was done for it"
        )
        assert "`provisioner check hubs/bbb.yaml`" in error_of(broken).hint

    @pytest.mark.parametrize("kind", [TokenRefused, Unreachable])
    def test_a_service_that_lets_nobody_in_is_told_as_it_is(
        self, tmp_path: Path, kind: type[TokenRefused] | type[Unreachable]
    ) -> None:
        network = Network(tmp_path, "aaa", "bbb")
        trouble = kind("no", "Renew it.", service="GitHub", effect=Effect.NONE)
        network.store.refusals["hubs/aaa.json"] = trouble

        out, fine = network.apply("aaa", "bbb")

        assert error_of(out) is trouble
        assert out.exit_code is ExitCode.USAGE
        assert run_of(fine).hub == "bbb"

    def test_a_refusal_is_told_with_what_it_changed(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.store.refusals["hubs/aaa.json"] = refused()

        (out,) = network.apply("aaa")

        assert error_of(out).message == "GitHub refused. Nothing was changed by it."
        assert out.exit_code is ExitCode.FINDINGS

    def test_a_service_that_asks_to_wait_is_told_with_the_time(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.store.refusals["hubs/aaa.json"] = refused(429, retry_after=7200)

        (out,) = network.apply("aaa")

        assert error_of(out).message == (
            "GitHub refused. Nothing was changed by it. "
            "GitHub asks to wait until 02:00 UTC on 1 January."
        )

    def test_a_bug_is_its_own_hubs_too(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa", "bbb")
        network.store.refusals["hubs/aaa.json"] = ValueError("odd")

        out, fine = network.apply("aaa", "bbb")

        assert isinstance(error_of(out), Bug)
        assert run_of(fine).hub == "bbb"

    def test_what_turns_out_to_be_wrong_while_it_runs_is_its_own_as_well(
        self, tmp_path: Path
    ) -> None:
        network = Network(tmp_path, "aaa")
        network.github.troubles["last_change"] = trouble = ConfigurationError("no setting")

        (out,) = network.apply("aaa")

        assert error_of(out) is trouble


class TestEverybodys:
    def test_an_unknown_hub_stops_all_before_anything_is_changed(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "bbb", "aaa")

        with pytest.raises(ConfigurationError) as caught:
            network.apply("aaa", "ccc")

        assert (caught.value.message, caught.value.hint) == (
            "there is no hub ccc",
            "Name one that has a file: aaa, bbb.",
        )
        assert (network.store.commits, network.github.said) == ([], {})

    def test_where_no_hub_is_none_can_be_named(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError) as caught:
            Network(tmp_path).apply("aaa")

        assert caught.value.hint == "Name one that has a file: none."

    def test_a_repository_that_is_not_there_is_told_before_a_hubs_first_run(
        self, tmp_path: Path
    ) -> None:
        network = Network(tmp_path, "aaa")
        network.github.there = False

        with pytest.raises(ConfigurationError, match="GitHub shows no repository"):
            network.apply("aaa")

        assert network.services.looked == []

    def test_what_has_a_journal_has_a_repository(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.record("aaa")

        network.apply("aaa")

        assert "default_branch" not in network.github.asked

    def test_an_unknown_app_is_wrong_use(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")

        with pytest.raises(ConfigurationError, match="hub aaa has no app wiki"):
            network.apply("aaa", app="wiki")


class TestAtTheDoor:
    def network(self, folder: Path, *files: str, **environ: str) -> tuple[Network, Doorkeeper]:
        network = Network(folder, *files, environ=environ)
        held = {"aaa": "it did not pass"}
        door = Doorkeeper(NETWORK, TREES, "main", network.clock.now(), held)
        network.wiring.door = door
        return network, door

    def test_a_change_that_did_not_pass_is_held(self, tmp_path: Path) -> None:
        network, door = self.network(tmp_path, "aaa", "bbb", **PUSH)

        held, let_in = network.apply("aaa", "bbb")

        assert (error_of(held).message, error_of(held).hint) == (
            "aaa is held: it did not pass",
            HINT,
        )
        assert run_of(let_in).hub == "bbb"
        assert set(door.asked) == {"aaa", "bbb"}
        assert network.store.read("hubs/aaa.json") is None

    def test_who_names_the_hub_by_hand_lets_it_in(self, tmp_path: Path) -> None:
        network, door = self.network(tmp_path, "aaa", GITHUB_EVENT_NAME="workflow_dispatch")

        assert run_of(*network.apply("aaa")).hub == "aaa"
        assert door.asked == {}

    def test_what_is_as_it_was_let_in_is_not_asked_for_again(self, tmp_path: Path) -> None:
        network, door = self.network(tmp_path, "aaa", **PUSH)
        network.record("aaa")

        assert run_of(*network.apply("aaa")).hub == "aaa"
        assert door.asked == {}


class TestWhichApps:
    def test_only_the_app_that_is_named_is_looked_at(self, tmp_path: Path) -> None:
        network = Network(tmp_path)
        network.files["aaa.yaml"] = TWO_APPS

        (applied,) = network.apply("aaa", app="wiki")

        assert network.services.looked == ["wiki"]
        assert [app.id for app in run_of(applied).apps] == ["wiki", "docs"]

    def test_a_hub_that_leaves_leaves_whole(self, tmp_path: Path) -> None:
        network = Network(tmp_path)
        network.record("aaa")

        (applied,) = network.apply("aaa", app="wiki")

        assert (run_of(applied).state, run_of(applied).retiring) == (RunState.COMPLETED, True)

    @pytest.mark.parametrize(("environ", "looked"), [(SCHEDULE, ["wiki"]), ({}, ["docs", "wiki"])])
    def test_what_failed_for_good_is_tried_again_by_people_alone(
        self, tmp_path: Path, environ: dict[str, str], looked: list[str]
    ) -> None:
        network = Network(tmp_path, environ=environ)
        network.files["aaa.yaml"] = TWO_APPS
        network.record("aaa", RunState.FAILED, apps=(gave_up("docs"),))

        network.apply("aaa")

        assert sorted(network.services.looked) == looked

    def test_the_schedule_begins_a_new_hub(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa", environ=SCHEDULE)
        network.wiring.door = Doorkeeper(NETWORK, TREES, "main", network.clock.now())

        (applied,) = network.apply("aaa")

        assert run_of(applied).hub == "aaa"

    def test_the_schedule_gives_no_removal_up(self, tmp_path: Path) -> None:
        network = Network(tmp_path, environ=SCHEDULE)
        project = Resource(kind="project", name="vercel:nairobi/aaa--docs")
        docs = gave_up("docs").model_copy(update={"resources": (project,)})
        network.record(
            "aaa",
            RunState.FAILED,
            apps=(docs, gave_up("bot")),
            digest=RETIRED_DIGEST,
            retiring=True,
        )

        (applied,) = network.apply("aaa")

        failed = [app.id for app in run_of(applied).apps if app.stands_at is not None]
        assert failed == []


class TestJournalThatCannotBeRead:
    def test_it_is_kept_aside_and_the_hub_begins_anew(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.store.commits.append(("hubs/aaa.json", b"{"))

        (applied,) = network.apply("aaa")

        (aside,) = (path for path, _ in network.store.commits if path.startswith("set-aside/"))
        assert network.store.read(aside) == (b"{", "1")
        (note,) = run_of(applied).notes
        assert note.startswith("This hub's journal could not be read (")
        assert "kept under `set-aside/`" in note

    def test_one_that_can_be_read_stays_and_nothing_is_said_of_it(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.record("aaa", digest="another")

        (applied,) = network.apply("aaa")

        assert {path for path, _ in network.store.commits} == {"hubs/aaa.json"}
        assert run_of(applied).notes == ()

    def test_of_a_hub_whose_file_is_gone_nothing_can_be_known_then(self, tmp_path: Path) -> None:
        network = Network(tmp_path)
        network.store.commits.append(("hubs/aaa.json", b"{"))

        (out,) = network.apply("aaa")

        assert (
            "the file of hub aaa is gone and its journal cannot be read: " in error_of(out).message
        )
        assert error_of(out).hint.startswith("Put the journal's last good version back")
        assert len(network.store.commits) == 1

    def test_one_of_a_newer_program_is_left_alone(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        newer = written(network.record("aaa")).replace(b'"version": 5', b'"version": 99')
        network.store.commits.append(("hubs/aaa.json", newer))

        (out,) = network.apply("aaa")

        assert "nothing was done" in error_of(out).message
        assert network.store.commits[-1] == ("hubs/aaa.json", newer)
