"""What hands do at the services, past the provisioner; what only a person can put right again."""

from collections.abc import Iterator

from tests.model.files import PLACES
from tests.model.plant import STATE
from tests.model.rules import Choice, rule
from tests.model.world import World


def _copies(world: World, suffix: str = "") -> Iterator[Choice]:
    for hub, app in world.apps():
        if world.repository(world.copy(hub, app) + suffix):
            yield {"hub": hub, "app": app}


@rule("hands", _copies)
def delete_copy(world: World, hub: str, app: str) -> None:
    world.say(f"Somebody deletes the copy {world.copy(hub, app)}.")
    world.sandbox.control.delete_repository(world.copy(hub, app))
    world.harm(hub)


@rule("hands", lambda w: [c for c in _copies(w) if c not in list(_copies(w, "-kept"))])
def rename_copy(world: World, hub: str, app: str) -> None:
    name = world.copy(hub, app)
    world.say(f"Somebody renames the copy {name}.")
    world.sandbox.control.rename_repository(name, f"{name}-kept")
    world.harm(hub)


@rule("hands", lambda w: [c for c in _copies(w, "-kept") if c not in list(_copies(w))])
def rename_copy_back(world: World, hub: str, app: str) -> None:
    name = world.copy(hub, app)
    world.say(f"Somebody renames the copy back to {name}.")
    world.sandbox.control.rename_repository(f"{name}-kept", name)


def _projects(world: World) -> Iterator[Choice]:
    for hub, app in world.apps():
        seat = world.project(hub, app)
        is_ours = (seat.team, seat.project) not in world.squatted
        if is_ours and world.hands.project(seat.team, seat.project):
            yield {"hub": hub, "app": app}


@rule("hands", _projects)
def unlink(world: World, hub: str, app: str) -> None:
    seat = world.project(hub, app)
    world.say(f"Somebody disconnects the project {seat}.")
    world.hands.link(seat.team, seat.project, None)
    world.harm(hub)


@rule("hands", _projects)
def link_elsewhere(world: World, hub: str, app: str) -> None:
    seat = world.project(hub, app)
    world.say(f"Somebody connects the project {seat} to another repository.")
    world.hands.link(seat.team, seat.project, f"{PLACES[hub].accounts[0]}/{hub}--docs-old")
    world.harm(hub)


def _unlinked(world: World) -> Iterator[Choice]:
    return (choice for choice in _projects(world) if world.wrongly_linked(**choice))


@rule("hands", _unlinked)
def link_again(world: World, hub: str, app: str) -> None:
    seat = world.project(hub, app)
    world.say(f"Somebody connects the project {seat} to {world.copy(hub, app)}.")
    world.hands.link(seat.team, seat.project, world.copy(hub, app))


def _earlier(world: World) -> Iterator[Choice]:
    for choice in _projects(world):
        seat = world.project(**choice)
        project = world.hands.project(seat.team, seat.project)
        if project and len([b for b in world.hands.builds(project) if world.is_ready(b)]) > 1:
            yield choice


@rule("hands", _earlier)
def promote_earlier(world: World, hub: str, app: str) -> None:
    seat = world.project(hub, app)
    world.say(f"Somebody promotes the oldest build of {seat}.")
    project = world.hands.project(seat.team, seat.project)
    if project:
        ready = [one for one in world.hands.builds(project) if world.is_ready(one)]
        world.hands.promote(seat.team, seat.project, ready[-1].id)
    world.harm(hub)


@rule("hands", _copies)
def push_to_copy(world: World, hub: str, app: str) -> None:
    name = world.copy(hub, app)
    world.say(f"Somebody pushes to {name}.")
    files = {"docs/news.md": f"News of {world.clock.now()}"}
    world.sandbox.control.push(files, repository=name)


@rule("hands", _projects)
def delete_project(world: World, hub: str, app: str) -> None:
    seat = world.project(hub, app)
    world.say(f"Somebody deletes the project {seat}.")
    world.hands.delete_project(seat.team, seat.project)
    world.harm(hub)


def _commented(world: World) -> Iterator[Choice]:
    for hub, document in world.plant.documents().items():
        if hub in world.main and document["run"].get("comment") in _comments(world):
            yield {"hub": hub}


def _comments(world: World) -> list[int]:
    return [one["id"] for one in world.plant.world()["github"]["comments"]]


@rule("hands", _commented)
def delete_comment(world: World, hub: str) -> None:
    """The next that there is to say is said in a new one."""
    world.say(f"Somebody deletes the comment of {hub}.")
    world.sandbox.control.delete_comment(world.plant.documents()[hub]["run"]["comment"])
    world.damaged.add(hub)


def _teams(world: World) -> list[Choice]:
    if world.sandbox.vercel.behaviour.teams:
        return []
    return [{"team": team} for hub in world.main for team in PLACES[hub].accounts]


@rule("hands", _teams)
def put_out_of_team(world: World, team: str) -> None:
    world.say(f"The team {team} puts the provisioner's user out.")
    world.sandbox.control.set_vercel(teams={team: {"member": False}})


@rule("hands", lambda w: [{}] if w.sandbox.vercel.behaviour.teams else [])
def let_into_team(world: World) -> None:
    world.say("The provisioner's user is let into its teams again.")
    world.sandbox.control.set_vercel(teams={})


@rule("hands", lambda w: [{}] if w.plant.documents() else [])
def delete_state_branch(world: World) -> None:
    """What nothing but the journal knew is forgotten with it."""
    world.say("Somebody deletes the state branch.")
    world.sandbox.control.delete_branch(world.sandbox.github.network, STATE)
    world.forget()
