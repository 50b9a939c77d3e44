"""From hub files to desired state: every hub that is valid, with all defaults filled in.

Opens no sealed value and asks no remote service.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from provisioner.desired.boundary import guarded
from provisioner.desired.catalog import Catalog
from provisioner.desired.hub_file import HubFile, place_of
from provisioner.desired.judge import Judges, judge
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.source import Source, read_directory
from provisioner.hosting.registry import FIRST
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.finding import Finding
from provisioner.models.hub import Hub


@dataclass(frozen=True)
class Desired:
    """What all hub files ask for together.

    `hubs` are valid. `broken` hubs have a file that cannot be used: they are
    wanted, so nothing of theirs may be changed or removed. A hub in neither has
    no file. `files` holds every file with its findings, warnings too.
    """

    hubs: Mapping[str, DesiredHub]
    broken: Mapping[str, tuple[Finding, ...]]
    files: tuple[JudgedFile, ...]
    catalog: Catalog

    def file_of(self, hub: str) -> JudgedFile | None:
        """The file that stands for a hub, well or badly."""
        return next((file for file in self.files if file.hub == hub), None)


def load_hubs(directory: Path, catalog: Catalog) -> Desired:
    """Everything that the files in a directory ask for.

    Raises `ConfigurationError` if there is no such directory: that is not the
    same as one in which every hub has been removed.
    """
    return desired_of(read_directory(directory), catalog)


def desired_of(
    sources: Iterable[Source], catalog: Catalog, judges: Judges | None = None
) -> Desired:
    """The same for files from elsewhere, such as a pull request. Never raises."""
    resolved = [_resolved(file, catalog) for file in judge(sources, catalog, judges)]
    files = tuple(file for file, _ in resolved)
    real = [file for file in files if not file.is_example]
    hubs = {hub.id: hub for _, hub in resolved if hub is not None}
    broken = {file.hub: file.errors for file in real if file.errors}
    return Desired(
        hubs=hubs,
        broken={hub: errors for hub, errors in broken.items() if hub not in hubs},
        files=files,
        catalog=catalog,
    )


def _resolved(file: JudgedFile, catalog: Catalog) -> tuple[JudgedFile, DesiredHub | None]:
    """The file, and its hub if it stands for one that can be used."""
    if file.errors or file.is_example:
        return file, None
    return guarded(
        lambda: (
            file,
            resolve(
                file.hub, HubFile.model_validate(file.document.data), catalog, file.document.blob
            ),
        ),
        lambda finding: (replace(file, findings=(*file.findings, finding)), None),
    )


def resolve(hub_id: str, hub: Hub, catalog: Catalog, blob: str = "") -> DesiredHub:
    """One valid hub file with the catalog's and the network's part filled in.

    `blob` is the id that git gives to the file.
    """
    owner = hub.github.owner if hub.github else catalog.network.owner
    kind, team = place_of(hub, catalog.network)
    apps = tuple(
        DesiredApp(
            hub=hub_id,
            id=app_id,
            entry=catalog.entries[request.app],
            owner=owner,
            host=kind.key,
            team=team,
            domains=request.domains,
            env=request.env,
            adopt=request.adopt,
        )
        for app_id, request in hub.apps.items()
    )
    return DesiredHub(
        id=hub_id,
        title=hub.name,
        maintainers=hub.maintainers,
        digest=digest_of(apps),
        apps=apps,
        blob=blob,
    )


def digest_of(apps: Iterable[DesiredApp]) -> str:
    """The same for all files that ask the same of the world, so that nothing runs without need.

    Counts: owner, host and team, kind of app, its source, way of copying, workflow, build
    settings and health path, domains in their order, variables with sealed values
    as they stand, consent to adopt. Does not count: the hub's name, its
    maintainers, comments, the order of apps and variables, what the catalog says
    in words, and which values the file leaves to a default that is the same.
    """
    content = {app.id: _what_counts(app) for app in apps}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _what_counts(app: DesiredApp) -> dict[str, object]:
    entry = app.entry.app
    return {
        "app": app.entry.id,
        "owner": app.owner,
        "team": app.team,
        **({} if app.host == FIRST.key else {"host": app.host}),  # as before hosts had names
        "source": entry.source,
        "copy": entry.copy_method.value,
        "workflow": entry.workflow,
        "build": entry.build.model_dump(exclude_none=True),
        "health": entry.health,
        "domains": list(app.domains),
        "env": {
            name: value if isinstance(value, str) else value.model_dump()
            for name, value in app.env.items()
        },
        "adopt": app.adopt,
    }
