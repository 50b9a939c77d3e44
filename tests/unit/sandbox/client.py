"""A plain HTTP client of a sandbox's GitHub, for tests: none of the product's own."""

import base64
from typing import Any

import httpx

from provisioner.sandbox.server import Sandbox

NETWORK = "/repos/example-network/hubs"
SOURCE = "/repos/example-network/docs-site"


def github(sandbox: Sandbox, *, actions: bool = False, maintainer: bool = False) -> httpx.Client:
    """Speaks for the provisioner's user, for an Actions job, or for a maintainer."""
    environment = sandbox.environment
    token = environment["GITHUB_TOKEN" if actions else "PROVISIONER_GITHUB_TOKEN"]
    token = sandbox.control.maintainer_token() if maintainer else token
    return httpx.Client(
        base_url=environment["GITHUB_API_URL"],
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )


def said(response: httpx.Response) -> tuple[int, str]:
    """The status and the message of a refusal."""
    return response.status_code, str(response.json()["message"])


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def head_of(client: httpx.Client, repository: str = NETWORK, branch: str = "main") -> str:
    answer: dict[str, Any] = client.get(f"{repository}/branches/{branch}").json()
    return str(answer["commit"]["sha"])
