"""What the network's own files say: network.yaml, the sealing key, the hub files. No network."""

from collections.abc import Iterator

from provisioner.desired.catalog import Catalog
from provisioner.desired.resolve import Desired
from provisioner.doctor.base import Probe
from provisioner.errors import ConfigurationError
from provisioner.hosting.registry import FIRST
from provisioner.models.diagnosis import Verdict, not_ok, ok
from provisioner.models.hub import Sealed
from provisioner.models.network import Network
from provisioner.secrets.sealing import public_of

AREA = "network"
EXAMPLE_ACCOUNT = "example-network"
EXAMPLE_MAINTAINER = "example-maintainer"


def probes(desired: Desired, repository: str, private_key: str) -> list[Probe]:
    """`repository` is the network's own, `owner/name`; `private_key` may be empty."""
    network = desired.catalog.network
    return [
        Probe(AREA, "network.yaml", lambda: _example(network, repository)),
        Probe(AREA, "sealing key", lambda: _sealing(desired, private_key)),
        Probe(AREA, "hub files", lambda: _files(desired)),
    ]


def _example(network: Network, repository: str) -> Verdict:
    """The example's values are right in the example's own network, as the sandbox has it."""
    left = list(_left_from_example(network))
    if left and repository.partition("/")[0].lower() != EXAMPLE_ACCOUNT:
        return not_ok(
            f"It still holds the example's values: {', '.join(left)}.",
            "In `provisioner/catalog/network.yaml`, write the network's own name, GitHub account, "
            "team at the host and maintainers.",
        )
    return ok(
        f"{network.name}: copies go to {network.owner} on GitHub and {network.team} on "
        f"{FIRST.name}, unless a hub file says otherwise."
    )


def _left_from_example(network: Network) -> Iterator[str]:
    if network.owner.lower() == EXAMPLE_ACCOUNT:
        yield f"`owner: {network.owner}`"
    if network.team.lower() == EXAMPLE_ACCOUNT:
        yield f"`team: {network.team}`"
    if EXAMPLE_MAINTAINER in (login.lower() for login in network.maintainers):
        yield f"the maintainer `{EXAMPLE_MAINTAINER}`"


def _sealing(desired: Desired, private_key: str) -> Verdict:
    public = desired.catalog.network.sealing_key
    if not private_key and public is None and not _has_secrets(desired):
        return ok("There is none, and none is needed: no app of the catalog has secrets.")
    if not private_key:
        return _no_private_half(public)
    try:
        first = public_of(private_key)
    except ConfigurationError as error:
        return not_ok(error.message, error.hint)
    if public is None:
        return not_ok(
            "network.yaml does not name its public half, so hubs cannot seal their secrets.",
            f"In `provisioner/catalog/network.yaml`, write `sealing_key: {first}`.",
        )
    if public != first:
        return not_ok(
            "`sealing_key` in network.yaml does not belong to PROVISIONER_SEALING_KEY (of several "
            "keys there, to the first): what hubs seal now may not open.",
            f"Write `sealing_key: {first}` into network.yaml, or set PROVISIONER_SEALING_KEY to "
            "the private half that was made together with the key that stands there.",
        )
    return ok("PROVISIONER_SEALING_KEY and network.yaml belong together.")


def _no_private_half(public: str | None) -> Verdict:
    if public is None:
        return not_ok(
            "There is none, and apps of the catalog have secrets.",
            "Run `provisioner keygen` and do what it says.",
        )
    return not_ok(
        "PROVISIONER_SEALING_KEY is not set, so whether it belongs to network.yaml is not known.",
        "If it is a secret of an Actions environment, only Actions can see it: on github.com open "
        "`Actions`, `doctor`, `Run workflow`. To check from here, set it in this shell.",
    )


def _has_secrets(desired: Desired) -> bool:
    return _catalog_has_secrets(desired.catalog) or any(
        isinstance(value, Sealed)
        for hub in desired.hubs.values()
        for app in hub.apps
        for value in app.env.values()
    )


def _catalog_has_secrets(catalog: Catalog) -> bool:
    rules = (rule for entry in catalog.entries.values() for rule in entry.app.env.values())
    return any(rule.secret for rule in rules)


def _files(desired: Desired) -> Verdict:
    if desired.broken:
        names = ", ".join(sorted(desired.broken))
        return not_ok(
            f"The files of these hubs have mistakes, so nothing is done for them: {names}.",
            "Run `provisioner check` and fix what it says.",
        )
    count = len(desired.hubs)
    return ok(f"{count} {'file' if count == 1 else 'files'}, none with mistakes.")
