"""A clock by which the world goes on while the provisioner waits."""

from collections.abc import Callable
from datetime import datetime, timedelta

from provisioner.clock import ManualClock


class Meanwhile(ManualClock):
    """While somebody sleeps, what was arranged for that time happens, once."""

    def __init__(self) -> None:
        super().__init__()
        self._arranged: list[tuple[datetime, Callable[[], None]]] = []

    def arrange(self, seconds: float, happens: Callable[[], None]) -> None:
        """So many seconds from now; not sooner, and only while somebody sleeps."""
        self._arranged.append((self.now() + timedelta(seconds=seconds), happens))

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        due = [item for item in self._arranged if item[0] <= self.now()]
        self._arranged = [item for item in self._arranged if item not in due]
        for _, happens in due:
            happens()
