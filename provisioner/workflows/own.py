"""What a hub could own, by names and accounts alone. Pure.

The journal lies on a branch that others may be able to write: what it names of
another hub's is no claim, whoever wrote it there.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeVar

from provisioner.actions.support.copy_plan import KIND as REPOSITORY
from provisioner.actions.support.project_key import PROJECT, place_of
from provisioner.hosting.registry import HOSTS
from provisioner.models.hub import APP_ID_PATTERN, LOGIN_PATTERN, TEAM_PATTERN
from provisioner.models.journal import HubJournal, Retired
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord


@dataclass(frozen=True)
class OthersAccounts:
    """Accounts that only other hubs may use, in lower case: GitHub's by login, a host's by its
    key and their name there.
    """

    owners: Collection[str] = field(default_factory=frozenset)
    teams: Collection[tuple[str, str]] = field(default_factory=frozenset)


Record = TypeVar("Record", AppRecord, Retired)


def app_of(record: AppRecord | Retired) -> str:
    """The app's id in the hub file: a record of what it left behind adds the account."""
    return record.id.partition("@")[0]


def own_part(journal: HubJournal, others: OthersAccounts) -> tuple[HubJournal, tuple[str, ...]]:
    """The journal without what its hub could not own, and the names that were ignored."""
    apps, foreign = _own_of(journal.hub, journal.run.apps, others)
    retired, more = _own_of(journal.hub, journal.retired, others)
    run = journal.run.model_copy(update={"apps": apps})
    return journal.model_copy(update={"run": run, "retired": retired}), (*foreign, *more)


def _own_of(
    hub: str, records: tuple[Record, ...], others: OthersAccounts
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    own = tuple(_own(hub, record, others) for record in records if _is_id(record.id))
    kept = {(record.id, item) for record in own for item in record.resources}
    listed = ((record.id, item) for record in records for item in record.resources)
    return own, tuple(item.name for id, item in listed if (id, item) not in kept)


def _is_id(record_id: str) -> bool:
    app, at, account = record_id.partition("@")
    return _fits(APP_ID_PATTERN, app) and (not at or _fits(TEAM_PATTERN, account))


def _own(hub: str, record: Record, others: OthersAccounts) -> Record:
    name = f"{hub}--{app_of(record)}"
    kept = tuple(item for item in record.resources if _could_own(name, item, others))
    return record.model_copy(update={"resources": kept})


def _could_own(name: str, item: Resource, others: OthersAccounts) -> bool:
    """Only what has an account is told apart: the rest is touched through a project of ours."""
    if item.kind == REPOSITORY:
        owner, _, own = item.name.partition("/")
        known = _fits(LOGIN_PATTERN, owner) and owner.lower() not in others.owners
        return known and own.lower() == name
    if item.kind == PROJECT:
        at = place_of(item.name)
        known = at.host in HOSTS and _fits(HOSTS[at.host].account_words.pattern, at.team)
        free = (at.host, at.team.lower()) not in others.teams
        return known and free and at.project == name  # the host may know it in capitals as well
    return True


def _fits(pattern: str, text: str) -> bool:
    return re.match(pattern, text) is not None
