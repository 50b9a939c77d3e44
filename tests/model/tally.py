"""What was played, in numbers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.model.story import Step, Story


@dataclass
class Tally:
    """`newest` are the steps of the story that was played last."""

    stories: int = 0
    steps: int = 0
    ticks: int = 0
    jobs: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    newest: "list[Step]" = field(default_factory=list)

    def add(self, story: "Story") -> None:
        self.stories += 1
        self.steps += len(story.steps)
        self.ticks += story.world.plant.ticks
        self.jobs += sum(story.world.plant.jobs.values())
        self.rules.update(name for name, _ in story.steps)
        self.newest = list(story.steps)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.stories + other.stories,
            self.steps + other.steps,
            self.ticks + other.ticks,
            self.jobs + other.jobs,
            self.rules + other.rules,
            self.broken + other.broken,
        )

    def told(self) -> str:
        """A few lines for people."""
        broken = [f"  {count} × {name}" for name, count in self.broken.most_common()]
        rules = ", ".join(f"{name} {count}" for name, count in self.rules.most_common())
        return "\n".join(
            [
                f"{self.stories} stories, {self.steps} steps, {self.ticks} ticks, {self.jobs} jobs",
                f"rules: {rules}",
                f"invariants broken: {sum(self.broken.values())}",
                *broken,
            ]
        )
