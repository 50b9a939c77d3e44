"""Exceptions that nobody foresaw: they end their step, say where, and never what they hold."""

import json

import pytest

from provisioner.engine.bugs import bug_of, foreseen
from provisioner.engine.step import Assessment
from provisioner.errors import Bug, ExitCode, FatalError
from provisioner.models.plan import Actor
from provisioner.models.run import Run, RunState, StepState
from provisioner.safetext import shorten
from tests.unit.engine.world import Thing, World

SECRET = "correct-horse-battery-staple"


def breaks(_: object) -> Assessment:
    raise KeyError(SECRET)


def breaks_while_made(_: Assessment) -> str | None:
    raise RuntimeError(SECRET)


def test_a_bug_is_told_by_its_type_and_the_innermost_place_of_ours() -> None:
    with pytest.raises(Bug) as raised:
        foreseen(lambda: shorten(7, 1))  # type: ignore[arg-type]

    assert "TypeError at provisioner/safetext.py:" in raised.value.message
    assert raised.value.exit_code == ExitCode.BUG
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_what_was_foreseen_is_raised_as_it_is() -> None:
    error = FatalError("no", "fix it")

    with pytest.raises(FatalError) as raised:
        foreseen(lambda: (_ for _ in ()).throw(error))

    assert raised.value is error


def test_a_bug_remains_the_bug_that_it_was() -> None:
    bug = bug_of(ValueError(SECRET))

    assert bug_of(bug) is bug


@pytest.mark.parametrize("when", ["looking", "making"])
def test_a_bug_of_a_step_fails_this_step_and_the_other_app_goes_on(when: str) -> None:
    world = World()
    bad = Thing("fork", seen_as=breaks) if when == "looking" else Thing("fork")
    bad.perform = breaks_while_made

    run = world.run({"docs": [bad, Thing("project")], "bot": [Thing("copy")]})

    step = run.apps[0].steps[0]
    assert (step.state, step.who) == (StepState.FAILED, Actor.MAINTAINER)
    assert (step.wake_at is None) is (when == "making"), "only looking is safe to repeat"
    assert "bug of the provisioner" in step.detail
    assert "Error at " in step.detail
    assert [app.state for app in run.apps] == [RunState.FAILED, RunState.COMPLETED]
    assert json.loads(world.written)["run"]["apps"][0]["steps"][0]["state"] == "failed"
    assert SECRET.encode() not in b"".join(content for _, content in world.store.commits)


def test_a_bug_beside_the_steps_of_an_app_is_that_apps_failure() -> None:
    world = World(redact=_breaks_at_a_word)
    bad = Thing("fork", script=[FatalError("the magic word")])

    run = world.run({"docs": [bad], "bot": [Thing("copy")]})

    assert [app.state for app in run.apps] == [RunState.FAILED, RunState.COMPLETED]
    assert "bug of the provisioner" in run.apps[0].steps[0].detail
    assert json.loads(world.written)["lease"] is None


def _breaks_at_a_word(text: str) -> str:
    if "magic" in text:
        raise LookupError(SECRET)
    return text


def test_a_checkpoint_with_a_bug_costs_nothing_but_itself() -> None:
    world = World()
    writes: list[int] = []

    def second_write_breaks() -> None:
        writes.append(1)
        if len(writes) == 2:
            raise ZeroDivisionError

    def slow(_: Assessment) -> str | None:
        world.clock.advance(600)
        slow_one.made += 1
        return None

    slow_one = Thing("fork", perform=slow)
    world.store.before_write = second_write_breaks

    run = world.run({"docs": [slow_one, Thing("project")]})

    assert run.state is RunState.COMPLETED
    assert len(writes) == 3


def test_a_run_that_listeners_hear_of_is_the_run_that_was_made() -> None:
    heard: list[Run] = []
    world = World(listeners=(heard.append,))

    run = world.run({"docs": [Thing("fork")]})

    assert heard[-1] == run
