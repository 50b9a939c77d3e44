"""Which deployment counts: made with the present variables and settings, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.deployments import current, is_bad, serving
from provisioner.models.app import DesiredApp
from provisioner.models.catalog import BuildSettings
from provisioner.models.remote import Deployment, DeploymentState
from tests.unit.actions.hosted import Hosted, app, build, failed, readers, variable

NOW = app(env={"SITE_TITLE": "Karibu"})
BEFORE = app(env={"SITE_TITLE": "Karibu", "SITE_LANGUAGE": "sw"})


def found(*builds: Deployment, variables_at: float = 0, of: DesiredApp = NOW) -> str | None:
    hosted = Hosted(builds=list(builds), held=[variable("SITE_TITLE", "Karibu", variables_at, NOW)])
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None
    deployment = current(of, project, readers(hosted))
    return deployment.id if deployment else None


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


def served(*builds: Deployment) -> str | None:
    """What visitors get where the project does not name its deployment."""
    hosted = Hosted(builds=list(builds))
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None
    assert project.serving is None
    deployment = serving("nairobi", project, readers(hosted))
    return deployment.id if deployment else None


def test_without_the_project_s_word_the_newest_with_the_names_is_what_visitors_get() -> None:
    pushed = build("pushed", 2, state=DeploymentState.BUILDING)
    assert served(build("older", 1, BEFORE), build("ours", 2, NOW)) == "ours"
    assert served(build("older", 1, BEFORE), pushed) == "older"
    assert served(pushed) is None
