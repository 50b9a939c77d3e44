"""Refusals of a service, as its client raises them."""

from provisioner.errors import Effect, RemoteError


def refused_by(
    service: str,
    status: int,
    said: str = "",
    code: str = "",
    *,
    call: str = "POST /it",
    body: object = None,
    wait: float | None = None,
    kind: type[RemoteError] = RemoteError,
) -> RemoteError:
    """A call that changed nothing; `call` is in the message, as our clients have it there."""
    return kind(
        f"{service} answered {status} to {call}: {said}",
        service=service,
        effect=Effect.NONE,
        status=status,
        code=code,
        body=body,
        said=said,
        retry_after=wait,
    )
