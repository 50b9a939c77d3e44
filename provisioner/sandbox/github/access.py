"""Who may do what with a repository or an account. Changes nothing."""

from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.records import PERMISSIONS, Account, Permission, Repository


class Access:
    """Answers for one network's repository, which the Actions token is good for."""

    def __init__(self, network: str) -> None:
        self._network = network.lower()

    def permission(self, actor: Actor, repository: Repository) -> Permission:
        """The strongest permission that a token has."""
        if actor.kind == "actions":
            own = repository.full_name.lower() == self._network
            return "write" if own else _public(repository)
        return self.of_login(actor.login, repository)

    def of_login(self, login: str, repository: Repository) -> Permission:
        """The strongest permission that a person has."""
        owner = repository.owner
        if owner.login == login or owner.members.get(login) == "admin":
            return "admin"
        if repository.creator == login and _belongs(owner, login):
            return "admin"
        given = repository.collaborators.get(login, "none")
        base = "read" if login in owner.members else _public(repository)
        return max(given, base, key=PERMISSIONS.index)

    def may(self, actor: Actor, repository: Repository, needed: Permission) -> bool:
        has = self.permission(actor, repository)
        return PERMISSIONS.index(has) >= PERMISSIONS.index(needed)

    def may_create_in(self, actor: Actor, owner: Account) -> bool:
        """Whether the token may make repositories for this owner."""
        if actor.kind == "actions":
            return False
        if not owner.is_organization:
            return owner is actor.account
        role = owner.members.get(actor.login)
        return role == "admin" or (role is not None and owner.open_to_members)


def sees(app_owner: Account, repository: Repository) -> bool:
    """Whether the host's GitHub App may see a repository of this account."""
    if app_owner.app == "selected":
        return repository.id in app_owner.app_repositories
    return app_owner.app == "all"


def _public(repository: Repository) -> Permission:
    return "none" if repository.private else "read"


def _belongs(owner: Account, login: str) -> bool:
    return not owner.is_organization or login in owner.members
