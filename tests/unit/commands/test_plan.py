"""The jobs of a run: each hub in an Actions environment that exists."""

import pytest

from provisioner.commands.plan import DEFAULT_ENVIRONMENT, environments_of
from provisioner.errors import ConfigurationError


def test_only_environments_that_exist_are_handed_out() -> None:
    existing = {DEFAULT_ENVIRONMENT, "hub-nairobi", "hub-gone"}

    handed_out = environments_of(("nairobi", "kisumu"), existing)

    assert handed_out == {"nairobi": "hub-nairobi", "kisumu": DEFAULT_ENVIRONMENT}
    assert set(handed_out.values()) <= existing


def test_without_the_networks_environment_no_hub_gets_one_that_actions_would_make() -> None:
    with pytest.raises(ConfigurationError, match=f"no Actions environment `{DEFAULT_ENVIRONMENT}`"):
        environments_of(("nairobi", "kisumu"), {"hub-nairobi"})


def test_hubs_with_environments_of_their_own_need_no_other() -> None:
    assert environments_of(("nairobi",), {"hub-nairobi"}) == {"nairobi": "hub-nairobi"}
