"""The hub file with the account that it may name at each host that there is. Pure."""

from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from provisioner.hosting.kind import HostAccount, HostKind
from provisioner.hosting.registry import FIRST, HOSTS
from provisioner.models.hub import Hub
from provisioner.models.network import Network


def _accounts() -> dict[str, Any]:
    return {
        kind.key: (
            kind.account | None,
            Field(default=None, description=kind.account_words.description),
        )
        for kind in HOSTS.values()
    }


if TYPE_CHECKING:
    HubFile = Hub
else:
    HubFile = create_model(
        "Hub", __base__=Hub, __doc__=(Hub.__doc__ or "").partition("\n")[0], **_accounts()
    )


def place_of(hub: Hub, network: Network) -> tuple[HostKind, str]:
    """The host of the hub's projects, and the account there; the network's own if it names none."""
    for kind in HOSTS.values():
        account: HostAccount | None = getattr(hub, kind.key, None)
        if account is not None:
            return kind, account.name
    return FIRST, network.team
