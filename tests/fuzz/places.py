"""What may lie in the hubs directory in place of a well-named file."""

import os
import random
from pathlib import Path

NAMES = (
    *("wild.yaml", "wild.yml", "Wild.YAML", "_wild.yaml", "__wild.yaml", "w.yaml", "wild.yaml.bak"),
    *("wild", ".wild.yaml", "..yaml", "a--b.yaml", "wild\n.yaml", "wi`ld.yaml", "wïld.yaml"),
    *(
        "##[error]x.yaml",
        "::error::x.yaml",
        "\u202ewild.yaml",
        "wild\udcff.yaml",
        "k" * 200 + ".yaml",
    ),
)


def put(rng: random.Random, directory: Path, number: int, data: bytes) -> None:
    """The data under a name of its own, mostly as a file."""
    name = f"wild-{number}.yaml" if rng.random() < 0.7 else rng.choice(NAMES)
    path = directory / name
    if path.exists() or path.is_symlink():
        path = directory / f"wild-{number}.yaml"
    match rng.randrange(20):
        case 0:
            path.mkdir()
            (path / "readme").write_bytes(data)
        case 1:
            path.symlink_to(rng.choice(("good.yaml", "/dev/zero", "nowhere", path.name, "..")))
        case 2:
            os.mkfifo(path)
        case _:
            path.write_bytes(data)
