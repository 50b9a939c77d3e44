"""What is let in, which apps are looked at, and what becomes of a journal that cannot be read."""

from pathlib import Path

import pytest

from provisioner.commands.admitting import HINT
from provisioner.engine.limits import written
from provisioner.models.plan import Resource
from provisioner.models.run import RunState
from provisioner.workflows.tasks import RETIRED_DIGEST
from tests.unit.commands.network import TWO_APPS, Network, error_of, gave_up, run_of
from tests.unit.commands.test_admitting import NETWORK, TREES, Doorkeeper

PUSH = {"GITHUB_EVENT_NAME": "push", "GITHUB_RUN_ATTEMPT": "1"}
SCHEDULE = {"GITHUB_EVENT_NAME": "schedule", "GITHUB_RUN_ATTEMPT": "1"}


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
