"""Sixty days of a hub that waits, flaps, lives or is blocked: what it costs. Printed, never judged.

A hub has a site with one domain and a bot. *Runs* are those of the schedule that applied the
hub. *Calls* are all that those runs made, without the looks at who is due, which stand below the
table: each of the schedule's runs (48 a day) lists the journals and reads each one. DNS and live
pages are looked at, too, and not counted. *Commits* are those on the state branch; *comments* are
written + edited.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.sandbox.server import Sandbox
from tests.bench.life import Event, Life, born
from tests.scenario.outcome import COPY

DAYS = (10, 21, 60)
OWNER = "nairobi-commons"
DOMAIN = "docs.nairobi.example.org"

Born = Callable[[Sandbox], dict[int, Event]]


def waits_for_dns(_sandbox: Sandbox) -> dict[int, Event]:
    return {}


def waits_for_a_build(sandbox: Sandbox) -> dict[int, Event]:
    sandbox.control.set_vercel(next_deployments=[{"state": "BUILDING", "times": None}])
    return {}


def waits_for_a_certificate(sandbox: Sandbox) -> dict[int, Event]:
    sandbox.control.set_vercel(certificates={DOMAIN: "none"})
    return {1: set_dns}


def flaps(_sandbox: Sandbox) -> dict[int, Event]:
    """The entries are set for a day and gone for a day."""
    return {day: set_dns if day % 2 else remove_dns for day in range(1, 60)}


def is_live(_sandbox: Sandbox) -> dict[int, Event]:
    return {1: set_dns}


def has_no_account(sandbox: Sandbox) -> dict[int, Event]:
    sandbox.control.set_account(OWNER, exists=False)
    return {}


def loses_its_copy(sandbox: Sandbox) -> dict[int, Event]:
    """Renamed while DNS is waited for."""
    return {2: lambda _life: sandbox.control.rename_repository(COPY, f"{OWNER}/another-name")}


def is_shut_out(sandbox: Sandbox) -> dict[int, Event]:
    """The host's team closes its door (403) while DNS is waited for."""
    return {2: lambda _life: sandbox.control.set_vercel(token_teams=[])}


def set_dns(life: Life) -> None:
    if life.journal is not None:
        life.set_dns(life.journal.run)


def remove_dns(life: Life) -> None:
    if life.journal is not None:
        entries = [entry for app in life.journal.run.apps for entry in app.dns]
        forms = [{"type": one.type, "name": one.name, "value": one.value} for one in entries]
        life.sandbox.control.remove_dns(forms)


LIVES: tuple[Born, ...] = (
    waits_for_dns,
    waits_for_a_build,
    waits_for_a_certificate,
    flaps,
    is_live,
    has_no_account,
    loses_its_copy,
    is_shut_out,
)
HEAD = ("a hub that …", "day", "runs", "GitHub", "host", "other", "commits", "comments", "bytes")


def line(life: Life, name: str, day: int) -> str:
    """The figures up to a day."""
    cost = life.cost
    calls = (cost.calls["github"], cost.calls["host"], cost.calls["telegram"])
    comments = f"{cost.comments}+{cost.edits}"
    return row(name, day, cost.runs, *calls, cost.commits, comments, len(life.file)) + life.state


def row(name: str, *cells: object) -> str:
    return f"{name:24}" + "".join(f"{cell!s:>9}" for cell in cells) + "  "


@pytest.mark.parametrize("how", LIVES, ids=lambda how: how.__name__)
def test_sixty_days(how: Born, tmp_path: Path) -> None:
    clock = ManualClock()
    name = how.__name__.replace("_", " ")
    with Sandbox(clock=clock) as sandbox:
        life = born(sandbox, clock, tmp_path / "hubs", how(sandbox))
        print(f"\n{row(*HEAD)}state")
        for day in DAYS:
            life.until(day)
            print(line(life, name, day))
    ticks, looks = life.cost.ticks, life.cost.looks
    print(f"who is due: {looks} calls in {ticks} runs of the schedule, {life.each_look} each")
