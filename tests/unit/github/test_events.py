"""What an Actions event says of its commit is read by its form alone, and nothing else is taken."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from provisioner.errors import ConfigurationError
from provisioner.github.events import (
    AT_ONCE,
    MERGE_GROUP,
    PULL_REQUEST,
    CheckedCommit,
    Queued,
    checked_commit,
    queued_pull_request,
)

SHA = "5f0c9e1b7a3d4c2e8f6a1b0d9c8e7f6a5b4c3d2e"
THEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUN: dict[str, Any] = {
    "event": "pull_request",
    "head_repository": {"full_name": "amina-k/hubs"},
    "head_branch": "add-nairobi",
    "head_sha": SHA,
    "run_attempt": 2,
    "created_at": "2026-03-01T12:00:00Z",
}
PULL: dict[str, Any] = {
    "head": {"repo": {"full_name": "amina-k/hubs"}, "ref": "add-nairobi", "sha": SHA}
}


def of_run(**fields: Any) -> CheckedCommit:
    return checked_commit(json.dumps({"workflow_run": {**RUN, **fields}}))


class TestWorkflowRun:
    def test_it_is_read_whole(self) -> None:
        assert of_run() == CheckedCommit(
            "pull_request", "amina-k/hubs", "add-nairobi", SHA, 2, THEN
        )
        assert of_run(event=MERGE_GROUP).kind == "merge_group"

    @pytest.mark.parametrize("attempt", [None, 0, 1])
    def test_without_an_attempt_it_is_the_first(self, attempt: int | None) -> None:
        assert of_run(run_attempt=attempt).attempt == 1

    @pytest.mark.parametrize("repository", [None, {}, {"full_name": None}])
    def test_a_repository_that_is_gone_has_no_name(self, repository: object) -> None:
        assert of_run(head_repository=repository).head_repository == ""

    def test_a_time_that_is_none_is_unknown(self) -> None:
        assert of_run(created_at="soon").started_at is None
        assert of_run(created_at=None).started_at is None

    @pytest.mark.parametrize("field", ["event", "head_branch", "head_sha"])
    @pytest.mark.parametrize("value", [None, "", 5, ["x"]])
    def test_what_it_lacks_makes_it_none(self, field: str, value: object) -> None:
        with pytest.raises(ConfigurationError):
            of_run(**{field: value})


class TestPullRequest:
    def test_it_is_read_as_a_first_attempt_of_no_known_time(self) -> None:
        found = checked_commit(json.dumps({"pull_request": PULL}))
        assert found == CheckedCommit(PULL_REQUEST, "amina-k/hubs", "add-nairobi", SHA, 1, None)

    @pytest.mark.parametrize("repository", [None, {}])
    def test_a_fork_that_is_gone_has_no_name(self, repository: object) -> None:
        head = {**PULL["head"], "repo": repository}
        found = checked_commit(json.dumps({"pull_request": {"head": head}}))
        assert (found.head_repository, found.head_owner) == ("", "")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "{}", '"workflow_run"', '{"pull_request": {}}', '{"push": 1}']
)
def test_any_other_event_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        checked_commit(text)
    assert caught.value.message == "the event is neither a workflow_run nor a pull_request"
    assert "GITHUB_EVENT_PATH" in caught.value.hint


def test_the_owner_of_the_head_is_the_first_part_of_its_name() -> None:
    assert of_run().head_owner == "amina-k"


class TestWhoComesFirst:
    @pytest.mark.parametrize(
        ("apart", "first"),
        [
            (timedelta(), True),
            (AT_ONCE, True),
            (-AT_ONCE, True),
            (AT_ONCE + timedelta(seconds=1), False),
            (-AT_ONCE - timedelta(seconds=1), False),
        ],
    )
    def test_a_run_of_the_opening_comes_within_seconds(self, apart: timedelta, first: bool) -> None:
        assert timedelta(seconds=10) == AT_ONCE
        assert of_run(run_attempt=1).comes_first(THEN + apart) is first

    def test_a_run_that_was_started_again_does_not(self) -> None:
        assert not of_run(run_attempt=2).comes_first(THEN)

    def test_where_a_time_is_unknown_it_does_not(self) -> None:
        assert not of_run(run_attempt=1).comes_first(None)
        assert not of_run(run_attempt=1, created_at=None).comes_first(THEN)


class TestQueue:
    def test_the_branch_names_the_pull_request_and_what_it_stands_on(self) -> None:
        branch = f"gh-readonly-queue/main/pr-104-{SHA}"
        assert queued_pull_request(branch) == Queued(104, SHA)
        assert queued_pull_request(branch.replace("main", "a/b")) == Queued(104, SHA)

    @pytest.mark.parametrize(
        "branch",
        [
            "main",
            f"gh-readonly-queue/main/pr-104-{SHA}x",
            f"x/gh-readonly-queue/main/pr-104-{SHA}",
            f"gh-readonly-queue/main/pr-1234567890-{SHA}",
            f"gh-readonly-queue/main/pr-104-{SHA[:-1]}",
            f"gh-readonly-queue/pr-104-{SHA}",
        ],
    )
    def test_a_name_of_another_form_is_nobodys(self, branch: str) -> None:
        with pytest.raises(ConfigurationError) as caught:
            queued_pull_request(branch)
        assert "a name of an unknown form" in caught.value.message
        assert caught.value.hint == "Merge the pull request without the queue."
