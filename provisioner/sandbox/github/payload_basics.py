"""What all payloads are made of: times, node ids, links. Pure functions."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

Payload = dict[str, Any]

DOCS = "https://docs.github.com/rest"


def time_of(when: datetime) -> str:
    """A time as GitHub writes it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def maybe_time(when: datetime | None) -> str | None:
    return time_of(when) if when else None


def node_id(prefix: str, key: object) -> str:
    """An opaque id in the form of GitHub's, the same for the same thing."""
    return f"{prefix}_{urlsafe_b64encode(str(key).encode()).decode().rstrip('=')}"


def path_of(text: str) -> str:
    """A path made fit for a URL; slashes stay."""
    return quote(text, safe="/")


def links(base: str, templates: Mapping[str, str]) -> Payload:
    return {name: base + template for name, template in templates.items()}
