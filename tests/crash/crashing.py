"""One crash: a story in which a process dies at one boundary, and what is wrong with its end."""

from dataclasses import dataclass

from provisioner.commands.applying import Applied
from provisioner.engine.lease import DURATION, Busy
from tests.crash.boundary import Boundary
from tests.crash.mortal import Crash
from tests.crash.playing import OpenSandbox, Stage, rehearsal, stage
from tests.crash.stories import Act, Story


@dataclass(frozen=True)
class Death:
    """A case of the suite. `silent`: nobody can tell that the process is dead."""

    story: Story
    boundary: Boundary
    silent: bool = False

    def __str__(self) -> str:
        silent = " (silent)" if self.silent else ""
        return f"{self.story.name} | {self.boundary}{silent}"


@dataclass(frozen=True)
class Aftermath:
    """`reached` is false when the story went another way and the process never died."""

    reached: bool
    errors: tuple[str, ...]
    duplicates: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        twice = (f"twice: {item}" for item in self.duplicates)
        return (*self.errors, *twice, *self.differences)


def aftermath(death: Death, open_sandbox: OpenSandbox, seed: int) -> Aftermath:
    """Play the story with the death in it, resume with a new process, compare the endings."""
    clean = rehearsal(death.story, open_sandbox).endings[-1]
    with stage(death.story, open_sandbox, seed) as network:
        network.fate, network.knows_of_deaths = death.boundary, not death.silent
        errors: list[str] = []
        for act in death.story.acts:
            applied = _performed(network, act)
            errors += [f"{item.hub}: {item.error.message}" for item in applied if item.error]
        end = network.ending(death.story.hubs)
    return Aftermath(
        network.fate is None,
        tuple(errors),
        tuple(end.duplicates(clean)),
        tuple(end.differences(clean)),
    )


def _performed(network: Stage, act: Act) -> list[Applied]:
    """Apply once and, where the process died, once more: that must be enough."""
    network.people(act)
    try:
        applied = network.apply_once(act)
    except Crash:
        applied = []
    if not network.process.died.is_set():
        return applied
    network.fate = None
    applied = network.apply_once(act)
    if not network.knows_of_deaths and any(isinstance(item.error, Busy) for item in applied):
        network.wait(DURATION)
        applied = network.apply_once(act)
    return applied
