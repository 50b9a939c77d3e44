"""Which apps a run looks at: one that is named, or all but those that failed for good."""

from datetime import timedelta

import pytest

from provisioner.engine.scope import only_app, without_given_up
from provisioner.engine.tasks import HubTask
from provisioner.errors import ConfigurationError
from provisioner.models.run import AppRecord, StepState
from tests.unit.engine.given import NOW, app_record, app_task, hub_task, run_of, step_record

TASK = hub_task(app_task("docs"), app_task("bot"), app_task("docs@old"))
FAILED = app_record("docs", step_record(), step_record(StepState.FAILED))


def looked_at(task: HubTask) -> list[str]:
    return [app.id for app in task.apps]


def left(task: HubTask) -> list[str]:
    return [app.id for app in task.others]


def test_one_app_comes_with_what_it_leaves_behind_and_the_others_are_kept_apart() -> None:
    narrowed = only_app(TASK, "docs")

    assert looked_at(narrowed) == ["docs", "docs@old"]
    assert left(narrowed) == ["bot"]


def test_what_was_kept_apart_before_stays_so() -> None:
    task = hub_task(app_task("docs"), app_task("bot"), others=(app_task("wiki"),))

    assert left(only_app(task, "docs")) == ["wiki", "bot"]


def test_an_unknown_app_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(ConfigurationError) as raised:
        only_app(hub_task(app_task("docs"), app_task("bot")), "doc")

    assert raised.value.message == "hub nairobi has no app doc"
    assert raised.value.hint == "Name one of: docs, bot."


def test_what_failed_for_good_is_left_until_a_person_or_a_change_asks_for_it() -> None:
    narrowed = without_given_up(TASK, run_of(FAILED))

    assert looked_at(narrowed) == ["bot", "docs@old"]
    assert left(narrowed) == ["docs"]


@pytest.mark.parametrize(
    "app",
    [
        app_record("docs", step_record(StepState.FAILED, wake_at=NOW + timedelta(hours=1))),
        app_record("docs", step_record(StepState.WAITING)),
        app_record("docs", step_record(StepState.CANCELLED)),
    ],
)
def test_what_is_tried_again_by_itself_is_looked_at(app: AppRecord) -> None:
    assert without_given_up(TASK, run_of(app)) == TASK


def test_a_changed_file_has_everything_tried_again() -> None:
    assert without_given_up(TASK, run_of(FAILED, digest="d0")) == TASK


def test_a_new_hub_has_given_up_nothing() -> None:
    assert without_given_up(TASK, None) == TASK


def test_where_everything_failed_for_good_everything_is_looked_at() -> None:
    task = hub_task(app_task("docs"))

    assert without_given_up(task, run_of(FAILED)) == task


def test_what_an_app_left_behind_is_no_name_to_choose() -> None:
    task = hub_task(app_task("docs"), app_task("docs@old"))

    with pytest.raises(ConfigurationError) as raised:
        only_app(task, "docs@old")

    assert raised.value.hint == "Name one of: docs."
