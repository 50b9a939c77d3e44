"""What is wrong with one exchange, by an API's description. Remembers nothing of exchanges.

Needs packages that are tools of tests, so they are imported only on use.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from provisioner.sandbox.descriptions import Description, Operation, Schema
from provisioner.sandbox.deviations import Deviation, allowed, as_described, described_path
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.known_names import KnownNames

if TYPE_CHECKING:
    from openapi_schema_validator import OAS30Validator

MAX_SHOWN = 160
MAX_REMEMBERED = 20_000

_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")
_NAMES = KnownNames()
_VALIDATORS: dict[int, "OAS30Validator"] = {}
# Answers that were judged and found right: polling asks for the same again and again, and the next
# sandbox gives the same on another port, with other times and numbers of as many digits.
_FAULTLESS: set[tuple[int, int, int]] = set()


def judge(
    api: str, description: Description, request: Request, answer: Answer | None
) -> Iterator[str]:
    """What is wrong with an exchange, in sentences; with `answer` None with the request alone."""
    path = described_path(api, request.path)
    operation = description.find(request.method, path)
    if operation is None:
        known = "the method is not described" if description.knows_path(path) else "no such path"
        yield f"{api}: {request.method} {request.path}: {known}"
        return
    place = f"{api}: {operation}"
    yield from (f"{place}: request: {one}" for one in _request(operation, request))
    if answer is not None:
        yield from (f"{place}: {one}" for one in _answer(api, description, operation, answer))


def _request(operation: Operation, request: Request) -> Iterator[str]:
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    for name, text in query.items():
        if name not in operation.query:
            yield f"query parameter `{name}` is not described"
        else:
            schema = operation.query[name]
            yield from _prefixed(f"query `{name}`: ", _invalid(schema, _from_text(schema, text)))
    for name in operation.required_query - query.keys():
        yield f"query parameter `{name}` is missing"
    yield from _body(operation, request)


def _body(operation: Operation, request: Request) -> Iterator[str]:
    if not request.body:
        if operation.body_required:
            yield "the body is missing"
        return
    schema = operation.body.get("application/json")
    value = _parsed(request.body)
    if schema is None:
        if value != {}:
            yield "sends a body where none is described"
        return
    yield from _prefixed("body: ", _invalid(schema, value))
    yield from (f"body: `{one}` is not described" for one in _NAMES.unknown(schema, value))


def _answer(
    api: str, description: Description, operation: Operation, answer: Answer
) -> Iterator[str]:
    place = f"answer {answer.status}"
    contents = operation.responses.get(answer.status)
    deviation = allowed(api, str(operation), answer.status) if contents is None else None
    if contents is None and deviation is None:
        yield f"{place}: the status is not described"
        return
    schema = _answer_schema(description, contents, deviation, answer)
    if schema is None:
        if answer.body and answer.status < 300 and not (contents or deviation):
            yield f"{place}: has a body where none is described"
        return
    key = (id(schema), id(operation), hash(answer.body.translate(_ANY_DIGIT)))
    if key in _FAULTLESS:
        return
    wrong = list(_answer_body(api, operation, schema, answer))
    yield from (f"{place}: {one}" for one in wrong)
    if not wrong and len(_FAULTLESS) < MAX_REMEMBERED:
        _FAULTLESS.add(key)


def _answer_body(api: str, operation: Operation, schema: Schema, answer: Answer) -> Iterator[str]:
    value = as_described(api, str(operation), _parsed(answer.body))
    yield from _invalid(schema, value)
    names = _NAMES.unknown(schema, value)
    yield from (f"`{one}` is not described" for one in names if not _is_extra(answer, one))


def _is_extra(answer: Answer, name: str) -> bool:
    """GitHub repeats the status in every error; some of its descriptions of errors omit that."""
    return answer.status >= 400 and name == "status"


def _answer_schema(
    description: Description,
    contents: Mapping[str, Schema] | None,
    deviation: Deviation | None,
    answer: Answer,
) -> Schema | None:
    if contents is None:
        return description.schemas.get(deviation.schema) if deviation else None
    media = answer.header("Content-Type").split(";")[0].strip()
    return contents.get(media) or next(iter(contents.values()), None)


def _invalid(schema: Schema, value: Any) -> Iterator[str]:
    """What is wrong with a value, the most telling things first."""
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - only where tools are installed

    validator = _validator(schema)
    if validator.is_valid(value):
        return
    error = best_match(validator.iter_errors(value))
    where = ".".join(str(part) for part in error.absolute_path) or "the whole"
    message = error.message
    shown = message if len(message) <= MAX_SHOWN else f"…{message[-MAX_SHOWN:]}"
    yield f"`{where}`: {shown}"


def _validator(schema: Schema) -> "OAS30Validator":
    from openapi_schema_validator import (  # noqa: PLC0415 - a tool of tests, not of users
        OAS30Validator,
        oas30_format_checker,
    )

    if id(schema) not in _VALIDATORS:
        _VALIDATORS[id(schema)] = OAS30Validator(schema, format_checker=oas30_format_checker)
    return _VALIDATORS[id(schema)]


def _from_text(schema: Schema, text: str) -> Any:
    """A query parameter as the type that its schema names."""
    kinds = {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}
    if kinds & {"integer", "number"} and text.lstrip("-").isdecimal():
        return int(text)
    if "boolean" in kinds and text in {"true", "false"}:
        return text == "true"
    if "array" in kinds and "string" not in kinds:
        return text.split(",")
    return text


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _prefixed(prefix: str, sentences: Iterator[str]) -> Iterator[str]:
    return (prefix + sentence for sentence in sentences)
