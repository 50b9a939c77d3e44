"""`demo`: the whole life of one hub, in an embedded sandbox. Reaches nothing outside this machine.

The provisioner's own code does everything here; only the remote services are
stand-ins, and they are faster than the real ones.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from provisioner.commands.demo_story import Story
from provisioner.commands.options import TEXT_OR_JSON, redactor
from provisioner.errors import ExitCode
from provisioner.models.run import Run, RunState
from provisioner.output import complain, echo, redactor_of
from provisioner.process import safe_console
from provisioner.report.status import status_document
from provisioner.sandbox.server import PORTS, Sandbox
from provisioner.sandbox.world import Latency

SPEED = 0.1
"""A tenth of the real services' times: a build of half a minute takes three seconds."""


@click.command()
@TEXT_OR_JSON
def demo(format_: str) -> int:
    """The whole life of one hub, in an embedded sandbox."""
    folder = os.environ.get("PROVISIONER_API_SPECS")
    specs = Path(folder) if folder else None
    with (
        TemporaryDirectory() as directory,
        Sandbox(latency=Latency.real(SPEED), specs=specs) as sandbox,
    ):
        return tell_in(sandbox, Path(directory), format_, judged=specs is not None)


def tell_in(sandbox: Sandbox, folder: Path, format_: str, *, judged: bool) -> ExitCode:
    """The whole story in an open sandbox. `judged`: its exchanges are held to descriptions."""
    console = safe_console(redactor(), quiet=format_ == "json")
    redactor_of(sandbox.environment, redactor())
    story = Story(sandbox, folder, console, redactor())
    run = story.tell()
    if format_ == "json":
        echo(redactor().json(_document(story, run), indent=2))
    good = _held_to_the_descriptions(sandbox) if judged else True
    return ExitCode.DONE if good and run.state is RunState.COMPLETED else ExitCode.FINDINGS


def _held_to_the_descriptions(sandbox: Sandbox) -> bool:
    """Whether every exchange was as the services' published descriptions say."""
    contract = sandbox.control.contract()
    for violation in contract["violations"]:
        complain(redactor().line(f"contract: {violation}"))
    message = (
        f"{contract['validated']} exchanges held to the API descriptions, "
        f"{len(contract['violations'])} violations"
    )
    complain(redactor().line(message))
    return not contract["violations"]


def _document(story: Story, run: Run) -> dict[str, object]:
    requests = story.requests()
    return {
        **status_document([run]),
        "pull_request": {"number": story.number, "comments": story.comments()},
        "requests": {api: requests.count(api) for api in PORTS},
    }
