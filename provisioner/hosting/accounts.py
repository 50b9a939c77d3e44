"""What a host must show of its accounts, so that a set-up can be checked."""

from typing import Protocol

from provisioner.models.setup import Team


class HostAccountReader(Protocol):
    """Looks only. Safe to repeat; no method here retries."""

    def user(self) -> str:
        """The name of the token's owner. Raises `TokenRefused` for a token that is not valid."""
        ...

    def team(self, slug: str) -> Team | None:
        """The team; None where there is none or the token may not act in it."""
        ...

    def linked_repositories(self, team: str) -> tuple[str, ...]:
        """The full names of the repositories that projects of the team are linked to."""
        ...
