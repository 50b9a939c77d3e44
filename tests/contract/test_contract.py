"""What the contract catches, told with a small description of a library of books."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from provisioner.errors import ConfigurationError
from provisioner.sandbox.contract import Contract
from provisioner.sandbox.exchange import Answer, Request

BOOK = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "subtitle": {"type": "string", "nullable": True},
        "language": {"type": "string", "enum": ["en", "sw"]},
        "authors": {"type": "array", "items": {"$ref": "#/components/schemas/author"}},
        "tags": {"type": "object", "additionalProperties": {"type": "string"}},
        "notes": {"type": "object"},
        "sequel": {"$ref": "#/components/schemas/book"},
        "shelf": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"room": {"type": "string"}}},
                {"type": "object", "properties": {"floor": {"type": "integer"}}},
            ]
        },
    },
}
AUTHOR = {"type": "object", "properties": {"name": {"type": "string"}}}


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


LIBRARY = {
    "openapi": "3.0.3",
    "paths": {
        "/books": {
            "get": {
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}},
                    {"name": "lent", "in": "query", "schema": {"type": "boolean"}},
                    {
                        "name": "language",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                ],
                "responses": {"200": _json({"type": "array", "items": BOOK})},
            },
            "post": {
                "requestBody": {"required": True, **_json(BOOK)},
                "responses": {"201": _json(BOOK), "404": {}},
            },
        },
        "/books/{id}": {"delete": {"responses": {"204": {}}}},
        "/books/{id}/pages": {"get": {"responses": {"200": _json({"type": "array"})}}},
        "/books/{path}": {"get": {"responses": {"200": _json(BOOK)}}},
    },
    "components": {"schemas": {"book": BOOK, "author": AUTHOR}},
}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    for api in ("github", "vercel"):
        (tmp_path / f"{api}.json").write_text(json.dumps(LIBRARY), encoding="utf-8")
    return Contract(tmp_path)


def _exchange(
    contract: Contract,
    method: str,
    target: str,
    *,
    sent: object = None,
    status: int = 200,
    answered: object = None,
) -> list[str]:
    path, _, query = target.partition("?")
    body = b"" if sent is None else json.dumps(sent).encode()
    given = b"" if answered is None else json.dumps(answered).encode()
    headers = (("Content-Type", "application/json; charset=utf-8"),)
    contract.check("github", Request(method, path, query, {}, body), Answer(status, headers, given))
    return list(contract.report()["violations"])


def _sent(contract: Contract, body: object) -> list[str]:
    return _exchange(contract, "POST", "/books", sent=body, status=201, answered={"title": "A"})


def _answered(contract: Contract, body: object, status: int = 201) -> list[str]:
    return _exchange(contract, "POST", "/books", sent={"title": "A"}, status=status, answered=body)


def test_an_exchange_that_follows_the_description_is_counted_and_faultless(
    contract: Contract,
) -> None:
    book = {
        "title": "A",
        "subtitle": None,
        "authors": [{"name": "B"}],
        "tags": {"any": "word"},
        "notes": {"whatever": [1, 2]},
        "sequel": {"title": "A again"},
        "shelf": {"room": "north"},
    }

    assert _exchange(contract, "POST", "/books", sent=book, status=201, answered=book) == []
    assert contract.report()["validated"] == 1


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"title": "A", "titel": "B"}, "body: `titel` is not described"),
        ({"title": "A", "authors": [{"nmae": "B"}]}, "body: `authors[0].nmae` is not described"),
        ({"title": "A", "sequel": {"title": "B", "x": 1}}, "body: `sequel.x` is not described"),
        ({"title": "A", "shelf": {"rom": "north"}}, "body: `shelf.rom` is not described"),
        ({"title": 1}, "body: `title`: 1 is not of type 'string'"),
        ({}, "body: `the whole`: 'title' is a required property"),
        ({"title": "A", "language": "xx"}, "'xx' is not one of ['en', 'sw']"),
        ({"title": "A", "tags": {"any": 1}}, "body: `tags.any`: 1 is not of type 'string'"),
    ],
)
def test_a_body_that_a_client_should_not_send_is_caught(
    contract: Contract, body: object, complaint: str
) -> None:
    (violation,) = _sent(contract, body)

    assert violation.startswith("github: POST /books: request: ")
    assert complaint in violation


def test_a_body_that_is_missing_or_is_not_json_is_caught(contract: Contract) -> None:
    _exchange(contract, "POST", "/books", status=404)
    contract.check("github", Request("POST", "/books", "", {}, b"{"), None)

    missing, broken = contract.report()["violations"]
    assert missing == "github: POST /books: request: the body is missing"
    assert "is not of type 'object'" in broken


def test_a_body_where_none_belongs_is_caught_but_an_empty_object_is_none(
    contract: Contract,
) -> None:
    assert _exchange(contract, "DELETE", "/books/1", sent={}, status=204) == []

    (violation,) = _exchange(contract, "DELETE", "/books/1", sent={"force": True}, status=204)
    assert "sends a body where none is described" in violation


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("language=en&page=2", "query parameter `page` is not described"),
        ("language=en&limit=10", "query `limit`: `the whole`: 10 is greater than the maximum of 9"),
        ("language=en&limit=many", "query `limit`: `the whole`: 'many' is not of type 'integer'"),
        ("language=en&lent=perhaps", "'perhaps' is not of type 'boolean'"),
        ("limit=3", "query parameter `language` is missing"),
    ],
)
def test_a_query_that_is_not_described_is_caught(
    contract: Contract, query: str, complaint: str
) -> None:
    (violation,) = _exchange(contract, "GET", f"/books?{query}", answered=[])

    assert complaint in violation


def test_a_query_that_is_described_is_read_as_the_type_it_stands_for(contract: Contract) -> None:
    assert _exchange(contract, "GET", "/books?language=en&limit=9&lent=true", answered=[]) == []


@pytest.mark.parametrize(
    ("method", "path", "complaint"),
    [
        ("GET", "/bookz", "github: GET /bookz: no such path"),
        ("PATCH", "/books", "github: PATCH /books: the method is not described"),
    ],
)
def test_a_path_or_method_that_is_not_described_is_caught(
    contract: Contract, method: str, path: str, complaint: str
) -> None:
    assert _exchange(contract, method, path) == [complaint]


@pytest.mark.parametrize(
    ("body", "status", "complaint"),
    [
        ({"title": "A", "titel": "B"}, 201, "answer 201: `titel` is not described"),
        ({"subtitle": "B"}, 201, "answer 201: `the whole`: 'title' is a required property"),
        ([], 201, "answer 201: `the whole`: [] is not of type 'object'"),
        ({"title": None}, 201, "answer 201: `title`: None for not nullable"),
        ({"title": "A"}, 202, "answer 202: the status is not described"),
    ],
)
def test_an_answer_that_the_service_would_not_give_is_caught(
    contract: Contract, body: object, status: int, complaint: str
) -> None:
    (violation,) = _answered(contract, body, status)

    assert complaint in violation


def test_an_answer_with_a_body_where_none_is_described_is_caught(contract: Contract) -> None:
    (violation,) = _exchange(contract, "DELETE", "/books/1", status=204, answered={"ok": True})

    assert violation == "github: DELETE /books/{id}: answer 204: has a body where none is described"


def test_the_same_wrong_answer_is_caught_each_time(contract: Contract) -> None:
    _answered(contract, {"titel": "A"})
    once = len(contract.report()["violations"])

    assert len(_answered(contract, {"titel": "A"})) == 2 * once


def test_a_path_parameter_may_hold_slashes_and_the_most_literal_template_wins(
    contract: Contract,
) -> None:
    assert _exchange(contract, "GET", "/books/1/pages", answered=[1]) == []
    assert _exchange(contract, "GET", "/books/shelf/1/a", answered={"title": "A"}) == []


def test_without_descriptions_nothing_is_judged_but_broken_stand_ins_are_noted() -> None:
    contract = Contract(None)
    contract.check("github", Request("GET", "/bookz", "", {}), Answer(200))
    contract.note("github: GET /x broke")

    assert contract.report() == {"validated": 0, "violations": ["github: GET /x broke"]}


def test_a_folder_without_descriptions_is_refused_with_a_fix(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Contract(tmp_path)

    assert "github.json" in caught.value.message
    assert "github.json and vercel.json" in caught.value.hint
