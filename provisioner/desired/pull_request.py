"""Rules about a pull request as a whole, and about accounts that its author may not name. Pure."""

from collections.abc import Callable, Iterator, Sequence

from provisioner.desired.catalog import Catalog
from provisioner.desired.finding import finding_of
from provisioner.desired.read.file_names import claimed_hub, is_example
from provisioner.desired.resolve import Desired
from provisioner.desired.review import shared_uses
from provisioner.desired.rules.authority import another_hubs_account, holds, is_network_maintainer
from provisioner.desired.wording.advice import Advice
from provisioner.models.app import DesiredHub
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.finding import Finding
from provisioner.models.journal import Person

MOST_FILES = 25
"""Hub files that somebody may change in one pull request who is no network maintainer."""
MOST_BULK = 250
"""Hub files that anybody may change at once: each one costs a call."""

OwnersOf = Callable[[str], Owners]
"""What the journal says of whose hub it is; asked for a name that it may not know."""


def of_the_folder(effect: MergeEffect) -> list[Finding]:
    """`hubs` itself must stay a folder: a link in its place would lead anywhere."""
    if "" not in effect.after:
        return []
    advice = Advice(
        "not-a-folder",
        "this pull request puts something else in the place of the folder `hubs`",
        "leave the folder `hubs` as it is, and change files in it",
    )
    return [finding_of(advice)]


def conflict(effect: MergeEffect) -> list[Finding]:
    if effect.exact:
        return []
    advice = Advice(
        "conflict",
        "this branch conflicts with what was merged meanwhile, so what a merge would do cannot be "
        "told",
        "choose `Resolve conflicts` at the end of this page, or begin anew from the present files",
    )
    return [finding_of(advice)]


def too_many(
    changed: Sequence[str], author: Person | None, catalog: Catalog, owners_of: OwnersOf
) -> Finding | None:
    """Every file costs calls, of which all jobs of the repository together have a number."""
    real = [name for name in changed if not is_example(name)]
    may = MOST_FILES
    if author is None or (len(real) > MOST_FILES and _is_network(author, catalog, owners_of, real)):
        may = MOST_BULK
    if len(changed) <= may:
        return None
    advice = Advice(
        "too-many-files",
        f"this pull request changes {len(changed)} hub files; at most {may} are checked at once",
        f"split it into pull requests of at most {may} hub files each",
    )
    return finding_of(advice)


def _is_network(
    author: Person, catalog: Catalog, owners_of: OwnersOf, names: Sequence[str]
) -> bool:
    """By what the first hub's journal says of the network's maintainers."""
    recorded = owners_of(claimed_hub(names[0])) if names else Owners()
    network = recorded.model_copy(update={"network": catalog.network.maintainers})
    return is_network_maintainer(author, network)


def foreign_accounts(
    hub: DesiredHub, before: Desired, author: Person, owners_of: OwnersOf
) -> Iterator[Finding]:
    """Accounts of other hubs, which the author has to maintain: anybody can write into a new file
    that the two share a maintainer."""
    allowed = before.catalog.network.accounts
    for shared in shared_uses(hub, before):
        listed = {name.lower(): hubs for name, hubs in allowed.items()}
        if hub.id in listed.get(shared.account.name.lower(), ()):
            continue
        known = [owners_of(other) for other in shared.hubs[:MOST_ASKED]]
        recorded = [person for owners in known for person in owners.recorded]
        if not holds(author, shared.maintainers, recorded):
            yield another_hubs_account(author, shared.account, shared.hubs)


MOST_ASKED = 3
"""Hubs of an account whose journals are asked for their maintainers' numbers."""
