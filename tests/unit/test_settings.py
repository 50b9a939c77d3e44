"""A setting that has a form is read, or refused by its name with what to write instead."""

from collections.abc import Callable

import pytest

from provisioner import settings
from provisioner.errors import ConfigurationError, ExitCode


@pytest.mark.parametrize(
    ("read", "name", "value", "found"),
    [
        (settings.repository, "GITHUB_REPOSITORY", " example/hubs ", "example/hubs"),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "", 5.0),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "0", 0.0),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "99", 99.0),
        (settings.edge, "PROVISIONER_EDGE", " ", None),
        (settings.edge, "PROVISIONER_EDGE", "https://127.0.0.1:8443", ("127.0.0.1", 8443)),
        (settings.edge, "PROVISIONER_EDGE", "https://[::1]:443", ("::1", 443)),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "", ()),
        (
            settings.dns_servers,
            "PROVISIONER_DNS_SERVERS",
            "127.0.0.1:5353, ::1:53",
            (("127.0.0.1", 5353), ("::1", 53)),
        ),
    ],
)
def test_what_has_its_form_is_read(
    read: Callable[[settings.Environ], object], name: str, value: str, found: object
) -> None:
    assert read({name: value}) == found


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        (settings.repository, "GITHUB_REPOSITORY", ""),
        (settings.repository, "GITHUB_REPOSITORY", "hubs"),
        (settings.repository, "GITHUB_REPOSITORY", "a/b/c"),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "100"),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "-1"),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "²"),
        (settings.lists_behind, "PROVISIONER_LISTS_BEHIND", "1.5"),
        (settings.edge, "PROVISIONER_EDGE", "https://pages.example:8443"),
        (settings.edge, "PROVISIONER_EDGE", "http://127.0.0.1:8443"),
        (settings.edge, "PROVISIONER_EDGE", "https://127.0.0.1"),
        (settings.edge, "PROVISIONER_EDGE", "https://127.0.0.1:port"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "127.0.0.1"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", ":53"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "127.0.0.1:53,"),
    ],
)
def test_what_has_another_form_is_wrong_configuration_and_says_what_to_write(
    read: Callable[[settings.Environ], object], name: str, value: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name} is ") as refused:
        read({name: value})

    assert refused.value.exit_code is ExitCode.USAGE
    assert refused.value.hint.endswith(".")
