"""What the lock files of the requirements hold. Reads them and nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JOBS = ROOT / "requirements.txt"
"""What a job installs that has secrets."""
INSTALLER = ROOT / ".github" / "actions" / "setup" / "requirements-uv.txt"
DEVELOPERS = ROOT / "requirements-dev.txt"


def locked(lock: Path) -> dict[str, str]:
    """The version of each library, by its normalized name."""
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", lock.read_text()))
