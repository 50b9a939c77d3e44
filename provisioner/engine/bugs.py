"""Exceptions that nobody foresaw: each ends what it happened in, and nothing else.

Of such an exception only its type and its place are said: its text may hold a secret.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from provisioner.engine.limits import Redact, kept_assessment
from provisioner.engine.recorder import Listener
from provisioner.engine.step import Assessment, Claims, Step
from provisioner.errors import Bug, ProvisionerError
from provisioner.models.run import Run

HOUSE = Path(__file__).resolve().parents[1]

Result = TypeVar("Result")

log = logging.getLogger(__name__)


def bug_of(error: Exception) -> Bug:
    """The exception as an error for people: what it is and where our code met it."""
    if isinstance(error, Bug):
        return error
    return Bug(
        f"This is a bug of the provisioner ({type(error).__name__} at {_place(error)}).",
        "Report it to those who maintain the provisioner, with the text in brackets. What was "
        "done before it stays; the rest goes on.",
    )


def _place(error: Exception) -> str:
    """The innermost line of ours, as `provisioner/actions/deploy.py:12`."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if HOUSE in Path(frame.filename).parents]
    if not ours:
        return "an unknown place"
    return f"{Path(ours[-1].filename).relative_to(HOUSE.parent).as_posix()}:{ours[-1].lineno}"


def foreseen(call: Callable[[], Result]) -> Result:
    """What the call gives, or an error for people: what nobody foresaw is raised as a `Bug`."""
    try:
        return call()
    except ProvisionerError:
        raise
    except Exception as error:
        raise bug_of(error) from None  # its text must not be shown by whoever shows a chain


def protected(step: Step, redact: Redact = str) -> Step:
    """The step as the engine may use it: its assessments are bounded, their bugs are its own."""

    def assess(claims: Claims, handle: str | None) -> Assessment:
        return foreseen(lambda: kept_assessment(step.assess(claims, handle), redact))

    return replace(step, assess=assess)


class Shielded:
    """A listener whose trouble stops neither the run nor the other listeners."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.trouble: ProvisionerError | None = None

    def __call__(self, run: Run) -> None:
        try:
            foreseen(lambda: self._listener(run))
        except ProvisionerError as error:
            self.trouble = error
            log.error("a listener of %s broke: %s", run.hub, error.message)
