"""What people ask for: pull requests that change a hub's file, and DNS entries they set."""

from collections.abc import Iterator
from dataclasses import replace

from tests.model.files import BOT, PLACES, SITE, App, first
from tests.model.rules import Choice, rule
from tests.model.world import World

MORE_APPS = {"wiki": SITE, "bot": BOT}


@rule("people", lambda world: [{"hub": hub} for hub in PLACES if hub not in world.pulls])
def new_hub(world: World, hub: str) -> None:
    world.merge(hub, first(hub), "a new hub")


@rule("people", lambda world: [{"hub": hub, "app": app} for hub, app in world.apps()])
def change_variable(world: World, hub: str, app: str) -> None:
    old = world.main[hub].app(app)
    if old:
        new = replace(old, title=old.title + 1)
        world.merge(hub, world.main[hub].with_app(app, new), f"another variable of {app}")


def _free_domains(world: World) -> Iterator[Choice]:
    for hub, file in world.main.items():
        for domain in PLACES[hub].domains:
            for name, app in file.apps:
                if domain not in file.domains() and app.kind == SITE:
                    yield {"hub": hub, "app": name, "domain": domain}


@rule("people", _free_domains)
def add_domain(world: World, hub: str, app: str, domain: str) -> None:
    old = world.main[hub].app(app)
    if old:
        new = replace(old, domains=(*old.domains, domain))
        world.merge(hub, world.main[hub].with_app(app, new), f"{app} gets {domain}")


def _used_domains(world: World) -> Iterator[Choice]:
    for hub, file in world.main.items():
        for domain, name in file.domains().items():
            yield {"hub": hub, "app": name, "domain": domain}


@rule("people", _used_domains)
def drop_domain(world: World, hub: str, app: str, domain: str) -> None:
    old = world.main[hub].app(app)
    if old:
        new = replace(old, domains=tuple(one for one in old.domains if one != domain))
        world.merge(hub, world.main[hub].with_app(app, new), f"{app} loses {domain}")


@rule("people", lambda world: [{"hub": h} for h, f in world.main.items() if f.app("wiki")])
def swap_domains(world: World, hub: str) -> None:
    """The site and the wiki get each other's domains, where they have any."""
    file = world.main[hub]
    docs, wiki = file.app("docs"), file.app("wiki")
    if docs and wiki:
        file = file.with_app("docs", replace(docs, domains=wiki.domains))
        file = file.with_app("wiki", replace(wiki, domains=docs.domains))
        world.merge(hub, file, "docs and wiki swap their domains")


def _more_apps(world: World) -> Iterator[Choice]:
    for hub, file in world.main.items():
        yield from ({"hub": hub, "app": app} for app in MORE_APPS if not file.app(app))


@rule("people", _more_apps)
def add_app(world: World, hub: str, app: str) -> None:
    file = world.main[hub].with_app(app, App(MORE_APPS[app]))
    world.merge(hub, file, f"the app {app} is added")


@rule("people", lambda w: [{"hub": h, "app": a} for h, a in w.apps() if len(w.main[h].apps) > 1])
def drop_app(world: World, hub: str, app: str) -> None:
    world.merge(hub, world.main[hub].with_app(app, None), f"the app {app} is dropped")


def _other_teams(world: World) -> Iterator[Choice]:
    for hub, file in world.main.items():
        yield from ({"hub": hub, "team": t} for t in PLACES[hub].accounts if t != file.team)


@rule("people", _other_teams)
def move_to_team(world: World, hub: str, team: str) -> None:
    world.merge(hub, replace(world.main[hub], team=team), f"it moves to the team {team}")


def _other_owners(world: World) -> Iterator[Choice]:
    for hub, file in world.main.items():
        yield from ({"hub": hub, "owner": o} for o in PLACES[hub].accounts if o != file.owner)


@rule("people", _other_owners)
def move_to_owner(world: World, hub: str, owner: str) -> None:
    world.merge(hub, replace(world.main[hub], owner=owner), f"its copies move to {owner}")


@rule("people", lambda world: [{"hub": h} for h in world.main if world.former.get(h)])
def revert(world: World, hub: str) -> None:
    world.merge(hub, world.former[hub][-1], "the file as it was before")


@rule("people", lambda world: [{"hub": hub} for hub in world.main])
def remove_hub(world: World, hub: str) -> None:
    world.merge(hub, None, "its file is removed")


@rule("people", lambda w: [{"hub": h} for h in w.pulls if h not in w.main])
def put_back(world: World, hub: str) -> None:
    world.merge(hub, world.former[hub][-1], "its file is put back")


@rule("people", lambda w: [{"hub": h, "app": a} for h, a in w.apps() if len(w.main[h].apps) > 1])
def run_one_app(world: World, hub: str, app: str) -> None:
    world.say(f"A maintainer runs the app {app} of {hub} alone.")
    world.work(lambda: world.plant.job(hub, app))


@rule("people", lambda w: [{"hub": h, "general": g} for h in w.main for g in (False, True)])
def set_dns(world: World, hub: str, general: bool) -> None:
    """As the comment says, or with the host's general value, which every project takes."""
    world.say(f"The people of {hub} set DNS as told{', by general values' if general else ''}.")
    world.follow_dns(hub, general)


@rule("people", _used_domains)
def remove_dns(world: World, hub: str, app: str, domain: str) -> None:
    world.say(f"Somebody removes the DNS entry of {domain}.")
    kinds = ("A", "CNAME")
    world.sandbox.control.remove_dns([{"type": kind, "name": domain} for kind in kinds])


@rule("people", _used_domains)
def break_dns(world: World, hub: str, app: str, domain: str) -> None:
    world.say(f"Somebody points {domain} elsewhere.")
    entry = {"type": "A", "name": domain, "value": "192.0.2.7"}
    world.sandbox.control.set_dns([entry])
