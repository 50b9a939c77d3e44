"""Parser, dispatch and exit codes; the only place that catches everything.

Commands are imported when they are called: `check` must not pay for the
remote clients that `apply` needs.
"""

import importlib
import io
import os
import sys
import traceback
from typing import NoReturn

import click

from provisioner.errors import ConfigurationError, ExitCode, Interrupted, ProvisionerError
from provisioner.output import complain, guard, redactor_of
from provisioner.redaction import Redactor

COMMANDS = {
    "check": "Check hub files: no network, no secrets.",
    "plan": "Show what would change.",
    "apply": "Bring hubs to what their files ask for; resumes what was begun.",
    "status": "Show what the journal says of each hub.",
    "receipt": "Print what was deployed for a hub that is live.",
    "verify-receipt": "Compare a receipt with the world as it is now.",
    "cancel": "End a waiting run of a hub.",
    "doctor": "Check the set-up: tokens, settings, accounts, catalog.",
    "report": "Write the comment and the commit status of a pull request.",
    "sandbox": "Serve stand-ins of every remote service on this machine.",
    "demo": "The whole life of one hub, in an embedded sandbox.",
    "schema": "Write the JSON Schemas from the models.",
    "keygen": "Make the network's sealing key.",
    "seal": "Seal a secret value for a hub file.",
}


NEED_THE_SANDBOX = ("sandbox", "demo")
"""What they import comes with the extra `sandbox`; no job with secrets installs that."""


class LazyGroup(click.Group):
    """A group whose commands live in `provisioner.commands.<name>`, function `<name>`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _command(name: str) -> click.Command:
    function = name.replace("-", "_")
    try:
        module = importlib.import_module(f"provisioner.commands.{function}")
    except ModuleNotFoundError as error:
        if name in NEED_THE_SANDBOX and not str(error.name).startswith("provisioner"):
            raise _no_sandbox(name, str(error.name)) from None
        raise
    command: click.Command = getattr(module, function)
    return command


def _no_sandbox(name: str, missing: str) -> ConfigurationError:
    return ConfigurationError(
        f"`{name}` needs the extra `sandbox`, which is not installed: there is no `{missing}`.",
        "In a checkout of this repository, call `python -m pip install '.[sandbox]'`, or "
        "`make demo`, which sets up everything by itself.",
    )


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="provisioner")
def provisioner() -> None:
    """Gives every hub its own apps: one pull request in, live apps out.

    stdout is the result, stderr the log. Exit codes: 0 done; 1 findings, or a
    step failed; 2 wrong use or configuration; 70 a bug of ours; 130 interrupted.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code. Never shows a traceback for a user's error.

    One redactor serves the whole process: commands get it as the context's object and teach it
    what they open, so that whatever is said at the end knows every secret.
    """
    redactor = redactor_of(os.environ)
    guard(redactor)
    sys.exit(_run(arguments, redactor))


def _run(arguments: list[str] | None, redactor: Redactor) -> int:
    try:
        outcome = provisioner.main(args=arguments, standalone_mode=False, obj=redactor)
        return int(outcome) if isinstance(outcome, int) else ExitCode.DONE
    except click.ClickException as error:
        complain(redactor.lines(_wrong_use(error)))
        return ExitCode.USAGE
    except ProvisionerError as error:
        _say(error, redactor)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, Interrupted):
        complain(redactor.line("interrupted"))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.INTERRUPTED
    except Exception:
        complain(redactor.lines(traceback.format_exc(), TRACEBACK))
        complain(redactor.line(_A_BUG))
        return ExitCode.BUG


TRACEBACK = 64_000
_A_BUG = "This is a bug of the provisioner. Please report the lines above."


def _wrong_use(error: click.ClickException) -> str:
    """What click would print by itself, with the arguments as they were typed."""
    written = io.StringIO()
    error.show(written)
    return written.getvalue()


def _say(error: ProvisionerError, redactor: Redactor) -> None:
    """A configuration may have many mistakes, one a line; what a service said is one line."""
    shown = redactor.lines if isinstance(error, ConfigurationError) else redactor.line
    complain(shown(f"error: {error.message}"))
    if error.hint:
        complain(redactor.lines(f"  fix: {_one_line(error.hint)}"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
