"""A host's refusal in the host's own words, and what a call was about. Pure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from provisioner.hosting.base import HostReader, HostWriter
from provisioner.hosting.problems import Concerned, HostProblem
from provisioner.models.app import DesiredApp


def concerning(app: DesiredApp, domain: str = "") -> Concerned:
    return Concerned(
        team=app.team,
        project=app.project,
        hub=app.hub,
        owner=app.owner,
        repository=app.repository,
        domain=domain,
    )


@contextmanager
def in_words(host: HostReader | HostWriter, about: Concerned, state: str = "") -> Iterator[None]:
    """Inside, what the host refuses is raised as it is told to people, where it has words.

    `state` says how things stand now; it is added to what happened.
    """
    try:
        yield
    except HostProblem as error:
        words = host.kind.words(error, about)
        if words is None:
            raise
        raise replace(words, message=f"{words.message}{state}").error() from error
