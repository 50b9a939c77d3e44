"""Every error the provisioner raises on purpose. No I/O, imports nothing of the house.

An error that reaches a person says what happened (`message`), what to do next
(`hint`) and, where a remote call failed, whether anything changed (`effect`).
"""

from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    DONE = 0
    FINDINGS = 1
    USAGE = 2
    BUG = 70
    INTERRUPTED = 130


class Effect(StrEnum):
    """What a failed remote call did to the world."""

    NONE = "none"
    HAPPENED = "happened"
    UNKNOWN = "unknown"


class ProvisionerError(Exception):
    """Something a person must read."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigurationError(ProvisionerError):
    """Wrong use or configuration: a missing token, an unknown hub, an unreachable API."""

    exit_code = ExitCode.USAGE


class NotSet(ConfigurationError):
    """A setting is not there at all."""


class FatalError(ProvisionerError):
    """A step cannot succeed until somebody (`who`) does something. Never retried."""

    def __init__(
        self, message: str, hint: str = "", who: str = "maintainer", log_tail: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint)
        self.who = who
        self.log_tail = log_tail


class Bug(FatalError):
    """An exception that nobody foresaw. Its text is left out: it may hold a secret."""

    exit_code = ExitCode.BUG


class UnusableFile(ProvisionerError):
    """Where a file should be there is something else, or more than can be read."""


class NotYet(ProvisionerError):
    """A step must wait for a person (`who`) or for time; it is looked at again by itself.

    `wake_after` is in seconds.
    """

    def __init__(
        self, message: str, hint: str = "", who: str = "facilitator", wake_after: float = 3600.0
    ) -> None:
        super().__init__(message, hint)
        self.who = who
        self.wake_after = wake_after


class RetryableError(ProvisionerError):
    """A step may succeed if tried again, not sooner than `retry_after` seconds from now."""

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class RemoteError(ProvisionerError):
    """A remote call failed.

    `code` is the service's own word for why, where it gave one, and `said` its own sentence:
    foreign text, which may echo what was sent.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        service: str,
        effect: Effect,
        status: int | None = None,
        code: str = "",
        retry_after: float | None = None,
        body: object = None,
        said: str = "",
    ) -> None:
        super().__init__(message, hint)
        self.said = said
        self.service = service
        self.effect = effect
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.body = body


class TokenRefused(RemoteError):
    """The service does not know the token: nothing can go on before it is renewed."""

    exit_code = ExitCode.USAGE


class Unreachable(RemoteError):
    """No connection could be made, so nothing was sent."""

    exit_code = ExitCode.USAGE


class UnexpectedResponse(RemoteError):
    """An answer that lacks what the API's description promises."""


class Interrupted(BaseException):
    """SIGINT or SIGTERM arrived. Not an Exception: nothing may swallow it."""
