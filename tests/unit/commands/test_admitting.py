"""A change is let in where it passed our check; what cannot be known is no yes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.admitting import HINT, MOST_AT_THE_DOOR, let_in, why_held
from provisioner.commands.planning import Candidate
from provisioner.engine.journal import Entry
from provisioner.errors import Effect, RemoteError
from provisioner.github.door import Applied, Door
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.session import GitHubSession
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from tests.unit.commands.hubs import World

SESSION = GitHubSession("http://127.0.0.1:9", "x", ManualClock(), Throttle(ManualClock()))
NETWORK = NetworkRepository(SESSION, "example-network/hubs")
TREES = Trees(SESSION, "example-network/hubs")


@dataclass(frozen=True)
class Doorkeeper(Door):
    """Holds whom it is told to hold, and notes who asked."""

    held: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Applied] = field(default_factory=dict)
    trouble: Exception | None = None

    def why_held(self, hub: str, applied: Applied) -> str:
        self.asked[hub] = applied
        if self.trouble is not None:
            raise self.trouble
        return self.held.get(hub, "")


class Gate:
    def __init__(
        self, trouble: Exception | None = None, environ: dict[str, str] | None = None, **held: str
    ) -> None:
        self.world = World(environ=environ)
        wiring = self.world.wiring
        self.door = Doorkeeper(NETWORK, TREES, "main", self.world.clock.now(), held, {}, trouble)
        wiring.door = self.door

    def let_in(self, chosen: Sequence[Candidate]) -> list[str]:
        return [item.hub for item in let_in(self.world.wiring, chosen)]


def changed(*hubs: str) -> list[Candidate]:
    return [Candidate(hub, Entry(hub), "new", changed=True) for hub in hubs]


def test_what_passed_our_check_is_let_in_in_its_order() -> None:
    gate = Gate()
    assert gate.let_in(changed("nairobi", "kisumu")) == ["nairobi", "kisumu"]
    assert set(gate.door.asked) == {"nairobi", "kisumu"}


def test_what_did_not_pass_is_held_and_named_with_the_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gate = Gate(lagos="it did not pass", accra="nobody knows")
    assert gate.let_in(changed("nairobi", "lagos", "accra")) == ["nairobi"]
    assert capsys.readouterr().err.splitlines() == [
        "warning: accra is held: nobody knows",
        "warning: lagos is held: it did not pass",
        f"  fix: {HINT}",
    ]


def test_where_nothing_is_held_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Gate().let_in(changed("nairobi"))
    assert capsys.readouterr().err == ""


def test_what_is_held_stands_on_the_page_of_the_job(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    gate = Gate(environ={"GITHUB_STEP_SUMMARY": str(page)}, lagos="it did not pass")
    gate.let_in(changed("nairobi"))
    assert not page.exists()
    gate.let_in(changed("lagos"))
    assert page.read_text().startswith("## Held\n\n- `lagos`: it did not pass\n")


def test_a_hub_that_is_not_changed_is_not_asked_for() -> None:
    gate = Gate(nairobi="it would be held")
    due = Candidate("nairobi", Entry("nairobi"), "its time to look again has come")
    assert gate.let_in([due]) == ["nairobi"]
    assert gate.door.asked == {}


def test_of_very_many_the_first_are_asked_for_and_the_others_wait() -> None:
    assert MOST_AT_THE_DOOR == 100
    gate = Gate()
    hubs = [f"hub-{number:03}" for number in range(102)]
    unchanged = Candidate("zanzibar", Entry("zanzibar"), "due")
    assert gate.let_in([*changed(*hubs), unchanged]) == [*hubs[:100], "zanzibar"]
    assert len(gate.door.asked) == 100


def test_those_that_wait_are_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    Gate().let_in(changed(*(f"hub-{number:03}" for number in range(101))))
    said = capsys.readouterr().err
    assert "warning: hub-100 is held: the next run asks whether it may be applied" in said


def test_a_question_that_cannot_be_answered_is_no_yes() -> None:
    refused = RemoteError("GitHub refused", service="GitHub", effect=Effect.NONE, status=403)
    for trouble, says in ((refused, "GitHub refused"), (ValueError("odd"), "")):
        gate = Gate(trouble)
        reason = why_held(gate.world.wiring, changed("nairobi")[0])
        assert reason.startswith("where its change came from could not be seen: ")
        assert says in reason
        assert gate.let_in(changed("nairobi")) == []


def test_the_door_is_told_what_was_applied_last() -> None:
    gate = Gate()
    journal = gate.world.record("nairobi", blob="b1", commit="c1")
    why_held(gate.world.wiring, Candidate("nairobi", Entry("nairobi", journal), "due"))
    why_held(gate.world.wiring, Candidate("kisumu", Entry("kisumu"), "new"))
    assert gate.door.asked == {"nairobi": Applied("b1", "c1"), "kisumu": Applied()}
