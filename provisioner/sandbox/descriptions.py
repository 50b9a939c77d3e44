"""An OpenAPI 3.0 description, made ready to judge exchanges quickly. Judges nothing itself.

References are followed once, on loading, so that validating resolves none; a
schema that refers to itself becomes a structure that contains itself.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from provisioner.sandbox.undescribed import add_to

Schema = dict[str, Any]

METHODS = frozenset({"get", "put", "post", "delete", "patch", "head"})
PARAMETERS = {"path": ".*", "ref": ".+", "basehead": ".+", "branch": ".+", "environment_name": ".+"}


@dataclass(frozen=True)
class Operation:
    """One method on one path template. `body` and the values of `responses` are by media type.

    A response without content has an empty mapping.
    """

    method: str
    template: str
    query: Mapping[str, Schema]
    required_query: frozenset[str]
    body: Mapping[str, Schema]
    body_required: bool
    responses: Mapping[int, Mapping[str, Schema]]

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


@dataclass
class Description:
    """All operations of one API, found by method and path."""

    schemas: Mapping[str, Schema]
    _routes: list[tuple[re.Pattern[str], dict[str, Operation]]] = field(default_factory=list)

    def find(self, method: str, path: str) -> Operation | None:
        """The operation with the most literal template that fits."""
        for pattern, operations in self._routes:
            if method in operations and pattern.fullmatch(path):
                return operations[method]
        return None

    def operations(self) -> Iterator[Operation]:
        for _, operations in self._routes:
            yield from operations.values()

    def knows_path(self, path: str) -> bool:
        return any(pattern.fullmatch(path) for pattern, _ in self._routes)


@cache
def load(file: Path) -> Description:
    """Read the description of the API that the file is named for; kept while the process lives."""
    document = json.loads(file.read_text(encoding="utf-8"))
    add_to(document, file.stem)
    _follow(document, document, {})
    schemas = document.get("components", {}).get("schemas", {})
    description = Description(schemas)
    for template in sorted(document["paths"], key=_literalness, reverse=True):
        operations = _operations(template, document["paths"][template])
        description._routes.append((_pattern(template), operations))
    return description


def _follow(node: Any, document: Schema, done: dict[int, bool]) -> None:
    """Put what each `$ref` refers to in its place."""
    if id(node) in done:
        return
    done[id(node)] = True
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(items):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            node[key] = _target(value, document)
        if isinstance(node[key], (dict, list)):
            _follow(node[key], document, done)


def _target(node: Schema, document: Schema) -> Any:
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        parts = node["$ref"].removeprefix("#/").split("/")
        node = document
        for part in parts:
            node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def _literalness(template: str) -> tuple[int, int]:
    literal = re.sub(r"\{[^}]+\}", "", template)
    return len(literal), template.count("/")


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{([^}]+)\}", template)
    regex = "".join(
        re.escape(part) if index % 2 == 0 else PARAMETERS.get(part, "[^/]+")
        for index, part in enumerate(parts)
    )
    return re.compile(regex)


def _operations(template: str, item: Schema) -> dict[str, Operation]:
    shared = item.get("parameters", [])
    return {
        method.upper(): _operation(method.upper(), template, shared, item[method])
        for method in item
        if method in METHODS
    }


def _operation(method: str, template: str, shared: list[Schema], item: Schema) -> Operation:
    query = [one for one in (*shared, *item.get("parameters", [])) if one["in"] == "query"]
    body = item.get("requestBody") or {}
    return Operation(
        method=method,
        template=template,
        query={one["name"]: one.get("schema", {}) for one in query},
        required_query=frozenset(one["name"] for one in query if one.get("required")),
        body=_contents(body),
        body_required=bool(body.get("required")),
        responses={
            int(status): _contents(response)
            for status, response in item["responses"].items()
            if status.isdecimal()
        },
    )


def _contents(item: Schema) -> dict[str, Schema]:
    return {media: one.get("schema", {}) for media, one in item.get("content", {}).items()}
