"""How the services trouble: refusals, outages, slow builds, lists that are behind; and workers."""

from dataclasses import replace
from datetime import timedelta

from tests.crash.boundary import Phase
from tests.model.lives import Fate
from tests.model.rules import Choice, always, rule
from tests.model.world import World

PLACES_OF_TROUBLE = (
    ("vercel", "*", "/v9/projects/*"),
    ("vercel", "POST", "/v11/projects"),
    ("vercel", "POST", "/v13/deployments"),
    ("vercel", "GET", "/v6/deployments"),
    ("vercel", "POST", "/v10/projects/*/domains"),
    ("vercel", "DELETE", "/v9/projects/*/domains/*"),
    ("vercel", "*", "/v1/projects/*"),
    ("vercel", "*", "/v10/projects/*/env"),
    ("github", "PUT", "*/contents/hubs/*"),
    ("github", "GET", "*/contents/hubs/*"),
    ("github", "POST", "*/issues/*/comments"),
    ("github", "*", "/repos/*/*--*"),
    ("github", "POST", "/repos/*/forks"),
    ("telegram", "*", "*"),
)
KINDS: dict[str, Choice] = {
    "500": {"kind": "status", "status": 500},
    "500 after the effect": {"kind": "status", "status": 500, "when": "after"},
    "503": {"kind": "status", "status": 503, "retry_after": 20},
    "a long 503": {"kind": "status", "status": 503, "retry_after": 900},
    "reset after the effect": {"kind": "reset", "when": "after"},
    "its limit": {"kind": "secondary-limit"},
}
TIMES = (1, 4, 12)
MOST_FAULTS = 2
FAULTS: list[Choice] = [
    {"place": place, "kind": kind, "times": times}
    for place in range(len(PLACES_OF_TROUBLE))
    for kind in KINDS
    for times in TIMES
    if kind != "its limit" or PLACES_OF_TROUBLE[place][0] == "github"
]


@rule("services", lambda w: FAULTS if len(w.sandbox.control.faults()) < MOST_FAULTS else [])
def fault(world: World, place: int, kind: str, times: int) -> None:
    api, method, path = PLACES_OF_TROUBLE[place]
    world.say(f"The next {times} of {api} {method} {path} meet {kind}.")
    where = {"api": api, "method": method, "path": path, "times": times}
    world.sandbox.control.add_faults({**where, **KINDS[kind]})


def _services(world: World) -> list[Choice]:
    down = any(one["times"] == "forever" for one in world.sandbox.control.faults())
    return [] if down else [{"api": api} for api in ("github", "vercel", "telegram")]


@rule("services", _services)
def outage(world: World, api: str) -> None:
    world.say(f"{api} is down.")
    order = {"api": api, "kind": "status", "status": 503, "times": "forever"}
    world.sandbox.control.add_faults(order)


@rule("services", lambda w: [{}] if w.sandbox.control.faults() else [])
def services_are_well(world: World) -> None:
    world.say("The services are well again.")
    world.sandbox.control.clear_faults()


def _other_speeds(world: World) -> list[Choice]:
    now = world.sandbox.world.latency.build
    return [{"minutes": minutes} for minutes in (0, 5, 40, 300) if minutes * 60 != now]


@rule("services", _other_speeds)
def slow_builds(world: World, minutes: int) -> None:
    world.say(f"From now on a build takes {minutes} minutes.")
    services = world.sandbox.world
    services.latency = replace(services.latency, build=minutes * 60.0)


@rule("services", lambda w: [] if w.sandbox.vercel.behaviour.next_deployments else [{}])
def a_build_fails(world: World) -> None:
    """The app that it befalls has failed until its file changes, or somebody runs it again."""
    world.say("The next build fails.")
    world.builds_fail = True
    world.sandbox.control.set_vercel(next_deployments=[{"state": "ERROR", "times": 1}])


@rule("services", lambda w: [{"seconds": s} for s in (0, 3, 40) if s != w.plant.stale.seconds])
def stale_lists(world: World, seconds: int) -> None:
    world.say(f"From now on Vercel's lists are {seconds} seconds behind.")
    world.plant.stale.seconds = float(seconds)


@rule("services", lambda w: [] if w.push_is_lost else [{}])
def lost_push(world: World) -> None:
    world.push_is_lost = True


MOST_JOBS = 60
"""In ten days, of a hub that waits for somebody."""
WRITES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15)
DEATHS = [
    {"write": write, "phase": phase.name, "known": known}
    for write in WRITES
    for phase in Phase
    for known in (True, False)
]


@rule("workers", lambda world: DEATHS if world.plant.ending is None else [])
def dies(world: World, write: int, phase: str, known: bool) -> None:
    told = "" if known else ", and nobody can tell"
    world.say(f"The next job dies at its write {write}, {Phase[phase]}{told}.")
    world.plant.ending = Fate(write, Phase[phase])
    world.plant.deaths_are_known = known


HANGS = [{"write": write, "minutes": minutes} for write in WRITES for minutes in (0, 5, 16, 45)]


@rule("workers", lambda world: HANGS if world.plant.ending is None else [])
def hangs(world: World, write: int, minutes: int) -> None:
    """With 0 minutes another job for the same hub begins beside it."""
    world.say(f"The next job hangs after its write {write} for {minutes} minutes, others work.")

    def meanwhile() -> None:
        with world.clock.apart():
            world.clock.advance(timedelta(minutes=minutes).total_seconds())
            world.plant.others_work(everything=minutes > 0)

    world.plant.ending = Fate(write, meanwhile=meanwhile)


@rule("time", always())
def half_an_hour_passes(world: World) -> None:
    world.say("Half an hour passes.")
    world.later(timedelta(minutes=30))


@rule("time", always({"hours": 2}, {"hours": 12}, {"hours": 72}))
def time_passes(world: World, hours: int) -> None:
    world.say(f"{hours} hours pass.")
    for hub, jobs in world.later(timedelta(hours=hours)).items():
        if jobs > 12 + hours / 3:
            world.restless.append(f"{hub} had {jobs} jobs in {hours} hours")


@rule("time", always())
def ten_days_pass(world: World) -> None:
    """The services are well, and nobody does anything."""
    world.say("The services are well, and nobody does anything for ten days.")
    world.sandbox.control.clear_faults()
    finished = [hub for hub, one in world.plant.journals().items() if one.run.state == "completed"]
    due = world.plant.next_due(world.clock.now() + timedelta(hours=1))
    for hub, jobs in world.later(timedelta(days=10)).items():
        most = 2 if hub in finished and due is None else MOST_JOBS
        if jobs > most:
            world.restless.append(f"{hub} had {jobs} jobs in ten days, {most} at most")
