"""What has to be true of a world at rest, each by a name, so that a story can be about one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from provisioner.commands.applying import comment_of
from provisioner.models.run import Run, RunState, StepState
from provisioner.report.marker import find_marker
from provisioner.sandbox.vercel.domain_config import diagnose
from provisioner.sandbox.vercel.hosts import SUFFIX
from provisioner.sandbox.vercel.records import Deployment, Project
from tests.canary import readable, seen_in
from tests.model.files import SITE, title
from tests.model.plant import STATE
from tests.model.resting import given_up, open_steps
from tests.model.strangers import theirs
from tests.model.world import World

Complaints = Iterator[str]
Invariant = Callable[[World], Complaints]

DAYS = 10


def asked_for_is_online(world: World) -> Complaints:
    """What the newest file asks for is there, with its newest values."""
    for hub, name in world.apps():
        seat, app = world.project(hub, name), world.main[hub].app(name)
        made = world.hands.project(seat.team, seat.project)
        if made is None or app is None:
            yield f"{seat} is not there"
            continue
        link = f"{made.link.org}/{made.link.repo}" if made.link else "nothing"
        if link != world.copy(hub, name):
            yield f"{seat} is linked to {link}"
        says = title(hub, name, app) if app.kind == SITE else ""
        if not world.hands.answers(made.production_host, seat.path, says):
            yield f"{made.production_host} does not answer as {says or seat}"
        yield from _domains(world, made, app.domains, says)


def _domains(world: World, made: Project, wanted: tuple[str, ...], says: str) -> Complaints:
    own = {one for one in made.domains if not one.endswith(f".{SUFFIX}")}
    if own - world.forgotten_domains != set(wanted) - world.forgotten_domains:
        yield f"{made.name} has the domains {sorted(own)} instead of {sorted(wanted)}"
    for domain in own & set(wanted):
        leads = not diagnose(world.hands.store, domain, made).misconfigured
        if leads and not world.hands.answers(domain, says=says):
            yield f"{domain} does not answer as {says}"


def nothing_else_is_online(world: World) -> Complaints:
    """What was given up is paused, its domains are off."""
    wanted = {(seat.team, seat.project) for seat in world.seats().values()}
    for made in world.hands.projects():
        key = (made.account.slug, made.name)
        if key in wanted or key in world.forgotten or made.name.endswith("-old"):
            continue
        if not made.paused:
            yield f"{key[0]}/{key[1]} is not asked for and is not paused"
        own = [one for one in made.domains if not one.endswith(f".{SUFFIX}")]
        if own:
            yield f"{key[0]}/{key[1]} is not asked for and has {own}"


def nothing_is_twice(world: World) -> Complaints:
    """One comment a pull request and hub, one copy a name, one build of the same inputs."""
    seen = world.plant.world()
    marked = (
        (one["number"], find_marker(one["body"]))
        for one in seen["github"]["comments"]
        if "provisioner:hub=" in one["body"].partition("\n")[0]
    )
    yield from (f"comment {key} stands {n} times" for key, n in Counter(marked).items() if n > 1)
    for one in seen["github"]["repositories"]:
        name = str(one["full_name"])
        if name.rpartition("-")[2].isdigit():
            yield f"there is a copy {name}"
    for made in world.hands.projects():
        yield from _built_twice(world, made)


def _built_twice(world: World, made: Project) -> Complaints:
    """Two builds in a row of one commit with the same inputs, and nobody's hand between."""
    builds = world.hands.builds(made)[::-1]
    touched = world.touched.get(made.name.partition("--")[0], 0)
    for one, other in pairwise(builds):
        spoilt = not world.is_ready(one) or one.created < touched < other.created
        if _inputs(one) == _inputs(other) and _inputs(one)[1] and not spoilt:
            yield f"{made.name} was built twice of {one.git.sha[:7]} with the same inputs"


def _inputs(build: Deployment) -> tuple[str, str | None, int]:
    return build.git.sha, build.meta.get("provisionerInputs"), build.git.repository_id


def strangers_are_as_they_were(world: World) -> Complaints:
    """After each step, too: some strangers leave."""
    if theirs(world) != world.strangers:
        yield "something of a stranger's was changed"


def healed(world: World) -> Complaints:
    """No hub waits for somebody to run it again: everybody did what was asked for.

    Who has to look into a build that failed runs the job again.
    """
    for hub in given_up(world):
        if not (world.builds_fail and _stands_at(world.plant.journals()[hub].run) <= {"deploy"}):
            yield f"{hub} has failed for good: {open_steps(world)}"


def _stands_at(run: Run) -> set[str]:
    return {app.stands_at.action for app in run.apps if app.stands_at}


def told_as_it_is(world: World) -> Complaints:
    """Journal, comment and edge agree: completed where all is live, and it says so."""
    journals = world.plant.journals()
    comments = _comments(world)
    for hub in sorted({*world.main, *journals}):
        if hub not in journals:
            yield f"{hub} has no journal"
            continue
        run = journals[hub].run
        if run.retiring != (hub not in world.main):
            yield f"the journal of {hub} is of an older file"
        if run.state is not RunState.COMPLETED:
            yield f"{hub} is {run.state}: {open_steps(world)}"
        body = comments.get((run.pull_request, hub), "")
        if body.strip() != comment_of(world.plant.wiring(), run).text.strip():
            yield f"the comment of {hub} on #{run.pull_request} says otherwise than its journal"


PASSING = re.compile(r"answered (429|5\d\d)\b|did not answer|cannot be reached")


def who_lost_the_hub_is_out(world: World) -> Complaints:
    """After each step: whose hub another one has taken over has changed nothing since."""
    yield from (f"a worker that had lost the hub sent {label}" for label in world.plant.strays)


def what_may_pass_is_never_final(world: World) -> Complaints:
    """After each step: no step has failed for good by an answer that time alone fixes."""
    for hub, journal in world.plant.journals().items():
        for app in journal.run.apps:
            last = app.stands_at
            final = last and last.state is StepState.FAILED and last.wake_at is None
            if last and final and PASSING.search(last.detail):
                yield f"{hub}/{app.id} {last.action} has failed for good: {last.detail}"


def what_is_told_can_be_done(world: World) -> Complaints:
    """After each step: nobody is asked for two CNAME entries of one name."""
    for hub, document in world.plant.documents().items():
        told: dict[str, set[str]] = {}
        for app in document["run"]["apps"]:
            for entry in app["dns"] if not app["retiring"] else ():
                if entry["type"] == "CNAME" and entry["state"] != "remove":
                    told.setdefault(entry["name"], set()).add(entry["value"])
        for name, values in told.items():
            if len(values) > 1:
                yield f"{hub} is asked to set {name} to {' and to '.join(sorted(values))}"


def _comments(world: World) -> dict[tuple[int | None, str | None], str]:
    found = world.plant.world()["github"]["comments"]
    return {(one["number"], find_marker(one["body"])): one["body"] for one in found}


def no_secret_is_shown(world: World) -> Complaints:
    for where, text in readable(world.sandbox):
        yield from (f"{where} shows {secret}" for secret in seen_in(text))


def a_further_tick_writes_nothing(world: World) -> Complaints:
    """For ten days nothing runs, nothing is written."""
    head = world.sandbox.github.network_repository().git.head(STATE)
    asked, jobs = len(world.plant.requests()), dict(world.plant.jobs)
    world.later(timedelta(days=DAYS))
    writes = [one for one in world.plant.requests()[asked:] if one.method not in ("GET", "HEAD")]
    yield from (f"a hub at rest: {one.method} {one.path}" for one in writes[:3])
    if world.sandbox.github.network_repository().git.head(STATE) != head:
        yield "the state branch of a hub at rest was written to"
    if world.plant.jobs != jobs:
        yield f"hubs at rest had jobs: {jobs} became {world.plant.jobs}"


AT_REST: tuple[Invariant, ...] = (
    asked_for_is_online,
    nothing_else_is_online,
    nothing_is_twice,
    strangers_are_as_they_were,
    told_as_it_is,
    no_secret_is_shown,
    a_further_tick_writes_nothing,
)
AFTER_EACH_STEP: tuple[Invariant, ...] = (
    what_is_told_can_be_done,
    what_may_pass_is_never_final,
    who_lost_the_hub_is_out,
    strangers_are_as_they_were,
)
