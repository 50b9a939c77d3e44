"""Holds every exchange with the stand-ins to the services' official API descriptions.

Both sides are judged: what a client sent (method, path, query, body, and the
name of every property) and what the stand-in answered (status, body). Without
a folder of descriptions nothing is judged. Never changes an exchange.
"""

import threading
from pathlib import Path
from typing import Any

from provisioner.errors import ConfigurationError
from provisioner.sandbox.descriptions import Description, load
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.judge import judge

APIS = ("github", "vercel")


class Contract:
    """Judges exchanges and remembers what was wrong with them. Thread-safe."""

    def __init__(self, folder: Path | None) -> None:
        self._descriptions = _read(folder) if folder else {}
        self._lock = threading.Lock()
        self._validated = 0
        self._violations: list[str] = []

    def check(self, api: str, request: Request, answer: Answer | None) -> None:
        """Judge an exchange; with `answer` None only the request."""
        description = self._descriptions.get(api)
        if description is None:
            return
        found = list(judge(api, description, request, answer))
        with self._lock:
            self._validated += 1
            self._violations += found

    def note(self, sentence: str) -> None:
        """Put something on record that is wrong whatever a description says."""
        with self._lock:
            self._violations.append(sentence)

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {"validated": self._validated, "violations": list(self._violations)}


def _read(folder: Path) -> dict[str, Description]:
    try:
        import openapi_schema_validator  # noqa: F401, PLC0415 - a tool of tests, not of users
    except ImportError:
        raise ConfigurationError(
            "Exchanges cannot be held to the API descriptions: a package is not installed.",
            "Install openapi-schema-validator, or leave the folder of descriptions out.",
        ) from None
    try:
        return {api: load(folder / f"{api}.json") for api in APIS}
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no API description {error.filename}.",
            "Name the folder that holds github.json and vercel.json.",
        ) from None
