"""Which deployment counts: made with the present variables and settings, or not at all."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.support.deployments import Standing, current, is_bad, serving
from provisioner.actions.support.ownership import REPOSITORY_LABEL
from provisioner.hosting.base import MARK
from provisioner.models.app import DesiredApp
from provisioner.models.catalog import BuildSettings
from provisioner.models.remote import Deployment, DeploymentState
from tests.unit.actions.hosted import COPY_ID, Hosted, app, build, failed, readers, variable

DEAD_COPY = 6
NOW = app(env={"SITE_TITLE": "Karibu"})
BEFORE = app(env={"SITE_TITLE": "Karibu", "SITE_LANGUAGE": "sw"})


def judged(
    *builds: Deployment,
    variables_at: float = 0,
    of: DesiredApp = NOW,
    serving: str | None = None,
    unlisted: Sequence[Deployment] = (),
) -> tuple[str, Standing] | None:
    """The one that counts, and how it stands. The journal has the id of each unlisted one."""
    held = [variable("SITE_TITLE", "Karibu", variables_at, NOW), variable(MARK, "x", 1_000)]
    hosted = Hosted(builds=list(builds), held=held, serving=serving, unlisted=list(unlisted))
    project = hosted.project("nairobi", "nairobi--docs")
    assert project is not None
    made = (*(item.id for item in unlisted), "dpl_gone")
    chosen = current(of, project, readers(hosted), made)
    return (chosen.deployment.id, chosen.standing) if chosen else None


def found(*builds: Deployment, variables_at: float = 0, of: DesiredApp = NOW) -> str | None:
    chosen = judged(*builds, variables_at=variables_at, of=of)
    return chosen[0] if chosen else None


def of_copy(number: int, deployment: Deployment) -> Deployment:
    """It says that it was made from this copy."""
    labels = {**deployment.labels, REPOSITORY_LABEL: str(number)}
    return deployment.model_copy(update={"labels": labels})


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


def test_what_visitors_get_is_live_if_it_has_the_present_inputs() -> None:
    first, second = build("first", 1, NOW), build("second", 2, NOW)

    assert judged(first, second, serving="first") == ("first", Standing.LIVE)
    assert judged(first, second, serving="second") == ("second", Standing.LIVE)
    assert judged(first, build("pushed", 2), serving="pushed") == ("pushed", Standing.LIVE)


def test_an_earlier_one_with_the_present_inputs_is_live_whatever_was_made_since() -> None:
    first, other = build("first", 1, NOW), build("other", 2, BEFORE)

    assert judged(first, other, serving="first") == ("first", Standing.LIVE)


def test_an_earlier_one_with_other_inputs_has_taken_the_place_of_the_present_one() -> None:
    first, second = build("first", 1, BEFORE), build("second", 2, NOW)

    assert judged(first, second, serving="first") == ("second", Standing.REPLACED)


def test_an_earlier_one_from_another_copy_has_taken_the_place_of_the_present_one() -> None:
    first = of_copy(DEAD_COPY, build("first", 1, NOW))
    second = of_copy(COPY_ID, build("second", 2, NOW))

    assert judged(first, second, serving="first") == ("second", Standing.REPLACED)


def test_one_that_may_still_get_the_names_is_waited_for_before_an_older_is_promoted() -> None:
    first, second = build("first", 1, BEFORE), build("second", 2, NOW)
    ready = build("third", 3, aliased=False)

    assert judged(first, second, ready, serving="first") == ("third", Standing.COMING)


def test_a_failed_one_is_told_of_only_where_none_can_be_promoted() -> None:
    first, second = build("first", 1, BEFORE), build("second", 2, NOW)

    assert judged(first, second, failed("third", 3), serving="first") == (
        "second",
        Standing.REPLACED,
    )
    assert judged(first, failed("third", 3, NOW), serving="first") == ("third", Standing.FAILED)


def test_nothing_takes_the_place_of_a_newer_one_of_which_is_not_known_what_it_has() -> None:
    """A variable was set again since: a build of the newest commit has to say which one counts."""
    ours, pushed = build("ours", 1, NOW), build("pushed", 2)

    assert judged(ours, pushed, serving="pushed", variables_at=3) is None


@pytest.mark.parametrize("serving", ["dpl_gone", "broken", "unnamed"])
def test_where_the_host_names_what_cannot_be_online_the_newest_with_the_names_is_live(
    serving: str,
) -> None:
    broken, unnamed = failed("broken", 2), build("unnamed", 3, aliased=False)

    assert judged(build("ours", 1, NOW), broken, unnamed, serving=serving) == (
        "ours",
        Standing.LIVE,
    )


def test_one_that_the_list_lacks_yet_is_found_by_what_the_journal_says_was_made() -> None:
    made = of_copy(COPY_ID, build("made", 3, NOW, state=DeploymentState.BUILDING))
    older = build("older", 1, BEFORE)

    assert judged(unlisted=[made]) == ("made", Standing.COMING)
    assert judged(older, serving="older", unlisted=[made]) == ("made", Standing.COMING)
    assert judged(failed("broken", 2, NOW), unlisted=[made]) == ("made", Standing.COMING)


@pytest.mark.parametrize(
    "made",
    [
        build("anothers", 3, app(id="other", env={"SITE_TITLE": "Karibu"})),
        build("other inputs", 3, BEFORE),
        build("nobody's", 3),
        of_copy(DEAD_COPY, build("other copy", 3, NOW)),
        build("before", 0.5, NOW),
    ],
    ids=lambda item: item.id,
)
def test_what_the_journal_names_counts_for_nothing_by_itself(made: Deployment) -> None:
    assert judged(build("older", 1, BEFORE), unlisted=[made]) is None


def test_what_failed_is_told_whether_it_is_listed_or_not() -> None:
    assert judged(unlisted=[failed("made", 1, NOW)]) == ("made", Standing.FAILED)


def test_what_the_journal_names_is_not_looked_at_where_the_list_has_one() -> None:
    unlisted = [build("made", 3, NOW)]

    assert judged(build("ours", 1, NOW), unlisted=unlisted) == ("ours", Standing.LIVE)


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
    deployment = serving(app(), project, readers(hosted))
    return deployment.id if deployment else None


def test_without_the_project_s_word_the_newest_with_the_names_is_what_visitors_get() -> None:
    pushed = build("pushed", 2, state=DeploymentState.BUILDING)
    assert served(build("older", 1, BEFORE), build("ours", 2, NOW)) == "ours"
    assert served(build("older", 1, BEFORE), pushed) == "older"
    assert served(pushed) is None


@pytest.mark.parametrize(
    ("state", "live"), [(DeploymentState.BUILDING, False), (DeploymentState.CANCELED, True)]
)
def test_what_serves_is_not_live_while_a_newer_one_with_other_inputs_is_on_its_way(
    state: DeploymentState, live: bool
) -> None:
    newer = build("former", 2, BEFORE, state=state)

    standing = judged(build("present", 1, NOW), newer, serving="present")

    assert (standing == ("present", Standing.LIVE)) is live
