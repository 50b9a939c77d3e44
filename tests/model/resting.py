"""Brings a world to rest: no trouble, people do what they are told, and the schedule does the rest.

Nothing is ever applied that the schedule did not find due.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from provisioner.models.run import RunState, StepState
from provisioner.workflows.tasks import RETIRED_DIGEST
from tests.model.byhand import link_again, push_to_copy, rename_copy_back, unlink
from tests.model.people import change_variable
from tests.model.rules import RULES
from tests.model.strangers import strangers_leave
from tests.model.world import World

MOST_TICKS = 25
LONGEST = timedelta(hours=26)
"""No hub that is unfinished is left alone for longer, unless it waits for weeks."""
WEEKLY = timedelta(days=8)


def to_rest(world: World) -> str:
    """Until nothing is due any more; why it never came to that, or nothing."""
    world.say("All trouble ends; people do what they are told, the schedule the rest.")
    world.quiet()
    strangers_leave(world)
    _undone(world)
    world.watch.pardon()
    for hub in sorted({*given_up(world), *_failed(world)}):
        if world.plant.journals()[hub].run.digest == world.plant.digests.get(hub, RETIRED_DIGEST):
            _run_again(world, hub)
    for hub in sorted(world.damaged & world.main.keys()):
        change_variable(world, hub, world.main[hub].apps[0][0])
    world.damaged.clear()
    return scheduled(world)


def scheduled(world: World) -> str:
    """Runs of the schedule alone, for as long as there will be something due."""
    for _ in range(MOST_TICKS):
        _told(world)
        due = world.plant.next_due(world.clock.now() + _longest(world))
        if due is None:
            return ""
        world.advance(due)
        world.tick()
    return f"there is still something due after {MOST_TICKS} ticks: {open_steps(world)}"


def _longest(world: World) -> timedelta:
    runs = [journal.run for journal in world.plant.journals().values()]
    weeks = any(run.state is RunState.WAITING and run.wake_at is None for run in runs)
    return WEEKLY if weeks else LONGEST


def open_steps(world: World) -> str:
    """What the journals say of every step that is not finished."""
    return "; ".join(
        f"{hub}/{app['id']} {step['action']} {step['state']}: {step['detail']} [{step['who']}]"
        for hub, document in world.plant.documents().items()
        for app in document["run"]["apps"]
        for step in app["steps"]
        if step["state"] not in ("done", "skipped", "pending")
    )


def given_up(world: World) -> list[str]:
    """Hubs that have failed and are not looked at again: whoever waited too long re-runs the job.

    What is blocked is looked at for about a week (`engine.endings`), and comments say so.
    """
    runs = {hub: journal.run for hub, journal in world.plant.journals().items()}
    return [hub for hub, run in runs.items() if run.state == "failed" and not run.wake_at]


def _failed(world: World) -> list[str]:
    """Hubs of which one app has failed for good, whatever the others wait for."""
    return [
        hub
        for hub, journal in world.plant.journals().items()
        for app in journal.run.apps
        if app.stands_at and app.stands_at.state is StepState.FAILED and not app.stands_at.wake_at
    ]


def run_again(world: World) -> str:
    """People re-run the jobs that were given up; then the schedule goes on."""
    for hub in given_up(world):
        _run_again(world, hub)
    return scheduled(world)


def _run_again(world: World, hub: str) -> None:
    world.say(f"People re-run the job of {hub}.")
    world.plant.job(hub)
    world.watch.look()


def _consents(world: World) -> None:
    """Where a comment asks for the hub's consent, its people give it."""
    for hub, document in world.plant.documents().items():
        for name in (app["id"] for app in document["run"]["apps"] if _asks(app, "`adopt: true`")):
            app = world.main[hub].app(name) if hub in world.main else None
            if app and not app.adopt:
                file = world.main[hub].with_app(name, replace(app, adopt=True))
                world.merge(hub, file, f"consent to adopt for {name}, as told")


def _asks(app: dict[str, Any], words: str) -> bool:
    return any(words in step["hint"] and step["state"] != "done" for step in app["steps"])


def _undone(world: World) -> None:
    for choice in list(RULES["rename_copy_back"].ways(world)):
        rename_copy_back(world, **choice)


def _told(world: World) -> None:
    """What comments ask for: entries of DNS, and projects connected to their copies."""
    _consents(world)
    for hub in world.main:
        world.follow_dns(hub)
    for choice in list(RULES["link_again"].ways(world)):
        link_again(world, **choice)
    _disconnected(world)
    _built_again(world)
    _built_anew(world)
    for host, seat in world.seats().items():
        held = world.hands.store.holder(host)
        key = (held[0].account.slug, held[0].name) if held else None
        if held and key and key != (seat.team, seat.project) and _is_told_of(world, host):
            world.say(f"People take {host} off {'/'.join(key)}, as told.")
            world.forgotten.add(key)
            del held[0].domains[host]


def _disconnected(world: World) -> None:
    """A project is taken off another repository where there is no copy to connect it to."""
    for hub, document in world.plant.documents().items():
        for name in (app["id"] for app in document["run"]["apps"] if _asks(app, "disconnect it")):
            if hub in world.main and world.main[hub].app(name):
                unlink(world, hub, name)


def _built_again(world: World) -> None:
    """A build that was on its way when the trouble ended may have failed since."""
    for hub, document in world.plant.documents().items():
        if hub in world.main and any(
            _asks(app, "it builds again") for app in document["run"]["apps"]
        ):
            _run_again(world, hub)


def _built_anew(world: World) -> None:
    """Where a push that does not build is in the way, its code is corrected."""
    for hub, document in world.plant.documents().items():
        for name in (app["id"] for app in document["run"]["apps"] if _asks(app, "“Redeploy”")):
            if hub in world.main and world.main[hub].app(name):
                push_to_copy(world, hub, name)


def _is_told_of(world: World, host: str) -> bool:
    """Whether a comment says that somebody else has the domain."""
    return f"{host} is in use by" in open_steps(world)
