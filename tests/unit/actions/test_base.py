"""An action becomes a step when it is bound to its inputs, its readers and its writers."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest

from provisioner.actions.base import Readers, Writers, bind
from provisioner.engine.step import Assessed, Claims
from provisioner.models.plan import Verdict

READERS, WRITERS = cast(Readers, object()), cast(Writers, object())
CLAIMS: Claims = frozenset({("project", "nairobi--docs")})
LOOK: Assessed[str] = Assessed(Verdict.CREATE, "Make it.", found="prj_1")


@dataclass
class Noting:
    """An action that writes down what it is given."""

    name: str = "note"
    timeout: timedelta = timedelta(minutes=3)
    optional: bool = True
    seen: list[tuple[object, ...]] = field(default_factory=list)

    def assess(
        self, inputs: str, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[str]:
        self.seen.append((inputs, readers, claims, handle))
        return LOOK

    def perform(self, inputs: str, writers: Writers, found: str) -> str | None:
        self.seen.append((inputs, writers, found))
        return "dpl_1"


def test_a_step_has_the_name_the_time_and_the_weight_of_its_action() -> None:
    step = bind(Noting(), "docs", READERS, WRITERS)

    assert (step.action, step.timeout, step.optional) == ("note", timedelta(minutes=3), True)


def test_it_looks_with_its_readers_and_changes_with_its_writers() -> None:
    action = Noting()
    step = bind(action, "docs", READERS, WRITERS)

    assert step.assess(CLAIMS, "dpl_0") is LOOK
    assert step.perform(LOOK) == "dpl_1"
    assert action.seen == [("docs", READERS, CLAIMS, "dpl_0"), ("docs", WRITERS, "prj_1")]


def test_without_writers_it_can_look_but_change_nothing() -> None:
    action = Noting()
    step = bind(action, "docs", READERS, None)

    assert step.assess(CLAIMS, None) is LOOK
    with pytest.raises(AssertionError, match="readers only"):
        step.perform(LOOK)
    assert len(action.seen) == 1
