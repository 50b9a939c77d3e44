"""What is ours: as long as nobody gave it up."""

import pytest

from provisioner.engine.claims import claims_for, claims_of, held_by
from provisioner.engine.limits import MOST_RESOURCES
from provisioner.engine.step import FAILED, made_by
from provisioner.models.run import StepState
from tests.unit.engine.given import NOW, app_record, app_task, run_of, step_record, thing
from tests.unit.engine.world import Thing, World


def test_what_was_claimed_once_stays_claimed_in_later_runs() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]}, digest="d1")

    second = world.run({"docs": [Thing("domain")]}, digest="d2")

    assert {item.name for item in second.apps[0].resources} == {"fork", "domain"}


def test_an_app_claims_its_resources_what_its_steps_made_and_which_failed_for_good() -> None:
    docs = app_record(
        "docs",
        step_record(action="fork"),
        step_record(action="build", made="dpl_1"),
        step_record(StepState.FAILED, "attach"),
        resources=(thing("copy"),),
    )

    assert claims_of(run_of(docs), "docs") == {
        ("thing", "copy"),
        (made_by("build"), "dpl_1"),
        (FAILED, "attach"),
    }


@pytest.mark.parametrize("state", [StepState.DONE, StepState.WAITING, StepState.PENDING])
def test_what_has_not_failed_is_told_as_no_failure(state: StepState) -> None:
    assert claims_of(run_of(app_record("docs", step_record(state))), "docs") == frozenset()


def test_nor_is_what_failed_and_is_looked_at_again_by_itself() -> None:
    blocked = step_record(StepState.FAILED, wake_at=NOW)

    assert claims_of(run_of(app_record("docs", blocked)), "docs") == frozenset()


def test_an_app_claims_nothing_of_another_one_of_its_hub() -> None:
    run = run_of(app_record("bot", resources=(thing("bot"),)), app_record("docs"))

    assert claims_of(run, "docs") == frozenset()


def test_a_hub_that_has_no_run_claims_nothing() -> None:
    assert claims_of(None, "docs") == frozenset()


def test_as_a_run_begins_an_app_has_what_it_had_and_what_it_takes_over() -> None:
    before = run_of(app_record("docs", resources=(thing("copy"),)))

    claims = claims_for(app_task("docs", takes=(thing("domain"),)), before)

    assert claims == {("thing", "copy"), ("thing", "domain")}


def test_an_app_holds_what_it_had_what_it_takes_over_and_what_is_planned() -> None:
    known = app_record("docs", resources=(thing("copy"),))
    task = app_task("docs", takes=(thing("domain"),))

    held = held_by(task, known, [thing("project")])

    assert held == (thing("copy"), thing("domain"), thing("project"))


def test_and_no_longer_what_it_gives_up() -> None:
    known = app_record("docs", resources=(thing("copy"), thing("old")))

    assert held_by(app_task("docs", releases=(thing("old"),)), known) == (thing("copy"),)


def test_what_was_claimed_before_keeps_its_word_on_whether_it_had_existed() -> None:
    known = app_record("docs", resources=(thing("ours"), thing("theirs", existed=True)))
    planned = [thing("ours", existed=True), thing("theirs")]

    assert held_by(app_task("docs"), known, planned) == known.resources


def test_of_too_many_resources_the_former_ones_are_dropped() -> None:
    former = tuple(thing(f"old-{number:03}") for number in range(MOST_RESOURCES))
    known = app_record("docs", resources=former)

    held = held_by(app_task("docs"), known, [thing("new-1"), thing("new-2")])

    assert len(held) == MOST_RESOURCES
    assert held[:2] == (thing("new-1"), thing("new-2"))
    assert held[2:] == former[:-2]


@pytest.mark.parametrize("more", [0, 1, 5])
def test_what_a_run_may_touch_is_named_however_much_it_is(more: int) -> None:
    planned = [thing(f"new-{number:03}") for number in range(MOST_RESOURCES + more)]
    known = app_record("docs", resources=tuple(thing(f"old-{number}") for number in range(9)))

    assert held_by(app_task("docs"), known, planned) == tuple(planned)
