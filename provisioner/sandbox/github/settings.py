"""What GitHub's world is like: accounts, repositories, protection, limits, set from outside.

For tests of everything that may stand in the provisioner's way. The form of
each order is its class in `orders`; `POST /_sandbox/<name>` takes the same as JSON.
"""

from typing import Any, Literal

from provisioner.sandbox.github.accounts import MAINTAINER, USER_LOGIN
from provisioner.sandbox.github.dispatching import Dispatching
from provisioner.sandbox.github.git import HEADS
from provisioner.sandbox.github.limits import Enforced
from provisioner.sandbox.github.orders import (
    AccountOrder,
    BehaviourOrder,
    EnvironmentOrder,
    ProtectionOrder,
    RepositoryOrder,
    RunOrder,
    read_order,
)
from provisioner.sandbox.github.people import ControlError
from provisioner.sandbox.github.records import Account, Environment, Protection, Repository
from provisioner.sandbox.github.run_records import ActionsJob


class Settings(Dispatching):
    """Sets the world's circumstances. Every method takes the world's lock."""

    def set_account(self, login: str, **more: Any) -> Account:
        """See `AccountOrder` for what may be set."""
        order = read_order(AccountOrder, {"login": login, **more})
        with self.github.world.lock:
            kind: Literal["User", "Organization"] = (
                "User" if order.type == "user" else "Organization"
            )
            account = self.github.accounts.declare(login, kind)
            account.exists, account.app = order.exists, order.app
            account.open_to_members = order.may_create
            account.forks_of_private = order.forks_of_private
            account.public_members = {login.lower() for login in order.public_members}
            account.app_repositories = {one.id for one in self.github.repositories.of(account)}
            account.members.pop(USER_LOGIN, None)
            if order.member and account.is_organization:
                account.members[USER_LOGIN] = order.role
            if not order.administered:
                account.members.pop(MAINTAINER, None)
            return account

    def register_anew(self, login: str) -> Account:
        """A login that was given up is registered by somebody else: the same name, another id."""
        with self.github.world.lock:
            return self.github.accounts.register_anew(login)

    def rename_account(self, login: str, to: str) -> None:
        """The account gets another login; the old one is free for everybody."""
        with self.github.world.lock:
            self.github.accounts.rename(login, to)

    def set_repository(self, full_name: str, **more: Any) -> Repository:
        """See `RepositoryOrder` for what may be set."""
        order = read_order(RepositoryOrder, {"full_name": full_name, **more})
        with self.github.world.lock:
            found = self.github.repositories.find(full_name) or self._made(order)
            found.private, found.is_template = order.private, order.template
            found.allow_forking, found.archived = order.forking, order.archived
            found.has_actions, found.allowed_actions = order.actions, order.allowed_actions
            if order.permission is not None:
                found.collaborators[USER_LOGIN] = order.permission
            return found

    def _made(self, order: RepositoryOrder) -> Repository:
        login, _, name = order.full_name.partition("/")
        owner = self.github.accounts.find(login)
        if owner is None:
            raise ControlError(f"there is no account {login}")
        if order.fork_of is not None:
            return self._fork(self.repository(order.fork_of), owner, name)
        files = {path: content.encode() for path, content in order.files.items()}
        return self.github.repositories.create(owner, name, owner, files)

    def _fork(self, source: Repository, owner: Account, name: str) -> Repository:
        fork = self.github.copies.fork(source, owner, owner, name)
        fork.readable_at = self.github.world.clock.now()
        return fork

    def rename_repository(self, full_name: str, to: str) -> None:
        with self.github.world.lock:
            login, _, name = to.partition("/")
            owner = self.github.accounts.find(login)
            if owner is None or self.github.repositories.find(to) is not None:
                raise ControlError(f"{full_name} cannot become {to}")
            self.github.repositories.rename(self.repository(full_name), owner, name)

    def delete_repository(self, full_name: str) -> None:
        with self.github.world.lock:
            self.github.delete_repository(self.repository(full_name))

    def delete_branch(self, full_name: str, branch: str) -> None:
        with self.github.world.lock:
            found = self.repository(full_name)
            if found.git.ref(HEADS + branch) is None:
                raise ControlError(f"{full_name} has no branch {branch}")
            self.github.repositories.move(found, branch, None)

    def set_protection(self, **more: Any) -> None:
        """See `ProtectionOrder`."""
        order = read_order(ProtectionOrder, more)
        with self.github.world.lock:
            protections = self.github.network_repository().protections
            protections.pop(order.branch, None)
            if order.contexts is not None:
                protections[order.branch] = Protection(
                    order.contexts,
                    order.strict,
                    order.enforce_admins,
                    order.reviews,
                    order.ruleset,
                    order.code_owners,
                    order.deletable,
                    order.forcible,
                    order.updates,
                )

    def set_environment(self, name: str, **more: Any) -> None:
        """See `EnvironmentOrder`."""
        order = read_order(EnvironmentOrder, {"name": name, **more})
        with self.github.world.lock:
            environments = self.github.network_repository().environments
            known = environments.pop(name, None)
            if order.exists:
                now = self.github.world.clock.now()
                key = known.id if known else self.github.world.number()
                made = Environment(key, name, now, now, order.branches, policies=order.policies)
                environments[name] = made

    def add_run(self, workflow: str, **more: Any) -> int:
        """Register an Actions run and give its id; see `RunOrder`."""
        order = read_order(RunOrder, {"workflow": workflow, **more})
        with self.github.world.lock:
            repository = self.github.network_repository()
            branch = order.branch or repository.default_branch
            sha = order.sha or repository.git.head(branch)
            if sha is None or repository.git.commit(sha) is None:
                raise ControlError(f"there is no commit for {order.sha or branch}")
            actor = self.github.accounts.person(order.actor)
            run = self.github.start_run(repository, workflow, order.event, branch, sha, actor)
            run.status, run.conclusion, run.attempt = order.status, order.conclusion, order.attempt
            numbers = self.github.world.number
            run.jobs = [
                ActionsJob(numbers(), one, order.conclusion, order.status) for one in order.jobs
            ]
            return run.id

    def set_behaviour(self, **more: Any) -> None:
        """See `BehaviourOrder`."""
        order = read_order(BehaviourOrder, more)
        given = order.model_fields_set
        with self.github.world.lock:
            if order.open_accounts is not None:
                self.github.accounts.open = order.open_accounts
            if order.several_forks is not None:
                self.github.copies.several_forks = order.several_forks
            if order.pulls_lag is not None:
                self.github.pulls.lag = order.pulls_lag
            if order.comments_lag is not None:
                self.github.issues.lag = order.comments_lag
            if order.tree_entries is not None:
                self.github.tree_entries = order.tree_entries
            if order.changes_workflows is not None:
                self.github.token_changes_workflows = order.changes_workflows
            if "scopes" in given:
                self.github.token_scopes = order.scopes
            if "token_ends" in given:
                self.github.token_ends = order.token_ends
            enforced = vars(self.github.limits.enforced)
            wanted = {key: getattr(order, key) for key in enforced.keys() & given}
            self.github.limits.enforced = Enforced(**{**enforced, **wanted})
