"""What is to be done for a hub: nothing leaves, and nothing is claimed, unless it is said."""

from tests.unit.engine.given import app_task, hub_task


def test_an_app_stays_and_waits_for_nobody_unless_it_is_said() -> None:
    app = app_task("docs")

    assert not app.retiring
    assert (app.takes, app.releases, app.after, app.planning) == ((), (), (), ())


def test_a_hub_stays_and_its_owners_are_unknown_unless_it_is_said() -> None:
    task = hub_task()

    assert not task.retiring
    assert task.maintainers is None
    assert (task.others, task.notes, task.network_maintainers) == ((), (), ())
