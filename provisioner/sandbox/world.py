"""What every stand-in shares: time, latency, ids and one lock. Holds no API's own state.

Also the one way in which the host's stand-in may look at repositories
(`RepositoryLookup`): the real host sees them through its GitHub App, never
through the other stand-in's insides.
"""

import itertools
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from provisioner.clock import Clock, SystemClock


@dataclass(frozen=True)
class Latency:
    """How long the stand-ins take, in seconds of the world's clock.

    Nothing moves by itself: a stand-in computes where a fork or a build has
    got to from the time it began and the time it is asked.
    """

    request: float = 0.0
    fork_readable: float = 0.0
    build_queued: float = 0.0
    build: float = 0.0
    alias: float = 0.0

    @classmethod
    def none(cls) -> "Latency":
        return cls()

    @classmethod
    def real(cls, scale: float = 1.0) -> "Latency":
        """Numbers like the real services', multiplied by `scale`."""
        return cls(
            request=0.12 * scale,
            fork_readable=4.0 * scale,
            build_queued=2.0 * scale,
            build=30.0 * scale,
            alias=2.0 * scale,
        )


@dataclass(frozen=True)
class Tokens:
    """The only tokens that the stand-ins take; Telegram's come with each bot."""

    github_actions: str
    """What Actions gives a job as GITHUB_TOKEN: good for the network's repository only."""
    github_user: str
    """The machine user's, which makes the copies."""
    vercel: str
    github_maintainer: str
    """A person's who administers the network's repository. No part of what is provisioned with."""

    def variable(self, token: str) -> str:
        """Where the program has this token from; empty for a token that it never has."""
        names = {
            self.github_actions: "GITHUB_TOKEN",
            self.github_user: "PROVISIONER_GITHUB_TOKEN",
            self.vercel: "VERCEL_TOKEN",
        }
        return names.get(token, "")


@dataclass
class World:
    """Shared by the stand-ins; hold `lock` while reading or changing any of their state.

    The listener holds it while a stand-in answers, so that each request is one
    change; who looks from outside takes it himself.
    """

    clock: Clock = field(default_factory=SystemClock)
    latency: Latency = field(default_factory=Latency)
    seed: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - ids of a stand-in, no secret
        self._numbers = itertools.count(1_000_001)
        self.tokens = Tokens(
            github_actions=self.token("ghs_", 36),
            github_user=self.token("github_pat_", 59),
            vercel=self.token("", 24),
            github_maintainer=self.token("ghp_", 36),
        )

    def number(self) -> int:
        """A fresh id as GitHub makes them."""
        return next(self._numbers)

    def token(self, prefix: str, length: int = 24) -> str:
        """A fresh id as Vercel makes them, such as `prj_…`."""
        alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        return prefix + "".join(self._random.choices(alphabet, k=length))

    def random_bytes(self, length: int) -> bytes:
        """Bytes that are the same for the same seed."""
        return self._random.randbytes(length)

    def now_ms(self) -> int:
        """Milliseconds since the epoch, as Vercel writes times."""
        return int(self.clock.now().timestamp() * 1000)


@dataclass(frozen=True)
class RepositoryView:
    """A repository as the host's GitHub App sees it.

    `owner_type` is `User` or `Organization`; `installed` says whether the App
    may see the repository at all; `readable` is false while a new fork's
    commits cannot be read yet.
    """

    id: int
    full_name: str
    owner: str
    name: str
    owner_id: int
    owner_type: str
    private: bool
    fork: bool
    default_branch: str
    installed: bool
    readable: bool


@dataclass(frozen=True)
class CommitView:
    """One commit. `author_login` is empty where the author's address has no account."""

    sha: str
    message: str
    author_name: str
    author_login: str


@dataclass(frozen=True)
class Push:
    """A branch moved. `before` is None for a new branch, `after` for a deleted one."""

    repository_id: int
    branch: str
    before: str | None
    after: str | None


class RepositoryLookup(Protocol):
    """Repositories for reading. None means that there is no such thing."""

    def by_id(self, repository_id: int) -> RepositoryView | None: ...

    def by_full_name(self, full_name: str) -> RepositoryView | None:
        """Names are compared without case; a former name finds the renamed repository."""
        ...

    def head(self, repository_id: int, branch: str) -> str | None:
        """The SHA a branch stands at; None while the repository is not readable."""
        ...

    def commit(self, repository_id: int, sha: str) -> CommitView | None: ...

    def read_file(self, repository_id: int, sha: str, path: str) -> bytes | None: ...

    def on_push(self, callback: Callable[[Push], None]) -> None:
        """Call `callback` after every push, also those that the API's writes amount to."""
        ...
