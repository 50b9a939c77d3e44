"""`provisioner schema`: writes the JSON Schemas that editors use, or checks that they are current.

Touches nothing but the schema files.
"""

import json
from pathlib import Path

import click

from provisioner.commands.options import redactor
from provisioner.desired.schema.schemas import KINDS, schema_of
from provisioner.errors import ConfigurationError, ExitCode
from provisioner.output import complain, echo


@click.command()
@click.option(
    "--directory",
    type=click.Path(path_type=Path),
    default=Path("schemas"),
    show_default=True,
    help="Where the schemas lie.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if one is not current.")
def schema(directory: Path, check: bool) -> int:
    """Write the JSON Schemas from the models.

    Prints the path of each file that was written, or that is not current.
    """
    wanted = {directory / f"{kind}.schema.json": _text(kind) for kind in KINDS}
    stale = [path for path, text in wanted.items() if _present(path) != text]
    if not check:
        for path in stale:
            _write(path, wanted[path])
    for path in stale:
        echo(redactor().line(str(path)))
    if check and stale:
        complain(redactor().line("not current; write them anew with `provisioner schema`"))
        return ExitCode.FINDINGS
    return ExitCode.DONE


def _text(kind: str) -> str:
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _present(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"`{path}` cannot be written: {error.strerror}.",
            "Run this in the network's repository, or name another place with --directory.",
        ) from error
