"""One look at each thing while a plan is made. Reads through; never writes.

A plan looks at the same project for several steps. Within one plan the answer
may be remembered; a run that changes the world must look anew each time.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any, cast

from provisioner.actions.base import Readers
from provisioner.dns.resolver import DnsReader
from provisioner.github.repositories import RepositoryReader
from provisioner.hosting.base import HostReader
from provisioner.hosting.live_page import PageReader
from provisioner.models.remote import AttachedDomain, Variable
from provisioner.telegram.api import WebhookReader


def snapshot(readers: Readers) -> Readers:
    """The same readers, each of which answers the same question only once."""
    return Readers(
        repositories=cast(RepositoryReader, _Remembered(readers.repositories)),
        hosts={key: cast(HostReader, _RememberedHost(host)) for key, host in readers.hosts.items()},
        dns=cast(DnsReader, _Remembered(readers.dns)),
        pages=cast(PageReader, _Remembered(readers.pages)),
        webhooks=cast(WebhookReader, _Remembered(readers.webhooks)),
        secrets=readers.secrets,
    )


class _Remembered:
    """Stands in for a reader. A failed question is asked again; answers are values."""

    def __init__(self, reader: object) -> None:
        self._reader = reader
        self._answers: dict[Hashable, Any] = {}
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._reader, name)

        def answer(*question: Hashable) -> Any:
            key = (name, question)
            with self._lock:
                if key in self._answers:
                    return self._answers[key]
            found = ask(*question)
            with self._lock:
                return self._answers.setdefault(key, found)

        return answer


class _RememberedHost(_Remembered):
    """Also knows that a project which is not there has neither variables nor domains."""

    def __init__(self, host: HostReader) -> None:
        super().__init__(host)
        self.kind = host.kind

    def variables(self, team: str, project: str) -> tuple[Variable, ...]:
        if self._is_missing(team, project):
            return ()
        return cast(tuple[Variable, ...], self.__getattr__("variables")(team, project))

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        if self._is_missing(team, project):
            return ()
        return cast(tuple[AttachedDomain, ...], self.__getattr__("domains")(team, project))

    def _is_missing(self, team: str, project: str) -> bool:
        return self._answers.get(("project", (team, project)), True) is None
