"""A fresh world, with strangers' things of like names beside the hubs' accounts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests import canary
from tests.model.handwork import Hands
from tests.model.plant import Plant
from tests.model.strangers import plant_strangers
from tests.model.turns import TurnClock
from tests.model.world import World


@contextmanager
def world() -> Iterator[World]:
    """Served while the context lasts."""
    clock = TurnClock()
    watching: list[World] = []

    def observer(logged: Logged) -> None:
        for one in watching:
            one.watch.request(logged)

    with (
        tempfile.TemporaryDirectory() as folder,
        clock.in_turns(),
        Sandbox(clock=clock, observer=observer) as sandbox,
    ):
        canary.plant_environment(sandbox.environment)
        made = World(Plant(sandbox, clock, Path(folder) / "hubs"), clock, Hands(sandbox))
        plant_strangers(made)
        sandbox.control.clear_requests()
        watching.append(made)
        yield made
