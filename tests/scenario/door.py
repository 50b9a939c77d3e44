"""The door before a hub is applied, for stories: what is merged, and what is let in."""

from dataclasses import replace
from datetime import datetime

from provisioner.commands.admitting import let_in
from provisioner.commands.options import catalog_of
from provisioner.commands.planning import candidates
from provisioner.desired.resolve import load_hubs
from provisioner.sandbox.github.git import Identity
from provisioner.sandbox.github.merging import Method
from tests.scenario.gate import FILE, Gate
from tests.scenario.network import PLAIN

EDITED = PLAIN.replace("docs-site\n", "docs-site\n    adopt: true\n")


def due(gate: Gate) -> list[str]:
    """The hubs that an unattended run would get, in this minute."""
    network = gate.network
    wiring = network.wiring()
    desired = load_hubs(network.directory, catalog_of(network.environ))
    found = let_in(wiring, candidates(wiring, desired, (), only_due=True))
    return [item.hub for item in found]


def merged(
    gate: Gate,
    text: str | None,
    author: str = "amina-k",
    *,
    judged: bool,
    method: Method = "squash",
) -> int:
    number = gate.propose({FILE: text}, author)
    if judged:
        gate.report(number)
    gate.network.sandbox.control.merge_pull_request(number, method)
    if text is None:
        gate.network.remove("nairobi")
    else:
        gate.network.write("nairobi", text)
    return number


def who(gate: Gate, login: str, when: datetime | None = None) -> Identity:
    people = gate.network.sandbox.github
    identity = people.repositories.identity(people.accounts.person(login))
    return replace(identity, when=when or identity.when)


def moved_fork(gate: Gate, owner: str, branch: str, sha: str) -> None:
    """The owner arranges the history of a branch of her fork."""
    repositories = gate.network.sandbox.github.repositories
    fork = repositories.find(f"{owner}/hubs")
    assert fork is not None
    repositories.move(fork, branch, sha)
