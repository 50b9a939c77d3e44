"""The model as hypothesis plays it: one seed a story, each step a rule that can happen then."""

from collections.abc import Collection
from contextlib import ExitStack
from random import Random

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.model.files import PLACES
from tests.model.rules import Choice, Rule
from tests.model.story import Broken, Step, story
from tests.model.tally import Tally

WEIGHTS = (0, 1, 1, 2, 8)
"""How much more often than others a rule is drawn in one story, if at all: of stories in which
everything happens a little, few are about any one thing."""


class Machine(RuleBasedStateMachine):
    """A story that one seed draws. `tally` counts, `without` leaves invariants out.

    Hypothesis draws the seed and the length; drawn one by one, the first rules by name would
    happen ten times as often as the last.
    """

    tally = Tally()
    possible_rules: Collection[Rule] = ()
    without: Collection[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.story = self.stack.enter_context(story(self.without))
        self.random = Random()
        self.weights: dict[str, int] = {}

    @initialize(random=st.randoms(use_true_random=True))
    def begins(self, random: Random) -> None:
        self.random = random
        self.weights = {one.name: random.choice(WEIGHTS) for one in self.possible_rules}
        self.story.happens("new_hub", {"hub": random.choice(sorted(PLACES))})

    @rule()
    def something_happens(self) -> None:
        possible = [(one, ways) for one in self.possible_rules if (ways := self._ways(one))]
        if possible:
            weights = [self.weights[one.name] for one, _ in possible]
            ((one, ways),) = self.random.choices(possible, weights)
            self.story.happens(one.name, self.random.choice(ways))

    def _ways(self, one: Rule) -> list[Choice]:
        return list(one.ways(self.story.world)) if self.weights[one.name] else []

    def teardown(self) -> None:
        try:
            self.story.ends()
        finally:
            self.stack.close()
            self.tally.add(self.story)


def machine(tally: Tally, rules: Collection[Rule], without: Collection[str]) -> type[Machine]:
    """A machine of its own: hypothesis keeps its rules with the class."""
    return type("Drawn", (Machine,), {"tally": tally, "possible_rules": rules, "without": without})


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
