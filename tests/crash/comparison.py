"""When are two endings the same? Generated ids, commits, times and counts of tries are not told."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from provisioner.models.journal import HubJournal

Json = Any

STATE_BRANCH = "provisioner-state"
MOST_SHOWN = 600
UNTOLD = frozenset({"attempts", "started_at", "updated_at", "created_at", "lease", "made"})
"""What may differ between two runs that are as good as each other: counts, times, hints."""

_WORDS = (
    (re.compile(r"\b(?:prj|dpl|team)_\w+"), "<id>"),
    (re.compile(r"\b[0-9a-f]{16}\.vercel-dns-"), "<id>.vercel-dns-"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)"), "<time>"),
    (re.compile(r"\b\d\d:\d\d UTC on \d+ \w+"), "<time>"),
    (re.compile(r"\b\w[\w-]*-\d{8}T\d{6}-[0-9a-f]{6}\b"), "<run>"),
    (re.compile(r" in (?:under )?\d+ (?:s|min|h)(?: \d+ (?:s|min))?(?= ·| \(|\b)"), " in <time>"),
    (re.compile(r" \((?:attempt )?\d+(?: attempts)?\)"), ""),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "<github>"),
    (re.compile(r"-[a-z0-9]{9}-(?=[\w-]+\.vercel\.app)"), "-<id>-"),
    (re.compile(r"\[`[0-9a-f]{7}`\]"), "[<commit>]"),
    (re.compile(r"The newest build is live\."), "Built and live."),
    (re.compile(r"\| [^\n]*No (?:variable|domain) is left over\. \|\n?"), ""),
    (re.compile(r" \(\d steps?\)"), ""),
)

NOTHING_LEFT = frozenset({"No variable is left over.", "No domain is left over."})
"""Said by steps that are listed only where they may have had something to do."""


@dataclass(frozen=True)
class Ending:
    """What is there when a story is over, by the names of things."""

    world: Json
    journals: Json
    things: Counter[str]

    def differences(self, clean: "Ending") -> list[str]:
        """How this ending differs from the clean one, place by place."""
        mine = {"world": self.world, "journals": self.journals}
        theirs = {"world": clean.world, "journals": clean.journals}
        return list(_differences("", mine, theirs))

    def made(self, before: "Ending") -> list[str]:
        """What there was not before."""
        return sorted((self.things - before.things).elements())

    def compared(self, clean: "Ending") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is there twice, and what differs."""
        return tuple(self.duplicates(clean)), tuple(self.differences(clean))

    def duplicates(self, clean: "Ending") -> list[str]:
        """What there is more often than in the clean ending."""
        return sorted((self.things - clean.things).elements())


def ending(world: Json, journals: Mapping[str, HubJournal | None]) -> Ending:
    commits = _commits(world)
    return Ending(
        _plain(_without_state_commits(world), commits),
        _plain({hub: _dump(journal) for hub, journal in journals.items()}, commits),
        Counter(_things(world, commits)),
    )


def _dump(journal: HubJournal | None) -> Json:
    return None if journal is None else json.loads(journal.model_dump_json())


def _commits(world: Json) -> dict[str, str]:
    """Commits by the branch of the oldest repository that they are the head of."""
    known: dict[str, str] = {}
    for repository in world["github"]["repositories"]:
        for branch, sha in sorted(repository["branches"].items()):
            known.setdefault(sha, f"<{repository['full_name']}@{branch}>")
    return known


def _without_state_commits(world: Json) -> Json:
    """The journal's files are compared by what they say; its commits are its own affair."""
    world = json.loads(json.dumps(world))
    for repository in world["github"]["repositories"]:
        if STATE_BRANCH in repository["branches"]:
            repository["branches"][STATE_BRANCH] = "<journal>"
    names = {item["id"]: item["full_name"] for item in world["github"]["repositories"]}
    for project in world["vercel"]["projects"]:
        link = project["link"] or {}
        link["repository_id"] = names.get(link.get("repository_id"))
        for labels in (item["meta"] for item in project["deployments"]):
            made_from = labels.pop("provisionerRepository", None)
            labels["made from"] = made_from and names.get(int(made_from))
    return world


def _plain(value: Json, commits: Mapping[str, str]) -> Json:
    if isinstance(value, dict):
        return {key: _plain(item, commits) for key, item in value.items() if not _untold(key, item)}
    if isinstance(value, list):
        told = [item for item in value if not _had_nothing_to_do(item)]
        return sorted((_plain(item, commits) for item in told), key=_order)
    return _plain_text(value, commits) if isinstance(value, str) else value


def _untold(key: str, value: Json) -> bool:
    """Apps are known by their id; a number for an id is drawn anew in every world. That of a
    comment is only a hint: a journal without it is as good."""
    if key == "comment":
        return value is None or isinstance(value, int)
    return key in UNTOLD or (key == "id" and isinstance(value, int))


def _had_nothing_to_do(value: Json) -> bool:
    return isinstance(value, dict) and value.get("detail") in NOTHING_LEFT


def _order(value: Json) -> str:
    """Two apps come to be in any order, and so do their records."""
    return json.dumps(value, sort_keys=True)


def _plain_text(text: str, commits: Mapping[str, str]) -> str:
    for sha, name in commits.items():
        text = text.replace(sha, name)
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return text


def _things(world: Json, commits: Mapping[str, str]) -> Iterator[str]:
    """Every thing that a run may make, by what it is for: twice the same name is once too often."""
    for repository in world["github"]["repositories"]:
        owner = repository["full_name"].split("/")[0]
        yield f"copy of {repository['parent'] or repository['template']} for {owner}"
    for comment in world["github"]["comments"]:
        first = comment["body"].splitlines()[0]
        yield f"comment {first} on #{comment['number']}"
    for project in world["vercel"]["projects"]:
        yield f"project on {(project['link'] or {}).get('repository')}"
        yield from (f"{project['name']}: {thing}" for thing in _parts(project, commits))
    yield from (f"webhook of {bot}" for bot in world["telegram"]["bots"])


def _parts(project: Json, commits: Mapping[str, str]) -> Iterable[str]:
    yield from (f"variable {item['key']} for {item['target']}" for item in project["env"])
    yield from (f"domain {item['name']}" for item in project["domains"])
    for item in project["deployments"]:
        inputs = item["meta"].get("provisionerInputs", "none")
        yield f"deployment of {commits.get(item['sha'], item['sha'])} with {inputs}"


def _differences(place: str, mine: Json, clean: Json) -> Iterator[str]:
    if isinstance(mine, dict) and isinstance(clean, dict):
        for key in sorted(mine.keys() | clean.keys()):
            yield from _differences(f"{place}/{key}", mine.get(key), clean.get(key))
    elif isinstance(mine, list) and isinstance(clean, list) and _keyed(mine) and _keyed(clean):
        yield from _differences(place, _keyed(mine), _keyed(clean))
    elif isinstance(mine, list) and isinstance(clean, list) and len(mine) == len(clean):
        for index, (one, other) in enumerate(zip(mine, clean, strict=True)):
            yield from _differences(f"{place}/{index}", one, other)
    elif mine != clean:
        yield f"{place} is {_short(mine)} instead of {_short(clean)}"


def _keyed(items: list[Json]) -> dict[str, Json]:
    """The items by what they are called; nothing where they have no names or share one."""
    for key in ("full_name", "name", "key", "action", "login", "id", "number"):
        if all(isinstance(item, dict) and key in item for item in items):
            named = {str(item[key]): item for item in items}
            return named if len(named) == len(items) else {}
    return {}


def _short(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
