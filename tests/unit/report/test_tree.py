"""A run in progress is a tree: what is finished is one line, what is not shows its steps."""

import io

import pytest
from rich.console import Console

from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.tree import run_tree, step_words
from tests.unit.report import runs
from tests.unit.report.runs import BOT, WEBSITE, steps


def tree(run: Run, *, styled: bool = False) -> str:
    output = io.StringIO()
    made = Console(file=output, force_terminal=styled, width=160, legacy_windows=False)
    made.print(run_tree(run))
    return output.getvalue()


def test_a_finished_app_is_one_line_and_the_current_one_is_open() -> None:
    text = tree(runs.waiting_run())
    assert "✅ Telegram bot: live  https://nairobi-commons--bot.vercel.app" in text
    assert "Connect the bot to Telegram" not in text
    assert "🟠 Check the DNS entries  waiting (attempt 2)" in text


def test_shows_the_dns_entries_where_they_are_waited_for() -> None:
    assert "CNAME docs.nairobi.example.org = 3f2a9c41d07b65e8" in tree(runs.waiting_run())


def test_says_what_to_do_about_a_failure() -> None:
    assert "to do: Read the end of the build log" in tree(runs.failed_run())


def test_foreign_words_cannot_move_the_cursor_nor_style_text() -> None:
    text = tree(runs.with_words(runs.failed_run(), "[red]a[/red]\x1b[2Jb"))
    assert "\x1b" not in text
    assert "[red]a[/red]b" in text


def only(step: StepRecord, **more: object) -> str:
    """The lines of a run whose one app has this step and one that is still to come."""
    app = AppRecord.model_validate(
        {"id": "docs", "app": "x", "steps": (step, StepRecord(action="check-live")), **more}
    )
    return tree(runs.run(RunState.RUNNING, app))


def test_the_first_line_says_how_it_stands() -> None:
    assert tree(runs.completed_run()).startswith("✅ Nairobi Commons is live.")


def test_an_address_stands_beside_what_is_live_alone() -> None:
    unfinished = runs.bot(*steps(BOT, "bot", 3))
    assert "https://" not in tree(runs.run(RunState.RUNNING, unfinished))
    hidden = runs.bot(*steps(BOT, "bot", 6), url=False)
    assert "✅ Telegram bot: live\n" in tree(runs.run(RunState.COMPLETED, hidden))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (StepState.FAILED, True),
        (StepState.WAITING, True),
        (StepState.DONE, False),
        (StepState.CANCELLED, False),
    ],
)
def test_what_to_do_is_told_where_somebody_may_do_it(state: StepState, told: bool) -> None:
    text = only(StepRecord(action="deploy", state=state, hint="Push again."))
    assert ("to do: Push again." in text) is told


def test_without_a_hint_there_is_nothing_to_do() -> None:
    assert "to do:" not in only(StepRecord(action="deploy", state=StepState.FAILED))


def test_dns_entries_stand_at_the_wait_for_them_alone() -> None:
    waiting = StepRecord(action="deploy", state=StepState.WAITING)
    assert "CNAME" not in only(waiting, dns=(runs.cname(),))
    done = StepRecord(action="verify-dns", state=StepState.DONE)
    assert "CNAME" not in only(done, dns=(runs.cname(),))
    app = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=(runs.cname(),))
    assert "🟠 CNAME docs.nairobi" in tree(runs.run(RunState.WAITING, app))


def test_a_step_is_told_with_its_icon_its_outcome_and_its_detail() -> None:
    text = only(StepRecord(action="deploy", state=StepState.DONE, detail="Built."))
    assert "✅ Build and publish  done · Built.\n" in text
    assert "⚪ Check that the app answers\n" in text


def test_a_step_at_work_turns() -> None:
    text = only(StepRecord(action="deploy", state=StepState.RUNNING, detail="Building."))
    assert " Build and publish  working · Building." in text
    assert "🟡 Build and publish" not in text


def test_a_step_without_a_detail_is_its_outcome() -> None:
    assert step_words(StepRecord(action="deploy", state=StepState.DONE)) == "done"
    detailed = StepRecord(action="deploy", state=StepState.DONE, detail="Built.")
    assert step_words(detailed) == "done · Built."


def test_what_is_still_to_come_is_dim() -> None:
    app = runs.bot(*steps(BOT, "bot", 3))
    text = tree(runs.run(RunState.RUNNING, app), styled=True)
    assert "\x1b[2mCheck that the app answers" in text
    assert "\x1b[2mCreate the project on Vercel" not in text
