"""What Vercel says of a deployment, in the forms that its answers come in."""

from typing import Any

import pytest

from provisioner.hosting.vercel.deployment_wire import deployment, log_lines
from provisioner.models.remote import DeploymentState

SINGLE: dict[str, Any] = {"id": "dpl_1", "createdAt": 1_790_000_000_000, "readyState": "READY"}
LISTED: dict[str, Any] = {"uid": "dpl_1", "created": 1_790_000_000_000, "state": "READY"}


@pytest.mark.parametrize("payload", [SINGLE, LISTED])
def test_a_single_read_and_a_list_say_the_same(payload: dict[str, Any]) -> None:
    found = deployment({**payload, "aliasAssigned": 1_790_000_000_000})

    assert (found.id, found.state, found.aliased) == ("dpl_1", DeploymentState.READY, True)
    assert found.created_at.year == 2026


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ({"meta": {"githubRepoId": "9"}}, 9),
        ({"gitSource": {"repoId": 9}}, 9),
        ({"meta": {"githubRepoId": "nine"}}, None),
        ({}, None),
    ],
)
def test_the_repository_that_it_was_built_from_is_read_where_it_is_told(
    told: dict[str, Any], number: int | None
) -> None:
    assert deployment({**SINGLE, **told}).repository_id == number


@pytest.mark.parametrize("assigned", [False, None, 0])
def test_ready_alone_is_not_online(assigned: object) -> None:
    assert not deployment({**SINGLE, "aliasAssigned": assigned}).aliased


@pytest.mark.parametrize("word", ["BREWING", "", None, 7])
def test_a_state_that_nobody_knows_is_still_on_its_way(word: object) -> None:
    found = deployment({**SINGLE, "readyState": word})

    assert (found.state, found.failure) == (DeploymentState.BUILDING, "")


@pytest.mark.parametrize(
    ("fields", "failure"),
    [
        ({"readyState": "BLOCKED"}, "BLOCKED"),
        ({"readyState": "BLOCKED", "seatBlock": {"blockCode": "TEAM_ACCESS"}}, "TEAM_ACCESS"),
        ({"readyState": "ERROR"}, "the build failed"),
        ({"readyState": "ERROR", "errorCode": "X", "errorMessage": None}, "X"),
        ({"aliasError": {"code": "c", "message": "no"}}, "its names could not be set: no"),
        ({"checksConclusion": "failed"}, "its checks failed"),
        ({"checks": {"deployment-alias": {"state": "failed"}}}, "its checks failed"),
        ({"checks": {"deployment-alias": {"state": "pending"}}, "aliasError": None}, ""),
        ({"checksConclusion": "canceled"}, ""),
    ],
)
def test_why_it_will_never_be_online(fields: dict[str, Any], failure: str) -> None:
    assert deployment({**SINGLE, **fields}).failure == failure


def test_names_made_for_the_team_and_the_branch_are_left_out_and_the_hosts_come_first() -> None:
    names = ["docs.example.org", "hub--docs.vercel.app", "hub--docs-team.vercel.app"]

    found = deployment({**SINGLE, "alias": names, "automaticAliases": names[2:]})

    assert found.aliases == ("hub--docs.vercel.app", "docs.example.org")


def test_settings_that_are_not_told_stay_unset() -> None:
    told = deployment({**SINGLE, "projectSettings": {"framework": None, "nodeVersion": "22.x"}})

    assert told.build is not None
    assert told.build.model_fields_set == {"framework"}
    assert deployment(SINGLE).build is None


def line(text: object, created: int, **fields: object) -> dict[str, Any]:
    return {"type": "stdout", "created": created, "text": text, **fields}


def test_lines_of_the_same_moment_keep_the_order_in_which_they_were_printed() -> None:
    newest_first = [line("third", 2), line("second", 1), line("first", 1)]

    assert log_lines(newest_first) == ("first", "second", "third")


def test_several_lines_in_one_event_stay_together() -> None:
    assert log_lines([line("c", 2), line("a\n\n  b\n", 1)]) == ("a", "  b", "c")


def test_events_that_hold_nothing_are_left_out() -> None:
    older = {"type": "stdout", "created": 2, "payload": {"text": "within"}}
    events = [older, None, line(None, 1), {"type": "delimiter", "created": 0, "payload": None}]

    assert log_lines(events) == ("within",)
    assert log_lines(None) == ()


@pytest.mark.parametrize(
    ("told", "commit"),
    [
        ({"meta": {"githubCommitSha": "c1"}, "gitSource": {"sha": "c2"}}, "c1"),
        ({"meta": {"githubCommitSha": "c1"}}, "c1"),
        ({"gitSource": {"sha": "c2"}}, "c2"),
        ({}, None),
    ],
)
def test_the_commit_is_read_where_it_is_told(told: dict[str, Any], commit: str | None) -> None:
    assert deployment({**SINGLE, **told}).commit == commit


def test_a_build_that_was_cancelled_says_so() -> None:
    for word in ("CANCELED", "DELETED"):
        assert deployment({**SINGLE, "readyState": word}).failure == "the build was cancelled"


def test_the_time_of_a_line_is_read_wherever_it_is_told() -> None:
    events = [
        {"text": "fourth", "created": 4, "date": 1},
        {"text": "second", "date": 2, "payload": {"date": 9}},
        {"payload": {"text": "third", "date": 3}},
        {"text": "half", "created": 0.5},
        {"text": "without a time"},
    ]
    assert log_lines(events) == ("without a time", "half", "second", "third", "fourth")
