"""One crash: a story in which a process dies at one boundary, and what is wrong with its end."""

from dataclasses import dataclass

from provisioner.commands.applying import Applied
from tests.crash.boundary import Boundary
from tests.crash.comparison import Ending
from tests.crash.healing import Verdict, heal
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
class Aftermath(Verdict):
    """`reached` is false when the story went another way and the process never died."""

    reached: bool


def aftermath(death: Death, open_sandbox: OpenSandbox, seed: int) -> Aftermath:
    """Play the story with the death in it, let the schedule resume it, compare the endings."""
    endings = rehearsal(death.story, open_sandbox).endings
    with stage(death.story, open_sandbox, seed) as network:
        network.fate, network.knows_of_deaths = death.boundary, not death.silent
        errors: list[str] = []
        for act, clean in zip(death.story.acts, endings, strict=True):
            applied = _performed(network, act, clean)
            errors += [f"{item.hub}: {item.error.message}" for item in applied if item.error]
        end = network.ending(death.story.hubs)
    return Aftermath(tuple(errors), *end.compared(endings[-1]), network.fate is None)


def _performed(network: Stage, act: Act, clean: Ending) -> list[Applied]:
    """Apply once and, where the process died, let the schedule act once: that must be enough."""
    network.people(act)
    try:
        applied = network.apply_once(act)
    except Crash:
        applied = []
    if not network.process.died.is_set():
        return applied
    network.fate = None
    healed = list(heal(network, act.hubs, clean, most=1))
    network.read_up(act.hubs)
    return healed
