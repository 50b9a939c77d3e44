"""Of each trouble it is told what happened, what it changed, what to do, and who."""

import pytest

from provisioner.models.plan import Actor
from provisioner.models.run import Run, RunState, StepRecord, StepState
from provisioner.report.detail import Detail
from provisioner.report.trouble_section import trouble_sections
from tests.unit.report import runs
from tests.unit.report.runs import BOT, steps

FULL = Detail()


def bot(step: StepRecord, finished: int = 3, **more: object) -> Run:
    app = runs.bot(*steps(BOT, "bot", finished, step)).model_copy(update=more)
    return runs.run(RunState.FAILED, app)


def asked(who: Actor, **more: object) -> StepRecord:
    fields = {"action": "deploy", "state": StepState.WAITING, "who": who, **more}
    return StepRecord.model_validate(fields)


def test_where_nothing_is_wrong_nothing_is_told() -> None:
    assert trouble_sections(runs.completed_run(), FULL) == []


def test_a_failure_is_told_whole() -> None:
    heading, happened, changed, to_do, *log = trouble_sections(bot(runs.failed_build()), FULL)
    assert heading == "#### ❌ Telegram bot: Build and publish"
    assert happened.startswith("**What happened:** The app could not be deployed: Command `npm")
    assert changed == (
        "**What changed:** 3 of 6 steps are finished and will not be repeated. "
        "A re-run goes on here."
    )
    assert to_do.startswith("**What to do (network maintainer):** Read the end of the build log")
    assert log[0] == "<details>\n<summary>The end of the build log</summary>"
    assert "Running npm run build" in log[1]
    assert log[2:] == ["</details>"]


@pytest.mark.parametrize(
    ("finished", "says"),
    [
        (0, "no step of this app is finished. A re-run begins here and does nothing twice."),
        (1, "1 of 6 steps is finished and will not be repeated. A re-run goes on here."),
        (2, "2 of 6 steps are finished and will not be repeated. A re-run goes on here."),
    ],
)
def test_what_a_failure_changed_is_counted(finished: int, says: str) -> None:
    parts = trouble_sections(bot(runs.failed_build(), finished), FULL)
    assert parts[2] == f"**What changed:** {says}"


def test_what_waits_for_a_person_goes_on_by_itself() -> None:
    parts = trouble_sections(bot(asked(Actor.FACILITATOR), 0), FULL)
    assert parts[0].startswith("#### 🟠 ")
    assert parts[2] == (
        "**What changed:** 0 of 6 steps are finished; the provisioner goes on here."
    )


def test_a_step_that_gives_no_reason_says_so() -> None:
    _, happened, _, to_do = trouble_sections(bot(asked(Actor.FACILITATOR)), FULL)
    assert happened == "**What happened:** No reason was given."
    assert to_do == "**What to do (hub facilitator):** Re-run the job; it goes on here."


def test_where_nobody_has_to_act_nobody_is_named() -> None:
    failed = StepRecord(action="deploy", state=StepState.FAILED, wake_at=runs.NOW)
    assert trouble_sections(bot(failed), FULL)[3].startswith("**What to do:** ")


def test_a_step_without_a_log_has_none() -> None:
    assert len(trouble_sections(bot(asked(Actor.MAINTAINER)), FULL)) == 4


def test_the_log_can_be_left_out_or_cut_at_its_beginning() -> None:
    failed = bot(runs.failed_build())
    assert len(trouble_sections(failed, Detail(log_characters=0))) == 4
    log = trouble_sections(failed, Detail(log_characters=60))[5]
    assert "Running npm" not in log
    assert "exited with 1" in log


def test_long_messages_are_cut() -> None:
    step = asked(Actor.MAINTAINER, detail="x" * 50, hint="y" * 50)
    parts = trouble_sections(bot(step), Detail(message_characters=10))
    assert parts[1] == f"**What happened:** {'x' * 9}…"
    assert parts[3] == f"**What to do (network maintainer):** {'y' * 9}…"


def test_of_many_troubles_the_first_are_told_and_failures_before_all() -> None:
    waiting = runs.docs(*steps(runs.WEBSITE, "docs", 3, asked(Actor.MAINTAINER)))
    failed = runs.bot(*steps(BOT, "bot", 3, runs.failed_build()))
    run = runs.run(RunState.FAILED, waiting, failed, failed)
    headings = [part for part in trouble_sections(run, FULL) if part.startswith("####")]
    assert [heading[5] for heading in headings] == ["❌", "❌", "🟠"]
    told = trouble_sections(run, Detail(troubles=1))
    assert [part for part in told if part.startswith("####")] == headings[:1]
