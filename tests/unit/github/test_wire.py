"""GitHub's payloads: what is promised is read, what is missing is named, the rest is tolerated."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.answers import MOST_WAIT, Answer, Call, parsed
from provisioner.errors import UnexpectedResponse
from provisioner.github import wire

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CALL = Call("GitHub", "GET", "GET /x")

REPOSITORY: dict[str, Any] = {
    "id": 1,
    "full_name": "nairobi-commons/nairobi--docs",
    "owner": {"login": "nairobi-commons"},
    "default_branch": "main",
}
PULL: dict[str, Any] = {
    "number": 7,
    "state": "closed",
    "user": {"login": "amina-k"},
    "head": {"ref": "hub", "sha": "a1", "repo": {"full_name": "amina-k/hubs"}},
    "base": {"ref": "main", "sha": "b2"},
    "merged_at": "2026-03-01T12:00:00Z",
    "merge_commit_sha": "c3",
}
FILE = {"type": "file", "encoding": "base64", "content": "YQ==", "sha": "d4"}

PROMISED: list[tuple[Callable[[Any], object], dict[str, Any], list[str]]] = [
    (wire.repository, REPOSITORY, ["id", "full_name", "owner", "owner.login", "default_branch"]),
    (wire.owner_and_name, REPOSITORY, ["owner.login", "full_name"]),
    (wire.branch_head, {"commit": {"sha": "a1"}}, ["commit", "commit.sha"]),
    (wire.account, {"login": "amina-k", "type": "User"}, ["login", "type"]),
    (wire.pull_request, PULL, ["number", "state", "head", "head.ref", "head.sha", "base.sha"]),
    (wire.changed_file, {"filename": "a", "status": "added"}, ["filename", "status"]),
    (wire.comment, {"id": 1, "user": None, "body": "x"}, ["id"]),
    (wire.file_content, FILE, ["type", "content", "sha"]),
    (wire.blob_written, {"content": {"sha": "a1"}}, ["content.sha"]),
    (wire.object_id, {"sha": "a1"}, ["sha"]),
]


def without(payload: dict[str, Any], path: str) -> dict[str, Any]:
    cut = deepcopy(payload)
    *above, last = path.split(".")
    inner = cut
    for name in above:
        inner = inner[name]
    del inner[last]
    return cut


@pytest.mark.parametrize(
    ("parse", "payload", "path"),
    [(parse, payload, path) for parse, payload, paths in PROMISED for path in paths],
    ids=lambda one: getattr(one, "__name__", one) if not isinstance(one, dict) else "",
)
def test_a_missing_field_is_named(
    parse: Callable[[Any], object], payload: dict[str, Any], path: str
) -> None:
    with pytest.raises(UnexpectedResponse, match=f"without `{path}`"):
        parsed(CALL, without(payload, path), parse)


@pytest.mark.parametrize(
    ("parse", "payload", "_paths"), PROMISED, ids=lambda one: getattr(one, "__name__", "")
)
def test_unknown_fields_change_nothing(
    parse: Callable[[Any], object], payload: dict[str, Any], _paths: list[str]
) -> None:
    assert parse({**payload, "new_in_2027": {"deep": [1]}}) == parse(payload)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(PROMISED), st.data())
def test_whatever_stands_in_a_field_it_is_read_or_said_to_be_unexpected(
    promised: tuple[Callable[[Any], object], dict[str, Any], list[str]], data: st.DataObject
) -> None:
    parse, payload, _ = promised
    name = data.draw(st.sampled_from(sorted(payload)))
    with suppress(UnexpectedResponse):
        parsed(CALL, {**payload, name: data.draw(JSON)}, parse)


def test_a_fork_names_its_parent_and_a_template_copy_its_template() -> None:
    fork = {**REPOSITORY, "fork": True, "parent": {"full_name": "example-network/docs-site"}}
    copy = {**REPOSITORY, "template_repository": {"full_name": "example-network/docs-site"}}

    assert wire.repository(fork).parent == "example-network/docs-site"
    assert wire.repository(copy).template == "example-network/docs-site"
    assert wire.repository({**fork, "fork": False}).parent is None


def test_who_has_left_github_is_a_ghost() -> None:
    assert wire.comment({"id": 1, "user": None, "body": None}).author == "ghost"
    assert wire.pull_request({**PULL, "user": None, "head": {**PULL["head"], "repo": None}})


def test_what_is_no_plain_file_is_unexpected() -> None:
    for other in ({**FILE, "type": "symlink"}, {**FILE, "encoding": "none"}, [FILE]):
        with pytest.raises(UnexpectedResponse):
            parsed(CALL, other, wire.file_content)


def test_a_folder_gives_its_plain_files() -> None:
    folder = [{"name": "a.json", "type": "file"}, {"name": "old", "type": "dir"}]
    assert wire.file_names(folder) == ["a.json"]
    assert wire.file_names(FILE) == []


def test_a_list_of_commits_gives_its_first_one() -> None:
    committer = {"date": "2026-03-03T14:00:00Z"}
    commit = {"sha": "a1", "commit": {"message": "Hub (#7)", "committer": committer}}

    (found,) = wire.first_commit([commit, {}])

    assert (found.sha, found.message) == ("a1", "Hub (#7)")
    assert found.committed_at == datetime(2026, 3, 3, 14, tzinfo=UTC)
    assert wire.first_commit([]) == ()


def test_a_tree_that_was_cut_is_no_tree() -> None:
    entry = {"path": "nairobi.yaml", "mode": "100644", "type": "blob", "sha": "b1", "size": 7}
    whole = wire.tree({"tree": [entry], "truncated": False})

    assert whole is not None
    assert whole.entries["nairobi.yaml"].is_file
    assert wire.tree({"tree": [entry], "truncated": True}) is None
    with pytest.raises(KeyError):
        wire.tree({"tree": [entry]})


def test_what_github_says_of_single_fields_is_part_of_its_words() -> None:
    body = {"message": "Validation Failed", "errors": [{"message": "name is taken"}, "and more"]}
    refusal = wire.refusal_of(Answer(422, {}, json.dumps(body)), NOW)
    assert refusal.message == "Validation Failed: name is taken: and more"


@given(
    st.sampled_from([400, 401, 403, 404, 422, 429, 500]),
    st.dictionaries(
        st.sampled_from(["x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"]), st.text()
    ),
    st.one_of(st.text(), JSON.map(json.dumps)),
)
def test_whatever_a_refusal_looks_like_it_can_be_read(
    status: int, headers: dict[str, str], text: str
) -> None:
    refusal = wire.refusal_of(Answer(status, headers, text), NOW)
    assert refusal.retry_after is None or 1 <= refusal.retry_after <= MOST_WAIT


@pytest.mark.parametrize(
    "reset", ["0", "9" * 15, "9" * 16, "9" * 400, "9" * 5_000, "1.5", "-1", ""]
)
def test_whatever_stands_at_the_head_of_an_answer_the_wait_can_be_waited(reset: str) -> None:
    told = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}

    left = wire.remaining_of(Answer(200, told, ""))

    assert left is None or 0 <= left.resets_in(NOW) <= MOST_WAIT


def test_a_renamed_file_is_known_by_its_old_path_too() -> None:
    payload = {
        "filename": "hubs/kisumu.yaml",
        "status": "renamed",
        "sha": "b1",
        "previous_filename": "hubs/nairobi.yaml",
    }
    found = wire.changed_file(payload)
    assert (found.path, found.status, found.sha) == ("hubs/kisumu.yaml", "renamed", "b1")
    assert found.previous_path == "hubs/nairobi.yaml"
    assert wire.changed_file({"filename": "a", "status": "added"}).previous_path is None
