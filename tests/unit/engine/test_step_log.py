"""What becomes of a step is written down: its attempts, its end, and no secret and no flood."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.endings import Ending
from provisioner.engine.limits import MOST_DETAIL, MOST_HINT, MOST_LINES, Redact
from provisioner.engine.recorder import Recorder
from provisioner.engine.step import Assessment, Progress
from provisioner.engine.step_log import StepLog
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor, Verdict
from provisioner.models.run import AppRecord, Run, StepRecord, StepState
from tests.unit.engine.given import NOW, app_record, run_of, step_record

HOUR = timedelta(hours=1)
ENTRY = DnsEntry(type="CNAME", name="docs.example.org", value="host.example")
DONE = Ending(StepState.DONE, Assessment(Verdict.KEEP, "It is there."))
WAITING = Ending(
    StepState.WAITING,
    Assessment(
        Verdict.KEEP,
        "Not yet.",
        "Set it.",
        Actor.FACILITATOR,
        Progress.WAITING,
        HOUR,
    ),
)
ENDED_BADLY = step_record(
    StepState.FAILED,
    attempts=2,
    started_at=NOW - HOUR,
    ended_at=NOW,
    wake_at=NOW + HOUR,
    detail="It broke.",
    hint="Fix it.",
    who=Actor.MAINTAINER,
    log_tail=("exit 1",),
)


class Written:
    """A log of one app's steps, and what it wrote; another app stands beside it."""

    def __init__(self, *steps: StepRecord, redact: Redact = str, **app: object) -> None:
        self.clock = ManualClock(NOW)
        self.heard: list[Run] = []
        run = run_of(app_record("bot", step_record()), app_record("docs", *steps, **app))
        self.recorder = Recorder(run, (self.heard.append,))
        self.log = StepLog(self.recorder, "docs", self.clock, redact)

    @property
    def app(self) -> AppRecord:
        return self.recorder.app("docs")

    @property
    def step(self) -> StepRecord:
        return self.app.steps[0]


def test_the_first_attempt_says_when_it_began() -> None:
    written = Written(step_record(StepState.PENDING))

    written.log.begin(0)

    assert written.step.state is StepState.RUNNING
    assert (written.step.attempts, written.step.started_at) == (1, NOW)


def test_a_further_attempt_is_counted_and_what_ended_the_one_before_is_gone() -> None:
    written = Written(ENDED_BADLY)

    written.log.begin(0)

    assert (written.step.state, written.step.attempts) == (StepState.RUNNING, 3)
    assert (written.step.started_at, written.step.ended_at) == (NOW - HOUR, None)
    assert written.step.wake_at is None
    assert (written.step.hint, written.step.who) == ("", Actor.NOBODY)
    assert written.step.log_tail == ()


@pytest.mark.parametrize("state", [StepState.DONE, StepState.SKIPPED])
def test_what_had_been_finished_begins_to_count_anew(state: StepState) -> None:
    written = Written(step_record(state, attempts=4))

    written.log.begin(0)

    assert written.step.attempts == 1


def test_trying_again_counts_and_says_why() -> None:
    written = Written(step_record(StepState.RUNNING, attempts=1))

    written.log.again(0, "it was away")

    assert (written.step.attempts, written.step.detail) == (2, "Trying again: it was away")


def test_what_a_step_waits_for_is_told_at_once() -> None:
    written = Written(step_record(StepState.RUNNING))

    written.log.say(0, "It is being built.")

    assert written.heard[-1].apps[1].steps[0].detail == "It is being built."


def test_the_id_of_what_was_made_is_kept() -> None:
    written = Written(step_record(StepState.RUNNING))

    written.log.made(0, "dpl_1")

    assert written.step.made == "dpl_1"


def test_only_the_step_that_is_meant_is_written() -> None:
    first, second, third = (step_record(action=name) for name in ("a", "b", "c"))
    written = Written(first, second, third)

    written.log.made(1, "dpl_1")

    assert written.app.steps == (first, second.model_copy(update={"made": "dpl_1"}), third)
    assert written.log.step(1).made == "dpl_1"


def test_what_is_done_has_ended_now_and_wakes_nobody() -> None:
    written = Written(ENDED_BADLY)

    written.log.end(0, DONE)

    assert (written.step.state, written.step.detail) == (StepState.DONE, "It is there.")
    assert (written.step.ended_at, written.step.wake_at) == (NOW, None)


def test_what_waits_has_not_ended_and_says_who_must_do_what_and_when_it_wakes() -> None:
    written = Written(ENDED_BADLY)

    written.log.end(0, WAITING)

    assert (written.step.state, written.step.ended_at) == (StepState.WAITING, None)
    assert (written.step.hint, written.step.who) == ("Set it.", Actor.FACILITATOR)
    assert written.step.wake_at == NOW + HOUR


def test_the_last_lines_of_a_build_that_failed_are_kept() -> None:
    written = Written(step_record(StepState.RUNNING))

    written.log.end(0, Ending(StepState.FAILED, Assessment(Verdict.BLOCKED), ("line", "exit 1")))

    assert written.step.log_tail == ("line", "exit 1")


def test_an_app_stands_at_one_step_so_that_nothing_of_another_stays() -> None:
    written = Written(step_record(), step_record(StepState.RUNNING), ENDED_BADLY)

    written.log.end(1, WAITING)

    done, stands, other = written.app.steps
    assert (done.state, stands.state, other.state) == (
        StepState.DONE,
        StepState.WAITING,
        StepState.PENDING,
    )
    assert (other.detail, other.hint, other.who) == ("", "", Actor.NOBODY)
    assert (other.wake_at, other.log_tail) == (None, ())
    assert other.attempts == 2, "how often it was tried is remembered"


def test_what_is_still_to_come_keeps_what_it_says() -> None:
    pending = step_record(StepState.PENDING, detail="Follows.")
    written = Written(step_record(StepState.RUNNING), pending)

    written.log.end(0, WAITING)

    assert written.app.steps[1] == pending


def test_a_step_that_is_done_leaves_the_others_as_they_are() -> None:
    written = Written(step_record(StepState.RUNNING), ENDED_BADLY)

    written.log.end(0, DONE)

    assert written.app.steps[1] == ENDED_BADLY


def test_the_step_that_comes_next_is_the_first_that_is_not_finished() -> None:
    skipped, pending = step_record(StepState.SKIPPED), step_record(StepState.PENDING)

    assert Written(step_record(), skipped, pending, ENDED_BADLY).log.first_unfinished == 2
    assert Written(step_record(), skipped).log.first_unfinished is None


def test_address_and_entries_are_the_apps_as_soon_as_they_are_known() -> None:
    written = Written(step_record(StepState.RUNNING))
    look = Assessment(Verdict.KEEP, url="https://docs.example.org", dns=(ENTRY,))

    written.log.end(0, Ending(StepState.DONE, look))

    assert (written.app.url, written.app.dns) == ("https://docs.example.org", (ENTRY,))
    assert written.recorder.app("bot").url is None


def test_a_look_that_knows_nothing_of_them_takes_nothing_away_and_tells_nobody() -> None:
    written = Written(step_record(), url="https://docs.example.org", dns=(ENTRY,))

    written.log.note_facts(Assessment(Verdict.KEEP))

    assert (written.app.url, written.app.dns) == ("https://docs.example.org", (ENTRY,))
    assert written.heard == []


def test_entries_that_are_needed_no_longer_go() -> None:
    written = Written(step_record(), dns=(ENTRY,))

    written.log.note_facts(Assessment(Verdict.KEEP, dns=()))

    assert written.app.dns == ()


def test_no_secret_is_written() -> None:
    written = Written(step_record(), redact=lambda text: text.replace("swordfish", "•••"))
    look = Assessment(Verdict.BLOCKED, "swordfish is wrong", "Change swordfish.")

    written.log.end(0, Ending(StepState.FAILED, look, ("got swordfish",)))

    assert (written.step.detail, written.step.hint) == ("••• is wrong", "Change •••.")
    assert written.step.log_tail == ("got •••",)


def test_no_flood_is_written() -> None:
    written, flood = Written(step_record()), "x" * 10_000
    look = Assessment(Verdict.BLOCKED, flood, flood)

    written.log.end(0, Ending(StepState.FAILED, look, ("line",) * 1_000))

    assert len(written.step.detail) == MOST_DETAIL
    assert len(written.step.hint) == MOST_HINT
    assert len(written.step.log_tail) == MOST_LINES
