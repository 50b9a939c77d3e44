"""A few stories of the model in every run of the tests, and that each story is told twice alike."""

import pytest

from tests.model.machine import broken_in
from tests.model.rules import RULES
from tests.model.story import Step, story
from tests.model.tally import Tally

STORIES, STEPS, SEED = 4, 12, 7
A_LIFE: list[Step] = [
    ("new_hub", {"hub": "nairobi"}),
    ("set_dns", {"hub": "nairobi", "general": True}),
    ("half_an_hour_passes", {}),
    ("add_app", {"hub": "nairobi", "app": "wiki"}),
    ("swap_domains", {"hub": "nairobi"}),
    ("move_to_team", {"hub": "nairobi", "team": "nairobi-lab"}),
    ("hangs", {"write": 4, "minutes": 16}),
    ("revert", {"hub": "nairobi"}),
    ("dies", {"write": 3, "phase": "UNANSWERED", "known": False}),
    ("remove_hub", {"hub": "nairobi"}),
    ("ten_days_pass", {}),
    ("put_back", {"hub": "nairobi"}),
]


def test_whatever_happens_to_a_hub_the_schedule_brings_it_to_what_its_file_asks_for() -> None:
    found = broken_in(SEED, STORIES, STEPS, Tally(), list(RULES.values()))
    if found:
        pytest.fail(f"{found[0]}\n{found[1]}")


def test_the_same_steps_make_the_same_story() -> None:
    assert _told(A_LIFE) == _told(A_LIFE)


def _told(steps: list[Step]) -> list[str]:
    with story() as played:
        for name, choice in steps:
            played.happens(name, choice)
        played.ends()
    return played.world.story
