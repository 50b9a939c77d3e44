"""`provisioner schema`: the committed schemas are those that files are judged by."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from provisioner.desired.schema.schemas import KINDS, schema_of
from tests.unit.commands.command import run

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_committed_schemas_are_current() -> None:
    outcome = run("schema", "--check", "--directory", str(REPOSITORY / "schemas"))
    assert (outcome.code, outcome.out) == (0, ""), "run `make schema`"


def test_they_are_written_once(tmp_path: Path) -> None:
    directory = str(tmp_path / "schemas")
    first = run("schema", "--directory", directory)
    assert first.code == 0
    assert [Path(line).name for line in first.out.splitlines()] == [
        "hub.schema.json",
        "app.schema.json",
        "network.schema.json",
    ]
    assert run("schema", "--directory", directory).out == ""


def test_check_tells_what_is_not_current_and_writes_nothing(tmp_path: Path) -> None:
    run("schema", "--directory", str(tmp_path))
    stale = tmp_path / "hub.schema.json"
    stale.write_text("{}")
    outcome = run("schema", "--check", "--directory", str(tmp_path))
    assert (outcome.code, outcome.out) == (1, f"{stale}\n")
    assert "provisioner schema" in outcome.err
    assert stale.read_text() == "{}"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = run("schema", "--directory", str(tmp_path / "file"))
    assert outcome.code == 2
    assert "cannot be written" in outcome.err


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_valid_schema_with_an_address(kind: str) -> None:
    schema = json.loads((REPOSITORY / "schemas" / f"{kind}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:provisioner:schema:{kind}"
    assert schema["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_in_a_schema_is_right_by_that_schema(kind: str) -> None:
    schema = schema_of(kind)
    parts = [schema, *schema.get("$defs", {}).values()]
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    for part in (*parts, *fields):
        whole = {**part, "$defs": schema.get("$defs", {})}
        for example in part.get("examples", ()):
            Draft202012Validator(whole).validate(example)


def test_editors_judge_the_example_as_check_does() -> None:
    example = YAML(typ="safe").load((REPOSITORY / "hubs" / "_example.yaml").read_text())
    validator = Draft202012Validator(schema_of("hub"))
    validator.validate(example)
    example["apps"]["docs"]["env"]["a-b"] = "x"
    example["apps"]["Docs"] = {"app": "docs-site"}
    example["github"] = None
    assert len(list(validator.iter_errors(example))) == 3
