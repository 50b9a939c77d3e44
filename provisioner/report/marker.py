"""The hidden line that tells which hub a comment is about.

It proves nothing: whoever looks for the provisioner's own comment also compares the author.
"""

import hashlib
import re

from provisioner.models.hub import HUB_ID_PATTERN

GENERAL = "pull--request"
"""Stands in the place of a hub in the comment about the pull request as a whole: no hub's name."""

_MARKER = re.compile(r"\A\s*<!-- provisioner:hub=([a-z0-9-]{1,64}) -->")


def marker(hub: str) -> str:
    return f"<!-- provisioner:hub={hub} -->"


def find_marker(body: str) -> str | None:
    """The hub whose comment this is; the line counts only where we write it, at the start."""
    found = _MARKER.match(body)
    if not found:
        return None
    return found[1] if found[1] == GENERAL or re.match(HUB_ID_PATTERN, found[1]) else None


def marker_id(hub: str) -> str:
    """What stands for a hub in its marker: its id, or for a file with a wrong name a hash of it."""
    if re.match(HUB_ID_PATTERN, hub):
        return hub
    return f"file-{hashlib.sha256(hub.encode()).hexdigest()[:12]}"
