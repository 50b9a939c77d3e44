"""Pauses a project: the site goes offline, nothing is deleted. A retirement step."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.create_project import KIND, project_key
from provisioner.actions.support.project_domains import NOT_OURS, ProjectDomains, is_proved
from provisioner.engine.step import Assessment, Claims
from provisioner.models.plan import Verdict


class PauseProject:
    """Idempotent. A project that is not ours, or gone, is left alone."""

    name = "pause-project"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, inputs: ProjectDomains, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        key = project_key(inputs.team, inputs.project)
        project = readers.host.project(inputs.team, inputs.project)
        if project is None or (KIND, key) not in claims:
            return Assessment(Verdict.KEEP, "There is no project to pause.", needless=True)
        if not is_proved(inputs, project, readers):
            return Assessment(Verdict.KEEP, NOT_OURS, needless=True)
        if project.paused:
            return Assessment(Verdict.KEEP, f"{key} is paused; nothing was deleted.")
        return Assessment(Verdict.REMOVE, f"Pause {key}.", found=project.id)

    def perform(self, inputs: ProjectDomains, writers: Writers, look: Assessment) -> str | None:
        writers.host.pause_project(inputs.team, str(look.found))
        return None
