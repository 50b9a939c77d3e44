"""Finds properties that a schema does not name, also where it would allow them.

Most of GitHub's request bodies allow unknown properties, so a misspelt name
would pass every validator. Only an object that says outright that any
property is welcome (`additionalProperties`, or no properties at all) may
hold names of its own. Judges names alone: types are the validator's affair.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from provisioner.sandbox.descriptions import Schema

COMBINED = ("allOf", "anyOf", "oneOf")


@dataclass
class _Shape:
    """What a set of schemas says together: any of them may know a name."""

    properties: dict[str, tuple[Schema, ...]] = field(default_factory=dict)
    others: tuple[Schema, ...] = ()
    open: bool = False
    items: tuple[Schema, ...] = ()


class KnownNames:
    """Remembers each schema's shape. Safe to share between threads.

    Schemas are told apart by identity, so they must outlive this object.
    """

    def __init__(self) -> None:
        self._shapes: dict[tuple[int, ...], _Shape] = {}

    def unknown(self, schema: Schema, value: Any) -> list[str]:
        """Where in `value` the unnamed properties stand, such as `env[0].kye`."""
        return list(self._unknown((schema,), value, ""))

    def _unknown(self, schemas: tuple[Schema, ...], value: Any, where: str) -> Iterator[str]:
        if isinstance(value, dict):
            yield from self._in_object(self._shape(schemas), value, where)
        elif isinstance(value, list):
            items = self._shape(schemas).items
            for index, one in enumerate(value if items else ()):
                if isinstance(one, (dict, list)):
                    yield from self._unknown(items, one, f"{where}[{index}]")

    def _in_object(self, shape: _Shape, value: dict[str, Any], where: str) -> Iterator[str]:
        for name, one in value.items():
            place = f"{where}.{name}" if where else name
            schemas = shape.properties.get(name) or shape.others
            if schemas:
                if isinstance(one, (dict, list)):
                    yield from self._unknown(schemas, one, place)
            elif not shape.open:
                yield place

    def _shape(self, schemas: tuple[Schema, ...]) -> _Shape:
        key = tuple(id(schema) for schema in schemas)
        if key not in self._shapes:
            self._shapes[key] = _shape_of(schemas)
        return self._shapes[key]


def _shape_of(schemas: tuple[Schema, ...]) -> _Shape:
    shape = _Shape()
    for schema in _flattened(schemas):
        for name, one in schema.get("properties", {}).items():
            shape.properties[name] = (*shape.properties.get(name, ()), one)
        more = schema.get("additionalProperties")
        if isinstance(more, dict) and more:
            shape.others = (*shape.others, more)
        if more in (True, {}) or _is_free(schema):
            shape.open = True
        if isinstance(schema.get("items"), dict):
            shape.items = (*shape.items, schema["items"])
    return shape


def _flattened(schemas: tuple[Schema, ...]) -> list[Schema]:
    """The schemas and all that they combine, however deep, each once."""
    found: dict[int, Schema] = {}
    waiting = list(schemas)
    while waiting:
        schema = waiting.pop(0)
        if id(schema) not in found:
            found[id(schema)] = schema
            waiting += [one for word in COMBINED for one in schema.get(word, ())]
    return list(found.values())


def _is_free(schema: Schema) -> bool:
    """An object of which nothing is said: it may hold anything."""
    said = ("properties", "additionalProperties", *COMBINED)
    of_objects = schema.get("type", "object") == "object" and "enum" not in schema
    return of_objects and not any(word in schema for word in said)
