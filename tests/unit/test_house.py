"""What the rooms of the house may not know of each other, beyond who imports whom."""

from pathlib import Path

import pytest

import provisioner
from provisioner.hosting.registry import HOSTS

ROOT = Path(provisioner.__file__).parent
REGISTRY = Path("hosting/registry.py")


@pytest.mark.parametrize("host", HOSTS)
def test_only_its_own_folder_the_sandbox_and_one_line_of_the_registry_name_a_host(
    host: str,
) -> None:
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
    outside = [
        path for path in files if path.parts[:2] != ("hosting", host) and path.parts[0] != "sandbox"
    ]
    naming = [path for path in outside if host in (ROOT / path).read_text().lower()]

    assert naming == [REGISTRY]
    lines = (ROOT / REGISTRY).read_text().splitlines()
    assert sum(host in line.lower() for line in lines) == 2, "its import and its place"
