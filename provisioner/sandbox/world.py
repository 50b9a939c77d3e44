"""What every stand-in shares: time, latency, ids and one lock. Holds no API's own state."""

import itertools
import random
import threading
from dataclasses import dataclass, field

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


@dataclass
class World:
    """Shared by the stand-ins; hold `lock` while reading or changing any of their state."""

    clock: Clock = field(default_factory=SystemClock)
    latency: Latency = field(default_factory=Latency)
    seed: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - ids of a stand-in, no secret
        self._numbers = itertools.count(1_000_001)

    def number(self) -> int:
        """A fresh id as GitHub makes them."""
        return next(self._numbers)

    def token(self, prefix: str, length: int = 24) -> str:
        """A fresh id as Vercel makes them, such as `prj_…`."""
        alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        return prefix + "".join(self._random.choices(alphabet, k=length))

    def now_ms(self) -> int:
        """Milliseconds since the epoch, as Vercel writes times."""
        return int(self.clock.now().timestamp() * 1000)
