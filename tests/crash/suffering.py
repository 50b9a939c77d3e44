"""One fault: what a run makes of it, whether it says so well, and whether the schedule heals it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from provisioner.commands.applying import Applied
from provisioner.errors import ExitCode, ProvisionerError
from provisioner.models.run import Run, StepRecord, StepState
from provisioner.sandbox.faults import read_faults
from tests.crash.comparison import Ending
from tests.crash.healing import Verdict, heal
from tests.crash.playing import OpenSandbox, Stage, rehearsal, stage
from tests.crash.stories import Runs
from tests.crash.troubles import Fault
from tests.scenario.network import TELEGRAM_TOKEN

EFFECTS = (
    "Nothing was changed",
    "The change itself was made",
    "Whether the change was made is not known",
)
REMOTE = re.compile(r"^(GitHub|Vercel|Telegram) (answered|did not answer|gave|takes)")
SECRET = TELEGRAM_TOKEN.partition(":")[2]
UNFIT_FOR_PEOPLE = ("Traceback", "http://127.0.0.1", "object at 0x", "Error(", "{'", "None", SECRET)


class Outcome(StrEnum):
    """How a run in trouble ends. After each but the first, the schedule has to heal it."""

    UNHARMED = "the same world at once"
    WAITED = "a step waited"
    FAILED = "a step failed"
    ENDED = "ended with an error"
    REFUSED = "refused to begin"
    MISSED = "not reached"


@dataclass(frozen=True)
class Suffered(Verdict):
    """What became of one fault; `errors` are of the run in trouble."""

    outcome: Outcome


def suffered(fault: Fault, open_sandbox: OpenSandbox, seed: int) -> Suffered:
    """Play the story up to the fault's act, in trouble; then let the schedule do what it can."""
    act = fault.target.act
    clean = rehearsal(fault.story, open_sandbox)
    with stage(fault.story, open_sandbox, seed) as network:
        for earlier in fault.story.acts[:act]:
            network.play(earlier)
        network.people(fault.story.acts[act])
        before = network.ending(fault.story.hubs)
        told = _in_trouble(network, fault, clean.runs[act])
        end = network.ending(fault.story.hubs)
        errors = tuple(_ill_told(told, end, before, clean.endings[act]))
        if not told.missed and end.differences(clean.endings[act]):
            network.patience = type(network).patience
            list(heal(network, fault.story.acts[act].hubs, clean.endings[act]))
            end = network.ending(fault.story.hubs)
    return Suffered(errors, *end.compared(clean.endings[act]), told.outcome)


@dataclass(frozen=True)
class _Told:
    """What the run in trouble said: errors, and steps that stand otherwise than in peace."""

    missed: bool
    errors: tuple[ProvisionerError, ...]
    steps: tuple[StepRecord, ...]

    @property
    def refused(self) -> bool:
        return any(error.exit_code == ExitCode.USAGE for error in self.errors)

    @property
    def outcome(self) -> Outcome:
        if self.missed:
            return Outcome.MISSED
        if self.errors:
            return Outcome.REFUSED if self.refused else Outcome.ENDED
        states = {step.state for step in self.steps}
        if StepState.FAILED in states:
            return Outcome.FAILED
        return Outcome.WAITED if StepState.WAITING in states else Outcome.UNHARMED


def _in_trouble(network: Stage, fault: Fault, clean: Runs) -> _Told:
    network.patience = fault.trouble.patience
    orders = read_faults(fault.order)
    network.refusals.add(orders if fault.trouble.nowhere else [])
    network.sandbox.control.add_faults([] if fault.trouble.nowhere else fault.order)
    applied: tuple[Applied, ...] = ()
    raised: tuple[ProvisionerError, ...] = ()
    try:
        applied = tuple(network.apply_once(fault.story.acts[fault.target.act]))
    except ProvisionerError as error:
        raised = (error,)
    (order,) = network.refusals.as_json() + network.sandbox.control.faults()
    network.refusals.clear()
    network.sandbox.control.clear_faults()
    errors = (*raised, *(item.error for item in applied if item.error))
    runs = [item.run for item in applied if item.run]
    steps = tuple(step for run in runs for step in _troubled(run, clean[run.hub]))
    return _Told(order["matched"] < fault.target.number, errors, steps)


def _troubled(run: Run, clean: Run) -> Iterator[StepRecord]:
    """Steps that ended otherwise than they do without trouble."""
    known = {
        (app.id, step.action, step.state, step.detail) for app in clean.apps for step in app.steps
    }
    for app in run.apps:
        for step in app.steps:
            ended = step.state in (StepState.FAILED, StepState.WAITING)
            if ended and (app.id, step.action, step.state, step.detail) not in known:
                yield step


def _ill_told(told: _Told, end: Ending, before: Ending, clean: Ending) -> Iterator[str]:
    """What is wrong with what the run said of itself."""
    if told.missed:
        return
    if not (told.errors or told.steps) and (differences := end.differences(clean)):
        yield f"nothing was said, but {'; '.join(differences)}"
    if told.refused and (made := end.made(before)):
        yield f"refused to begin, but made {', '.join(made)}"
    for place in (end.world, end.journals):
        if SECRET in str(place):
            yield "a secret is shown"
    for error in told.errors:
        yield from _ill_said("error", error.message, error.hint)
    for step in told.steps:
        yield from _ill_said(step.action, step.detail, step.hint)
        if REMOTE.search(step.detail) and not any(word in step.detail for word in EFFECTS):
            yield f"{step.action}: whether anything changed is not said: {step.detail}"


def _ill_said(what: str, message: str, hint: str) -> Iterator[str]:
    if not message or not hint:
        yield f"{what}: message {message!r}, hint {hint!r}"
    for word in UNFIT_FOR_PEOPLE:
        if word in message + hint:
            yield f"{what}: {word!r} is nothing for people: {message} {hint}"
