"""Below the first line stands what a reader needs first, and at the end how it goes on."""

import pytest

from provisioner.models.run import Run, RunState, StepRecord, StepState
from provisioner.report.body import run_body
from provisioner.report.detail import Detail
from tests.unit.report import runs
from tests.unit.report.runs import ACTIONS_RUN, BOT, COMMIT, LINKS, WEBSITE, steps

FULL = Detail()
ARTIFACTS = "artifacts of the Actions run"


def body(run: Run, detail: Detail = FULL) -> list[str]:
    return run_body(run, LINKS, detail)


def foot(run: Run, detail: Detail = FULL) -> list[str]:
    parts = body(run, detail)
    return parts[parts.index("---") + 1 :]


def without_link(run: Run) -> Run:
    return run.model_copy(update={"actions_run_url": None})


class TestOrder:
    def test_the_parts_stand_in_the_order_of_what_is_needed_first(self) -> None:
        failed = runs.failed_run().model_copy(update={"notes": ("A note.",)})
        marks = ("#### ❌", "#### DNS entries", "#### 🟠", "- A note.", "---", "<sub>commit")
        parts = body(failed)
        places = [
            next(n for n, part in enumerate(parts) if part.startswith(mark)) for mark in marks
        ]
        assert places == sorted(places)

    def test_what_is_live_stands_first(self) -> None:
        first = body(runs.completed_run())[0]
        assert first.splitlines() == [
            "- **Documentation site:** "
            "[docs.nairobi.example.org](https://docs.nairobi.example.org)",
            "- **Telegram bot:** "
            "[nairobi-commons--bot.vercel.app](https://nairobi-commons--bot.vercel.app)",
        ]

    def test_of_many_live_apps_the_first_are_named(self) -> None:
        assert len(body(runs.completed_run(), Detail(apps=1))[0].splitlines()) == 1

    def test_an_app_without_an_address_or_not_finished_or_leaving_is_not_live(self) -> None:
        hidden = runs.bot(*steps(BOT, "bot", 6), url=False)
        unfinished = runs.bot(*steps(BOT, "bot", 3))
        leaving = runs.bot(*steps(BOT, "bot", 6)).model_copy(update={"retiring": True})
        parts = body(runs.run(RunState.WAITING, hidden, unfinished, leaving))
        assert not any(part.startswith("- **Telegram bot:**") for part in parts)

    def test_a_run_that_was_overtaken_asks_for_no_entries(self) -> None:
        run = runs.waiting_run().model_copy(update={"state": RunState.SUPERSEDED})
        assert "#### DNS entries" not in body(run)
        assert "#### DNS entries" in body(runs.waiting_run())

    def test_what_went_offline_is_told(self) -> None:
        assert "#### Taken offline, nothing deleted" in body(runs.retired_run())


class TestNotes:
    def test_of_many_notes_the_first_twenty_stand_below_the_apps(self) -> None:
        notes = tuple(f"Note {n}." for n in range(21))
        parts = body(runs.run(RunState.COMPLETED, notes=notes))
        assert parts[0].splitlines() == [f"- Note {n}." for n in range(20)]

    def test_a_long_note_is_cut(self) -> None:
        run = runs.run(RunState.COMPLETED, notes=("x" * 30,))
        assert body(run, Detail(message_characters=10))[0] == f"- {'x' * 9}…"

    def test_without_notes_there_is_none(self) -> None:
        assert body(runs.run(RunState.COMPLETED))[0] == "---"


class TestGoingOn:
    def test_who_waits_is_told_when_the_next_look_is_and_how_to_have_it_at_once(self) -> None:
        (again, _) = foot(runs.waiting_run())
        assert again == (
            "The provisioner looks again at about 14:30 UTC on 3 March. To look again at once, a "
            f"network maintainer opens the [Actions run]({ACTIONS_RUN}) and chooses “Re-run "
            "jobs”. It does only what is left; nothing is done twice."
        )

    def test_without_a_next_look_it_goes_on_when_somebody_makes_it(self) -> None:
        (again, _) = foot(runs.run(RunState.CANCELLED))
        assert again.startswith("To go on, a network maintainer opens the [Actions run](")

    def test_without_an_actions_run_there_is_a_command(self) -> None:
        (again, _) = foot(without_link(runs.run(RunState.FAILED)))
        assert again.startswith("To go on, run `provisioner apply nairobi-commons`. It does only")

    @pytest.mark.parametrize(
        "state",
        [RunState.QUEUED, RunState.RUNNING, RunState.COMPLETED, RunState.SUPERSEDED],
    )
    def test_what_goes_on_by_itself_or_is_over_says_nothing_of_it(self, state: RunState) -> None:
        assert [part for part in foot(runs.run(state)) if "Re-run" in part] == []


class TestReceipt:
    def test_of_what_is_live_there_is_a_receipt(self) -> None:
        (receipt, _) = foot(runs.completed_run())
        assert receipt == (
            f"The receipt of what is live is written to the [{ARTIFACTS}]({ACTIONS_RUN}#artifacts) "
            "when its job ends."
        )

    def test_of_anything_else_there_is_none(self) -> None:
        live = runs.completed_run()
        leaving = live.model_copy(update={"retiring": True})
        nothing = live.model_copy(update={"apps": ()})
        for run in (runs.waiting_run(), runs.retired_run(), leaving, nothing, without_link(live)):
            assert not any(ARTIFACTS in part for part in foot(run))


class TestLeftOut:
    short = Detail(left_out=("the build log", "all steps"))

    def test_what_was_left_out_is_named_with_where_it_is(self) -> None:
        assert foot(runs.completed_run(), self.short)[0] == (
            "Left out here, to keep this page short: the build log and all steps; the summary of "
            f"the [Actions run]({ACTIONS_RUN}) has it."
        )

    def test_without_an_actions_run_the_command_that_shows_it_is_named(self) -> None:
        said = foot(without_link(runs.completed_run()), self.short)[0]
        assert said.endswith("; `provisioner status nairobi-commons` shows it.")

    def test_where_nothing_was_left_out_nothing_is_said(self) -> None:
        assert not any("Left out" in part for part in foot(runs.completed_run()))


class TestOrigin:
    def test_the_commit_the_run_and_its_job_are_named(self) -> None:
        assert foot(runs.completed_run())[-1] == (
            f"<sub>commit [`5f0c9e1`]({LINKS.repository}/commit/{COMMIT}) · "
            f"run `20260303-135601-5f0c9e1` · [Actions run]({ACTIONS_RUN})</sub>"
        )

    def test_what_is_not_known_is_not_named(self) -> None:
        run = without_link(runs.completed_run()).model_copy(update={"commit": None})
        assert foot(run)[-1] == "<sub>run `20260303-135601-5f0c9e1`</sub>"

    def test_a_run_of_another_repository_is_not_linked(self) -> None:
        elsewhere = "https://github.com/mallory/hubs/actions/runs/1"
        run = runs.waiting_run().model_copy(update={"actions_run_url": elsewhere})
        assert not any(elsewhere in part for part in body(run))
        assert "provisioner apply" in foot(run)[0]


def test_a_failed_step_is_told_above_the_entries() -> None:
    step = StepRecord(action="deploy", state=StepState.FAILED)
    run = runs.run(
        RunState.FAILED, runs.docs(*steps(WEBSITE, "docs", 3, step), dns=(runs.cname(),))
    )
    parts = body(run)
    assert parts[0] == "#### ❌ Documentation site: Build and publish"
    assert parts.index("#### DNS entries") > 1
