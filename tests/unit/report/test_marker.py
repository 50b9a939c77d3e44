"""The hidden line that tells which hub a comment is about."""

import pytest

from provisioner.report.marker import find_marker, marker
from tests.unit.github_markdown import every_token


def test_what_is_written_is_found_again() -> None:
    assert find_marker(f"{marker('nairobi-commons')}\n### text") == "nairobi-commons"


def test_a_reader_does_not_see_it() -> None:
    assert [token.type for token in every_token(f"{marker('a-hub')}\n### text")][:2] == [
        "html_block",
        "heading_open",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "text",
        f"> {marker('a-hub')}",
        f"text\n{marker('a-hub')}",
        "<!-- provisioner:hub=A_Hub -->",
        "<!-- provisioner:hub=a--hub -->",
        "<!-- provisioner:hub=a-hub",
    ],
)
def test_quoted_or_misshapen_it_does_not_count(body: str) -> None:
    assert find_marker(body) is None
