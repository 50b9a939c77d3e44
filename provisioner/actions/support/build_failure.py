"""Why a deployment will never be live, in words, and the end of its build log, made safe.

A build may print what it knows. So the log is shown only where every value
that it could hold is known here: the hub file's are opened once more to be
recognised; where the project has others, the host's own page has to do.
"""

from provisioner.actions.base import Readers
from provisioner.actions.support.variables import is_mark, is_ours, variables_of
from provisioner.errors import FatalError, ProvisionerError, RemoteError
from provisioner.hosting.kind import HostKind
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor
from provisioner.models.remote import Deployment, DeploymentState
from provisioner.redaction import Redactor
from provisioner.refusals import THEN_RERUN
from provisioner.safetext import shorten

LOG_LINES = 30
LOG_LINE_LENGTH = 300
MOST_NAMES = 5


def failure(app: DesiredApp, deployment: Deployment, readers: Readers) -> FatalError:
    """What to tell people of a deployment that ended badly."""
    kind = readers.host(app).kind
    page = page_of(deployment, kind)
    if deployment.state is DeploymentState.BLOCKED:
        return _blocked(app, deployment, kind, page)
    if deployment.state is DeploymentState.CANCELED:
        return FatalError(
            f"The build was cancelled at {kind.name}.",
            f"Re-run the job to build again.{page}",
            Actor.MAINTAINER,
        )
    if deployment.state is DeploymentState.READY:
        return FatalError(
            f"The app was built, but it is not online: {deployment.failure}.",
            f"Fix what {kind.name}'s page says, then re-run the job: it builds again.{page}",
            Actor.MAINTAINER,
        )
    lines, missing = _log(app, deployment, readers)
    there = f"Read the build log on {kind.name}{missing}"
    where = "Read the end of the build log below" if lines else there
    return FatalError(
        f"The app could not be built: {deployment.failure}.",
        f"{where}, fix the cause, then re-run the job: it builds again.{page}",
        Actor.MAINTAINER,
        lines,
    )


def page_of(deployment: Deployment, kind: HostKind) -> str:
    """A sentence with the host's own page, where there is one."""
    return f" {kind.name}'s page about it: {deployment.page}" if deployment.page else ""


def _blocked(app: DesiredApp, deployment: Deployment, kind: HostKind, page: str) -> FatalError:
    return FatalError(
        f"{kind.name} holds the build back ({deployment.failure}): the author of the newest commit "
        f"in {app.repository} has no access to the {kind.account_words.noun} {app.team}.",
        f"Invite the author to the team, or make {app.repository} public. {THEN_RERUN}{page}",
        Actor.FACILITATOR,
    )


def _log(app: DesiredApp, deployment: Deployment, readers: Readers) -> tuple[tuple[str, ...], str]:
    """The log's last lines; or none, and why not."""
    if not readers.host(app).kind.abilities.build_log:
        return (), ""
    try:
        secrets = _every_value(app, readers)
        lines = readers.host(app).build_log(app.team, deployment.id, LOG_LINES)
    except _Unknown as error:
        return (), f" (it is not shown here: {error})"
    except RemoteError:
        return (), " (it could not be read from here)"
    hidden = Redactor(secrets)
    return tuple(shorten(hidden.redact(line), LOG_LINE_LENGTH) for line in lines), ""


class _Unknown(Exception):
    """A value that the build may have printed is not known here."""


def _every_value(app: DesiredApp, readers: Readers) -> list[str]:
    """The value of every variable that a build of this project can know."""
    if readers.secrets is None:
        raise _Unknown("without the sealing key its secrets cannot be recognised")
    try:
        values = [readers.secrets.open(app.hub, app.id, key, app.env[key]) for key in app.env]
    except ProvisionerError:
        raise _Unknown("its secrets cannot be opened to be recognised") from None
    held = variables_of(readers.host(app), app)
    strange = [item.key for item in held if not (is_ours(app, item) or is_mark(item))]
    if strange:
        names = _few(strange)
        raise _Unknown(f"the project has variables that are not from the hub file, {names}")
    return values


def _few(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(f"`{name}`" for name in sorted(names)[:MOST_NAMES]) + more
