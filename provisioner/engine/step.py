"""A step as the engine sees it: a name, a look at the world, and one change. No API by name.

*observe, decide, perform, observe*: `assess` looks and decides, `perform` makes
the change that the assessment asks for, and only another `assess` may say that
it is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Generic, Never, TypeVar

from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor, Resource, Verdict

Claims = frozenset[tuple[str, str]]
"""What the journal says is ours, as (kind, name): said before it was made, or adopted.

Also (`FAILED`, action) for each step whose last attempt failed for good: people have
been told, so that whoever runs it again asks for another try. And (`made_by(action)`, id)
for what a step got as its handle when it made something: a list that is behind may lack it.
"""

FAILED = "failed step"


def made_by(action: str) -> str:
    """The kind of claim that holds the id of what a step made last."""
    return f"made by {action}"


def ids_made(claims: Claims, action: str) -> tuple[str, ...]:
    """The ids of what a step made, as the journal has them: to look at, they prove nothing."""
    return tuple(sorted(name for kind, name in claims if kind == made_by(action)))


class Progress(Enum):
    """How a world that needs no change of ours stands."""

    SETTLED = "settled"
    MOVING = "moving"
    """It gets there by itself within minutes: look again soon."""
    WAITING = "waiting"
    """It needs a person or a long time: end the step here and wake later."""


Found_co = TypeVar("Found_co", covariant=True)


@dataclass(frozen=True)
class Assessed(Generic[Found_co]):
    """What one look at the world says of one step."""

    verdict: Verdict
    detail: str = ""
    hint: str = ""
    who: Actor = Actor.NOBODY
    progress: Progress = Progress.SETTLED
    wake_after: timedelta | None = None
    resources: tuple[Resource, ...] = ()
    url: str | None = None
    dns: tuple[DnsEntry, ...] | None = None
    seen: bool = True
    """False where the world could not be looked at: nothing is known of the step's resources."""
    needless: bool = False
    """The step has nothing to do with this app, such as domains where none are asked for."""
    handle: str | None = None
    """What helps the next look to find the same thing, such as a deployment's id."""
    unkeyed: bool = False
    """The change makes something that no name tells apart: made again, it is there twice. Where
    an earlier attempt may have made it, the engine looks a second time before it is made."""
    found: Found_co | None = None
    """What was seen, for the change that it asks for: the action's own, and nobody else's."""

    @property
    def satisfied(self) -> bool:
        return self.verdict is Verdict.KEEP and self.progress is Progress.SETTLED

    @property
    def changes(self) -> bool:
        return self.verdict not in (Verdict.KEEP, Verdict.BLOCKED)


Assessment = Assessed[object]
"""As the engine sees it: what was found is none of its business."""


def moving(detail: str, handle: str | None = None, url: str | None = None) -> Assessed[Never]:
    """Nothing to do but to look again soon."""
    return Assessed(Verdict.KEEP, detail, progress=Progress.MOVING, handle=handle, url=url)


@dataclass(frozen=True)
class Step:
    """An action bound to its inputs.

    `assess(claims, handle)` only reads; `perform(assessment)` changes the world
    and may return a handle. Both raise `RemoteError`, `RetryableError` or
    `FatalError`. An `optional` step is left out of a run that does not need it.
    """

    action: str
    assess: Callable[[Claims, str | None], Assessment]
    perform: Callable[[Assessment], str | None]
    timeout: timedelta
    optional: bool = False
