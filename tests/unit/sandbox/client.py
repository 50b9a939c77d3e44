"""A plain HTTP client of a sandbox's GitHub, for tests: none of the product's own."""

import base64
from typing import Any

import httpx

from provisioner.sandbox.server import Sandbox

NETWORK = "/repos/example-network/hubs"
SOURCE = "/repos/example-network/docs-site"


def github(sandbox: Sandbox, *, actions: bool = False) -> httpx.Client:
    """Speaks for the provisioner's user, or for the token of an Actions job."""
    token = "GITHUB_TOKEN" if actions else "PROVISIONER_GITHUB_TOKEN"
    environment = sandbox.environment
    return httpx.Client(
        base_url=environment["GITHUB_API_URL"],
        headers={"Authorization": f"Bearer {environment[token]}"},
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
