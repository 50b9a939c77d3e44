"""At which host a hub's projects are, and in which account there."""

import pytest
from pydantic import ValidationError

from provisioner.desired.hub_file import HubFile, place_of
from provisioner.hosting.registry import FIRST, HOSTS
from tests.unit.desired.given import own_catalog

NETWORK = own_catalog().network
FILE = {"name": "Nairobi", "maintainers": ["amina-k"], "apps": {"docs": {"app": "docs-site"}}}


@pytest.mark.parametrize("key", HOSTS)
def test_a_file_says_it_by_the_hosts_own_key(key: str) -> None:
    account = {HOSTS[key].account.where: "nairobi-commons"}
    hub = HubFile.model_validate({**FILE, key: account})

    assert place_of(hub, NETWORK) == (HOSTS[key], "nairobi-commons")


def test_one_that_names_none_is_at_the_networks_own() -> None:
    hub = HubFile.model_validate(FILE)

    assert place_of(hub, NETWORK) == (FIRST, NETWORK.team)


def test_a_host_that_nobody_knows_is_no_line_of_a_hub_file() -> None:
    with pytest.raises(ValidationError, match="nowhere"):
        HubFile.model_validate({**FILE, "nowhere": {"team": "nairobi"}})
