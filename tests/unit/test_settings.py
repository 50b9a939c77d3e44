"""A setting that has a form is read, or refused by its name with what to write instead."""

from collections.abc import Callable

import pytest

from provisioner import settings
from provisioner.errors import ConfigurationError, ExitCode, NotSet


def token(environ: settings.Environ) -> str:
    return settings.token(environ, "TOKEN", "Make one.")


def service(environ: settings.Environ) -> str:
    return settings.service(environ, "API_URL", "https://api.example.org")


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
        (token, "TOKEN", " ghs_abc ", "ghs_abc"),
        (service, "API_URL", "", "https://api.example.org"),
        (service, "API_URL", " http://127.0.0.1:80/api ", "http://127.0.0.1:80/api"),
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
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "127.0.0.1:²"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "127.0.0.1:0"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "127.0.0.1:65536"),
        (settings.dns_servers, "PROVISIONER_DNS_SERVERS", "localhost:53"),
        (token, "TOKEN", ""),
        (token, "TOKEN", "ghs_a\nbc"),
        (token, "TOKEN", "ghs_a bc"),
        (token, "TOKEN", "“ghs_abc”"),
        (service, "API_URL", "api.example.org"),
        (service, "API_URL", "ftp://api.example.org"),
        (service, "API_URL", "https://"),
        (service, "API_URL", "https://api.example.org:port"),
        (service, "API_URL", "https://api.exämple.org"),
        (service, "API_URL", "https://api example.org"),
    ],
)
def test_what_has_another_form_is_wrong_configuration_and_says_what_to_write(
    read: Callable[[settings.Environ], object], name: str, value: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name} is ") as refused:
        read({name: value})

    assert refused.value.exit_code is ExitCode.USAGE
    assert refused.value.hint.endswith(".")


def test_a_token_that_cannot_be_sent_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigurationError) as refused:
        token({"TOKEN": "“ghs_abc”"})

    assert "ghs_abc" not in refused.value.message + refused.value.hint


def test_what_is_not_set_is_told_from_what_has_another_form() -> None:
    with pytest.raises(NotSet, match="TOKEN is not set"):
        token({"TOKEN": " "})
    with pytest.raises(ConfigurationError) as refused:
        token({"TOKEN": "“ghs_abc”"})

    assert not isinstance(refused.value, NotSet)
