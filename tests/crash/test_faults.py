"""Whatever goes wrong with a request: the same world, or clear words and the same world later."""

import traceback
from collections.abc import Callable, Iterator

import pytest

from tests.crash.playing import OpenSandbox, rehearsal
from tests.crash.settings import MOST_TOLD, SETTINGS, how_to_run, part_of
from tests.crash.stories import (
    ADDED_DOMAIN,
    CHANGED_VARIABLE,
    NEW_HUB,
    OTHER_OWNER,
    OTHER_TEAM,
    REMOVAL,
    Story,
)
from tests.crash.suffering import suffered
from tests.crash.tally import Tally
from tests.crash.troubles import TIMES, TROUBLES, Fault, targets

PARTS = {
    NEW_HUB: SETTINGS.parts(6, 24),
    CHANGED_VARIABLE: SETTINGS.parts(1, 4),
    ADDED_DOMAIN: SETTINGS.parts(1, 4),
    REMOVAL: SETTINGS.parts(1, 4),
    OTHER_OWNER: SETTINGS.parts(2, 4),
    OTHER_TEAM: SETTINGS.parts(2, 4),
}
WRITES_ONE_IN = 3
"""Of the kinds at each write of a new hub."""
SAMPLED_ONE_IN = 160
"""Of all the rest."""


@pytest.mark.parametrize(
    ("story", "part"),
    [(story, part) for story, parts in PARTS.items() for part in range(parts)],
    ids=lambda value: value.name if isinstance(value, Story) else str(value),
)
def test_whatever_goes_wrong_with_a_request_is_survived_or_told_and_fixed(
    story: Story,
    part: int,
    open_sandbox: OpenSandbox,
    record_property: Callable[[str, object], None],
) -> None:
    tally = Tally("faults")
    faults = [one for one in _faults(story, open_sandbox) if part_of(one, PARTS[story]) == part]
    for fault in faults:
        tally.add(fault.trouble.name, "faults")
    found = [
        complaint
        for fault in faults
        if SETTINGS.everything or _in_sample(fault)
        for round_ in SETTINGS.rounds_of(fault)
        for complaint in _tried(fault, round_, open_sandbox, tally)
    ]
    tally.hand_in(record_property)
    assert not found, "\n".join(found)


@pytest.mark.skipif(SETTINGS.everything, reason="there is no sample")
def test_the_sample_has_every_story_every_kind_and_every_write_of_a_new_hub(
    open_sandbox: OpenSandbox,
) -> None:
    faults = [fault for story in PARTS for fault in _faults(story, open_sandbox)]

    sample = [fault for fault in faults if _in_sample(fault)]

    of_new_hub = [fault for fault in sample if fault.story is NEW_HUB]
    writes = {one.target for one in faults if one.story is NEW_HUB and one.target.writes}
    assert {fault.story for fault in sample} == set(PARTS)
    assert {fault.trouble for fault in of_new_hub if fault.target.writes} == set(TROUBLES)
    assert {fault.times for fault in sample} == set(TIMES)
    assert writes <= {fault.target for fault in of_new_hub}
    assert len(sample) < len(faults) / 10


def _faults(story: Story, open_sandbox: OpenSandbox) -> Iterator[Fault]:
    for act, requests in enumerate(rehearsal(story, open_sandbox).requests):
        for target in targets(act, requests):
            for trouble in TROUBLES:
                for times in TIMES:
                    fault = Fault(story, target, trouble, times)
                    if fault.possible:
                        yield fault


def _in_sample(fault: Fault) -> bool:
    """Some kinds at each write of a new hub, once or three times or for ever; of the rest a few."""
    if fault.story is NEW_HUB and fault.target.writes:
        which = f"{fault.target} {fault.trouble.name}"
        drawn = SETTINGS.draw(which, len(TIMES) * WRITES_ONE_IN)
        return drawn < len(TIMES) and fault.times == TIMES[drawn]
    return SETTINGS.draw(fault, SAMPLED_ONE_IN) == 0


def _tried(fault: Fault, round_: int, open_sandbox: OpenSandbox, tally: Tally) -> Iterator[str]:
    row = fault.trouble.name
    tally.add(row, "tried")
    try:
        result = suffered(fault, open_sandbox, seed=1000 * (SETTINGS.seed + round_))
    except Exception:
        tally.add(row, "differing worlds")
        yield f"{fault}\n  {traceback.format_exc()}\n  {how_to_run(fault)}"
        return
    tally.add(row, result.outcome)
    tally.add(row, "duplicates", len(result.duplicates))
    tally.add(row, "differing worlds", bool(result.differences))
    if result.complaints:
        told = "\n  ".join(result.complaints[:MOST_TOLD])
        yield f"{fault}\n  {told}\n  {how_to_run(fault)}"
