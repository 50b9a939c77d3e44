"""The network's own repository, seen with GITHUB_TOKEN: what several checks need of it."""

from functools import cached_property

from provisioner.doctor.base import Access, CouldNotCheck
from provisioner.github.settings import SettingsReader
from provisioner.models.setup import RepositorySettings, TokenOwner


class Home:
    """Asks once for what several checks need; safe to share between threads."""

    def __init__(self, access: Access[SettingsReader, TokenOwner], full_name: str) -> None:
        self._access = access
        self.full_name = full_name

    @property
    def reader(self) -> SettingsReader:
        return self._access.reader

    @property
    def person(self) -> str | None:
        """The login that GITHUB_TOKEN acts as; None for an app's token, as a job's is."""
        return self._access.who.login

    @cached_property
    def found(self) -> RepositorySettings | None:
        return self.reader.repository(self.full_name)

    @property
    def settings(self) -> RepositorySettings:
        """Raises `CouldNotCheck` where the repository cannot be seen."""
        if self.found is None:
            raise CouldNotCheck(f"This needs {self.full_name}, and GitHub does not show it.")
        return self.found
