"""What a judged file says of itself, by its name and its findings."""

import pytest

from provisioner.desired.finding import finding_of
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.load import absent
from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Severity
from provisioner.report.findings import as_json

ERROR = finding_of(Advice("wrong-list", "this must be a list"))
WARNING = finding_of(Advice("odd-space", "a special space", severity=Severity.WARNING))


@pytest.mark.parametrize(
    ("path", "stem", "hub"),
    [
        ("hubs/nairobi.yaml", "nairobi", "nairobi"),
        ("hubs/Nairobi.yml", "Nairobi", "nairobi"),
        ("hubs/nairobi.yaml.txt", "nairobi.yaml", "nairobi"),
        ("hubs/_example.yaml", "_example", "_example"),
    ],
)
def test_a_file_stands_for_a_hub_and_keeps_its_own_name(path: str, stem: str, hub: str) -> None:
    file = JudgedFile(absent(path))

    assert (file.path, file.stem, file.hub) == (path, stem, hub)
    assert file.is_example is (path == "hubs/_example.yaml")


def test_programs_read_the_name_of_the_file_as_it_is() -> None:
    told = as_json([JudgedFile(absent("hubs/Nairobi.yml"))])

    assert told["files"] == [{"path": "hubs/Nairobi.yml", "hub": "Nairobi", "findings": []}]


def test_errors_and_warnings_are_told_apart() -> None:
    file = JudgedFile(absent("hubs/nairobi.yaml"), (WARNING, ERROR))

    assert (file.errors, file.warnings) == ((ERROR,), (WARNING,))


def test_a_file_that_is_not_there_holds_nothing() -> None:
    file = JudgedFile(absent("hubs/nairobi.yaml"))

    assert (file.lines, file.findings, file.document.data) == ((), (), None)
