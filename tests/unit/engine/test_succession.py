"""What an app leaves behind goes last: when everything that takes its place is done."""

import pytest

from provisioner.engine.planner import AppAssessment
from provisioner.engine.succession import has_to_wait, may_go, why_not_yet, will_change
from provisioner.models.run import StepState
from tests.unit.engine.given import (
    BLOCKED,
    CREATE,
    THERE,
    WAITS,
    app_record,
    app_task,
    hub_task,
    plan,
    run_of,
    step_record,
)

DOCS = app_record("docs", step_record(StepState.DONE))
BOT = app_record("bot", step_record(StepState.DONE))
BOT_WAITS = app_record("bot", step_record(StepState.WAITING))
LEAVES = app_task("docs@old", after=("docs", "bot"))


def test_it_may_go_when_all_that_takes_its_place_is_done() -> None:
    assert may_go(LEAVES, run_of(DOCS, BOT))
    assert may_go(LEAVES, run_of(DOCS, BOT, app_record("wiki", step_record()))), "and more"


def test_it_may_not_go_while_one_of_them_waits_or_is_not_there() -> None:
    assert not may_go(LEAVES, run_of(DOCS, BOT_WAITS))
    assert not may_go(LEAVES, run_of(DOCS))


def test_what_takes_nobodys_place_may_go_at_once() -> None:
    assert may_go(app_task("docs"), run_of(BOT_WAITS))


@pytest.mark.parametrize(
    ("own", "changes"),
    [
        (plan(THERE), False),
        (plan(WAITS), False),
        (plan(CREATE), True),
        (plan(CREATE, BLOCKED), False),
    ],
)
def test_an_app_will_change_where_its_plan_does_and_nothing_blocks_it(
    own: AppAssessment, changes: bool
) -> None:
    assert will_change(app_task("docs"), {"docs": own}) is changes


@pytest.mark.parametrize(
    ("bot", "changes"), [(plan(THERE), True), (plan(CREATE), False), (plan(WAITS), False)]
)
def test_what_leaves_will_change_only_when_what_takes_its_place_is_there(
    bot: AppAssessment, changes: bool
) -> None:
    plans = {"docs@old": plan(CREATE), "docs": plan(THERE), "bot": bot}

    assert will_change(LEAVES, plans) is changes


def test_what_leaves_will_not_change_when_its_successor_is_not_looked_at() -> None:
    assert not will_change(LEAVES, {"docs@old": plan(CREATE), "docs": plan(THERE)})


@pytest.mark.parametrize(
    ("own", "waits"),
    [
        (plan(THERE, THERE), False),
        (plan(THERE, WAITS, CREATE), True),
        (plan(THERE, CREATE, WAITS), False),
        (plan(), False),
    ],
)
def test_a_plan_has_to_wait_where_something_is_waited_for_before_its_first_change(
    own: AppAssessment, waits: bool
) -> None:
    assert has_to_wait(own) is waits


def test_people_read_by_their_titles_what_it_waits_for() -> None:
    task = hub_task(app_task("docs"), LEAVES, others=(app_task("bot"),))

    assert why_not_yet(LEAVES, task) == (
        "Stays online as it is until Docs and Bot are live in their new places."
    )


def test_and_by_its_id_where_nobody_knows_its_title() -> None:
    leaves = app_task("docs@old", after=("docs",))

    assert "until docs is live in its new place" in why_not_yet(leaves, hub_task(leaves))
