"""What several commands share: the catalog, the hub files, and the redactor of the process."""

from pathlib import Path

import click
import pytest

from provisioner.commands.options import HUBS, TEXT_OR_JSON, catalog_of, desired_of, redactor
from provisioner.errors import ConfigurationError
from provisioner.redaction import Redactor
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.unit.desired.given import GOOD

EXAMPLE = {"PROVISIONER_CATALOG": str(EXAMPLE_CATALOG)}


@click.command()
@HUBS
@TEXT_OR_JSON
def told(directory: Path, format_: str) -> tuple[Path, str, Redactor]:
    return directory, format_, redactor()


def given(*arguments: str, known: Redactor | None = None) -> tuple[Path, str, Redactor]:
    found: tuple[Path, str, Redactor] = told.main(list(arguments), standalone_mode=False, obj=known)
    return found


def test_hub_files_lie_in_hubs_and_results_are_text_unless_said_otherwise() -> None:
    assert given()[:2] == (Path("hubs"), "text")
    assert given("--hubs", "x", "--format", "json")[:2] == (Path("x"), "json")


def test_a_format_that_is_not_known_is_wrong_use() -> None:
    with pytest.raises(click.BadParameter, match="xml"):
        given("--format", "xml")


def test_the_redactor_is_the_one_of_the_process() -> None:
    known = Redactor(["hunter2hunter2"])

    assert given(known=known)[2] is known
    assert given()[2] is not known


def test_the_catalog_is_the_packages_own_unless_another_is_named() -> None:
    assert catalog_of({"PROVISIONER_CATALOG": ""}) == catalog_of({})
    with pytest.raises(ConfigurationError):
        catalog_of({"PROVISIONER_CATALOG": "/nowhere"})


def test_every_hub_file_of_a_directory_is_read_by_that_catalog(tmp_path: Path) -> None:
    (tmp_path / "nairobi.yaml").write_text(GOOD)

    found = desired_of(tmp_path, EXAMPLE)

    assert list(found.hubs) == ["nairobi"]
    assert found.catalog == catalog_of(EXAMPLE)


def test_a_directory_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no directory"):
        desired_of(tmp_path / "gone", EXAMPLE)
