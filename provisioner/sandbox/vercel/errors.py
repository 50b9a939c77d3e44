"""How the host refuses. One exception and the bodies that several rooms share; no state."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal: `{"error": {"code", "message", …extra}}`, with what stands beside `error`."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        beside: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error: dict[str, Any] = {"code": code, "message": message, **extra}
        self.beside = dict(beside or {})
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        return {"error": self.error, **self.beside}


def bad_request(message: str, code: str = "bad_request", **extra: Any) -> ApiError:
    return ApiError(400, code, message, **extra)


def not_found(message: str) -> ApiError:
    return ApiError(404, "not_found", message)


def conflict(message: str, code: str = "conflict", **extra: Any) -> ApiError:
    return ApiError(409, code, message, **extra)
