"""What `apply` prints of what came of its hubs, and the code that it leaves with."""

import json
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.journal import Entry
from provisioner.errors import ExitCode
from provisioner.models.run import RunState
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.sandbox.server import Sandbox
from provisioner.wiring import Wiring
from tests.unit.answering import Given, answering
from tests.unit.commands.command import Outcome, run
from tests.unit.commands.hubs import World
from tests.unit.desired.given import hub_with

OFFLINE = {
    "PROVISIONER_CATALOG": str(EXAMPLE_CATALOG),
    "GITHUB_REPOSITORY": "example-network/hubs",
    "GITHUB_TOKEN": "a-token-of-nobody",
}
BROKEN = "name: [\n"
RERUN = "This is a re-run of a run of commit 0123456. What is applied are the hub files of"


def apply(folder: Path, *arguments: str, **environ: str) -> Outcome:
    given = {**OFFLINE, **environ}
    return run("apply", *arguments, "--hubs", str(folder), stdin=b"", **given)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Two hubs of which nothing can be done; GitHub is not asked for them."""
    for hub in ("aaa", "bbb"):
        (tmp_path / f"{hub}.yaml").write_text(BROKEN)
    return tmp_path


class TestWhatIsWrong:
    def test_each_hubs_trouble_is_told_with_its_fix(self, broken: Path) -> None:
        told = apply(broken, "aaa", "bbb")

        assert told.code == ExitCode.FINDINGS
        assert told.err.splitlines() == [
            "error: aaa: the file of hub aaa has mistakes, so nothing was done for it",
            "  fix: Run `provisioner check hubs/aaa.yaml` and fix what it says.",
            "error: bbb: the file of hub bbb has mistakes, so nothing was done for it",
            "  fix: Run `provisioner check hubs/bbb.yaml` and fix what it says.",
        ]

    def test_where_nothing_was_run_json_has_no_hub(self, broken: Path) -> None:
        told = apply(broken, "aaa", "--format", "json")

        assert (told.code, json.loads(told.out)) == (ExitCode.FINDINGS, {"hubs": []})

    def test_wrong_configuration_outranks_what_failed(self, broken: Path) -> None:
        (broken / "ccc.yaml").write_text(hub_with())
        with answering(Given(401)) as server:
            told = apply(broken, "aaa", "ccc", "bbb", GITHUB_API_URL=server.url)

        assert told.code == ExitCode.USAGE
        assert "error: ccc: " in told.err

    @pytest.mark.parametrize(
        "wrong", [(), ("aaa", "--deadline", "-1"), ("aaa", "--pr", "x"), ("aaa", "--format", "xml")]
    )
    def test_what_is_not_understood_is_wrong_use(
        self, broken: Path, wrong: tuple[str, ...]
    ) -> None:
        told = apply(broken, *wrong)

        assert (told.code, told.out) == (ExitCode.USAGE, "")

    def test_the_usual_deadline_is_below_that_of_the_actions_job(self) -> None:
        told = run("apply", "--help")

        assert "[default: 50.0;" in " ".join(told.out.split())


class TestARerun:
    def test_it_is_told_that_todays_files_are_applied(self, broken: Path) -> None:
        told = apply(broken, "aaa", GITHUB_RUN_ATTEMPT="2", GITHUB_SHA="0123456789abcdef")

        assert told.err.startswith(RERUN)

    @pytest.mark.parametrize("environ", [{}, {"GITHUB_RUN_ATTEMPT": "1"}])
    def test_a_first_run_is_told_nothing(self, broken: Path, environ: dict[str, str]) -> None:
        assert "re-run" not in apply(broken, "aaa", **environ).err


class TestARun:
    """Against the stand-ins, none of which takes its time."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "hubs").mkdir()
        (tmp_path / "hubs" / "nairobi.yaml").write_text(hub_with())
        return tmp_path / "hubs"

    def test_its_state_is_printed_and_stands_on_the_page_of_the_job(
        self, sandbox: Sandbox, folder: Path
    ) -> None:
        page = folder.parent / "summary.md"

        told = apply(folder, "nairobi", **{**sandbox.environment, "GITHUB_STEP_SUMMARY": str(page)})

        assert told.code == ExitCode.DONE
        assert told.out.startswith("✅ Nairobi")
        assert "Copy the repository" in told.err
        assert "Nairobi" in page.read_text()

    def test_json_is_all_that_is_printed(self, sandbox: Sandbox, folder: Path) -> None:
        told = apply(folder, "nairobi", "--format", "json", **sandbox.environment)

        document = json.loads(told.out)
        assert [hub["state"] for hub in document["hubs"]] == ["completed"]
        assert told.out == json.dumps(document, indent=2) + "\n"

    def test_what_is_not_done_by_the_deadline_is_left_to_a_later_run(
        self, sandbox: Sandbox, folder: Path
    ) -> None:
        arguments = ("nairobi", "--deadline", "0", "--format", "json")

        told = apply(folder, *arguments, **sandbox.environment)

        (hub,) = json.loads(told.out)["hubs"]
        assert (told.code, hub["state"]) == (ExitCode.DONE, "waiting")

    def test_a_hub_that_could_not_be_run_hides_no_other(
        self, sandbox: Sandbox, folder: Path
    ) -> None:
        (folder / "bbb.yaml").write_text(BROKEN)
        recorded = World().record("aaa", RunState.WAITING)
        Wiring(sandbox.environment, ManualClock()).journal.write(Entry("aaa"), recorded, "begin")

        told = apply(folder, "bbb", "aaa", **sandbox.environment)

        assert told.code == ExitCode.FINDINGS
        assert "The hub aaa" in told.out
        assert "error: bbb: " in told.err
