"""What is known of a host before anybody asks it."""

from dataclasses import replace

from provisioner.hosting.kind import Abilities
from provisioner.hosting.registry import FIRST
from provisioner.output import secret_names
from tests.hosts.memory import Room


def test_its_settings_are_named_after_it_and_its_token_is_a_secret() -> None:
    known = replace(FIRST, key="elsewhere")

    assert (known.token_name, known.url_name) == ("ELSEWHERE_TOKEN", "ELSEWHERE_API_URL")
    assert secret_names({known.token_name: "x", known.url_name: "y"}) == [known.token_name]


def test_an_account_has_the_name_that_stands_at_the_hosts_own_key() -> None:
    assert Room(room="room-1").name == "room-1"


def test_a_host_that_says_nothing_else_builds_pushes_and_connects_domains_after_a_build() -> None:
    usual = Abilities()

    assert usual.push_deploys
    assert usual.domains_after_build
    assert usual.build_log
    assert not usual.dns_before_domains
    assert FIRST.abilities == usual
