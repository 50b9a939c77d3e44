"""The JSON Schemas of every file a person writes, made from the models. No I/O, no judging.

`provisioner schema` commits them to `schemas/` for editors; `schema.py` judges
with the very same values, so the two cannot differ.
"""

from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from provisioner.desired.hub_file import HubFile
from provisioner.models.catalog import CatalogApp
from provisioner.models.hub import Frozen
from provisioner.models.network import Network

KINDS: dict[str, type[Frozen]] = {"hub": HubFile, "app": CatalogApp, "network": Network}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _FileSchema(GenerateJsonSchema):
    """Pydantic's schema, made fit for files.

    `None` is how the models say "left out", so no schema allows `null`. Names
    in a mapping are judged by `propertyNames`: `patternProperties`, which
    pydantic writes, would let a wrong name through without a word.
    """

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        json_schema = super().default_schema(schema)
        if json_schema.get("default", ...) in (None, [], {}):
            del json_schema["default"]
        return json_schema

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        json_schema = super().dict_schema(schema)
        patterns = json_schema.pop("patternProperties", {})
        for pattern in patterns:
            names = self.generate_inner(schema["keys_schema"])
            json_schema["propertyNames"] = {**names, "pattern": pattern}
            # pydantic drops the values' title, which findings speak with
            json_schema["additionalProperties"] = self.generate_inner(schema["values_schema"])
        return json_schema


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file: `hub`, `app` or `network`."""
    generated = KINDS[kind].model_json_schema(schema_generator=_FileSchema)
    return {"$schema": DIALECT, "$id": f"urn:provisioner:schema:{kind}", **generated}
