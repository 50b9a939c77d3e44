"""Which deployment counts: made with the present variables and settings, or not at all."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.support.deployments import current, is_bad
from provisioner.models.app import DesiredApp
from provisioner.models.catalog import BuildSettings
from provisioner.models.remote import Deployment, DeploymentState
from tests.unit.actions.hosted import COPY_ID, Hosted, build, failed, readers
from tests.unit.actions.support.standing import BEFORE, DEAD_COPY, NOW, found, of_copy


def test_one_of_ours_with_the_present_inputs_counts() -> None:
    assert found(build("ours", 1, NOW)) == "ours"


def test_one_of_ours_with_other_inputs_does_not() -> None:
    assert found(build("older", 1, BEFORE)) is None


def test_going_back_to_former_inputs_needs_a_new_build() -> None:
    assert found(build("first", 1, NOW), build("second", 2, BEFORE)) is None


def test_one_that_a_push_made_after_ours_counts_and_what_is_live_comes_first() -> None:
    pushed = build("pushed", 2, state=DeploymentState.BUILDING)

    assert found(build("ours", 1, NOW), pushed) == "ours"
    assert found(build("ours", 1, NOW), build("pushed", 2)) == "pushed"


def test_one_that_a_push_made_after_other_inputs_of_ours_does_not() -> None:
    """It may still have the variable that was taken away since."""
    assert found(build("older", 1, BEFORE), build("pushed", 2)) is None


def test_one_that_the_host_made_by_itself_counts_only_after_the_last_variable() -> None:
    assert found(build("created", 1), variables_at=0) == "created"
    assert found(build("created", 1), variables_at=2) is None
    assert found(build("created", 1), variables_at=1) is None


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (None, True),
        (BuildSettings.model_validate({}), True),
        (BuildSettings(framework="vitepress"), True),
        (BuildSettings(framework="astro"), False),
        (BuildSettings(framework=None), False),
    ],
)
def test_one_built_with_other_settings_than_the_catalogs_does_not(
    told: BuildSettings | None, counts: bool
) -> None:
    assert (found(build("by itself", 1, build=told)) is not None) is counts


def test_a_hopeful_one_comes_before_a_failed_one() -> None:
    waiting = build("waiting", 1, state=DeploymentState.QUEUED)

    assert found(waiting, failed("newer", 2)) == "waiting"


def test_without_any_hope_the_newest_failure_is_told() -> None:
    assert found(failed("first", 1, NOW), failed("second", 2)) == "second"


def test_variables_are_not_looked_at_where_nothing_depends_on_them() -> None:
    hosted = Hosted(builds=[build("ours", 1, NOW)])
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None

    current(NOW, project, readers(hosted))

    assert hosted.asked == []


def test_one_that_was_built_from_another_copy_does_not_count() -> None:
    assert found(of_copy(COPY_ID, build("ours", 1, NOW))) == "ours"
    assert found(of_copy(DEAD_COPY, build("ours", 1, NOW))) is None
    assert found(build("pushed", 1, repository_id=COPY_ID)) == "pushed"
    assert found(build("pushed", 1, repository_id=DEAD_COPY)) is None


def test_one_that_does_not_say_from_which_copy_counts_as_before() -> None:
    assert found(build("ours", 1, NOW)) == "ours"
    assert found(build("pushed", 1)) == "pushed"


def test_what_was_built_of_the_former_copy_hides_nothing_of_the_present_one() -> None:
    newer = build("late push", 3, repository_id=DEAD_COPY)

    assert found(of_copy(COPY_ID, build("ours", 1, NOW)), newer) == "ours"


class Long(Hosted):
    """Nobody may read its list beyond the builds it is given."""

    def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
        yield from super().deployments(team, project_id)
        raise AssertionError("read on and on")


@pytest.mark.parametrize("of", [NOW, BEFORE])
def test_a_list_is_not_read_beyond_ours_of_a_former_copy(of: DesiredApp) -> None:
    hosted = Long(builds=[of_copy(DEAD_COPY, build("former", 1, of))])
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None

    assert current(NOW, project, readers(hosted)) is None


def test_one_that_the_host_made_of_the_present_copy_counts_after_ours_of_a_former_one() -> None:
    former = of_copy(DEAD_COPY, build("former", 1, NOW))

    assert found(former, build("pushed", 2, repository_id=COPY_ID)) == "pushed"


@given(st.lists(st.sampled_from(["ours", "other", "push", "broken"]), max_size=6))
def test_nothing_made_with_other_inputs_ever_counts(history: list[str]) -> None:
    make = {
        "ours": lambda number: build(f"ours-{number}", number, NOW),
        "other": lambda number: build(f"other-{number}", number, BEFORE),
        "push": lambda number: build(f"push-{number}", number),
        "broken": lambda number: failed(f"broken-{number}", number, NOW),
    }
    builds = [make[kind](number) for number, kind in enumerate(history, 1)]

    chosen = found(*builds)

    last_other = max((n for n, kind in enumerate(history, 1) if kind == "other"), default=0)
    since = history[last_other:]
    wanted = {"ours", "broken"} if last_other else {"ours", "broken", "push"}
    assert (chosen is not None) is bool(wanted.intersection(since))
    if chosen is not None:
        assert int(chosen.rpartition("-")[2]) > last_other


def test_a_ready_build_whose_names_failed_is_bad() -> None:
    assert is_bad(build("ours", 1, NOW, failure="its names could not be set"))
    assert not is_bad(build("ours", 1, NOW))
