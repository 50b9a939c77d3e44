"""Which build of a project is ours with the present inputs, which is newer, and what is neither."""

from typing import Any

import pytest

from provisioner.actions.support.build_history import (
    History,
    deployment_of,
    has_present_inputs,
    history,
    is_from,
    unlisted,
)
from provisioner.actions.support.ownership import INPUTS_LABEL, LABEL, REPOSITORY_LABEL
from provisioner.errors import Effect, RemoteError
from provisioner.models.remote import Deployment, Project
from tests.unit.actions.hosted import COPY_ID, Hosted, app, build, readers

SITE, FORMER = app(env={"SITE_TITLE": "Nairobi"}), app(env={"SITE_TITLE": "Old"})
PROJECT = Project(id="prj_1", name=SITE.project, repository_id=COPY_ID)
ELSEWHERE: dict[str, Any] = {"repository_id": 99}


def past(*builds: Deployment) -> History:
    return history(SITE, PROJECT, readers(Hosted(builds=list(builds))))


def test_a_project_that_was_never_built_has_no_history() -> None:
    assert past() == History()


def test_our_newest_build_with_the_present_inputs_is_ours() -> None:
    old, new = build("d1", 1, of=SITE), build("d2", 2, of=SITE)

    assert past(old, new) == History(ours=new)


def test_a_newer_one_with_other_inputs_is_the_one_that_counts() -> None:
    ours, other = build("d1", 1, of=SITE), build("d2", 2, of=FORMER)

    assert past(ours, other) == History(other=other)
    assert past(other.model_copy(update={"created_at": ours.created_at}), ours) == History(
        other=other.model_copy(update={"created_at": ours.created_at})
    )


def test_what_the_host_built_since_then_is_told_the_newest_first() -> None:
    ours, first, second = build("d1", 1, of=SITE), build("d2", 2), build("d3", 3)

    assert past(first, ours, second) == History((second, first), ours=ours)


def test_what_it_built_before_is_not() -> None:
    assert past(build("d1", 1), build("d2", 2, of=SITE)).by_itself == ()


def test_a_project_that_only_the_host_built_has_none_of_ours() -> None:
    only = build("d1", 1)

    assert past(only) == History((only,))


def test_what_was_built_from_another_repository_is_left_out() -> None:
    ours = build("d1", 1, of=SITE)

    assert past(ours, build("d2", 2, **ELSEWHERE)) == History(ours=ours)


def test_one_of_ours_from_another_repository_ends_the_history_all_the_same() -> None:
    older, moved = build("d1", 1, of=SITE), build("d2", 2, of=SITE, **ELSEWHERE)
    by_itself = build("d3", 3)

    assert past(older, moved, by_itself) == History((by_itself,))


def test_the_last_of_ours_is_the_one_that_ended_the_history() -> None:
    ours, other = build("d1", 1, of=SITE), build("d2", 2, of=FORMER)

    assert History(ours=ours).last_of_ours == ours
    assert History(other=other).last_of_ours == other
    assert History().last_of_ours is None


@pytest.mark.parametrize(
    ("told", "here"),
    [
        ({}, True),
        ({"repository_id": COPY_ID}, True),
        ({"repository_id": 99}, False),
        ({"labels": {REPOSITORY_LABEL: str(COPY_ID)}}, True),
        ({"labels": {REPOSITORY_LABEL: "99"}}, False),
        ({"labels": {REPOSITORY_LABEL: str(COPY_ID)}, "repository_id": 99}, False),
        ({"labels": {REPOSITORY_LABEL: "99"}, "repository_id": COPY_ID}, False),
    ],
)
def test_a_build_is_from_here_unless_something_says_otherwise(
    told: dict[str, Any], here: bool
) -> None:
    assert is_from(PROJECT, build("d1", 1, **told)) is here


def test_a_project_that_is_connected_to_nothing_takes_every_build() -> None:
    connected_to_nothing = PROJECT.model_copy(update={"repository_id": None})

    assert is_from(connected_to_nothing, build("d1", 1, **ELSEWHERE))


@pytest.mark.parametrize(
    ("item", "present"),
    [
        (build("d1", 1, of=SITE), True),
        (build("d1", 1, of=FORMER), False),
        (build("d1", 1), False),
        (build("d1", 1, of=SITE, **ELSEWHERE), False),
    ],
    ids=["ours", "other inputs", "the host's own", "another repository"],
)
def test_a_build_has_the_present_inputs_where_it_says_so_itself(
    item: Deployment, present: bool
) -> None:
    assert has_present_inputs(SITE, PROJECT, item) is present


def missed(*made: Deployment, last: History | None = None) -> list[str]:
    """Which of what was made is found although no list has it."""
    hosted = Hosted(unlisted=list(made))
    ids = tuple(item.id for item in made)
    found = unlisted(SITE, PROJECT, readers(hosted), last or History(), (*ids, "gone"))
    return [item.id for item in found]


def test_what_a_list_lacks_yet_is_found_by_its_id() -> None:
    assert missed(build("d1", 1, of=SITE), build("d2", 2, of=SITE)) == ["d1", "d2"]


@pytest.mark.parametrize("minutes", [1, 2, 3])
def test_only_what_is_newer_than_all_that_is_listed_of_ours_counts(minutes: int) -> None:
    listed = History(ours=build("d0", 2, of=SITE))

    assert missed(build("d1", minutes, of=SITE), last=listed) == (["d1"] if minutes > 2 else [])


@pytest.mark.parametrize(
    "item",
    [
        build("d1", 1),
        build("d1", 1, of=FORMER),
        build("d1", 1, of=SITE, **ELSEWHERE),
        build("d1", 1, labels={**build("d0", 0, of=SITE).labels, LABEL: "mombasa/docs"}),
        build("d1", 1, labels={LABEL: "nairobi/docs", INPUTS_LABEL: "other"}),
    ],
    ids=["unlabelled", "other inputs", "another repository", "another hub's", "odd inputs"],
)
def test_an_id_in_the_journal_proves_nothing(item: Deployment) -> None:
    assert missed(item) == []


def test_a_deployment_that_is_not_there_is_none_and_any_other_trouble_is_raised() -> None:
    class Away(Hosted):
        def deployment(self, team: str, deployment_id: str) -> Deployment:
            raise RemoteError("away", service="Vercel", effect=Effect.NONE, status=503)

    assert deployment_of(SITE, "d1", readers(Hosted())) is None
    with pytest.raises(RemoteError):
        deployment_of(SITE, "d1", readers(Away()))
