"""`provisioner check`: judges hub files. Reads files, writes nothing, needs no network.

Imports none of the remote clients, so that it starts fast.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from provisioner.commands.options import HUBS, catalog_of, redactor
from provisioner.desired.judge import judge
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.source import Source, read_directory, read_source
from provisioner.errors import ExitCode
from provisioner.output import echo
from provisioner.redaction import Redactor, Shown
from provisioner.report.findings import as_annotations, as_json, as_text


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@HUBS
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on a pull request.",
)
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], directory: Path, format_: str) -> int:
    """Check hub files: no network, no secrets.

    Checks every file of the hubs directory, or only each FILE; it is judged
    together with all others, because two hubs cannot have the same domain.
    Exits with 0 if there is no error and with 1 if there is one.
    """
    named = tuple(read_source(path) for path in _each_once(files))
    given = context.get_parameter_source("directory") is not click.core.ParameterSource.DEFAULT
    beside = read_directory(directory) if not named or given or directory.is_dir() else ()
    checked = judge((*named, *_others(beside, named)), catalog_of())
    wanted = checked[: len(named)] if named else checked
    for shown in _rendered(wanted, format_, redactor()):
        echo(shown)
    return ExitCode.FINDINGS if any(file.errors for file in wanted) else ExitCode.DONE


def _each_once(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """A file that is named twice, in whatever spelling, would contradict itself."""
    first: dict[str, Path] = {}
    for path in files:
        first.setdefault(os.path.normpath(path.absolute()), path)
    return tuple(first.values())


def _others(beside: tuple[Source, ...], named: tuple[Source, ...]) -> tuple[Source, ...]:
    """A named file stands in for the one of the same name, wherever it lies."""
    names = {source.name for source in named}
    return tuple(source for source in beside if source.name not in names)


def _rendered(files: tuple[JudgedFile, ...], format_: str, redactor: Redactor) -> Sequence[Shown]:
    if format_ == "json":
        return [redactor.json(as_json(files), indent=2)]
    commands = as_annotations(files, redactor) if format_ == "github" else ()
    return [*commands, redactor.lines(as_text(files))]
