"""Gathers what only a person can judge of a pull request. Looks; judges and changes nothing."""

from collections.abc import Callable

from provisioner.desired.proposal import JudgedFile, Proposal
from provisioner.desired.review import domain_neighbours, first_uses
from provisioner.engine.retry import Retrier
from provisioner.errors import ProvisionerError
from provisioner.github.network_repository import NetworkRepository
from provisioner.models.change import Connection, FirstUse, Review
from provisioner.models.remote import PullRequest

GITHUB = "github"


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
        returns = file.owners.known and file.owners.present is None and hub is not None
        return Review(
            author=pull.author,
            elsewhere=self._elsewhere,
            first_uses=tuple(
                self._known(use, pull.author)
                for use in (first_uses(hub, proposal.before) if hub else ())
            ),
            neighbours=domain_neighbours(hub, proposal.before.hubs.values()) if hub else (),
            former_maintainers=tuple(p.login for p in file.owners.recorded) if returns else (),
        )

    def _known(self, use: FirstUse, author: str) -> FirstUse:
        """Only GitHub shows who belongs to an account."""
        if use.kind != GITHUB:
            return use
        if use.account not in self._seen:
            self._seen[use.account] = self._connection(use.account, author)
        return use.model_copy(update={"author": self._seen[use.account]})

    def _connection(self, account: str, author: str) -> Connection:
        if account.lower() == author.lower():
            return Connection.SAME
        return _or_unknown(lambda: self._membership(account, author))

    def _membership(self, account: str, author: str) -> Connection:
        member = self._retrier.call(lambda: self._network.is_public_member(account, author))
        return Connection.PUBLIC_MEMBER if member else Connection.NOT_SEEN


def _or_unknown(look: Callable[[], Connection]) -> Connection:
    """What helps a person to judge is no reason to stop when it cannot be had."""
    try:
        return look()
    except ProvisionerError:
        return Connection.UNKNOWN
