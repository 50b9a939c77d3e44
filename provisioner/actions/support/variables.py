"""How a variable that the provisioner set is known again without reading its value.

A host never gives a secret's value back. So each variable carries, in the
comment that the host shows beside it, a fingerprint of what the hub file says:
of the sealed text for a secret, which the hub file shows to everyone anyway.
"""

import hashlib
import json

from provisioner.hosting.base import MARK, HostReader
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.models.app import DesiredApp
from provisioner.models.hub import Sealed
from provisioner.models.remote import Variable

_LENGTH = 16


def variables_of(host: HostReader, app: DesiredApp) -> tuple[Variable, ...]:
    """The project's variables; none while there is no project."""
    try:
        return host.variables(app.team, app.project)
    except HostProblem as error:
        if error.problem is Problem.MISSING:
            return ()
        raise


def fingerprint(value: str | Sealed) -> str:
    """A short hash of what the hub file says; never of an opened secret."""
    text = f"sealed:{value.sealed}" if isinstance(value, Sealed) else f"plain:{value}"
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def comment(app: DesiredApp, value: str | Sealed) -> str:
    """What stands beside the variable in the host's own pages."""
    return f"{_origin(app)}{fingerprint(value)}"


def is_ours(app: DesiredApp, variable: Variable) -> bool:
    """Whether the variable was set from this hub's file."""
    return variable.comment.startswith(_origin(app))


def is_mark(variable: Variable) -> bool:
    """Whether it is what says whose the project is: set with the project, and no hub file's."""
    return variable.key == MARK


def is_secret(app: DesiredApp, key: str, value: str | Sealed) -> bool:
    """Sealed values are secret, and so is whatever the catalog says is."""
    rule = app.entry.app.env.get(key)
    return isinstance(value, Sealed) or (rule is not None and rule.secret)


def inputs_digest(app: DesiredApp) -> str:
    """Changes when and only when a deployment must be made anew: variables, build settings."""
    said = {
        "env": {key: fingerprint(value) for key, value in app.env.items()},
        "build": app.entry.app.build.stated(),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _origin(app: DesiredApp) -> str:
    return f"Set from hubs/{app.hub}.yaml · "
