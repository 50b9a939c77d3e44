"""Gathers what only a person can judge of a pull request. Looks; judges and changes nothing."""

from collections.abc import Callable

from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.proposal import Proposal
from provisioner.desired.review import domain_neighbours, first_uses
from provisioner.desired.rules.accounts import OWNER, Account
from provisioner.engine.retry import Retrier
from provisioner.errors import ProvisionerError
from provisioner.github.network_repository import NetworkRepository
from provisioner.models.app import DesiredHub
from provisioner.models.change import Connection, FirstUse, Neighbour, Review
from provisioner.models.remote import PullRequest


class Reviewer:
    """Asks GitHub once for each account, whatever number of files names it."""

    def __init__(
        self, network: NetworkRepository, retrier: Retrier, elsewhere: tuple[str, ...]
    ) -> None:
        self._network = network
        self._retrier = retrier
        self._elsewhere = elsewhere
        self._seen: dict[str, Connection] = {}

    def review(self, pull: PullRequest, file: JudgedFile, proposal: Proposal) -> Review:
        """For one file of the pull request."""
        hub = proposal.after.hubs.get(file.hub)
        owners = proposal.owners_of(file)
        returns = owners.known and owners.present is None and hub is not None
        return Review(
            author=pull.author,
            elsewhere=self._elsewhere,
            first_uses=self._first_uses(hub, proposal, pull.author) if hub else (),
            neighbours=_neighbours(hub, proposal) if hub else (),
            former_maintainers=tuple(p.login for p in owners.recorded) if returns else (),
        )

    def _first_uses(self, hub: DesiredHub, proposal: Proposal, author: str) -> tuple[FirstUse, ...]:
        accounts = first_uses(hub, proposal.before)
        return tuple(
            FirstUse(
                kind=account.kind.where,
                account=account.name,
                author=self._author(account, author),
            )
            for account in accounts
        )

    def _author(self, account: Account, author: str) -> Connection:
        """Only GitHub shows who belongs to an account."""
        if account.kind is not OWNER:
            return Connection.UNKNOWN
        if account.name not in self._seen:
            self._seen[account.name] = self._connection(account.name, author)
        return self._seen[account.name]

    def _connection(self, account: str, author: str) -> Connection:
        if account.lower() == author.lower():
            return Connection.SAME
        return _or_unknown(lambda: self._membership(account, author))

    def _membership(self, account: str, author: str) -> Connection:
        member = self._retrier.call(lambda: self._network.is_public_member(account, author))
        return Connection.PUBLIC_MEMBER if member else Connection.NOT_SEEN


def _neighbours(hub: DesiredHub, proposal: Proposal) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(domain=one.domain, relation=one.relation, hub=one.hub, other=one.other)
        for one in domain_neighbours(hub, proposal.before)
    )


def _or_unknown(observe: Callable[[], Connection]) -> Connection:
    """What helps a person to judge is no reason to stop when it cannot be had."""
    try:
        return observe()
    except ProvisionerError:
        return Connection.UNKNOWN
