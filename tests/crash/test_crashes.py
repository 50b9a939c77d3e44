"""A process may die at any request: the next one ends in the same world, and nothing is doubled."""

import traceback
from collections.abc import Callable, Iterator

import pytest

from tests.crash.boundary import Boundary, Phase
from tests.crash.crashing import Death, aftermath
from tests.crash.playing import OpenSandbox, rehearsal
from tests.crash.settings import MOST_TOLD, SETTINGS, how_to_run, part_of
from tests.crash.stories import NEW_HUB, STORIES, Story
from tests.crash.tally import Tally

PARTS = {
    story: SETTINGS.parts(4, 16) if story is NEW_HUB else SETTINGS.parts(2, 8) for story in STORIES
}
SILENT_ONE_IN = 60
READS_ONE_IN = 27

NAMES = {
    "all": "boundaries",
    "tried": "tried",
    "resumed": "resumed",
    "missed": "not reached",
    "duplicates": "duplicates",
    "differing": "differing worlds",
}


@pytest.mark.parametrize(
    ("story", "part"),
    [(story, part) for story, parts in PARTS.items() for part in range(parts)],
    ids=lambda value: value.name if isinstance(value, Story) else str(value),
)
def test_whatever_request_a_process_dies_at_the_next_one_ends_in_the_same_world(
    story: Story,
    part: int,
    open_sandbox: OpenSandbox,
    record_property: Callable[[str, object], None],
) -> None:
    boundaries = rehearsal(story, open_sandbox).boundaries
    tally = Tally("crashes")
    deaths = [death for death in _deaths(story, boundaries) if part_of(death, PARTS[story]) == part]
    tally.add(story.name, NAMES["all"], len(deaths))
    found = [
        complaint
        for death in deaths
        if SETTINGS.everything or _in_sample(death)
        for round_ in SETTINGS.rounds_of(death)
        for complaint in _tried(death, round_, open_sandbox, tally)
    ]
    tally.hand_in(record_property)
    assert not found, "\n".join(found)


@pytest.mark.skipif(SETTINGS.everything, reason="there is no sample")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_sample_has_every_write_and_every_phase_of_it(
    story: Story, open_sandbox: OpenSandbox
) -> None:
    boundaries = rehearsal(story, open_sandbox).boundaries

    sample = [death.boundary for death in _deaths(story, boundaries) if _in_sample(death)]

    written = {(one.label, one.number) for one in boundaries if one.writes}
    assert written <= {(one.label, one.number) for one in sample}
    assert {one.phase for one in sample if one.writes} == set(Phase)
    assert len(sample) < len(boundaries)


def _deaths(story: Story, boundaries: tuple[Boundary, ...]) -> Iterator[Death]:
    for boundary in boundaries:
        yield Death(story, boundary)
        yield Death(story, boundary, silent=True)


def _in_sample(death: Death) -> bool:
    """Each write in one of its phases. Reads change nothing: a few will do, others by each seed."""
    boundary = death.boundary
    if death.silent:
        return SETTINGS.draw(f"silent {boundary}", SILENT_ONE_IN) == 0
    if boundary.writes:
        phases = list(Phase)
        drawn = SETTINGS.draw(f"{boundary.label} {boundary.number}", len(phases))
        return boundary.phase is phases[drawn]
    one_in = READS_ONE_IN // 3 if death.story is NEW_HUB else READS_ONE_IN
    return SETTINGS.draw(boundary, one_in) == 0


def _tried(death: Death, round_: int, open_sandbox: OpenSandbox, tally: Tally) -> Iterator[str]:
    row = death.story.name
    tally.add(row, NAMES["tried"])
    try:
        after = aftermath(death, open_sandbox, seed=1000 * (SETTINGS.seed + round_))
    except Exception:
        tally.add(row, NAMES["differing"])
        yield f"{death}\n  {traceback.format_exc()}\n  {how_to_run(death)}"
        return
    tally.add(row, NAMES["resumed" if after.reached else "missed"])
    tally.add(row, NAMES["duplicates"], len(after.duplicates))
    tally.add(row, NAMES["differing"], bool(after.differences or after.errors))
    if after.complaints:
        told = "\n  ".join(after.complaints[:MOST_TOLD])
        yield f"{death}\n  {told}\n  {how_to_run(death)}"
