"""Who is on GitHub, and who asks. Knows no repository.

By default the world is open: an owner that nobody has declared is an
organisation that exists and of which the provisioner's user is a member.
"""

import re
from dataclasses import dataclass
from typing import Literal

from provisioner.sandbox.github.records import Account
from provisioner.sandbox.world import World

BOT_LOGIN = "github-actions[bot]"
BOT_ID = 41898282
USER_LOGIN = "provisioner-bot"
MAINTAINER = "example-maintainer"
LOGIN = re.compile(r"(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Actor:
    """Who a request's token speaks for. An Actions token is good for one repository."""

    account: Account
    kind: Literal["actions", "user"]
    makes_copies: bool = False
    """Whether the token is the one that docs/set-up.md has made for the copies."""

    @property
    def login(self) -> str:
        return self.account.login


class Accounts:
    """Every account, by login without regard to case."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._accounts: dict[str, Account] = {}
        self.open = True
        self.bot = Account(BOT_ID, BOT_LOGIN, "Bot", world.clock.now())
        self._accounts[BOT_LOGIN] = self.bot
        self.user = self.declare(USER_LOGIN, "User")

    def find(self, login: str) -> Account | None:
        """The account; in an open world one that was never heard of is an organisation."""
        known = self._accounts.get(login.lower())
        if known is not None:
            return known if known.exists else None
        if not self.open or not LOGIN.fullmatch(login):
            return None
        return self.declare(login, "Organization")

    def declare(self, login: str, kind: Literal["User", "Organization"]) -> Account:
        """The account as of this kind, made if it is new; an organisation gets our member."""
        account = self._accounts.get(login.lower())
        if account is None:
            account = Account(self._world.number(), login, kind, self._world.clock.now())
            self._accounts[login.lower()] = account
        account.type, account.exists = kind, True
        if account.is_organization:
            account.members.setdefault(USER_LOGIN, "member")
        return account

    def rename(self, login: str, to: str) -> None:
        """The account keeps its id; its old login is nobody's."""
        account = self._accounts.pop(login.lower())
        account.login = to
        self._accounts[to.lower()] = account

    def register_anew(self, login: str) -> Account:
        """Whoever had the login has given it up; a new account of a new id has it now."""
        self._accounts.pop(login.lower(), None)
        return self.declare(login, "User")

    def person(self, login: str) -> Account:
        """A user account for somebody who acts, such as a pull request's author."""
        known = self._accounts.get(login.lower())
        return known if known is not None else self.declare(login, "User")

    def by_email(self, email: str) -> Account | None:
        """Whose commits carry this address; None for an address that no account has."""
        return next((one for one in self.all() if email_of(one) == email), None)

    def all(self) -> list[Account]:
        return sorted(self._accounts.values(), key=lambda one: one.login.lower())

    def actor(self, authorization: str) -> Actor | None:
        """Who an `Authorization` header stands for; None for a token that is not valid."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() not in {"bearer", "token"}:
            return None
        return self.actor_of_token(token.strip())

    def actor_of_token(self, token: str) -> Actor | None:
        tokens = self._world.tokens
        if token == tokens.github_user:
            return Actor(self.user, "user", makes_copies=True)
        if token == tokens.github_maintainer:
            return Actor(self.person(MAINTAINER), "user")
        return Actor(self.bot, "actions") if token == tokens.github_actions else None


def email_of(account: Account) -> str:
    """The address that GitHub gives to the commits of an account."""
    return f"{account.id}+{account.login}@users.noreply.github.com"
