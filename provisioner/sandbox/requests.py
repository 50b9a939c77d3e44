"""The record of every request that the stand-ins have received. Holds no token."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

BOT_TOKEN = re.compile(r"^/bot[^/]+")


@dataclass(frozen=True)
class Logged:
    """One request. `status` is None where the socket misbehaved instead of answering.

    `seconds` is how long the stand-in took by the machine's clock; `fault`
    names what was done to the exchange on purpose.
    """

    api: str
    method: str
    path: str
    query: str
    status: int | None
    time: datetime
    seconds: float
    fault: str | None = None
    token: str = ""
    """The variable that the program has the request's token from."""

    def as_json(self) -> dict[str, Any]:
        return {
            "api": self.api,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "time": self.time.isoformat(),
            "fault": self.fault,
            "token": self.token,
        }


def redacted(path: str) -> str:
    """Telegram's paths hold the bot's token."""
    return BOT_TOKEN.sub("/bot***", path)


Observer = Callable[[Logged], None]


class RequestLog:
    """Every request in the order of its arrival at the end of its handling. Thread-safe."""

    def __init__(self, observer: Observer | None = None) -> None:
        self._observer = observer
        self._entries: list[Logged] = []
        self._lock = threading.Lock()

    def add(self, entry: Logged) -> None:
        with self._lock:
            self._entries.append(entry)
        if self._observer is not None:
            self._observer(entry)

    def all(self) -> list[Logged]:
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
