"""What an assessment says of its step, and which claims a step finds of its own."""

from datetime import timedelta

import pytest

from provisioner.engine.step import Assessment, Progress, Step, ids_made, made_by, moving
from provisioner.models.plan import Verdict

CHANGES = (Verdict.CREATE, Verdict.UPDATE, Verdict.ADOPT, Verdict.REMOVE)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_whatever_is_neither_kept_nor_blocked_is_changed(verdict: Verdict) -> None:
    assert Assessment(verdict).changes is (verdict in CHANGES)


@pytest.mark.parametrize("progress", list(Progress))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_what_is_kept_and_settled_is_satisfied(verdict: Verdict, progress: Progress) -> None:
    there = (verdict, progress) == (Verdict.KEEP, Progress.SETTLED)

    assert Assessment(verdict, progress=progress).satisfied is there


def test_a_look_is_a_whole_one_unless_it_says_otherwise() -> None:
    look = Assessment(Verdict.KEEP)

    assert look.seen
    assert not look.needless
    assert not look.unkeyed


def test_a_step_is_part_of_every_run_unless_it_says_otherwise() -> None:
    step = Step("step", lambda _c, _h: moving("."), lambda _look: None, timedelta(minutes=1))

    assert not step.optional


def test_what_moves_is_looked_at_again_soon_by_its_id_and_may_have_an_address() -> None:
    look = moving("It is being built.", handle="dpl_1", url="https://docs.example.org")

    assert (look.verdict, look.progress) == (Verdict.KEEP, Progress.MOVING)
    assert (look.detail, look.handle) == ("It is being built.", "dpl_1")
    assert look.url == "https://docs.example.org"


def test_a_step_finds_the_ids_of_what_it_made_and_of_nothing_else() -> None:
    claims = frozenset(
        {
            (made_by("deploy"), "dpl_2"),
            (made_by("deploy"), "dpl_1"),
            (made_by("create-project"), "prj_1"),
            ("deploy", "dpl_3"),
        }
    )

    assert ids_made(claims, "deploy") == ("dpl_1", "dpl_2")
