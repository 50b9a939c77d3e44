"""Which commit and which merged pull request brought a file to its present state. Looks only."""

import re
from dataclasses import dataclass

from provisioner.clock import Clock
from provisioner.github.network_repository import NetworkRepository

_NUMBER = re.compile(r"\(#(\d+)\)\s*$|^Merge pull request #(\d+) ")
WAITS = (0.0, 2.0, 4.0, 8.0, 16.0)
"""GitHub knows a merged commit's pull request only some seconds after the merge."""


@dataclass(frozen=True)
class Change:
    """Where a file's present state came from; no pull request for a direct push."""

    commit: str
    pull_request: int | None


def last_change(network: NetworkRepository, path: str, clock: Clock) -> Change | None:
    """The newest change of `path` on the default branch, or `None` when it was never there."""
    found = network.last_change(path)
    if found is None:
        return None
    return Change(found.sha, _merged(network, found.sha, found.message, clock))


def _merged(network: NetworkRepository, commit: str, message: str, clock: Clock) -> int | None:
    """Its number stands in the message of a merge or a squash; a rebase leaves none."""
    number = pull_request_in(message)
    if number is not None:
        pull_request = network.pull_request(number)
        if pull_request and pull_request.merged and pull_request.merge_commit == commit:
            return number
    for wait in WAITS:
        clock.sleep(wait)
        merged = [item for item in network.pull_requests_of(commit) if item.merged]
        if merged:
            return merged[0].number
    return None


def pull_request_in(message: str) -> int | None:
    """The number that GitHub writes into the message of a merge or a squash. Anybody can write one
    there, so it proves nothing by itself."""
    first = message.splitlines()[0] if message else ""
    found = _NUMBER.search(first)
    return int(found[1] or found[2]) if found else None
