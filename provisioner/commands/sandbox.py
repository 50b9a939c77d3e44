"""`provisioner sandbox`: serves the stand-ins until somebody stops it.

Being stopped is how it is meant to end, so SIGINT and SIGTERM give exit code 0.
"""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from provisioner.clock import SystemClock
from provisioner.commands.options import catalog_of, redactor
from provisioner.desired.catalog import Catalog
from provisioner.errors import ConfigurationError, ExitCode
from provisioner.output import complain, echo
from provisioner.process import stop_on_signals
from provisioner.redaction import Redactor, disclosed
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.seed import Files, sources_of
from provisioner.sandbox.server import PORTS, Sandbox
from provisioner.sandbox.world import Latency

SPECS = "PROVISIONER_API_SPECS"
PORT = click.IntRange(0, 65535)
Command = TypeVar("Command", bound=Callable[..., int])


def _with_ports(command: Command) -> Command:
    for api in reversed(PORTS):
        help_ = "0, the default, takes a free one."
        command = click.option(f"--{api}-port", type=PORT, default=0, help=help_)(command)
    return command


@click.command()
@_with_ports
@click.option(
    "--latency",
    type=click.Choice(["none", "real"]),
    default="none",
    show_default=True,
    help="Whether forks and builds take their time as the real ones do.",
)
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="With `--latency real`: this many times as fast.",
)
@click.option(
    "--hubs",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Put the files of this directory into the network's repository, under hubs/.",
)
def sandbox(latency: str, speed: float, hubs: Path | None, **ports: int) -> int:
    """Serve stand-ins of every remote service on this machine, until interrupted.

    The first line of stdout is one JSON object that says where; its `env`
    holds every variable that a process needs to work against it. Each request
    is logged to stderr. What can be looked at and set is under /_sandbox/ on
    GitHub's and the host's port. Stopping it (Ctrl-C) exits with 0.
    """
    clock = SystemClock()
    delays = latency_of(latency, speed)
    asked = {"clock": clock, "latency": delays, "observer": partial(log_request, redactor())}
    options = {**asked, **ports, **contents(catalog_of(), hubs), "specs": _specs(os.environ)}
    with _opened(options) as served, stop_on_signals(clock):
        echo(disclosed(json.dumps(served.first_line)))
        clock.stop.wait()
        say_contract(served, redactor())
    return ExitCode.DONE


def latency_of(name: str, speed: float) -> Latency:
    """How long forks and builds take."""
    return Latency.real(1 / speed) if name == "real" else Latency.none()


def contents(catalog: Catalog, hubs: Path | None) -> dict[str, Any]:
    """What the sandbox holds: the network's repository, and the sources of its apps."""
    return {
        "repository": f"{catalog.network.owner}/hubs",
        "sources": _sources(catalog),
        "files": _hub_files(hubs),
    }


def _opened(options: dict[str, Any]) -> Sandbox:
    try:
        return Sandbox(**options)
    except OSError as error:
        raise ConfigurationError(
            f"A port cannot be opened: {error.strerror}.",
            "Choose other ports, or leave them out to take free ones.",
        ) from None


def _sources(catalog: Catalog) -> dict[str, Files]:
    return sources_of({one.app.source: one.app.workflow for one in catalog.entries.values()})


def _hub_files(directory: Path | None) -> dict[str, bytes]:
    found = sorted(directory.glob("*")) if directory else []
    return {f"hubs/{path.name}": path.read_bytes() for path in found if path.is_file()}


def _specs(environ: Mapping[str, str]) -> Path | None:
    return Path(environ[SPECS]) if environ.get(SPECS) else None


def log_request(redactor: Redactor, entry: Logged) -> None:
    """One line to stderr; of a fault that was ordered, its name in place of a status."""
    result = entry.fault or entry.status
    line = f"{entry.time:%H:%M:%S} {entry.api} {entry.method} {entry.path} {result}"
    complain(redactor.line(line))


def say_contract(served: Sandbox, redactor: Redactor) -> None:
    """What was found wrong, so that it is not overlooked; nothing where nothing was judged."""
    report = served.control.contract()
    if report["validated"]:
        complain(redactor.line(f"{report['validated']} exchanges validated"))
    for violation in report["violations"]:
        complain(redactor.line(f"violation: {violation}"))
