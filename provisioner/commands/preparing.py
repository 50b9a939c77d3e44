"""From one hub's file and journal to what is to be done for it: for `plan` and for `apply`.

The journal is a hint: what its hub could not own, and what belonged to former
owners of the hub's name, is taken out before anything is made of it.
"""

import logging
from dataclasses import replace

from provisioner.actions.base import Writers
from provisioner.desired.resolve import Desired
from provisioner.engine.journal import Entry
from provisioner.engine.people import succeeded
from provisioner.engine.tasks import HubTask
from provisioner.models.app import DesiredHub
from provisioner.models.journal import HubJournal
from provisioner.safetext import log_line
from provisioner.wiring import Wiring
from provisioner.workflows.accounts import others_accounts
from provisioner.workflows.own import own_part
from provisioner.workflows.tasks import hub_task, retirement_task

_MOST_NAMED = 5
_IGNORED = (
    "The journal names what this hub could not own, and it was left alone: {}. If nobody knows how "
    "that came to be, look who wrote to the state branch."
)
_SUCCEEDED = (
    "This hub's name had other maintainers before. What is left of theirs is used only where the "
    "hub file says `adopt: true`, and secrets have to be sealed again."
)

log = logging.getLogger(__name__)


def prepared(
    wiring: Wiring, desired: Desired, entry: Entry, writers: Writers | None
) -> tuple[Entry, HubTask]:
    """The entry as far as it may be relied on, and the hub's task.

    Raises when the hub is to be left alone, or when it cannot be found out whose it is.
    """
    journal, notes = entry.usable().journal, []
    hub = desired.hubs.get(entry.hub)
    if journal is not None:
        others = others_accounts(desired, entry.hub, journal.maintainers)
        journal, ignored = own_part(journal, others)
        notes += _ignored(entry.hub, ignored)
    if journal is not None and hub is not None:
        taken_over = _succeeded(wiring, journal, hub)
        notes += [_SUCCEEDED] if taken_over is not journal else []
        journal = taken_over
    task = _task(wiring, desired, hub, replace(entry, journal=journal), writers)
    return replace(entry, journal=journal), replace(task, notes=(*task.notes, *notes))


def _ignored(hub: str, names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    more = " …" if len(names) > _MOST_NAMED else ""
    note = _IGNORED.format(", ".join(names[:_MOST_NAMED]) + more)
    log.warning("%s", log_line(f"{hub}: {note}"))
    return [note]


def _succeeded(wiring: Wiring, journal: HubJournal, hub: DesiredHub) -> HubJournal:
    def account_id(login: str) -> int | None:
        return wiring.retrier.call(lambda: wiring.network.account_id(login))

    return succeeded(journal, hub.maintainers, account_id, wiring.clock.now())


def _task(
    wiring: Wiring,
    desired: Desired,
    hub: DesiredHub | None,
    entry: Entry,
    writers: Writers | None,
) -> HubTask:
    if hub is not None:
        task = hub_task(hub, entry.journal, wiring.readers, writers)
        return replace(task, network_maintainers=desired.catalog.network.maintainers)
    if entry.journal is None:
        raise AssertionError("a hub has a file or a journal")
    return retirement_task(entry.hub, entry.journal.run, wiring.readers, writers)
