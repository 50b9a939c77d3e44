"""GitHub's limits on how often may be asked, by token. See docs.github.com: rate limits.

The counts in the headers are always true. Nothing is refused for them unless
a test asks for it (`Limits.enforced`), because a sandbox lives many hours in
a second.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.world import World

PER_HOUR = {"user": 5000, "actions": 1000}
WINDOW = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Enforced:
    """What is refused. None: no limit. `retry_after` False leaves that header out."""

    per_hour: int | None = None
    content_per_minute: int | None = None
    retry_after: bool = True


@dataclass
class Refusal:
    """`secondary` is about the pace, the other about the hour. `wait` is in seconds."""

    secondary: bool
    wait: int


@dataclass(frozen=True)
class Usage:
    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        return max(self.limit - self.used, 0)


class Limits:
    """Counts the requests of each kind of token."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.enforced = Enforced()
        self._started: dict[str, datetime] = {}
        self._used: dict[str, int] = defaultdict(int)
        self._writes: dict[str, list[datetime]] = defaultdict(list)

    def spend(self, actor: Actor, *, writes: bool) -> Refusal | None:
        """Count a request; the refusal where a limit that is enforced is used up."""
        self._roll(actor)
        self._used[actor.kind] += 1
        usage = self.usage(actor)
        if self.enforced.per_hour is not None and usage.used > usage.limit:
            return Refusal(secondary=False, wait=usage.reset - int(self._now().timestamp()))
        return self._pace(actor) if writes else None

    def usage(self, actor: Actor) -> Usage:
        self._roll(actor)
        limit = self.enforced.per_hour
        reset = self._started[actor.kind] + WINDOW
        return Usage(
            PER_HOUR[actor.kind] if limit is None else limit,
            self._used[actor.kind],
            math.ceil(reset.timestamp()),
        )

    def _pace(self, actor: Actor) -> Refusal | None:
        """GitHub allows 80 calls a minute that create content."""
        now = self._now()
        recent = [one for one in self._writes[actor.kind] if one > now - MINUTE]
        allowed = self.enforced.content_per_minute
        if allowed is not None and len(recent) >= allowed:
            wait = (recent[0] + MINUTE - now).total_seconds() if recent else 60.0
            return Refusal(secondary=True, wait=math.ceil(wait))
        self._writes[actor.kind] = [*recent, now]
        return None

    def _roll(self, actor: Actor) -> None:
        started = self._started.setdefault(actor.kind, self._now())
        if self._now() >= started + WINDOW:
            self._started[actor.kind], self._used[actor.kind] = self._now(), 0

    def _now(self) -> datetime:
        return self._world.clock.now()
