"""Sets the app's environment variables; secrets are opened here and nowhere before."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.refusals import Refusal, codes, refusals
from provisioner.actions.variables import comment, is_secret
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import RemoteError
from provisioner.hosting.base import HostReader
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Variable, VariableSetting

TARGET = "production"


class SetEnvironment:
    """Idempotent: sets only what is missing or differs, replacing what has the same name."""

    name = "set-environment"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if not app.env:
            return Assessment(Verdict.KEEP, "The app has no variables.", needless=True)
        present = {item.key: item for item in variables_of(readers.host, app)}
        differing = [key for key in app.env if not _is_set(app, key, present.get(key))]
        if not differing:
            return Assessment(Verdict.KEEP, _count(len(app.env)))
        verdict = Verdict.UPDATE if any(key in present for key in differing) else Verdict.CREATE
        return Assessment(verdict, f"Set {', '.join(sorted(differing))}.", found=tuple(differing))

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        keys = look.found if isinstance(look.found, tuple) else tuple(app.env)
        settings = [
            VariableSetting(
                key=key,
                value=writers.secrets.open(app.hub, app.id, key, app.env[key]),
                secret=is_secret(app, key, app.env[key]),
                comment=comment(app, app.env[key]),
            )
            for key in keys
        ]
        with refusals(*_REFUSALS):
            writers.host.set_variables(app.team, app.project, settings)
        return None


def variables_of(host: HostReader, app: DesiredApp) -> tuple[Variable, ...]:
    """The project's variables; none while there is no project."""
    try:
        return host.variables(app.team, app.project)
    except RemoteError as error:
        if error.status == 404:
            return ()
        raise


def _is_set(app: DesiredApp, key: str, variable: Variable | None) -> bool:
    value = app.env[key]
    return (
        variable is not None
        and variable.comment == comment(app, value)
        and TARGET in variable.targets
        and (variable.secret or not is_secret(app, key, value))
    )


def _count(number: int) -> str:
    return "1 variable is set." if number == 1 else f"{number} variables are set."


_REFUSALS = (
    Refusal(
        codes("variables-refused", "ENV_CONFLICT"),
        "Vercel did not take every variable.",
        "Look in the project's settings, under Environment Variables, for one of the same name "
        "that is set for one branch or environment only; remove it, then re-run the job.",
        Actor.FACILITATOR,
    ),
)
