"""What belongs to somebody else: projects of like names, and one that takes a name of ours."""

from collections.abc import Iterator

from tests.model.files import PLACES
from tests.model.rules import Choice, rule
from tests.model.world import World

APPS = ("docs", "wiki")
OLD = "-old"


def plant_strangers(world: World) -> None:
    """A site of a like name in every account."""
    for hub, place in PLACES.items():
        for account in place.accounts:
            name = f"{hub}--docs{OLD}"
            domain = f"old.{account}.example.com"
            world.hands.plant(account, name, f"{account}/{name}", domain)
    world.strangers = theirs(world)


def theirs(world: World) -> list[object]:
    """Everything of somebody else's, as it is now."""
    seen = world.plant.world()
    copies = seen["github"]["repositories"]
    return [
        *(one for one in seen["vercel"]["projects"] if _is_theirs(world, one)),
        *(one for one in copies if one["full_name"].endswith(OLD)),
    ]


def _is_theirs(world: World, project: dict[str, str]) -> bool:
    name = project["name"]
    return name.endswith(OLD) or (project["team"], name) in world.squatted


def _free_names(world: World) -> Iterator[Choice]:
    """Names that a hub's apps have, had or may get, one at a time."""
    if world.squatted:
        return
    for hub in world.pulls:
        for team in PLACES[hub].accounts:
            for app in APPS:
                yield {"hub": hub, "team": team, "app": app}


@rule("hands", _free_names)
def stranger_takes_name(world: World, hub: str, team: str, app: str) -> None:
    """With a domain that was the hub's, where that is free. A project of ours makes room for it."""
    name = f"{hub}--{app}"
    if world.hands.project(team, name):
        world.hands.delete_project(team, name)
    free = (one for one in PLACES[hub].domains if world.hands.store.holder(one) is None)
    domain = next((one for one in free if one not in world.seats()), f"new.{team}.example.com")
    world.say(f"Somebody else has a project {team}/{name} now, with the domain {domain}.")
    world.hands.plant(team, name, f"{team}/{hub}--docs{OLD}", domain)
    world.squatted.add((team, name))
    world.strangers = theirs(world)
    world.harm(hub)


def strangers_leave(world: World) -> None:
    """The names are free again."""
    for team, name in sorted(world.squatted):
        world.say(f"The stranger gives up {team}/{name}.")
        world.hands.delete_project(team, name)
        world.damaged.add(name.partition("--")[0])
    world.squatted.clear()
    world.strangers = theirs(world)
