"""The words that people meet everywhere."""

import pkgutil
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module

import pytest

from provisioner import actions
from provisioner.models.dns import DnsState
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepRecord, StepState
from provisioner.report import words
from provisioner.report.words import (
    counted,
    duration,
    listed,
    moment,
    sentence,
    step_name,
    step_outcome,
)

START = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


def test_every_state_has_a_sign_and_a_word() -> None:
    for state in StepState:
        assert words.STEP_ICONS[state]
        assert words.STEP_STATES[state]
    for run_state in RunState:
        assert words.RUN_ICONS[run_state]
        assert words.RUN_STATES[run_state]
    for dns_state in DnsState:
        assert words.DNS_ICONS[dns_state]
        assert words.DNS_STATES[dns_state]
    assert set(words.PEOPLE) == set(Actor)


def test_every_action_has_a_name_for_people_and_nothing_else_has() -> None:
    assert set(words.STEPS) == _actions()


def _actions() -> set[str]:
    """The names of the house's actions, by their classes."""
    modules = (f"{actions.__name__}.{item.name}" for item in pkgutil.iter_modules(actions.__path__))
    classes = (one for name in modules for one in vars(import_module(name)).values())
    names = (vars(one).get("name") for one in classes if isinstance(one, type))
    return {name for name in names if isinstance(name, str)}


def test_the_signs_of_steps_are_the_known_ones() -> None:
    assert "".join(words.STEP_ICONS[state] for state in StepState) == "⚪🟡🟠✅❌⛔➖"


def test_a_step_has_a_plain_name_and_an_unknown_one_its_own() -> None:
    assert step_name("fork-repository") == "Copy the repository"
    assert step_name("make-coffee") == "make-coffee"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.3, "under 1 s"),
        (41.4, "41 s"),
        (59.6, "1 min"),
        (125, "2 min 5 s"),
        (3600, "1 h"),
        (3781, "1 h 3 min"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(timedelta(seconds=seconds)) == said


def test_a_moment_is_in_utc_whatever_the_zone() -> None:
    nairobi = timezone(timedelta(hours=3))
    assert moment(datetime(2026, 3, 4, 1, 5, tzinfo=nairobi)) == "22:05 UTC on 3 March"


def test_what_became_of_a_step() -> None:
    step = StepRecord(action="deploy", attempts=1, started_at=START)
    ended = {"ended_at": START + timedelta(seconds=41)}
    assert step_outcome(step) == "not started"
    assert (
        step_outcome(step.model_copy(update={"state": StepState.DONE, **ended})) == "done in 41 s"
    )
    failed = {"state": StepState.FAILED, "attempts": 3}
    assert step_outcome(step.model_copy(update=failed)) == "failed (3 attempts)"
    assert (
        step_outcome(step.model_copy(update={**failed, **ended})) == "failed in 41 s (3 attempts)"
    )
    waiting = {"state": StepState.WAITING, "attempts": 2}
    assert step_outcome(step.model_copy(update=waiting)) == "waiting (attempt 2)"


def test_counting_and_listing() -> None:
    assert (counted(1, "entry", "entries"), counted(0, "entry", "entries")) == (
        "1 entry",
        "0 entries",
    )
    assert counted(2, "hub") == "2 hubs"
    assert [listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_sentences() -> None:
    assert sentence("write `- a`") == "Write `- a`."
    assert sentence("Done.") == "Done."
    assert sentence("") == ""
