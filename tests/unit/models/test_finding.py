"""A finding stands at a place of a file; where nobody says which, at its beginning."""

import pytest
from pydantic import ValidationError

from provisioner.models.finding import Finding, Severity


def test_a_mistake_is_an_error_at_the_beginning_unless_said_otherwise() -> None:
    found = Finding(code="empty", message="the file is empty")

    assert found.is_error
    assert (found.line, found.column, found.pointer, found.hint) == (1, 1, "", "")


def test_a_warning_keeps_no_file_from_being_used() -> None:
    assert not Finding(severity=Severity.WARNING, code="odd", message="odd").is_error


@pytest.mark.parametrize("place", ["line", "column"])
def test_lines_and_columns_are_counted_from_one(place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Finding.model_validate({"code": "odd", "message": "odd", place: 0})

    assert [error["loc"] for error in refused.value.errors()] == [(place,)]
