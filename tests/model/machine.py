"""The model as hypothesis plays it: one rule a thing that can happen, drawn among its ways."""

from collections.abc import Callable, Collection
from contextlib import ExitStack
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.model.files import PLACES
from tests.model.rules import Rule
from tests.model.story import Broken, Step, story
from tests.model.tally import Tally

PICK = st.integers(0, 2**16)


class Machine(RuleBasedStateMachine):
    """A story whose steps hypothesis draws. `tally` counts, `without` leaves invariants out."""

    tally = Tally()
    without: Collection[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.story = self.stack.enter_context(story(self.without))

    @initialize(hub=st.sampled_from(sorted(PLACES)))
    def begins(self, hub: str) -> None:
        self.story.happens("new_hub", {"hub": hub})

    def teardown(self) -> None:
        try:
            self.story.ends()
        finally:
            self.stack.close()
            self.tally.add(self.story)


def machine(tally: Tally, rules: Collection[Rule], without: Collection[str]) -> type[Machine]:
    """A machine of its own: hypothesis keeps its rules with the class."""
    members: dict[str, Any] = {one.name: _drawn(one) for one in rules}
    return type("Drawn", (Machine,), {**members, "tally": tally, "without": without})


def _drawn(one: Rule) -> Callable[..., Any]:
    def happens(self: Machine, pick: int) -> None:
        ways = list(one.ways(self.story.world))
        self.story.happens(one.name, ways[pick % len(ways)])

    happens.__name__ = one.name
    possible = precondition(lambda self: any(True for _ in one.ways(self.story.world)))
    return possible(rule(pick=PICK)(happens))


def broken_in(
    number: int,
    examples: int,
    steps: int,
    tally: Tally,
    rules: Collection[Rule],
    without: Collection[str] = (),
) -> tuple[Broken, list[Step]] | None:
    """Play so many stories of one seed, up to the first that breaks something."""
    made = machine(tally, rules, without)
    try:
        run_state_machine_as_test(
            seed(number)(made),
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                report_multiple_bugs=False,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Broken as broken:
        return broken, list(tally.newest)
    return None
