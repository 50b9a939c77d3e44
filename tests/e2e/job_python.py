"""The Python of a job: what the lock files of a job name is there already, and nothing else.

Not the provisioner, which must come from the job's checkout, and nothing that only the sandbox
or the tests need: a workflow file that could not do without it fails here.
"""

import sysconfig
import venv
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.locks import INSTALLER, JOBS, locked


def make_python(folder: Path) -> None:
    """A Python with links to the locked libraries among those of this one."""
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for path in _installed():
        _link(path, packages / path.name)
    (folder / "bin" / "uv").symlink_to(Path(sysconfig.get_path("scripts")) / "uv")


def _link(path: Path, place: Path) -> None:
    """uv reads what is installed from real folders; of the rest a link will do."""
    if path.suffix != ".dist-info":
        place.symlink_to(path)
        return
    place.mkdir()
    for part in path.iterdir():
        (place / part.name).symlink_to(part)


@cache
def _installed() -> tuple[Path, ...]:
    names = ["pip", *locked(JOBS), *locked(INSTALLER)]
    return tuple(sorted({path for name in names for path in _of(name)}))


def _of(name: str) -> Iterator[Path]:
    """The files and folders at the top of an installed library; none if it is for other systems."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    for file in found.files or ():
        if file.parts[0] not in ("..", "__pycache__"):
            yield Path(str(found.locate_file(file.parts[0])))
