"""How the deployment that counts stands to what visitors get."""

import pytest

from provisioner.actions.support.deployments import Standing, serving
from provisioner.models.remote import Deployment, DeploymentState
from tests.unit.actions.hosted import COPY_ID, Hosted, app, build, failed, readers
from tests.unit.actions.support.standing import BEFORE, DEAD_COPY, NOW, judged, of_copy


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
