"""Vercel's payloads and refusals: the promised is read, the missing named, echoes are dropped."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.answers import MOST_WAIT, Answer, Call, parsed
from provisioner.errors import UnexpectedResponse
from provisioner.hosting.base import MARK
from provisioner.hosting.vercel import variable_wire, wire
from provisioner.models.app import BuildSettings
from provisioner.models.remote import Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
EPOCH = NOW.timestamp()
CALL = Call("Vercel", "GET", "GET /x")

LINK = {"org": "nairobi-commons", "repo": "nairobi--docs", "repoId": 9, "productionBranch": "main"}
PROJECT: dict[str, Any] = {"id": "prj_1", "name": "nairobi--docs", "link": LINK}
VARIABLE: dict[str, Any] = {"id": "v1", "key": "SITE_TITLE", "type": "encrypted"}
SENT = {"SITE_TITLE", "TELEGRAM_TOKEN"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def refusal(body: object, status: int = 400) -> wire.Refusal:
    return wire.refusal_of(Answer(status, {}, json.dumps(body)))


def test_a_project_is_read_with_its_link() -> None:
    project = parsed(CALL, {**PROJECT, "buildCommand": "make", "new": 1}, wire.project)

    assert project.repository == "nairobi-commons/nairobi--docs"
    assert (project.repository_id, project.production_branch) == (9, "main")
    assert project.build == BuildSettings(build_command="make")
    assert project.serving is None


def test_a_project_names_the_deployment_that_its_production_names_lead_to() -> None:
    payload = {**PROJECT, "targets": {"production": {"id": "dpl_1", "alias": ["a.vercel.app"]}}}
    assert parsed(CALL, payload, wire.project).serving == "dpl_1"


@pytest.mark.parametrize("link", [None, {}, {"org": "x"}, {"type": "github"}])
def test_a_project_without_a_repository_has_none(link: object) -> None:
    assert parsed(CALL, {**PROJECT, "link": link}, wire.project).repository is None


def test_a_repository_of_another_service_is_no_missing_one() -> None:
    gitlab = {"type": "gitlab", "projectNamespace": "x", "projectName": "y"}

    assert parsed(CALL, {**PROJECT, "link": gitlab}, wire.project).repository is not None


def test_a_project_is_made_with_its_mark_and_read_with_it() -> None:
    (sent,) = wire.mark_body("nairobi/docs")["environmentVariables"]
    shown = {"id": "v1", "createdAt": EPOCH * 1000, "updatedAt": EPOCH * 2000, **sent}

    project = parsed(CALL, {**PROJECT, "env": [{"key": "OTHER"}, shown]}, wire.project)

    assert project.mark == Mark(app="nairobi/docs", made_at=NOW)


@pytest.mark.parametrize(
    "held",
    [[], None, [{"key": MARK, "type": "sensitive", "value": ""}], [{"key": MARK}]],
    ids=["none", "not told", "hidden", "of no type"],
)
def test_a_mark_that_is_not_shown_is_none(held: object) -> None:
    assert parsed(CALL, {**PROJECT, "env": held}, wire.project).mark is None


def test_a_project_without_a_mark_is_made_without_variables() -> None:
    assert wire.mark_body("") == {}


@pytest.mark.parametrize("name", ["id", "name"])
def test_a_project_without_its_name_is_unexpected(name: str) -> None:
    payload = {key: value for key, value in PROJECT.items() if key != name}
    with pytest.raises(UnexpectedResponse, match=f"without `{name}`"):
        parsed(CALL, payload, wire.project)


@given(st.sampled_from([wire.project, variable_wire.variable]), st.data())
def test_whatever_stands_in_a_field_it_is_read_or_said_to_be_unexpected(
    parse: Any, data: st.DataObject
) -> None:
    known = PROJECT if parse is wire.project else VARIABLE
    extra = ["paused", "targets", "target", "comment", "updatedAt", "framework", "env"]
    name = data.draw(st.sampled_from([*known, *extra]))
    with suppress(UnexpectedResponse):
        parsed(CALL, {**known, name: data.draw(JSON)}, parse)


@pytest.mark.parametrize(
    ("body", "status", "wait"),
    [
        ({"error": {"limit": {"reset": EPOCH + 90}}}, 429, 90.0),
        ({"error": {"limit": {"resetMs": (EPOCH + 90) * 1000, "reset": 1}}}, 429, 90.0),
        ({"error": {"limit": {"reset": EPOCH + 90}}}, 402, 90.0),
        ({"error": {"limit": {"reset": EPOCH - 90}}}, 429, 1.0),
        ({"error": {"limit": {}}}, 429, 60.0),
        ({"error": {"limit": "soon"}}, 429, 60.0),
        ({}, 429, 60.0),
        ({"error": {"code": "bad_request"}}, 400, None),
    ],
)
def test_a_limit_says_when_it_resets(body: object, status: int, wait: float | None) -> None:
    assert wire.limit_wait(refusal(body), status, NOW) == wait


@given(st.one_of(JSON.map(json.dumps), st.text()), st.sampled_from([400, 402, 429, 500]))
def test_whatever_a_refusal_looks_like_it_can_be_read(text: str, status: int) -> None:
    wait = wire.limit_wait(wire.refusal_of(Answer(status, {}, text)), status, NOW)
    assert wait is None or 1 <= wait <= MOST_WAIT


@given(JSON)
def test_whatever_a_limit_holds_the_wait_can_be_waited(limit: object) -> None:
    body = {"error": {"limit": {"reset": limit, "resetMs": limit}}}
    wait = wire.limit_wait(refusal(body), 429, NOW)
    assert wait is not None
    assert 1 <= wait <= MOST_WAIT


def test_a_refusal_is_read_with_its_words_and_what_stands_beside_them() -> None:
    found = refusal({"error": {"message": "no", "code": "forbidden"}, "failed": [1]})
    assert (found.message, found.code) == ("no", "forbidden")
    assert found.error == {"message": "no", "code": "forbidden", "failed": [1]}
    assert refusal({"error": {"message": None}}).error == {"message": None}
    assert refusal({"error": "no", "failed": [1]}) == wire.Refusal("", "", {})
    assert refusal([1]) == wire.Refusal("", "", {})


def test_a_mark_without_its_time_is_as_old_as_time() -> None:
    mark = {"key": MARK, "type": "plain", "value": "nairobi/docs"}
    found = wire.project({**PROJECT, "env": [{"key": "X", "type": "plain"}, mark]}).mark
    assert found == Mark(app="nairobi/docs", made_at=datetime.fromtimestamp(0, UTC))


def test_vercels_own_names_stand_before_the_hubs_and_those_of_the_team_are_left_out() -> None:
    names = ["docs.example.org", "hub--docs.vercel.app", "hub--docs-team.vercel.app"]
    told = {"alias": names, "automaticAliases": names[2:]}
    assert wire.production_names(told) == ("hub--docs.vercel.app", "docs.example.org")
    assert wire.production_names({"alias": None, "automaticAliases": None}) == ()


def test_only_the_settings_that_are_stated_are_sent() -> None:
    stated = BuildSettings(framework="hugo", build_command="make")
    assert wire.build_body(stated) == {"framework": "hugo", "buildCommand": "make"}
    assert wire.build_body(BuildSettings()) == {}
    assert wire.repository_body("a/b") == {"type": "github", "repo": "a/b"}


def test_a_project_is_read_with_its_settings() -> None:
    found = wire.project({**PROJECT, "framework": "hugo", "rootDirectory": "site", "paused": True})
    assert (found.build.framework, found.build.root_directory) == ("hugo", "site")
    assert (found.paused, wire.project(PROJECT).paused) == (True, False)
