"""Stories in which the model once found something broken, as short as they can be told."""

import pytest

from tests.model.story import Step, story

HUB = {"hub": "kigali"}
DOCS = {**HUB, "app": "docs"}
DAYS = {"hours": 72}

FOUND: dict[str, list[Step]] = {
    "who is told to connect a project has a copy to connect it to": [
        ("new_hub", HUB),
        ("link_elsewhere", DOCS),
        ("delete_copy", DOCS),
    ],
    "a project that was disconnected is connected to the copy that is made anew": [
        ("new_hub", HUB),
        ("unlink", DOCS),
        ("delete_copy", DOCS),
    ],
    "a hub moves to another account after its journal was lost": [
        ("new_hub", HUB),
        ("delete_state_branch", {}),
        ("move_to_owner", {**HUB, "owner": "kigali-lab"}),
    ],
    "nobody is asked for the entries of a former file": [
        ("new_hub", HUB),
        ("add_app", {**HUB, "app": "wiki"}),
        ("rename_copy", DOCS),
        ("swap_domains", HUB),
    ],
    "what waits for another app has no turn of its own": [
        ("new_hub", HUB),
        ("move_to_team", {**HUB, "team": "kigali-lab"}),
        ("link_elsewhere", DOCS),
        ("delete_copy", DOCS),
        ("ten_days_pass", {}),
        ("ten_days_pass", {}),
    ],
    "a block that gives way to another one leaves no wake time behind": [
        ("new_hub", HUB),
        ("delete_state_branch", {}),
        ("put_out_of_team", {"team": "kigali-circle"}),
        ("time_passes", DAYS),
        ("delete_copy", DOCS),
        ("time_passes", DAYS),
    ],
    "a former build that is on its way does not replace the one that is asked for": [
        ("new_hub", HUB),
        ("delete_project", DOCS),
        ("slow_builds", {"minutes": 300}),
        ("change_variable", DOCS),
        ("time_passes", {"hours": 12}),
        ("revert", HUB),
        ("new_hub", {"hub": "nairobi"}),
    ],
    "a run for one app leaves nobody asked for what another app is asked for": [
        ("new_hub", HUB),
        ("add_app", {**HUB, "app": "wiki"}),
        ("swap_domains", HUB),
        ("lost_push", {}),
        ("swap_domains", HUB),
        ("run_one_app", DOCS),
    ],
    "who waited long for a build that failed is told so": [
        ("new_hub", HUB),
        ("slow_builds", {"minutes": 300}),
        ("a_build_fails", {}),
        ("add_app", {**HUB, "app": "bot"}),
    ],
    "who goes back while a move is under way stays online": [
        ("new_hub", HUB),
        ("set_dns", {**HUB, "general": False}),
        ("half_an_hour_passes", {}),
        ("move_to_team", {**HUB, "team": "kigali-lab"}),
        ("set_dns", {**HUB, "general": False}),
        ("dies", {"write": 3, "phase": "UNANSWERED", "known": False}),
        ("half_an_hour_passes", {}),
        ("revert", HUB),
    ],
}


@pytest.mark.parametrize("what", FOUND)
def test_nothing_is_broken_any_more(what: str) -> None:
    with story() as told:
        for name, choice in FOUND[what]:
            assert told.can(name, choice), f"{name} {choice} cannot happen here"
            told.happens(name, choice)
        told.ends()
