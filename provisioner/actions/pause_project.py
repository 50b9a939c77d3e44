"""Pauses a project: the site goes offline, nothing is deleted. A retirement step."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.host_problems import in_words
from provisioner.actions.support.project_domains import NOT_OURS, ProjectDomains, is_proved
from provisioner.actions.support.project_key import PROJECT, place_of, project_key
from provisioner.engine.step import Assessed, Claims
from provisioner.hosting.problems import Concerned
from provisioner.models.plan import Verdict


class PauseProject:
    """Idempotent. A project that is not ours, or gone, is left alone."""

    name = "pause-project"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, inputs: ProjectDomains, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[str]:
        key = project_key(inputs, inputs.project)
        project = readers.host(inputs).project(inputs.team, inputs.project)
        if project is None or (PROJECT, key) not in claims:
            return Assessed(Verdict.KEEP, "There is no project to pause.", needless=True)
        if not is_proved(inputs, project, readers):
            return Assessed(Verdict.KEEP, NOT_OURS, needless=True)
        if project.paused:
            return Assessed(Verdict.KEEP, f"{place_of(key)} is paused; nothing was deleted.")
        return Assessed(Verdict.REMOVE, f"Pause {place_of(key)}.", found=project.id)

    def perform(self, inputs: ProjectDomains, writers: Writers, found: str) -> str | None:
        host = writers.host(inputs)
        with in_words(host, Concerned(inputs.team, inputs.project)):
            host.pause_project(inputs.team, found)
        return None
