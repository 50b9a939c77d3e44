"""Sets the app's environment variables; secrets are opened here and nowhere before."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.host_problems import concerning, in_words
from provisioner.actions.support.variables import comment, is_secret, variables_of
from provisioner.engine.step import Assessed, Claims
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Verdict
from provisioner.models.remote import Variable, VariableSetting

TARGET = "production"


class SetEnvironment:
    """Idempotent: sets only what is missing or differs, replacing what has the same name."""

    name = "set-environment"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[tuple[str, ...]]:
        if not app.env:
            return Assessed(Verdict.KEEP, "The app has no variables.", needless=True)
        present = variables_of(readers.host(app), app)
        settled = {item.key for item in present if _is_set(app, item)}
        differing = [key for key in app.env if key not in settled]
        if not differing:
            return Assessed(Verdict.KEEP, _count(len(app.env)))
        known = {item.key for item in present}
        verdict = Verdict.UPDATE if known & set(differing) else Verdict.CREATE
        return Assessed(verdict, f"Set {', '.join(sorted(differing))}.", found=tuple(differing))

    def perform(self, app: DesiredApp, writers: Writers, found: tuple[str, ...]) -> str | None:
        settings = [
            VariableSetting(
                key=key,
                value=writers.secrets.open(app.hub, app.id, key, app.env[key], app.seals_since),
                secret=is_secret(app, key, app.env[key]),
                comment=comment(app, app.env[key]),
            )
            for key in found
        ]
        host = writers.host(app)
        with in_words(host, concerning(app)):
            host.set_variables(app.team, app.project, settings)
        return None


def _is_set(app: DesiredApp, variable: Variable) -> bool:
    """Whether this is what we set; others of its name may stand beside it, by a person's hand."""
    value = app.env.get(variable.key)
    return (
        value is not None
        and variable.comment == comment(app, value)
        and TARGET in variable.targets
        and (variable.secret or not is_secret(app, variable.key, value))
    )


def _count(number: int) -> str:
    return "1 variable is set." if number == 1 else f"{number} variables are set."
