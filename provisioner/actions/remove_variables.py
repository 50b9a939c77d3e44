"""Takes away variables that the hub file no longer names. A retirement step: it deletes.

Only what the provisioner itself set from this hub's file is touched.
"""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.variables import is_ours, variables_of
from provisioner.engine.step import Assessed, Claims
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Verdict


class RemoveVariables:
    """Idempotent: what is gone already counts as removed."""

    name = "remove-variables"
    timeout = timedelta(minutes=2)
    optional = True

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[tuple[str, ...]]:
        surplus = [
            item
            for item in variables_of(readers.host(app), app)
            if is_ours(app, item) and item.key not in app.env
        ]
        if not surplus:
            return Assessed(Verdict.KEEP, "No variable is left over.")
        names = ", ".join(sorted(item.key for item in surplus))
        found = tuple(item.id for item in surplus)
        return Assessed(Verdict.REMOVE, f"Remove {names}.", found=found)

    def perform(self, app: DesiredApp, writers: Writers, found: tuple[str, ...]) -> str | None:
        host = writers.host(app)
        with in_words(host, concerning(app)):
            for variable_id in found:
                host.remove_variable(app.team, app.project, variable_id)
        return None
