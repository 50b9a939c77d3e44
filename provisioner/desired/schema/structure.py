"""Where keys belong by the schema: for keys that stand at the wrong indentation. Pure."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from provisioner.desired.schema.mistake import Path
from provisioner.desired.schema.schemas import schema_of

Schema = dict[str, Any]


def lost_children(data: object, kind: str, path: Path) -> tuple[str, ...]:
    """Keys that follow an empty key at the same level and were meant to stand below it."""
    parent = _at(data, path[:-1])
    own, around = _schema_at(kind, path), _schema_at(kind, path[:-1])
    if not isinstance(parent, dict) or own.get("type") != "object":
        return ()
    keys = list(parent)
    return tuple(_while_lost(keys[keys.index(path[-1]) + 1 :], own, around))


def is_required(kind: str, path: Path) -> bool:
    """Whether the file is wrong without the key at the end of the path."""
    return path[-1] in _schema_at(kind, path[:-1]).get("required", ())


def _at(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, dict | list):
            data = data[part]  # type: ignore[index]  # the path was made from this very data
    return data


def _while_lost(keys: list[str], own: Schema, around: Schema) -> Iterator[str]:
    for key in keys:
        belongs_here = key in around.get("properties", {})
        belongs_below = key in own["properties"] if "properties" in own else "properties" in around
        if belongs_here or not belongs_below:
            return
        yield key


def _schema_at(kind: str, path: Path) -> Schema:
    """The part of a schema that speaks of the value at this path; empty if none does."""
    root = schema_of(kind)
    schema: Schema = root
    for part in path:
        below = schema.get("items") if isinstance(part, int) else _below(schema, part)
        schema = _resolved(root, below) if isinstance(below, dict) else {}
    return schema


def _below(schema: Schema, key: str) -> object:
    return schema.get("properties", {}).get(key, schema.get("additionalProperties"))


def _resolved(root: Schema, schema: Schema) -> Schema:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    found: Schema = root["$defs"][reference.rpartition("/")[2]]
    return found


@cache
def homes_of(kind: str) -> dict[str, str]:
    """Every key of a kind of file, with where it belongs: words to stand after "belongs"."""
    root = schema_of(kind)
    homes = dict.fromkeys(root["properties"], "at the left margin, in no group")
    for name, schema in root["properties"].items():
        inner = _resolved(root, schema)
        for key in inner.get("properties", {}):
            homes.setdefault(key, f"below `{name}:`, two spaces further in")
        entry = inner.get("additionalProperties")
        for key in _resolved(root, entry).get("properties", {}) if entry else {}:
            homes.setdefault(key, f"below the name of an entry of `{name}:`, two spaces further in")
    return homes
