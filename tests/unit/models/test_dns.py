"""A DNS entry as a registrar's form wants it."""

import pytest

from provisioner.models.dns import DnsEntry


@pytest.mark.parametrize(
    ("name", "zone", "relative"),
    [
        ("docs.a.example.org", "example.org", "docs.a"),
        ("a.org", "a.org", "@"),
        ("docs.example.org", "", "docs.example.org"),
        ("docsexample.org", "example.org", "docsexample.org"),
        ("docs.example.org", "other.org", "docs.example.org"),
    ],
)
def test_its_name_is_relative_to_the_zone_and_the_zone_itself_an_at_sign(
    name: str, zone: str, relative: str
) -> None:
    assert DnsEntry(type="A", name=name, value="192.0.2.1", zone=zone).relative_name == relative
